"""The simulator as the page sees it: the whole state in one document, and the acts by name."""

import base64
from collections.abc import Callable
from typing import Any, TypeAlias

from bot.simulator.engine import Engine, UploadedFile
from bot.simulator.errors import ApiError, SimulatorError

Json: TypeAlias = dict[str, Any]


def state(engine: Engine) -> Json:
    """The bot, the people, the group with its topics, every message of every chat."""
    world = engine.world
    people = [person for person in world.people.values() if not person.is_hidden]
    return {
        "bot": engine.bot,
        "people": [
            {
                "id": person.id,
                "first_name": person.user["first_name"],
                "language": person.user.get("language_code", "fr"),
                "blocked": person.has_blocked,
                **_place(engine, person.id),
            }
            for person in people
        ],
        "group": _group(engine),
        "chats": {str(chat_id): engine.messages(chat_id) for chat_id in world.chats},
        "revision": engine.changed.revision,
    }


def _place(engine: Engine, person_id: int) -> Json:
    """Caseworkers are those who are, or were, in the group."""
    group = engine.world.chats.get(engine.group_id or 0)
    if group is None or person_id not in group.members:
        return {"role": "person"}
    return {"role": "caseworker", "status": group.members[person_id].status}


def _group(engine: Engine) -> Json | None:
    if engine.group_id is None:
        return None
    chat = engine.world.chats[engine.group_id]
    topics = engine.topics(chat.id)
    return {"id": chat.id, "title": chat.wire["title"], "topics": topics}


def act(engine: Engine, wanted: Json) -> Any:
    """Does what somebody did on the page; returns the engine's result.

    Raises SimulatorError with a French sentence, for anything that cannot be done.
    """
    name = wanted.get("act")
    if name not in _ACTS:
        raise SimulatorError("La page demande un geste inconnu.")
    try:
        return _ACTS[name](engine, wanted)
    except KeyError as missing:
        raise SimulatorError(f"La demande de la page est incomplète ({missing}).") from None
    except ApiError as refusal:
        raise SimulatorError(f"Telegram refuse : {refusal.description}") from None


def _file(wanted: Json) -> UploadedFile | None:
    given = wanted.get("file")
    if not given:
        return None
    try:
        content = base64.b64decode(given["base64"], validate=True)
    except ValueError:
        raise SimulatorError("Le fichier n'a pas pu être lu.") from None
    return UploadedFile(given["name"], content, given["mime"])


def _say(engine: Engine, a: Json) -> Any:
    where = {"topic": a.get("topic"), "reply_to": a.get("reply_to")}
    return engine.say(a["user"], a["chat"], a["text"], **where)


def _send(engine: Engine, a: Json) -> Any:
    return engine.send(
        a["user"],
        a["chat"],
        a["kind"],
        topic=a.get("topic"),
        reply_to=a.get("reply_to"),
        caption=a.get("caption"),
        album=a.get("album"),
        file=_file(a),
    )


def _edit(engine: Engine, a: Json) -> Any:
    changed = {"caption": a["caption"]} if a.get("caption") is not None else {"text": a["text"]}
    return engine.edit(a["user"], a["chat"], a["message_id"], **changed)


def _react(engine: Engine, a: Json) -> None:
    engine.react(a["user"], a["chat"], a["message_id"], a.get("emoji") or a.get("text"))


def _add_person(engine: Engine, a: Json) -> Any:
    return engine.add_person(a["text"], a.get("language") or "fr")


def _add_caseworker(engine: Engine, a: Json) -> Any:
    if engine.group_id is None:
        raise SimulatorError("Il n'y a pas de groupe.")
    user = engine.add_person(a["text"], a.get("language") or "fr")
    engine.join(user, engine.group_id, "administrator")
    return user


_ACTS: dict[str, Callable[[Engine, Json], Any]] = {
    "say": _say,
    "send": _send,
    "edit": _edit,
    "delete": lambda e, a: e.delete(a["user"], a["chat"], a["message_id"]),
    "press": lambda e, a: e.press(a["user"], a["chat"], a["message_id"], a["data"]),
    "tap": lambda e, a: e.tap(a["user"], a["text"]),
    "react": _react,
    "add_person": _add_person,
    "add_caseworker": _add_caseworker,
    "join": lambda e, a: e.join(a["user"], a["chat"], a.get("kind") or "administrator"),
    "leave": lambda e, a: e.join(a["user"], a["chat"], "left"),
    "block": lambda e, a: e.block(a["user"]),
    "unblock": lambda e, a: e.unblock(a["user"]),
    "create_topic": lambda e, a: e.create_topic(a["user"], a["chat"], a["text"]),
    "delete_topic": lambda e, a: e.delete_topic(a["chat"], a["topic"]),
    "close_topic": lambda e, a: e.close_topic(a["chat"], a["topic"], a.get("user")),
    "reopen_topic": lambda e, a: e.reopen_topic(a["chat"], a["topic"], a.get("user")),
}
