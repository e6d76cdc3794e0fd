"""Updates that cannot be handled: rolled back, parked, shown to a human; the others go on."""

from typing import Any

import pytest

from faq.catalogue import Faq
from faq.decision import Decision
from faq.entry import Entry
from tests.conversations.world import Person, text
from tests.handlers.faults import FaultyWorld
from tests.handlers.test_sending_faults import QUESTION

POISON = "ceci fait tomber la recherche"


class FragileFaq(Faq):
    """The real FAQ, but for one text that makes it fall."""

    def decide(self, text: str, after: Entry | None = None) -> Decision:
        """As always, or RuntimeError."""
        if POISON in text:
            raise RuntimeError("the search fell")
        return super().decide(text, after)


class FragileLive:
    """What `LiveFaq` is to the program: the FAQ of this moment."""

    def __init__(self, faq: Faq) -> None:
        self.current = FragileFaq(**{name: getattr(faq, name) for name in faq.__match_args__})


@pytest.fixture(name="fragile")
async def _fragile(asleep: FaultyWorld) -> FaultyWorld:
    asleep.faq = FragileLive(asleep.faq.current)  # type: ignore[assignment]
    await asleep.start()
    await asleep.settle()
    return asleep


async def test_a_handler_that_raises_brings_the_message_to_a_human(fragile: FaultyWorld) -> None:
    """Tried twice, rolled back whole, parked; the team has the message, the person is told."""
    awa, karim = fragile.person("Awa"), fragile.person("Karim")
    await awa.says("/start")
    awa.reads()
    fragile.engine.say(awa.user, awa.chat, POISON)
    await karim.says(QUESTION)
    assert awa.reads() == [fragile.texts.person.robot_failed]
    assert any("Source :" in t for t in karim.reads())
    topic = fragile.engine.messages(fragile.group["id"], fragile.topic_of("Awa")["id"])
    texts = [text(message) for message in topic]
    assert POISON in texts
    assert fragile.texts.team.robot_failed in texts
    assert await fragile.count("SELECT count(*) FROM inbox WHERE status = 'dead'") == 1
    assert await fragile.count("SELECT attempts FROM inbox WHERE status = 'dead'") == 3
    assert await fragile.count("SELECT count(*) FROM exchange WHERE outcome = 'answered'") == 1
    assert await fragile.count("SELECT count(*) FROM inbox WHERE payload IS NOT NULL") == 0


def broken(message: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """An update whose message python-telegram-bot cannot parse."""
    return {"message": {**message, "date": "hier", **fields}}


async def test_danger_is_heard_even_in_what_cannot_be_parsed(
    world: FaultyWorld, awa: Person
) -> None:
    """The numbers leave, and the alert, though no handler could take the message."""
    real = world.engine.say(awa.user, awa.chat, "bonjour")
    await world.settle()
    awa.reads()
    update = broken(real, message_id=real["message_id"] + 1000, text="je veux me suicider")
    world.engine.deliver_raw(update)
    await world.settle()
    assert any("3114" in words for words in awa.reads())
    assert any("URGENT" in words for words in world.general())


async def test_what_cannot_be_parsed_does_not_make_the_robot_deaf(
    world: FaultyWorld, awa: Person
) -> None:
    """Broken, of an unknown kind, half a letter, nothing at all: the next question is answered."""
    real = world.engine.say(awa.user, awa.chat, "bonjour")
    await world.settle()
    deliver = world.engine.deliver_raw
    deliver(broken(real, message_id=9001))
    deliver({"message": {"nonsense": True}})
    deliver({"message": "text"})
    deliver({"poll": {"id": "1"}})
    deliver({"callback_query": {"id": None}})
    deliver({"message": {**real, "message_id": 9002, "text": "\ud83d"}})
    deliver({"message": {**real, "message_id": 9003, "chat": {"id": 10**30, "type": "private"}}})
    deliver({})
    awa.reads()
    await awa.says(QUESTION)
    await world.settle()
    assert world.engine.pending_updates() == 0
    assert await world.count("SELECT count(*) FROM inbox WHERE status = 'new'") == 0
    assert await world.count("SELECT count(*) FROM inbox WHERE status = 'dead'") >= 6
    assert world.texts.team.robot_failed in world.general()


async def test_the_same_update_ten_times_has_one_effect(world: FaultyWorld, awa: Person) -> None:
    """Telegram may deliver again: one answer, one row."""
    rows = await world.count("SELECT count(*) FROM inbox")
    real = world.engine.say(awa.user, awa.chat, QUESTION)
    for _ in range(10):
        world.engine.deliver_raw({"message": real})
    await world.settle()
    assert sum("Source :" in words for words in awa.reads()) == 1
    assert await world.count("SELECT count(*) FROM inbox") == rows + 1


async def test_numbers_of_updates_that_restart_lower_are_heard(
    world: FaultyWorld, awa: Person
) -> None:
    """After a quiet week update_id begins again anywhere: nobody is ignored."""
    world.engine.renumber_updates(1000)
    awa.reads()
    await awa.says(QUESTION)
    assert sum("Source :" in words for words in awa.reads()) == 1
