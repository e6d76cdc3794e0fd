"""The state file: one JSON document, replaced whole, found again at the next start.

Changes are written half a second after the first of them, and at the stop. After a kill up to
half a second is missing, so ids that the bot may have seen could be given twice, and a bot that
recognises messages by their ids would drop the new ones: after a start that no stop preceded,
every numbering leaves a gap.
"""

import asyncio
import json
import os
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, TypeAlias

from bot.simulator.updates import Entry
from bot.simulator.world import Chat, Member, Person, Press, Profile, Stored, Topic, World

Json: TypeAlias = dict[str, Any]

VERSION: Final = 1
DELAY: Final = 0.5
"""Seconds between a change and its writing."""
GAP: Final = 1000
"""Ids left out after a kill: more than can be given in DELAY."""

_COUNTERS: Final = (
    "group_id",
    "next_user_id",
    "next_group_number",
    "next_private_message_id",
    "next_number",
)


class StateFile:
    """Keeps a world in a file; must be told of each change (``touch``)."""

    def __init__(self, path: Path) -> None:
        """Nothing is read or written yet."""
        self.path = path
        self._world: World | None = None
        self._loop: asyncio.AbstractEventLoop | None = None  # the one whose timer it is
        self._timer: asyncio.TimerHandle | None = None

    def attach(self, world: World) -> None:
        """Fills ``world`` from the file, if there is one, and keeps it there from now on."""
        if self.path.exists():
            load(world, json.loads(self.path.read_text(encoding="utf-8")))
        self.follow(world)

    def follow(self, world: World) -> None:
        """Keeps another world from now on."""
        self._world = world
        world.updates.on_queued = self.touch

    def touch_unless_passing(self, event: Json) -> None:
        """A listener of Changes: a typing sign is not worth a write."""
        if "revision" in event:
            self.touch()

    def touch(self) -> None:
        """Something changed; outside a running loop it is written at once."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            self.write()
            return
        if self._timer is None or self._loop is not loop:
            self._loop, self._timer = loop, loop.call_later(DELAY, self.write)

    def write(self, *, is_stop: bool = False) -> None:
        """Replaces the file; ``is_stop`` when the numbering may go on without a gap."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._world is None:
            return
        document = {"version": VERSION, "stopped": is_stop, **dump(self._world)}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self.path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as out:
            out.write(json.dumps(document, ensure_ascii=False, separators=(",", ":")))
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(self.path)


def dump(world: World) -> Json:
    """The world as JSON values."""
    return {
        **{name: getattr(world, name) for name in _COUNTERS},
        "people": [asdict(person) for person in world.people.values()],
        "chats": [_dump_chat(chat) for chat in world.chats.values()],
        "presses": {number: asdict(press) for number, press in world.presses.items()},
        "callback_answers": world.callback_answers,
        "profile": asdict(world.profile),
        "files": world.files.dump(),
        "updates": {
            "next_id": world.updates.next_id,
            "allowed": sorted(world.updates.allowed) if world.updates.allowed else None,
            "entries": [
                [one.key, one.update, one.lane, one.expires_at]
                for one in world.updates.entries.values()
            ],
        },
        "webhook": [world.webhook.url, world.webhook.secret],
    }


def _dump_chat(chat: Chat) -> Json:
    return {
        "id": chat.id,
        "wire": chat.wire,
        "messages": [
            [one.wire, one.from_bot, one.keyboard, list(one.reactions.items()), one.answers]
            for one in chat.messages.values()
        ],
        "next_id": chat.next_id,
        "members": [[who, member.status, member.rights] for who, member in chat.members.items()],
        "topics": [asdict(topic) for topic in chat.topics.values()],
        "pinned": chat.pinned,
        "migrated_to": chat.migrated_to,
    }


def load(world: World, document: Json) -> None:
    """Fills an empty world; raises ValueError for a file of another version."""
    if document.get("version") != VERSION:
        raise ValueError("the simulator's state file is of another version: remove it")
    for name in _COUNTERS:
        setattr(world, name, document[name])
    world.people = {one["id"]: Person(**one) for one in document["people"]}
    world.chats = {one["id"]: _load_chat(one) for one in document["chats"]}
    world.presses = {number: Press(**one) for number, one in document["presses"].items()}
    world.callback_answers = document["callback_answers"]
    world.profile = Profile(**document["profile"])
    world.files.load(document["files"])
    updates = document["updates"]
    world.updates.next_id = updates["next_id"]
    world.updates.allow(updates["allowed"])
    for key, update, lane, expires_at in updates["entries"]:
        world.updates.entries[key] = Entry(key, update, (lane[0], lane[1]), expires_at)
    if document["webhook"][0]:
        world.webhook.set(*document["webhook"])
    if not document["stopped"]:
        _leave_gaps(world)


def _load_chat(one: Json) -> Chat:
    messages = (
        Stored(message, from_bot, keyboard, dict(reactions), answers)
        for message, from_bot, keyboard, reactions, answers in one["messages"]
    )
    return Chat(
        one["id"],
        one["wire"],
        messages={stored.id: stored for stored in messages},
        next_id=one["next_id"],
        members={who: Member(status, rights) for who, status, rights in one["members"]},
        topics={topic["id"]: Topic(**topic) for topic in one["topics"]},
        pinned=one["pinned"],
        migrated_to=one["migrated_to"],
    )


def _leave_gaps(world: World) -> None:
    world.next_private_message_id += GAP
    world.next_number += GAP
    world.updates.next_id += GAP
    for chat in world.chats.values():
        chat.next_id += GAP
