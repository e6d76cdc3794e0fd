"""The state file: start, talk, stop, start, talk."""

import asyncio
import json
from pathlib import Path

import pytest

from bot.simulator import persistence
from bot.simulator.demo import seed
from bot.simulator.engine import Engine, UploadedFile

from .conftest import ALL_KINDS, Caller, furnish

PHOTO = UploadedFile("carte.png", b"\x89PNG carte", "image/png")


def names(state_file: Path) -> list[str]:
    """What stands in the state file's folder."""
    return [one.name for one in state_file.parent.iterdir()]


async def test_everything_is_found_again(state_file: Path) -> None:
    """People, messages, topics, buttons, files, updates and settings survive a stop."""
    place = furnish(Engine(state_file))
    call = Caller(place.engine)
    topic = place.topic()
    await call("sendMessage", chat_id=place.private, text="Menu", reply_markup=BOARD)
    asked = await call("sendMessage", chat_id=place.private, text="?", reply_markup=BUTTONS)
    place.engine.react(place.person, place.private, asked["message_id"], "👍")
    press = place.engine.press(place.person, place.private, asked["message_id"], "Oui")
    sent = place.engine.send(place.caseworker, place.group, "photo", topic=topic, file=PHOTO)
    await call("pinChatMessage", chat_id=place.group, message_id=sent["message_id"])
    await call("setMyDescription", description="Un robot")
    before = [place.engine.messages(place.private), place.engine.messages(place.group)]
    waiting = await call("getUpdates")
    await place.engine.stop()

    again = Engine(state_file)
    call = Caller(again)
    assert [again.messages(place.private), again.messages(place.group)] == before
    assert await call("getUpdates") == json.loads(json.dumps(waiting))
    assert again.world.updates.allowed == frozenset(ALL_KINDS)
    assert again.keyboard(place.private) == BOARD
    assert await call("answerCallbackQuery", callback_query_id=press, text="Merci")
    assert (await call("getMyDescription"))["description"] == "Un robot"
    file = await call("getFile", file_id=sent["photo"][-1]["file_id"])
    assert again.file(again.token, file["file_path"]) == PHOTO.content
    assert [one["id"] for one in again.topics(place.group)] == [topic]
    assert again.group_id == place.group


async def test_the_conversation_goes_on(state_file: Path) -> None:
    """After a clean stop the numbering goes on where it was, with no id given twice."""
    first = Engine(state_file)
    awa = first.add_person("Awa")
    said = first.say(awa, awa["id"], "Bonjour")
    await first.stop()
    second = Engine(state_file)
    again = second.say(awa, awa["id"], "Rebonjour")
    assert again["message_id"] == said["message_id"] + 1
    assert second.add_person("Karim")["id"] == awa["id"] + 1
    await second.stop()


def test_after_a_kill_no_id_is_given_twice(state_file: Path) -> None:
    """Without a stop the last half second may be missing: every numbering leaves a gap."""
    killed = furnish(Engine(state_file))  # outside a loop each change is written at once
    last = killed.engine.say(killed.person, killed.private, "Bonjour")
    started = Engine(state_file)
    again = started.say(killed.person, killed.private, "Rebonjour")
    assert again["message_id"] >= last["message_id"] + persistence.GAP
    before, after = started.world.updates.entries
    assert after - before >= persistence.GAP


async def test_a_change_is_written_soon(state_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inside a loop many changes are one write, shortly after; the file is never half written."""
    monkeypatch.setattr(persistence, "DELAY", 0.0)
    engine = Engine(state_file)
    awa = engine.add_person("Awa")
    for number in range(50):
        engine.say(awa, awa["id"], str(number))
    assert names(state_file) == []
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert len(Engine(state_file).messages(awa["id"])) == 50
    assert names(state_file) == [state_file.name]
    await engine.stop()


async def test_begin_again_empties_everything(state_file: Path) -> None:
    """A reset forgets people, words, calls and files, and keeps those who listen."""
    place = furnish(Engine(state_file))
    call = Caller(place.engine)
    sent = place.engine.send(place.person, place.private, "photo", file=PHOTO)
    await call("getMe")
    heard: list[object] = []
    place.engine.changed.subscribe(heard.append)
    await place.engine.stop()
    place.engine.reset()
    assert heard
    assert place.engine.ledger == []
    assert "wrong file_id" in await call.refused("getFile", file_id=sent["photo"][0]["file_id"])
    assert list(state_file.with_suffix(".files").iterdir()) == []
    group = seed(place.engine)
    assert seed(place.engine) == group == place.engine.group_id
    await place.engine.stop()
    assert Engine(state_file).group_id == group


def test_a_file_of_another_version_is_refused(state_file: Path) -> None:
    """What cannot be read is an error, never an empty world in its place."""
    state_file.write_text('{"version": 0}', encoding="utf-8")
    with pytest.raises(ValueError, match="another version"):
        Engine(state_file)
    state_file.write_text("{", encoding="utf-8")
    with pytest.raises(ValueError, match="Expecting"):
        Engine(state_file)


async def test_a_webhook_is_remembered(state_file: Path) -> None:
    """The address that the bot gave is still the one after a restart."""
    engine = Engine(state_file)
    await Caller(engine)("setWebhook", url="http://127.0.0.1:9/x", secret_token="s")
    await engine.stop()
    again = Engine(state_file)
    assert (again.world.webhook.url, again.world.webhook.secret) == ("http://127.0.0.1:9/x", "s")
    assert "webhook is active" in await Caller(again).refused("getUpdates")
    await again.stop()


BOARD = {"keyboard": [[{"text": "Menu"}]]}
BUTTONS = {"inline_keyboard": [[{"text": "Oui", "callback_data": "y"}]]}
