"""A whole Passerelle in memory: the real application, the real database, the embedded Telegram.

People act and read by name, so that a test reads as a conversation.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from telegram import Bot

from bot.helpdesk.context import Options
from bot.simulator.engine import ANY, Engine
from bot.store import Store, draft, inbox, outbox
from bot.texts import Texts
from faq.live import LiveFaq
from faq.writing import FaqWriter
from handlers.limits import Rates
from handlers.loopback import LoopbackRequest
from handlers.runtime import Parts, Runtime

PARIS = ZoneInfo("Europe/Paris")
OPEN = datetime(2026, 11, 23, 10, 0, tzinfo=PARIS)  # a Monday morning: the team is there
CLOSED = datetime(2026, 11, 22, 20, 0, tzinfo=PARIS)  # a Sunday evening
NO_LIMITS = Rates(100_000, 100_000, 100_000, 0)
PATIENCE = 30.0  # seconds after which a test that waits for nothing fails
QUICK = timedelta(milliseconds=150)  # how long the items of an album wait for each other


def build_loopback_bot(engine: Engine) -> Bot:
    """The bot that can speak, to an engine in memory."""
    request = LoopbackRequest(engine)
    return Bot(engine.token, request=request, get_updates_request=request)


@dataclass
class Clock:
    """Wall-clock time from a chosen moment on; it runs, and can be moved."""

    start: datetime = OPEN
    moved: timedelta = timedelta(0)
    origin: float = field(default_factory=lambda: asyncio.get_event_loop().time())

    def __call__(self) -> datetime:
        ran = timedelta(seconds=asyncio.get_event_loop().time() - self.origin)
        return (self.start + self.moved + ran).astimezone(UTC)


class World:
    """One robot, one team, and whoever writes."""

    def __init__(self, folder: Path, faq: LiveFaq, texts: Texts) -> None:
        """Nothing runs before `start`; the files are only read, unless `writer` is set."""
        self.database = folder / "passerelle.db"
        self.engine = Engine()
        self.texts = texts
        self.clock = Clock()
        self.said: list[str] = []
        self.options = Options(shows_example=True, album_delay=QUICK)
        self.faq = faq
        self.writer = FaqWriter(folder, folder, kept_disk=lambda: "Les tests n’écrivent pas ici.")
        self.rates = NO_LIMITS
        self.staff_chat_id: int | None = None
        self.group: dict[str, Any] = {}
        self.store: Store
        self.runtime: Runtime

    def make_team(self, *names: str) -> list["Caseworker"]:
        """A group with topics, the robot its administrator, and these caseworkers."""
        self.group = self.engine.add_group("Équipe sociale")
        self.staff_chat_id = self.group["id"]
        return [self.caseworker(name) for name in names]

    def person(self, name: str) -> "Person":
        """Somebody with a phone."""
        return Person(self, self.engine.add_person(name), name)

    def caseworker(self, name: str) -> "Caseworker":
        """A member of the team's group."""
        user = self.engine.add_person(name)
        self.engine.join(user, self.group["id"])
        return Caseworker(self, user, name)

    async def start(self) -> None:
        """Start the robot, as `python -m bot run` does."""
        self.store = await Store.open(self.database)
        bot = build_loopback_bot(self.engine)
        parts = Parts(
            store=self.store,
            bot=bot,
            faq=self.faq,
            writer=self.writer,
            texts=self.texts,
            token=self.engine.token,
            options=self.options,
            rates=self.rates,
            staff_chat_id=self.staff_chat_id,
            now=self.clock,
            say=self.said.append,
        )
        self.runtime = Runtime(parts)
        await self.runtime.start()
        await self.settle()

    async def stop(self) -> None:
        """Stop it cleanly."""
        await self.runtime.stop()
        await self.store.close()

    async def restart(self) -> None:
        """Stop, and start on the same files."""
        await self.stop()
        await self.start()

    async def settle(self, *, waiting: int = 0) -> None:
        """Wait until everything said is handled and everything written is sent.

        `waiting`: how many rows are known to stay in the outbox.
        """
        async with asyncio.timeout(PATIENCE):
            while not await self._is_quiet(waiting):  # noqa: ASYNC110 - nothing tells the end
                await asyncio.sleep(0)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until that is true, whatever else still waits."""
        async with asyncio.timeout(PATIENCE):
            while not holds():  # noqa: ASYNC110 - anything may be waited for
                await asyncio.sleep(0)

    async def _is_quiet(self, waiting: int) -> bool:
        if self.engine.pending_updates():
            return False
        async with self.store.transaction() as tx:
            if await inbox.count(tx, "new") or await outbox.count(tx, "sending"):
                return False
            if await draft.get_approved(tx) is not None:
                return False
            return await outbox.count(tx, "waiting") <= waiting

    def topic_of(self, name: str) -> dict[str, Any]:
        """The newest topic whose title bears that first name."""
        found = [t for t in self.engine.topics(self.group) if f"· {name} ·" in t["name"]]
        assert found, f"no topic for {name}: {self.engine.topics(self.group)}"
        return found[-1]

    def general(self) -> list[str]:
        """What the robot wrote in General."""
        return [text(m) for m in self.engine.messages(self.group["id"], None) if is_bots(m)]


def is_bots(message: dict[str, Any]) -> bool:
    """Whether the robot wrote it."""
    return bool(message.get("from", {}).get("is_bot")) and "pinned_message" not in message


def text(message: dict[str, Any]) -> str:
    """The text or caption of a message."""
    return str(message.get("text") or message.get("caption") or "")


def labels(message: dict[str, Any]) -> list[str]:
    """The labels of its inline buttons, in order."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


@dataclass
class Person:
    """Somebody in her private chat with the robot."""

    world: World
    user: dict[str, Any]
    name: str
    seen: int = 0

    @property
    def chat(self) -> int:
        """Her private chat."""
        return int(self.user["id"])

    async def says(self, words: str, **more: Any) -> dict[str, Any]:
        """She writes; returns her message once all is quiet again."""
        message = self.world.engine.say(self.user, self.chat, words, **more)
        await self.world.settle()
        return message

    async def sends(self, kind: str, **more: Any) -> dict[str, Any]:
        """She sends a photo, a voice note…"""
        message = self.world.engine.send(self.user, self.chat, kind, **more)
        await self.world.settle()
        return message

    async def edits(self, message: dict[str, Any], words: str) -> None:
        """She changes what she wrote."""
        self.world.engine.edit(self.user, self.chat, message["message_id"], text=words)
        await self.world.settle()

    async def touches(self, label: str) -> None:
        """She touches the newest button that shows these words."""
        for message in reversed(self.world.engine.messages(self.chat)):
            if label in labels(message):
                self.world.engine.press(self.user, self.chat, message["message_id"], label)
                await self.world.settle()
                return
        raise AssertionError(f"no button « {label} » on the phone of {self.name}")

    def messages(self) -> list[dict[str, Any]]:
        """What the robot sent her, all of it."""
        return [m for m in self.world.engine.messages(self.chat) if is_bots(m)]

    def reads(self) -> list[str]:
        """The texts that are new on her phone since she last looked."""
        texts = [text(message) for message in self.messages()]
        new, self.seen = texts[self.seen :], len(texts)
        return new

    def buttons(self) -> list[str]:
        """The buttons under the newest message."""
        return labels(self.messages()[-1])


@dataclass
class Caseworker:
    """A member of the team, in the group."""

    world: World
    user: dict[str, Any]
    name: str

    @property
    def chat(self) -> int:
        """The team's group."""
        return int(self.world.group["id"])

    async def writes(self, about: str, words: str, **more: Any) -> dict[str, Any]:
        """She writes in the topic of a person."""
        topic = self.world.topic_of(about)["id"]
        message = self.world.engine.say(self.user, self.chat, words, topic=topic, **more)
        await self.world.settle()
        return message

    async def writes_in_general(self, words: str) -> dict[str, Any]:
        """She writes in General."""
        message = self.world.engine.say(self.user, self.chat, words)
        await self.world.settle()
        return message

    async def sends(self, about: str, kind: str, **more: Any) -> dict[str, Any]:
        """She sends a photo, a voice note… in the topic of a person."""
        topic = self.world.topic_of(about)["id"]
        message = self.world.engine.send(self.user, self.chat, kind, topic=topic, **more)
        await self.world.settle()
        return message

    async def edits(self, message: dict[str, Any], **change: str) -> None:
        """She changes what she wrote."""
        self.world.engine.edit(self.user, self.chat, message["message_id"], **change)
        await self.world.settle()

    async def touches(self, about: str, label: str) -> None:
        """She touches the newest button of a topic that shows these words."""
        for message in reversed(self.topic(about)):
            if label in labels(message):
                self.world.engine.press(self.user, self.chat, message["message_id"], label)
                await self.world.settle()
                return
        raise AssertionError(f"no button « {label} » in the topic of {about}")

    def topic(self, about: str) -> list[dict[str, Any]]:
        """Every message of a person's topic."""
        return self.world.engine.messages(self.chat, self.world.topic_of(about)["id"])

    def reads(self, about: str) -> list[str]:
        """The texts that the robot put in a person's topic."""
        return [text(m) for m in self.topic(about) if is_bots(m) and text(m)]

    def toasts(self) -> list[str]:
        """What button presses showed her."""
        answers = self.world.engine.callback_answers
        return [a["text"] for a in answers if a["user"] == self.user["id"] and a["text"]]


__all__ = ["ANY", "CLOSED", "OPEN", "Caseworker", "Person", "World", "labels", "replace", "text"]
