"""A question and its answer: steps, site, phone, source, and what she says of it."""

from datetime import date

import pytest

from tests.conversations.talk import talk
from tests.conversations.world import Caseworker, World, labels, text

FEEDBACK = ["Site CSS", "Oui", "Non", "Parler à quelqu'un"]


async def test_a_fresh_answer(world: World) -> None:
    """Steps, a link, the phone, the source with its date, « est-ce bon ? », a human last."""
    amina = world.person("Amina")
    await amina.says("mutuelle gratuite")
    answer = amina.reads()[-1]
    assert answer.startswith("Mutuelle gratuite (CSS)\n")
    assert "\n1. Ouvrez votre compte ameli" in answer
    assert "\nTéléphone : 36 46 (Assurance Maladie)" in answer
    assert "\nSource : " in answer
    assert ", vérifié le 19 août 2026." in answer
    assert answer.endswith("\nCela répond-il à votre question ?")
    assert amina.buttons() == FEEDBACK
    site = amina.messages()[-1]["reply_markup"]["inline_keyboard"][0][0]
    assert site["url"].startswith("https://")


async def test_a_stale_answer(world: World) -> None:
    """Past its date: no steps, but where to ask, the date, a warning, and a person."""
    amina = world.person("Amina")
    await amina.says("mot de passe caf")
    answer = amina.reads()[-1]
    entry = world.faq.current.entries["mdp_caf"]
    assert entry.is_stale(date(2026, 11, 23))
    assert "Cette information est ancienne. Vérifiez avec l'organisme." in answer
    assert "vérifié le 1er janvier 2022" in answer
    assert "32 30" in answer
    assert not any(step.text in answer for step in entry.steps)
    assert amina.buttons()[-1] == "Parler à quelqu'un"


async def test_yes(world: World) -> None:
    """« Oui » is thanked, and the journal keeps it."""
    amina = world.person("Amina")
    await talk(amina, [("acte de naissance", "Acte de naissance"), ("[Oui]", "Tant mieux")])


async def test_typed_yes_and_no(world: World, claire: Caseworker) -> None:
    """« oui » and « non » can be typed: after an answer they mean the buttons."""
    amina = world.person("Amina")
    await talk(
        amina,
        [
            ("acte de naissance", "Cela répond-il"),
            ("oui merci", "Tant mieux"),
            ("acte de naissance", "Cela répond-il"),
            ("non", "Est-ce une de ces questions ?"),
            ("non", "Une personne va vous répondre"),
        ],
    )
    assert "« acte de naissance »" in "\n".join(claire.reads("Amina"))


async def test_no_shows_the_next_best(world: World) -> None:
    """« Non » shows other questions, without the one she refused, and a human last."""
    amina = world.person("Amina")
    await talk(amina, [("acte de naissance", "Acte"), ("[Non]", "Est-ce une de ces questions ?")])
    assert not any("Acte de naissance" in label for label in amina.buttons())
    assert amina.buttons()[-2:] == ["Aucune de celles-là", "Parler à quelqu'un"]


async def test_nothing_found(world: World) -> None:
    """Nothing found is said simply, with the themes."""
    amina = world.person("Amina")
    await talk(amina, [("/start", "robot"), ("zblorg", "Je n'ai pas trouvé.")])
    titles = [f"{n}. {theme.title}" for n, theme in enumerate(world.faq.current.themes, 1)]
    assert amina.buttons() == [*titles, "Parler à quelqu'un"]
    assert not world.engine.topics(world.group)


@pytest.mark.parametrize(
    "path",
    [
        [("zblorg", "Je n'ai pas trouvé"), ("vroumk", "")],
        [("acte de naissance", "Acte"), ("[Non]", "une de ces"), ("zblorg", "")],
        [("zblorg", "Je n'ai pas trouvé"), ("acte de naissance", "Acte"), ("[Non]", "")],
        [("acte de naissance", "Acte"), ("[Non]", "une de"), ("[Aucune de celles-là]", "")],
        [("logement", "Laquelle"), ("[Aucune de celles-là]", ""), ("zblorg", "")],
        [("logement", "Laquelle"), ("aucune", ""), ("zblorg", "")],
    ],
    ids=["miss miss", "non miss", "miss non", "non aucune", "aucune miss", "typed aucune miss"],
)
async def test_the_second_time_a_person(
    world: World, claire: Caseworker, path: list[tuple[str, str]]
) -> None:
    """The second time in a row, whatever the mix, a person gets it, with all she wrote."""
    amina = world.person("Amina")
    await amina.says("/start")
    for act, expected in path:
        assert not world.engine.topics(world.group)
        amina.reads()
        await (amina.touches(act[1:-1]) if act.startswith("[") else amina.says(act))
        assert expected in "\n".join(amina.reads())
    assert "Une personne va vous répondre" in text(amina.messages()[-1])
    card = "\n".join(claire.reads("Amina"))
    for act, _ in path:
        if not act.startswith("[") and act != "aucune":
            assert f"« {act} »" in card


async def test_yes_starts_the_count_anew(world: World) -> None:
    """« Oui » between two misses: nobody is called."""
    amina = world.person("Amina")
    table = [
        ("zblorg", "Je n'ai pas trouvé"),
        ("acte de naissance", "Acte"),
        ("[Oui]", "Tant mieux"),
        ("vroumk", "Je n'ai pas trouvé"),
    ]
    await talk(amina, table)
    assert not world.engine.topics(world.group)


async def test_another_question_starts_the_count_anew(world: World) -> None:
    """An answer followed by another question was no miss."""
    amina = world.person("Amina")
    table = [
        ("zblorg", "Je n'ai pas trouvé"),
        ("acte de naissance", "Acte"),
        ("mutuelle gratuite", "CSS"),
        ("vroumk", "Je n'ai pas trouvé"),
    ]
    await talk(amina, table)
    assert not world.engine.topics(world.group)


async def test_no_twice_on_the_same_answer(world: World) -> None:
    """A thumb that presses « Non » twice counts once."""
    amina = world.person("Amina")
    table = [("acte de naissance", "Acte"), ("[Non]", "une de ces"), ("[Non]", "une de ces")]
    await talk(amina, table)
    assert not world.engine.topics(world.group)


async def test_always_a_human(world: World, claire: Caseworker) -> None:
    """Some questions are the team's: the answer, and a person at once."""
    amina = world.person("Amina")
    entry = next(e for e in world.faq.current.entries.values() if e.always_human)
    await amina.says(entry.question)
    if "Laquelle" in amina.reads()[-1]:
        label = next(one for one in amina.buttons() if entry.title in one)
        await amina.touches(label)
    assert "Je passe votre demande à l'équipe" in text(amina.messages()[-1])
    assert "question réservée à l'équipe" in "\n".join(claire.reads("Amina"))


async def test_a_person_is_one_touch_away(world: World) -> None:
    """Every screen of the robot ends with « Parler à quelqu'un »."""
    amina = world.person("Amina")
    acts = ["Poser une question", "menu", "1", "1", "non", "aide", "merci", "mes données"]
    await amina.says("/start")
    for act in [*acts, "/effacer"]:
        await amina.says(act)
        assert labels(amina.messages()[-1])[-1] == "Parler à quelqu'un", act
