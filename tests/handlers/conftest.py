"""Worlds in which something goes wrong."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.texts import Texts, load_texts
from faq.live import LiveFaq
from tests.conversations.world import Caseworker, Person
from tests.handlers.faults import FaultyWorld

ROOT = Path(__file__).parents[2]


@pytest.fixture(name="faq", scope="session")
def _faq() -> LiveFaq:
    return LiveFaq(ROOT / "faq" / "content", ROOT / "faq" / "service.yml")


@pytest.fixture(name="texts", scope="session")
def _texts() -> Texts:
    return load_texts()


@pytest.fixture(name="asleep")
async def _asleep(tmp_path: Path, faq: LiveFaq, texts: Texts) -> AsyncIterator[FaultyWorld]:
    """A world with a team, whose robot is not started yet."""
    world = FaultyWorld(tmp_path, faq, texts)
    world.make_team()
    yield world
    world.engine.faults.clear()
    if hasattr(world, "runtime"):
        await world.stop()
    await world.engine.stop()


@pytest.fixture(name="world")
async def _world(asleep: FaultyWorld) -> FaultyWorld:
    await asleep.start()
    await asleep.settle()
    return asleep


@pytest.fixture(name="claire")
def _claire(world: FaultyWorld) -> Caseworker:
    return world.caseworker("Claire")


@pytest.fixture(name="awa")
async def _awa(world: FaultyWorld) -> Person:
    """Known to the robot already: her next message is answered by one message."""
    awa = world.person("Awa")
    await awa.says("/start")
    return awa
