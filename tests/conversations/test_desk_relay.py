"""What is said on one side arrives on the other: every kind, replies, edits, receipts."""

from typing import Any

import pytest

from tests.conversations.world import Caseworker, Person, World, text

KINDS = (
    "photo",
    "document",
    "voice",
    "video",
    "video_note",
    "audio",
    "animation",
    "sticker",
    "location",
    "contact",
)
CAPTIONED = ("photo", "document", "voice", "video")


def emojis(message: dict[str, Any]) -> list[str]:
    """The reactions on a message."""
    return [one["emoji"] for one in message["_reactions"]]


def find(messages: list[dict[str, Any]], message: dict[str, Any]) -> dict[str, Any]:
    """That message, as it stands now."""
    return next(m for m in messages if m["message_id"] == message["message_id"])


@pytest.fixture(name="amina")
async def _amina(world: World) -> Person:
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    return amina


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_reaches_the_team(
    world: World, claire: Caseworker, amina: Person, kind: str
) -> None:
    """A photo, a voice note, a place… stand in the topic as they were sent."""
    caption = "Voici ma facture" if kind in CAPTIONED else None
    sent = await amina.sends(kind, caption=caption)
    arrived = claire.topic("Amina")[-1]
    assert kind in arrived
    assert text(arrived) == (caption or "")
    assert emojis(find(world.engine.messages(amina.chat), sent)) == ["👀"]


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_reaches_the_person(
    world: World, claire: Caseworker, amina: Person, kind: str
) -> None:
    """What a caseworker sends stands on the phone, and bears a receipt in the topic."""
    caption = "Voici le formulaire" if kind in CAPTIONED else None
    sent = await claire.sends("Amina", kind, caption=caption)
    arrived = amina.messages()[-1]
    assert kind in arrived
    assert text(arrived) == (caption or "")
    assert emojis(find(claire.topic("Amina"), sent)) == ["👍"]


async def test_nobody_learns_the_account_of_a_caseworker(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """A copy, not a forward: the robot writes, and the words are hers."""
    await claire.writes("Amina", "Bonjour")
    assert "forward_origin" not in amina.messages()[-1]
    assert str(claire.user["id"]) not in str(amina.messages()[-1])


async def test_albums_stay_albums(world: World, claire: Caseworker, amina: Person) -> None:
    """Three photos sent together arrive together, both ways."""
    for number in range(3):
        world.engine.send(
            amina.user, amina.chat, "photo", album="a", caption="pages" if not number else None
        )
    await world.settle()
    came = [m for m in claire.topic("Amina") if "photo" in m]
    assert len(came) == 3
    assert len({m["media_group_id"] for m in came}) == 1
    topic = world.topic_of("Amina")["id"]
    for _ in range(2):
        world.engine.send(claire.user, claire.chat, "photo", topic=topic, album="b")
    await world.settle()
    went = [m for m in amina.messages() if "photo" in m]
    assert len(went) == 2
    assert len({m["media_group_id"] for m in went}) == 1


async def test_replies_stay_replies(world: World, claire: Caseworker, amina: Person) -> None:
    """What answers a message on one side answers the same message on the other."""
    asked = await amina.says("Quels papiers ?")
    arrived = claire.topic("Amina")[-1]
    await claire.writes("Amina", "Un justificatif", reply_to=arrived["message_id"])
    answer = amina.messages()[-1]
    assert answer["reply_to_message"]["message_id"] == asked["message_id"]
    await amina.says("Lequel ?", reply_to=answer["message_id"])
    back = claire.topic("Amina")[-1]
    assert text(back["reply_to_message"]) == "Un justificatif"
    own = await claire.writes("Amina", "Facture ou quittance")
    await claire.writes("Amina", "De moins de trois mois", reply_to=own["message_id"])
    assert text(amina.messages()[-1]["reply_to_message"]) == "Facture ou quittance"


async def test_a_message_that_replies_to_nothing_stays_so(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """The first message of a topic is under all the others: it is nobody's question."""
    await claire.writes("Amina", "Bonjour")
    assert "reply_to_message" not in amina.messages()[-1]


async def test_edits_of_a_caseworker_are_mirrored(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """A corrected text and a corrected caption change on the phone, without a new message."""
    said = await claire.writes("Amina", "Rendez-vous à 10 h")
    await claire.edits(said, text="Rendez-vous à 14 h")
    assert text(amina.messages()[-1]) == "Rendez-vous à 14 h"
    sent = await claire.sends("Amina", "document", caption="Formulaire")
    await claire.edits(sent, caption="Formulaire à signer")
    assert text(amina.messages()[-1]) == "Formulaire à signer"
    assert "document" in amina.messages()[-1]
    voice = await claire.sends("Amina", "voice")
    await claire.edits(voice, caption="Écoutez")
    assert text(amina.messages()[-1]) == "Écoutez"
    assert len([m for m in amina.messages() if "10 h" in text(m)]) == 0


async def test_edits_of_a_person_are_mirrored(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """What she corrects changes in the topic."""
    said = await amina.says("Je suis rue de Paris")
    await amina.edits(said, "Je suis rue de Lille")
    assert text(claire.topic("Amina")[-1]) == "Je suis rue de Lille"
    sent = await amina.sends("photo", caption="page 1")
    world.engine.edit(amina.user, amina.chat, sent["message_id"], caption="page 2")
    await world.settle()
    assert text(claire.topic("Amina")[-1]) == "page 2"


async def test_a_corrected_number_arrives_as_it_was_written(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """What we keep is masked, what the person reads is not: an edit is copied again."""
    said = await claire.writes("Amina", "Voici l'IBAN de l'association")
    await claire.edits(said, text="IBAN : FR76 3000 6000 0112 3456 7890 189")
    assert text(amina.messages()[-1]) == "IBAN : FR76 3000 6000 0112 3456 7890 189"


async def test_a_walk_with_a_live_location_is_one_message(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """A live location is « edited » at each step: the phone is not flooded."""
    sent = await claire.sends("Amina", "location")
    count = len(amina.messages())
    moved = {**sent, "edit_date": sent["date"] + 5, "location": {"latitude": 1, "longitude": 2}}
    world.engine.deliver_raw({"edited_message": moved})
    await world.settle()
    assert len(amina.messages()) == count
    assert not [t for t in claire.reads("Amina") if "envoyé" in t]


async def test_her_walk_is_one_message_too(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """A person who shares her place as she walks: the topic shows it once."""
    sent = await amina.sends("location")
    count = len(claire.topic("Amina"))
    moved = {**sent, "edit_date": sent["date"] + 5, "location": {"latitude": 1, "longitude": 2}}
    world.engine.deliver_raw({"edited_message": moved})
    await world.settle()
    assert len(claire.topic("Amina")) == count


async def test_a_masked_message_can_be_seen(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """The team reads the masked words; « Voir » copies the original, which is stored nowhere."""
    await amina.says("Mon IBAN FR76 3000 6000 0112 3456 7890 189")
    masked = claire.topic("Amina")[-1]
    assert "••••" in text(masked)
    assert "0112" not in text(masked)
    await claire.touches("Amina", "Voir")
    assert "0112 3456" in text(claire.topic("Amina")[-1])
    await world.stop()
    assert b"0112 3456" not in world.database.read_bytes()
    await world.start()


async def test_what_telegram_does_not_copy_goes_as_text(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """A refused copy: the text arrives with a line, and nothing is lost."""
    world.engine.faults.add(method="copyMessage", times=1, kind="400")
    await amina.says("Un message que Telegram refuse de copier")
    assert claire.reads("Amina")[-1] == (
        "Telegram ne laisse pas copier ce message de la personne.\n"
        "Un message que Telegram refuse de copier"
    )
    world.engine.faults.add(method="copyMessage", times=1, kind="400")
    await claire.writes("Amina", "Une réponse que Telegram refuse de copier")
    assert amina.reads()[-1] == "Une réponse que Telegram refuse de copier"
    assert "Le texte seul est parti." in claire.reads("Amina")[-1]


async def test_the_robot_never_misuses_telegram(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """Every call of a whole conversation is one that the Bot API knows."""
    await claire.touches("Amina", "Je m'en occupe")
    await claire.writes("Amina", "Bonjour")
    await amina.sends("photo", caption="ma facture")
    await claire.touches("Amina", "Terminer")
    assert world.engine.ledger.mistakes() == []
