"""The long poll: what ends the program, what makes it wait, and what it acknowledges when."""

import asyncio

import pytest

from handlers import dispatch, intake
from handlers.intake import WRONG_TOKEN, FatalError
from tests.conversations.world import Person
from tests.handlers.faults import FaultyWorld
from tests.handlers.test_sending_faults import QUESTION

ENDS_WITHIN = 20.0  # seconds


@pytest.mark.parametrize("status", ["401", "404"])
async def test_a_refused_token_ends_the_program_with_a_sentence(
    world: FaultyWorld, awa: Person, status: str
) -> None:
    """401 or 404 to getUpdates: no call will ever succeed, so it is said and over."""
    world.engine.faults.add(status, method="getUpdates", times=None)
    world.engine.say(awa.user, awa.chat, "bonjour")
    with pytest.raises(FatalError, match=WRONG_TOKEN):
        await asyncio.wait_for(world.runtime.run(), ENDS_WITHIN)


async def test_a_conflict_is_waited_out(world: FaultyWorld, awa: Person) -> None:
    """One 409, as during a deploy: a second later the robot reads again."""
    world.engine.faults.add("409", method="getUpdates")
    await awa.says(QUESTION)
    assert any("Source :" in words for words in awa.reads())


async def test_another_program_on_the_same_robot_ends_this_one(asleep: FaultyWorld) -> None:
    """409 beyond its patience: the sentence names the cause."""
    asleep.conflict_patience = 0.5
    asleep.engine.faults.add("409", method="getUpdates", times=None)
    await asleep.start()
    with pytest.raises(FatalError, match="Un autre programme utilise ce robot"):
        await asyncio.wait_for(asleep.runtime.run(), ENDS_WITHIN)


@pytest.mark.parametrize("fault", ["502", "500", "cut_before", "cut_after", "refused"])
async def test_a_poll_that_fails_loses_nothing(
    world: FaultyWorld, awa: Person, fault: str
) -> None:
    """Updates lost on the wire come again: nothing was acknowledged."""
    world.engine.faults.add(fault, method="getUpdates", times=1)
    await awa.says(QUESTION)
    assert sum("Source :" in words for words in awa.reads()) == 1


async def test_a_full_disk_acknowledges_nothing(
    world: FaultyWorld, awa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The update stays at Telegram while the file cannot grow, and arrives once it can."""
    monkeypatch.setattr(intake, "LONGEST_WAIT", 0.05)
    monkeypatch.setattr(dispatch, "PAUSE_AFTER_REFUSAL", 0.05)
    pages = await world.count("PRAGMA page_count")
    most = await world.count("PRAGMA max_page_count")
    await world.count(f"PRAGMA max_page_count = {pages}")
    long = "Bonjour, voilà toute mon histoire. " * 110
    told = world.engine.ledger.of("getUpdates")
    for number in range(30):
        world.engine.say(awa.user, awa.chat, f"{number} {long}")
    await world.until(lambda: len(world.engine.ledger.of("getUpdates")) > len(told) + 3)
    assert world.engine.pending_updates() == 30
    await world.count(f"PRAGMA max_page_count = {most}")
    await world.settle()
    assert await world.count("SELECT count(*) FROM inbox WHERE status = 'done'") >= 30
    assert await world.count("SELECT count(*) FROM inbox WHERE status <> 'done'") == 0


async def test_the_database_of_another_robot_is_refused(asleep: FaultyWorld) -> None:
    """One sentence, and nothing is written in a file that serves somebody else."""
    await asleep.start()
    await asleep.settle()
    await asleep.stop()
    asleep.engine.world.bot["id"] += 1
    with pytest.raises(FatalError, match="appartient à un autre robot"):
        await asleep.start()
