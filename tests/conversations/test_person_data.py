"""« Mes données »: what is kept, who reads it, how to complain, and erasing it all."""

import sqlite3

from tests.conversations.talk import forge, talk
from tests.conversations.world import Caseworker, Person, World, replace, text

SECRET = "zanzibaresque"  # a word that stands nowhere else


def _bytes_kept(world: World) -> bytes:
    """The database and its log as they lie on the disk, while the robot runs."""
    files = world.database.parent.glob(world.database.name + "*")
    return b"".join(file.read_bytes() for file in files)


def _rows_of(world: World, *tables: str) -> dict[str, int]:
    with sqlite3.connect(f"file:{world.database}?mode=ro", uri=True) as connection:
        return {
            name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0]  # noqa: S608
            for name in tables
        }


def _file_of(world: World, person: Person) -> str:
    (document,) = [m["document"] for m in person.messages() if "document" in m]
    assert document["file_name"] == "mes-donnees.txt"
    files = world.engine.world.files
    stored = files.get(document["file_id"])
    assert stored is not None
    return files.content(stored).decode()


async def test_what_is_kept(world: World) -> None:
    """What is kept, who reads, how long, what Telegram keeps; then file, rights, erasing."""
    amina = world.person("Amina")
    await amina.says("Mes données")
    overview = amina.reads()[-1]
    for promise in (
        "votre prénom Telegram et vos messages",
        "Les numéros privés sont masqués",
        "l'équipe de l'Association Exemple, qui garde le secret",
        "30 jours",
        "365 jours après sa fin",
        "Telegram garde aussi vos messages",
    ):
        assert promise in overview
    assert amina.buttons() == [
        "Voir mon fichier",
        "Mes droits",
        "Tout effacer",
        "Parler à quelqu'un",
    ]


async def test_my_file(world: World, claire: Caseworker) -> None:
    """A file says in French all that is kept: her words, the answers, the replies."""
    amina = world.person("Amina")
    await amina.says("acte de naissance")
    await amina.touches("Oui")
    await amina.says("humain")
    await claire.writes("Amina", "Bonjour Amina, je regarde.")
    await talk(amina, [("mes données", "Ce que je garde"), ("[Voir mon fichier]", "tout ce que")])
    kept = _file_of(world, amina)
    assert "Prénom : Amina. Numéro ici : 1." in kept
    assert "« acte de naissance » (le robot a répondu, fiche : Acte de naissance" in kept
    assert "votre avis : oui" in kept
    assert "demande n° 1, réponse de l'équipe (Claire) : « Bonjour Amina, je regarde. »" in kept
    for english in ("answered", "relayed", "opened", "reply", "asked"):
        assert english not in kept


async def test_how_to_complain(world: World) -> None:
    """Rights, who is responsible, whom to write to, the CNIL."""
    amina = world.person("Amina")
    await talk(amina, [("/privacy", "Ce que je garde"), ("[Mes droits]", "www.cnil.fr")])
    rights = text(amina.messages()[-1])
    assert "la direction de l'Association Exemple" in rights
    assert "dpo@exemple.invalid" in rights


async def test_how_to_complain_without_a_name(empty_world: World, claire: Caseworker) -> None:
    """With an example file and real people: no invented address, « Parler à quelqu'un »."""
    empty_world.options = replace(empty_world.options, shows_example=False)
    await empty_world.start()
    amina = empty_world.person("Amina")
    await talk(amina, [("mes données", "notre équipe"), ("[Mes droits]", "Parler à quelqu'un")])
    assert not any("xemple" in text(message) for message in amina.messages())
    assert claire.name == "Claire"


async def test_changing_her_mind(world: World) -> None:
    """« Non, garder » erases nothing; so does « non », typed."""
    amina = world.person("Amina")
    for no in ("[Non, garder]", "non"):
        await amina.says("mes données")
        await amina.touches("Tout effacer")
        await talk(amina, [(no, "Je n'efface rien")])
    assert _rows_of(world, "beneficiary") == {"beneficiary": 1}


async def test_erasing_everything(world: World, claire: Caseworker) -> None:
    """One confirmation; no row, no topic, and none of her words in the file or its log."""
    amina = world.person("Xantippe")
    await amina.says(f"{SECRET} un")
    await amina.says(f"{SECRET} deux")
    await claire.writes("Xantippe", f"Bonjour, c'est quoi {SECRET} ?")
    await amina.says(f"c'est {SECRET}")
    assert SECRET.encode() in _bytes_kept(world)
    await amina.says("/effacer")
    await talk(amina, [("[Oui, tout effacer]", "C'est fait. J'ai tout effacé chez nous.")])
    kept = _bytes_kept(world)
    assert SECRET.encode() not in kept
    assert b"Xantippe" not in kept
    assert str(amina.chat).encode() not in kept
    tables = ("beneficiary", "ticket", "ticket_event", "exchange", "message_map")
    assert set(_rows_of(world, *tables).values()) == {0}
    assert not world.engine.topics(world.group)
    assert world.general()[-1] == "Une personne a effacé ses données."


async def test_typed_yes_erases(world: World) -> None:
    """« oui » right after the question is the confirmation."""
    amina = world.person("Amina")
    await talk(amina, [("/effacer", "Voulez-vous"), ("oui", "J'ai tout effacé")])


async def test_waiting_sends_are_erased(world: World) -> None:
    """What still waited for her or about her never leaves."""
    amina = world.person("Amina")
    world.engine.faults.add(method="createForumTopic", kind="502", times=None)
    world.engine.say(amina.user, amina.chat, "humain")
    await world.until(lambda: any("demande" in one for one in map(text, amina.messages())))
    world.engine.say(amina.user, amina.chat, f"{SECRET} trois")
    world.engine.say(amina.user, amina.chat, "/effacer")
    await world.until(lambda: "Oui, tout effacer" in str(amina.messages()[-1]))
    await amina.touches("Oui, tout effacer")
    world.engine.faults.clear()
    await world.settle()
    assert not world.engine.topics(world.group)
    assert SECRET.encode() not in _bytes_kept(world)
    assert _rows_of(world, "beneficiary") == {"beneficiary": 0}


async def test_an_urgent_request_is_erased_at_its_end(world: World, claire: Caseworker) -> None:
    """Danger: the team must be able to help; she is told, and all goes when it ends."""
    amina = world.person("Amina")
    await talk(amina, [("je veux mourir", "3114"), ("/effacer", "Voulez-vous")])
    await talk(amina, [("[Oui, tout effacer]", "J'effacerai tout quand la demande sera terminée")])
    assert world.engine.topics(world.group)
    await claire.writes("Amina", "/clore")
    assert "J'ai tout effacé chez nous." in amina.reads()[-1]
    assert not world.engine.topics(world.group)
    assert b"je veux mourir" not in _bytes_kept(world)
    assert world.general()[-1] == "Une personne a effacé ses données."


async def test_she_comes_back(world: World) -> None:
    """After erasing she is somebody new, with a new number, and told again who answers."""
    amina = world.person("Amina")
    await amina.says("/effacer")
    await amina.says("oui")
    await talk(amina, [("acte de naissance", "Je suis un robot")])
    with sqlite3.connect(f"file:{world.database}?mode=ro", uri=True) as connection:
        assert connection.execute("SELECT id FROM beneficiary").fetchall() == [(2,)]


async def test_nobody_erases_somebody_else(world: World) -> None:
    """A forged confirmation erases only who forged it."""
    amina, boris = world.person("Amina"), world.person("Boris")
    await amina.says("acte de naissance")
    await boris.says("/start")
    await forge(boris, "data:erase-yes")
    assert _rows_of(world, "exchange") == {"exchange": 1}
