"""What a bad network does to a send: cut before or after the server accepted, or hanging."""

import pytest

from tests.conversations.world import Caseworker, Person, World, labels, text
from tests.handlers.faults import FaultyWorld

CUTS = ["cut_before", "cut_after", "hang", "hang_after"]
ACCEPTED = {"cut_before": 0, "cut_after": 1, "hang": 0, "hang_after": 1}
QUESTION = "J'ai perdu mon mot de passe CAF. Que faire ?"


@pytest.mark.parametrize("fault", CUTS)
async def test_an_answer_of_unknown_fate_is_never_blindly_resent(
    world: FaultyWorld, awa: Person, fault: str
) -> None:
    """She is asked once whether she got it; « Revoir la réponse » sends it again."""
    world.engine.faults.add(fault, method="sendMessage", chat_id=awa.chat)
    await awa.says(QUESTION)
    answers = [t for t in awa.reads() if "Source :" in t]
    assert len(answers) == ACCEPTED[fault]
    assert text(awa.messages()[-1]) == "Avez-vous reçu ma réponse ?"
    assert awa.buttons() == ["Revoir la réponse", "Parler à quelqu'un"]
    await awa.touches("Revoir la réponse")
    assert sum("Source :" in t for t in awa.reads()) == 1


@pytest.mark.parametrize("fault", CUTS)
async def test_danger_numbers_are_always_resent(
    world: FaultyWorld, awa: Person, fault: str
) -> None:
    """The numbers reach her, twice rather than never."""
    world.engine.faults.add(fault, method="sendMessage", chat_id=awa.chat)
    await awa.says("je veux me suicider")
    numbers = [t for t in awa.reads() if "3114" in t]
    assert len(numbers) == 1 + ACCEPTED[fault]


@pytest.mark.parametrize("fault", CUTS)
async def test_a_relay_of_unknown_fate_is_resent_and_marked(
    world: FaultyWorld, awa: Person, fault: str
) -> None:
    """The team has it at least once, and the copy that may be the second says so."""
    await awa.says("Parler à quelqu'un")
    world.engine.faults.add(fault, method="copyMessage", chat_id=world.group["id"])
    await awa.says("J'ai perdu mes papiers")
    topic = world.engine.messages(world.group["id"], world.topic_of("Awa")["id"])
    copies = [message for message in topic if text(message) == "J'ai perdu mes papiers"]
    assert len(copies) == 1 + ACCEPTED[fault]
    assert labels(copies[-1]) == ["Peut-être déjà reçu"]
    assert labels(copies[0]) == ([] if ACCEPTED[fault] else ["Peut-être déjà reçu"])


@pytest.mark.parametrize("fault", CUTS)
async def test_an_album_of_unknown_fate_is_resent_and_marked(
    world: FaultyWorld, awa: Person, fault: str
) -> None:
    """An album cannot bear a button: a line before its second copy says that it may be one."""
    await awa.says("Parler à quelqu'un")
    world.engine.faults.add(fault, method="copyMessages", chat_id=world.group["id"])
    for _ in range(3):
        world.engine.send(awa.user, awa.chat, "photo", album="vacances")
    await World.settle(world)  # at the pace of real time, or each photo would leave alone
    topic = world.engine.messages(world.group["id"], world.topic_of("Awa")["id"])
    photos = [n for n, message in enumerate(topic) if "photo" in message]
    assert len(photos) == 3 + 3 * ACCEPTED[fault]
    assert text(topic[photos[-3] - 1]) == world.texts.team.maybe_twice


@pytest.mark.parametrize("fault", CUTS)
async def test_a_reply_of_unknown_fate_is_resent_by_a_human_only(
    world: FaultyWorld, awa: Person, claire: Caseworker, fault: str
) -> None:
    """The topic shows it with « Renvoyer », which works, even after she has written."""
    await awa.says("Parler à quelqu'un")
    await claire.writes("Awa", "Bonjour Awa")
    world.engine.faults.add(fault, method="copyMessage", chat_id=awa.chat)
    await claire.writes("Awa", "Venez jeudi")
    assert sum(t == "Venez jeudi" for t in awa.reads()) == ACCEPTED[fault]
    assert world.texts.team.unknown_fate in claire.reads("Awa")
    await awa.says("Vous êtes là ?")
    awa.reads()
    await claire.touches("Awa", "Renvoyer")
    assert awa.reads() == ["Venez jeudi"]
    await claire.touches("Awa", "Renvoyer")
    assert awa.reads() == []


@pytest.mark.parametrize("fault", CUTS)
async def test_an_edit_of_unknown_fate_is_resent(
    world: FaultyWorld, awa: Person, claire: Caseworker, fault: str
) -> None:
    """An edit that changes nothing more is as good as done: no line, one message."""
    await awa.says("Parler à quelqu'un")
    said = await claire.writes("Awa", "Venez jeudi")
    world.engine.faults.add(fault, method="editMessageText", chat_id=awa.chat)
    await claire.edits(said, text="Venez vendredi")
    assert "Venez vendredi" in awa.reads()
    assert world.texts.team.unknown_fate not in claire.reads("Awa")
    assert await world.count("SELECT count(*) FROM outbox WHERE status = 'unknown'") == 0


@pytest.mark.parametrize("fault", ["502", "503", "504", "500", "refused"])
async def test_what_surely_did_not_leave_is_sent_again(
    world: FaultyWorld, awa: Person, fault: str
) -> None:
    """An HTML page, a server error or a refused connection: one answer, no question about it."""
    world.engine.faults.add(fault, method="sendMessage", chat_id=awa.chat, times=3)
    await awa.says(QUESTION)
    assert sum("Source :" in t for t in awa.reads()) == 1
    assert "Avez-vous reçu ma réponse ?" not in awa.reads()


async def test_a_flood_pauses_one_chat_for_as_long_as_asked(
    world: FaultyWorld, awa: Person
) -> None:
    """While Awa's chat is paused, Karim is answered; then her answer leaves, once."""
    karim = world.person("Karim")
    world.engine.faults.add("429", method="sendMessage", chat_id=awa.chat, retry_after=2)
    world.engine.say(awa.user, awa.chat, QUESTION)
    world.engine.say(karim.user, karim.chat, QUESTION)
    await world.settle()
    ledger = world.engine.ledger
    calls = [c for c in ledger.of("sendMessage", accepted=False) if "Source" in str(c.parameters)]
    awas = [c for c in calls if str(c.parameters["chat_id"]) == str(awa.chat)]
    (karims,) = [c for c in calls if str(c.parameters["chat_id"]) == str(karim.chat)]
    assert [c.is_accepted for c in awas] == [False, True]
    assert awas[1].at - awas[0].at >= 2
    assert karims.at - awas[0].at < 2


async def test_an_outage_of_hours_makes_no_dead_letter(world: FaultyWorld, awa: Person) -> None:
    """Twenty refused connections in a row: the answer still leaves when the network is back."""
    world.engine.faults.add("refused", method="sendMessage", chat_id=awa.chat, times=20)
    await awa.says(QUESTION)
    assert sum("Source :" in t for t in awa.reads()) == 1
