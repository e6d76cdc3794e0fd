"""Suggestions, themes, numbers that can be typed, and buttons that never die."""

from tests.conversations.talk import forge, talk
from tests.conversations.world import World, labels, text


async def test_suggestions(world: World) -> None:
    """Up to three questions, as buttons and as numbers; « Aucune » and a human last."""
    amina = world.person("Amina")
    await talk(amina, [("logement", "J'ai trouvé ces questions. Laquelle est la vôtre ?")])
    *choices, none, human = amina.buttons()
    assert 1 <= len(choices) <= 3
    assert choices[0].startswith("1. ")
    assert (none, human) == ("Aucune de celles-là", "Parler à quelqu'un")


async def test_typed_numbers(world: World) -> None:
    """« 1 », « le 2 », « 2. » and « 1️⃣ » work like the buttons, one after the other."""
    amina = world.person("Amina")
    await talk(
        amina,
        [
            ("logement", "Laquelle"),
            ("1", "Demander un logement social"),
            ("le 2", "Renouveler demande logement"),
            ("2.", "Renouveler demande logement"),
            ("1️⃣", "Demander un logement social"),
            ("numéro 1", "Demander un logement social"),
            ("٢", "Renouveler demande logement"),
        ],
    )


async def test_a_number_of_nothing(world: World) -> None:
    """A number without a choice is said kindly, with the themes; it is no miss."""
    amina = world.person("Amina")
    no_such = "Je n'ai pas ce numéro ici."
    await talk(amina, [("acte de naissance", "Acte"), ("9", no_such), ("99", no_such)])
    assert not world.engine.topics(world.group)


async def test_typed_number_after_a_restart(world: World) -> None:
    """The last menu shown survives a restart of the robot."""
    amina = world.person("Amina")
    await talk(amina, [("menu", "Choisissez un thème")])
    await world.restart()
    await talk(amina, [("2", "Papiers\n"), ("1", "Carte d'identité")])


async def test_old_buttons(world: World) -> None:
    """A button of an old message still does what it says, also after a restart."""
    amina = world.person("Amina")
    await talk(amina, [("logement", "Laquelle"), ("menu", "thème"), ("merci", "plaisir")])
    await world.restart()
    await talk(amina, [("[1. Demander un logement social]", "Demander un logement social\n")])


async def test_themes_questions_answer(world: World) -> None:
    """Themes, then questions three at a time with « Voir la suite », then the answer."""
    amina = world.person("Amina")
    await talk(amina, [("Choisir un thème", "thème"), ("[2. Papiers]", "Choisissez une question")])
    assert amina.buttons()[3:] == ["Voir la suite", "Parler à quelqu'un"]
    await talk(amina, [("[Voir la suite]", "Papiers\n"), ("suite", "Papiers\n")])
    assert "Voir la suite" not in amina.buttons()
    await talk(amina, [("1", "Cela répond-il à votre question ?")])


async def test_every_entry_can_be_reached(world: World) -> None:
    """Through the themes, page after page, every active question of the FAQ opens."""
    amina = world.person("Amina")
    await amina.says("/start")
    opened = set()
    for number, theme in enumerate(world.faq.current.themes, 1):
        await amina.says("menu")
        await amina.touches(f"{number}. {theme.title}")
        while True:
            titles = [label for label in amina.buttons() if label[:1].isdigit()]
            opened.update(title.partition(". ")[2] for title in titles)
            if "Voir la suite" not in amina.buttons():
                break
            await amina.touches("Voir la suite")
    active = {e.title for e in world.faq.current.entries.values() if e.active}
    assert opened == active


async def test_every_answer_is_ready(world: World) -> None:
    """Every entry gives a message that Telegram takes, with its source and a human near."""
    amina = world.person("Amina")
    await amina.says("/start")
    for entry in world.faq.current.entries.values():
        await amina.says("reprendre le robot")
        amina.reads()
        await forge(amina, f"entry:{entry.id}")
        read = "\n".join(amina.reads())
        assert entry.title in read
        assert "Source : " in read
        assert len(read) < 1_200, entry.id


async def test_a_stale_menu_never_erases(world: World) -> None:
    """« 1 » long after « Tout effacer ? » does not erase everything."""
    amina = world.person("Amina")
    await talk(
        amina,
        [
            ("/effacer", "Voulez-vous tout effacer ?"),
            ("merci", "Avec plaisir"),
            ("1", "Je n'ai pas ce numéro ici."),
        ],
    )


async def test_buttons_are_short(world: World) -> None:
    """No label is cut on a small screen, and none is longer than 40 characters."""
    amina = world.person("Amina")
    for act in ["/start", "menu", "logement", "mes données", "/effacer", "humain"]:
        await amina.says(act)
    every = [label for message in amina.messages() for label in labels(message)]
    assert every
    assert all(len(label) <= 40 for label in every)
    assert all(text(message) for message in amina.messages())
