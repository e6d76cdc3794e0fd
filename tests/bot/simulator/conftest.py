"""A simulator to test, a clock to move, and a bot that reaches it in memory or over HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.simulator.engine import Engine
from bot.simulator.http import SimulatorServer
from handlers.loopback import LoopbackRequest

Json = dict[str, Any]
KINDS = ["message", "edited_message", "callback_query", "my_chat_member", "chat_member"]
ALL_KINDS = [*KINDS, "message_reaction"]
PLAIN = {"verify": False}  # reading the certificates, for plain HTTP, would take most of the time


class Clock:
    """Seconds since 1970 that move when a test says so."""

    def __init__(self) -> None:
        self.now = 1_790_000_000.0

    def __call__(self) -> float:
        return self.now

    def pass_hours(self, hours: float) -> None:
        self.now += hours * 3600


@dataclass
class Place:
    """A team's group with one caseworker, and one person who has written to the bot."""

    engine: Engine
    person: Json
    caseworker: Json
    group: int

    @property
    def private(self) -> int:
        return int(self.person["id"])

    def topic(self, name: str = "nouvelle · Awa · n° 1") -> int:
        """A topic that the caseworker opened."""
        return self.engine.create_topic(self.caseworker, self.group, name)


def furnish(engine: Engine) -> Place:
    """The same people in any engine; what happened while they came is forgotten."""
    person = engine.add_person("Awa")
    group = int(engine.add_group("Équipe")["id"])
    caseworker = engine.add_person("Sophie")
    engine.join(caseworker, group, "administrator")
    engine.say(person, person["id"], "/start")
    engine.world.updates.drop()
    engine.world.updates.allow(ALL_KINDS)
    return Place(engine, person, caseworker, group)


@pytest.fixture
def clock() -> Clock:
    """Time stands still until the test moves it."""
    return Clock()


@pytest.fixture
def place(clock: Clock) -> Place:
    """The usual people in a fresh engine."""
    return furnish(Engine(clock=clock))


@pytest.fixture
def engine(place: Place) -> Engine:
    """The engine of ``place``."""
    return place.engine


class Caller:
    """The bot at the level of the wire: a call returns its result or its refusal."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    async def __call__(self, method: str, **parameters: Any) -> Any:
        """The ``result``; a refusal fails the test."""
        status, body = await self.engine.call(self.engine.token, method, parameters)
        assert status == 200, body
        assert isinstance(body, dict)
        return body["result"]

    async def refused(self, method: str, **parameters: Any) -> str:
        """The description of a refusal; a success fails the test."""
        status, body = await self.engine.call(self.engine.token, method, parameters)
        assert status != 200, body
        assert isinstance(body, dict)
        return str(body["description"])

    async def updates(self, **parameters: Any) -> list[Json]:
        """What waits, confirmed at once."""
        batch: list[Json] = await self("getUpdates", **parameters)
        if batch:
            await self("getUpdates", offset=batch[-1]["update_id"] + 1, limit=1)
        return batch


@pytest.fixture
def call(engine: Engine) -> Caller:
    """The bot, without any library."""
    return Caller(engine)


@pytest.fixture
async def server(engine: Engine) -> AsyncIterator[str]:
    """The engine served over HTTP; its address."""
    served = SimulatorServer(engine)
    port = await served.start()
    yield f"http://127.0.0.1:{port}"
    await served.stop()


@pytest.fixture(params=["memory", "http"])
async def bot(request: pytest.FixtureRequest, engine: Engine, server: str) -> AsyncIterator[Bot]:
    """python-telegram-bot's own Bot, over each of the two transports."""
    transports = (
        (LoopbackRequest(engine), LoopbackRequest(engine))
        if request.param == "memory"
        else (HTTPXRequest(httpx_kwargs=PLAIN), HTTPXRequest(httpx_kwargs=PLAIN))
    )
    speaking = Bot(
        engine.token,
        base_url=f"{server}/bot",
        base_file_url=f"{server}/file/bot",
        request=transports[0],
        get_updates_request=transports[1],
    )
    async with speaking:
        yield speaking


@pytest.fixture
def state_file(tmp_path: Path) -> Path:
    """Where an engine may keep its state."""
    return tmp_path / "simulateur.json"
