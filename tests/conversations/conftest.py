"""The world of the conversation tests: started, and stopped whatever happens."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.texts import Texts, load_texts
from faq.live import LiveFaq
from tests.conversations.teaching import School
from tests.conversations.world import Caseworker, World

CONTENT = Path("faq/content")
SERVICE = Path("faq/service.yml")


@pytest.fixture(name="faq", scope="session")
def _faq() -> LiveFaq:
    return LiveFaq(CONTENT, SERVICE)


@pytest.fixture(name="texts", scope="session")
def _texts() -> Texts:
    return load_texts()


@pytest.fixture(name="empty_world")
async def _empty_world(tmp_path: Path, faq: LiveFaq, texts: Texts) -> AsyncIterator[World]:
    """A world whose robot is not started yet."""
    world = World(tmp_path, faq, texts)
    yield world
    if hasattr(world, "runtime"):
        await world.stop()


@pytest.fixture(name="claire")
def _claire(empty_world: World) -> Caseworker:
    (claire,) = empty_world.make_team("Claire")
    return claire


@pytest.fixture(name="world")
async def _world(empty_world: World, claire: Caseworker) -> World:
    await empty_world.start()
    return empty_world


@pytest.fixture(name="school")
async def _school(tmp_path: Path, texts: Texts) -> AsyncIterator[School]:
    """A team of two, and a small FAQ that the robot may write."""
    school = await School.open(tmp_path, texts)
    yield school
    await school.world.stop()
