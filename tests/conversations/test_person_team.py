"""What goes to a person: media, masked numbers, an open request, and hours told truthfully."""

import sqlite3
from datetime import timedelta

import pytest

from tests.conversations.talk import talk
from tests.conversations.world import CLOSED, OPEN, Caseworker, World, replace, text

KINDS = [
    ("photo", "J'ai reçu votre photo. Une personne va s'en occuper."),
    ("voice", "J'ai reçu votre message vocal. Une personne va s'en occuper."),
    ("audio", "J'ai reçu votre fichier audio. Une personne va s'en occuper."),
    ("document", "J'ai reçu votre document. Une personne va s'en occuper."),
    ("video", "J'ai reçu votre vidéo. Une personne va s'en occuper."),
    ("video_note", "J'ai reçu votre vidéo. Une personne va s'en occuper."),
    ("animation", "J'ai reçu votre image. Une personne va s'en occuper."),
    ("location", "J'ai reçu votre position. Une personne va s'en occuper."),
    ("contact", "J'ai reçu votre contact. Une personne va s'en occuper."),
]


async def test_every_kind_goes_to_a_person(world: World) -> None:
    """Voice notes, photos, documents, places and contacts are never lost, and she is told."""
    for number, (kind, said) in enumerate(KINDS):
        amina = world.person(f"Amina{number}")
        await amina.sends(kind)
        assert said in amina.reads()[-1]
        topic = world.topic_of(amina.name)["id"]
        assert any(kind in m for m in world.engine.messages(world.group["id"], topic)), kind


async def test_a_kind_nobody_knows(world: World, claire: Caseworker) -> None:
    """Something that Telegram invents tomorrow goes to a person too."""
    amina = world.person("Amina")
    await amina.sends("dice", content={"dice": {"emoji": "🎲", "value": 3}})
    assert "J'ai reçu votre message." in amina.reads()[-1]
    assert claire.reads("Amina")


async def test_an_album(world: World, claire: Caseworker) -> None:
    """Three photos sent together: one request, one acknowledgement, three photos at the desk."""
    amina = world.person("Amina")
    for _ in range(3):
        world.engine.send(amina.user, amina.chat, "photo", album="papiers")
    await world.settle()
    assert sum("J'ai reçu" in read for read in amina.reads()) == 1
    assert sum("photo" in message for message in claire.topic("Amina")) == 3


async def test_an_open_request(world: World, claire: Caseworker) -> None:
    """Every message reaches the topic; the robot answers nothing, and acknowledges once."""
    amina = world.person("Amina")
    await talk(
        amina,
        [("humain", "Je passe votre demande"), ("acte de naissance", ""), ("merci", "")],
    )
    await claire.writes("Amina", "Bonjour, je regarde.")
    await talk(amina, [("d'accord", "Votre message est bien arrivé."), ("vous êtes là ?", "")])
    at_desk = [text(message) for message in claire.topic("Amina")]
    for words in ("acte de naissance", "merci", "d'accord", "vous êtes là ?"):
        assert at_desk.count(words) == 1


async def test_the_keyboard_while_a_request_is_open(world: World, claire: Caseworker) -> None:
    """The four words keep their meaning and are not relayed; « 0 » may answer the team, and is."""
    amina = world.person("Amina")
    await talk(
        amina,
        [
            ("humain", "demande n° 1"),
            ("Poser une question", "Une personne suit votre demande"),
            ("Choisir un thème", "Choisissez un thème"),
            ("Mes données", "Ce que je garde"),
            ("Parler à quelqu'un", "L'équipe a déjà votre demande n° 1"),
            ("0", "Choisissez un thème"),
        ],
    )
    at_desk = [text(message) for message in claire.topic("Amina")]
    assert "0" in at_desk
    for label in ("Poser une question", "Choisir un thème", "Mes données", "Parler à quelqu'un"):
        assert label not in at_desk


async def test_a_reply_to_an_ended_request(world: World, claire: Caseworker) -> None:
    """Replying to a caseworker's message after the end opens the request again."""
    amina = world.person("Amina")
    await amina.says("humain")
    await claire.writes("Amina", "Envoyez-moi la lettre.")
    letter = next(m for m in amina.messages() if text(m) == "Envoyez-moi la lettre.")
    await claire.writes("Amina", "/clore")
    amina.reads()
    await amina.says("la voilà", reply_to=letter["message_id"])
    assert "Votre message est bien arrivé." in amina.reads()[-1]
    assert "la voilà" in [text(message) for message in claire.topic("Amina")]
    assert "terminée" not in world.topic_of("Amina")["name"]


async def test_masked_before_the_database(world: World) -> None:
    """A private number never reaches the file; she is told once, kindly; the FAQ still answers."""
    amina = world.person("Amina")
    await amina.says("/start")
    await amina.says("acte de naissance, mon numéro est 2 85 05 78 006 084 91")
    read = amina.reads()
    assert sum("Vous avez écrit une information privée" in one for one in read) == 1
    assert "Acte de naissance" in read[-1]
    await amina.says("mon mot de passe est Soleil1234")
    assert not any("information privée" in one for one in amina.reads())
    kept = b"".join(f.read_bytes() for f in world.database.parent.glob("passerelle.db*"))
    for secret in (b"2 85 05 78", b"006 084", b"Soleil1234"):
        assert secret not in kept
    with sqlite3.connect(f"file:{world.database}?mode=ro", uri=True) as connection:
        assert "•" in connection.execute("SELECT question FROM exchange").fetchone()[0]


async def test_masked_in_set_up_mode(empty_world: World) -> None:
    """Before the service opens, numbers are masked and she is told as well."""
    await empty_world.start()
    amina = empty_world.person("Amina")
    await amina.says("mon mot de passe est Soleil1234")
    assert "information privée" in amina.reads()[0]


@pytest.mark.parametrize(
    ("moment", "sentence"),
    [
        (OPEN, "lit les messages aujourd'hui jusqu'à 12 h."),
        (OPEN.replace(hour=12, minute=30), "Elle lira vos messages aujourd'hui à 14 h."),
        (OPEN.replace(hour=18), "Elle lira vos messages demain à 9 h."),
        (CLOSED, "Elle lira vos messages demain à 9 h."),
        (CLOSED - timedelta(days=1), "Elle lira vos messages lundi 23 novembre à 9 h."),
        (OPEN.replace(month=12, day=25), "Elle lira vos messages lundi 28 décembre à 9 h."),
    ],
    ids=["open", "noon", "evening", "sunday", "saturday", "christmas"],
)
async def test_when_the_team_reads(
    empty_world: World, claire: Caseworker, moment: object, sentence: str
) -> None:
    """Open now, or the next opening with its day and hour: the truth, at every hour."""
    empty_world.clock.start = moment
    await empty_world.start()
    amina = empty_world.person("Amina")
    await amina.says("humain")
    assert sentence in amina.reads()[-1]
    assert claire.name == "Claire"


async def test_real_people_and_an_example_file(empty_world: World, claire: Caseworker) -> None:
    """« Notre équipe lira vos messages. »: no invented name, no invented hour."""
    empty_world.options = replace(empty_world.options, shows_example=False)
    await empty_world.start()
    amina = empty_world.person("Amina")
    await talk(amina, [("/start", "notre équipe"), ("humain", "Notre équipe lira vos messages.")])
    assert not any("xemple" in text(message) for message in amina.messages())
    assert claire.name == "Claire"
