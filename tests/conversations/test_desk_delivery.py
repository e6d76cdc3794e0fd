"""What did not arrive is said, and can be sent again; what was deleted is opened again."""

from datetime import timedelta

import pytest

from tests.conversations.world import Caseworker, Person, World, labels, text

BLOCKED = "Non remis : la personne a bloqué le robot."
UNKNOWN = "Peut-être non remis : la connexion a coupé pendant l'envoi."


@pytest.fixture(name="amina")
async def _amina(world: World, claire: Caseworker) -> Person:
    """Amina, whose request Claire has taken."""
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    await claire.touches("Amina", "Je m'en occupe")
    amina.reads()
    return amina


async def test_a_blocked_person_is_said_under_the_message(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """The line answers the message it is about, and « Renvoyer » works once she is back."""
    world.engine.block(amina.user)
    await world.settle()
    assert claire.reads("Amina")[-1] == (
        "La personne a bloqué le robot. Vos messages ne lui arrivent plus."
    )
    said = await claire.writes("Amina", "Votre dossier est prêt")
    line = claire.topic("Amina")[-1]
    assert text(line) == BLOCKED
    assert line["reply_to_message"]["message_id"] == said["message_id"]
    assert labels(line) == ["Renvoyer"]
    world.engine.unblock(amina.user)
    await world.settle()
    assert claire.reads("Amina")[-1] == "La personne a débloqué le robot."
    await claire.touches("Amina", "Renvoyer")
    assert amina.reads() == ["Votre dossier est prêt"]
    assert claire.toasts()[-1] == "Renvoyé."
    await claire.touches("Amina", "Renvoyer")
    assert claire.toasts()[-1] == "Il n'y a plus rien à renvoyer."
    assert amina.reads() == []


async def test_a_first_reply_to_somebody_who_has_blocked_is_one_line(world: World) -> None:
    """« Claire vous répond » failed too: only the reply itself is worth a line."""
    claire, amina = world.caseworker("Claire"), world.person("Amina")
    await amina.says("Parler à quelqu'un")
    world.engine.block(amina.user)
    await world.settle()
    await claire.writes("Amina", "Bonjour")
    assert [t for t in claire.reads("Amina") if t.startswith("Non remis")] == [BLOCKED]


async def test_an_account_that_is_gone_is_said(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """A deleted account: the team sees that nothing arrived."""
    world.engine.deactivate(amina.user)
    await claire.writes("Amina", "Bonjour")
    assert claire.reads("Amina")[-1] == BLOCKED


@pytest.mark.parametrize("kind", ["cut_before", "cut_after"])
async def test_a_cut_is_never_resent_blindly(
    world: World, claire: Caseworker, amina: Person, kind: str
) -> None:
    """Nobody knows whether it arrived: a caseworker decides, and sees the line."""
    world.engine.faults.add(method="copyMessage", times=1, kind=kind)
    await claire.writes("Amina", "Rendez-vous lundi")
    arrived = amina.reads()
    assert arrived == (["Rendez-vous lundi"] if kind == "cut_after" else [])
    assert claire.reads("Amina")[-1] == UNKNOWN
    await claire.touches("Amina", "Renvoyer")
    assert amina.reads() == ["Rendez-vous lundi"]


async def test_her_next_message_does_not_end_the_doubt(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """She writes meanwhile: « Renvoyer » still works."""
    world.engine.faults.add(method="copyMessage", times=1, kind="cut_before")
    await claire.writes("Amina", "Rendez-vous lundi")
    await amina.says("Vous êtes là ?")
    amina.reads()
    await claire.touches("Amina", "Renvoyer")
    assert amina.reads() == ["Rendez-vous lundi"]


@pytest.mark.parametrize("is_blocked", [True, False])
async def test_resend_never_sends_what_became_a_note(
    world: World, claire: Caseworker, amina: Person, is_blocked: bool
) -> None:
    """The message that failed was edited into a note: « Renvoyer » finds nothing to send."""
    if is_blocked:
        world.engine.block(amina.user)
        await world.settle()
    else:
        world.engine.faults.add(method="copyMessage", times=1, kind="cut_before")
    said = await claire.writes("Amina", "Elle a une dette")
    await claire.edits(said, text="// Elle a une dette")
    if is_blocked:
        world.engine.unblock(amina.user)
        await world.settle()
    await claire.touches("Amina", "Renvoyer")
    assert "dette" not in str(amina.messages())


async def test_towards_the_team_a_cut_is_resent_and_marked(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """Loss is worse than a copy too many: it arrives, marked, and the mark explains itself."""
    world.engine.faults.add(method="copyMessage", times=1, kind="cut_after")
    await amina.says("J'ai reçu un courrier")
    came = [m for m in claire.topic("Amina") if text(m) == "J'ai reçu un courrier"]
    assert [labels(m) for m in came] == [[], ["Peut-être déjà reçu"]]
    await claire.touches("Amina", "Peut-être déjà reçu")
    assert "peut-être en double" in claire.toasts()[-1]


async def test_a_deleted_topic_is_opened_again(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """Her next message opens another, with its card, and both sides go on."""
    await claire.writes("Amina", "Bonjour")
    world.engine.delete_topic(world.group, world.topic_of("Amina")["id"])
    amina.reads()
    await amina.says("Vous avez bien reçu ma photo ?")
    topic = claire.topic("Amina")
    cards = [m for m in topic if labels(m)]
    assert [labels(card) for card in cards] == [["Terminer", "Rendre au robot"]]
    assert cards[0]["_pinned"]
    assert text(topic[-1]) == "Vous avez bien reçu ma photo ?"
    await claire.writes("Amina", "Oui, merci")
    assert amina.reads()[-1] == "Oui, merci"


async def test_nothing_is_lost_with_a_deleted_topic(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """Three messages in a burst on a topic that is gone: all three, in order, in the new one."""
    world.engine.delete_topic(world.group, world.topic_of("Amina")["id"])
    words = [f"message {number}" for number in range(3)]
    for one in words:
        world.engine.say(amina.user, amina.chat, one)
    await world.settle()
    assert [text(m) for m in claire.topic("Amina") if text(m).startswith("message")] == words


async def test_a_busy_group_reads_all_in_few_messages(
    empty_world: World, claire: Caseworker
) -> None:
    """A group that is behind: consecutive texts of one person come as one message, in order."""
    world = empty_world
    await world.start()
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    world.engine.faults.add(
        method="copyMessage", chat_id=claire.chat, times=1, kind="429", retry_after=1
    )
    world.engine.say(amina.user, amina.chat, "un")
    await world.until(lambda: bool(world.engine.ledger.of("copyMessage", accepted=False)))
    for word in ("deux", "trois"):
        world.engine.say(amina.user, amina.chat, word)
    world.clock.moved += timedelta(seconds=6)
    await world.settle()
    assert text(claire.topic("Amina")[-1]) == "un\ndeux\ntrois"
