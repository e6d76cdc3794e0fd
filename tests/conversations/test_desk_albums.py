"""An album is judged whole: one note in it, and none of its items reaches the person."""

from typing import Any

import pytest

from tests.conversations.world import Caseworker, Person, World, text

NOTE = "// pour le dossier"


@pytest.fixture(name="amina")
async def _amina(world: World) -> Person:
    amina = world.person("Amina")
    await amina.says("Parler à quelqu'un")
    amina.reads()
    return amina


def send(claire: Caseworker, caption: str | None = None, album: str = "a") -> dict[str, Any]:
    """One more photo of an album in Amina's topic."""
    topic = claire.world.topic_of("Amina")["id"]
    return claire.world.engine.send(
        claire.user, claire.chat, "photo", topic=topic, album=album, caption=caption
    )


def photos(amina: Person) -> int:
    """How many photos are on the phone."""
    return len([m for m in amina.messages() if "photo" in m])


@pytest.mark.parametrize("position", [0, 1, 2])
async def test_a_note_anywhere_keeps_the_album(
    world: World, claire: Caseworker, amina: Person, position: int
) -> None:
    """First, middle or last: no photo leaves."""
    for number in range(3):
        send(claire, NOTE if number == position else f"page {number}")
    await world.settle()
    assert photos(amina) == 0


async def test_an_unknown_command_keeps_the_album(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """« /page 1 » is no note: nothing leaves either, and she is told."""
    send(claire)
    send(claire, "/page 2")
    await world.settle()
    assert photos(amina) == 0
    assert claire.reads("Amina")[-1] == "Commande inconnue. Rien n'a été envoyé."


async def test_a_note_that_arrives_late_takes_the_album_back(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """The first items have left already: they are taken back, and one line says so."""
    send(claire, "page 1")
    send(claire)
    await world.settle()
    assert photos(amina) == 2
    send(claire, NOTE)
    await world.settle()
    assert photos(amina) == 0
    repris = [t for t in claire.reads("Amina") if t.startswith("Le message a été repris.")]
    assert len(repris) == 1
    send(claire, "page 4")
    await world.settle()
    assert photos(amina) == 0


async def test_a_caption_edited_into_a_note_takes_the_whole_album_back(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """The caption of one item is the caption of all."""
    first = send(claire, "page 1")
    send(claire)
    await world.settle()
    await claire.edits(first, caption=NOTE)
    assert photos(amina) == 0


async def test_a_note_is_one_album_s_business(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """Another album, sent after, leaves."""
    send(claire, NOTE)
    send(claire)
    send(claire, "page 1", album="b")
    send(claire, album="b")
    await world.settle()
    assert photos(amina) == 2
    assert [text(m) for m in amina.messages() if "photo" in m] == ["page 1", ""]


async def test_an_album_nobody_receives_is_one_line(
    world: World, claire: Caseworker, amina: Person
) -> None:
    """Three photos to somebody who has blocked: one line, one « Renvoyer », three photos."""
    await claire.writes("Amina", "Bonjour")
    world.engine.block(amina.user)
    await world.settle()
    for _ in range(3):
        send(claire)
    await world.settle()
    lines = [t for t in claire.reads("Amina") if t.startswith("Non remis")]
    assert lines == ["Non remis : la personne a bloqué le robot."]
    world.engine.unblock(amina.user)
    await world.settle()
    await claire.touches("Amina", "Renvoyer")
    assert photos(amina) == 3
