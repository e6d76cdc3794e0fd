"""Danger first: before any answer, in every state, and a way back to the question."""

from copy import copy
from typing import Any

import pytest

from faq.lexicon import Lexicon
from tests.conversations.talk import talk
from tests.conversations.world import CLOSED, Caseworker, Person, World, replace, text

SUICIDE = "je veux mourir"


async def _first_contact(amina: Person) -> None:
    del amina


async def _menu_open(amina: Person) -> None:
    await amina.says("menu")


async def _request_open(amina: Person) -> None:
    await amina.says("humain")


async def _my_data(amina: Person) -> None:
    await amina.says("mes données")


async def _about_to_erase(amina: Person) -> None:
    await amina.says("/effacer")


async def _after_an_answer(amina: Person) -> None:
    await amina.says("acte de naissance")


async def _request_ended(amina: Person) -> None:
    await amina.says("humain")
    await amina.touches("Reprendre le robot")


STATES = [
    _first_contact,
    _menu_open,
    _request_open,
    _my_data,
    _about_to_erase,
    _after_an_answer,
    _request_ended,
]


def _assert_helped(world: World, amina: Person, read: list[str]) -> None:
    numbers = "\n".join(read[0].splitlines()[:2])
    assert "3114" in numbers
    assert any("URGENT" in line and "Amina" in line for line in world.general())
    assert "URGENT" in world.topic_of("Amina")["name"]
    assert "Je suis en sécurité" in str(amina.messages())


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__.strip("_"))
async def test_in_every_state(world: World, claire: Caseworker, state: Any) -> None:
    """The number in two lines, an urgent request, General told, her words at the desk."""
    amina = world.person("Amina")
    await state(amina)
    amina.reads()
    await amina.says(SUICIDE)
    _assert_helped(world, amina, amina.reads())
    assert SUICIDE in [text(message) for message in claire.topic("Amina")]


async def test_in_set_up_mode(empty_world: World) -> None:
    """No team yet: the numbers all the same, the truth, and the message is kept."""
    await empty_world.start()
    amina = empty_world.person("Amina")
    empty_world.engine.say(amina.user, amina.chat, SUICIDE)
    await empty_world.until(lambda: bool(amina.messages()))
    (read,) = amina.reads()
    assert "3114" in read.splitlines()[1]
    assert "Votre message est gardé. L'équipe le lira plus tard." in read


async def test_in_a_caption(world: World, claire: Caseworker) -> None:
    """Words under a photo are read too, and the photo reaches the team."""
    amina = world.person("Amina")
    await amina.sends("photo", caption=SUICIDE)
    _assert_helped(world, amina, amina.reads())
    assert any("photo" in message for message in claire.topic("Amina"))


async def test_in_an_edit(world: World, claire: Caseworker) -> None:
    """A message changed into words of danger is read again, and reaches the team once."""
    amina = world.person("Amina")
    message = await amina.says("acte de naissance")
    amina.reads()
    await amina.edits(message, SUICIDE)
    _assert_helped(world, amina, amina.reads())
    assert [text(m) for m in claire.topic("Amina")].count(SUICIDE) == 1


async def test_in_an_edit_of_what_the_team_has(world: World, claire: Caseworker) -> None:
    """An edit in an open request: the numbers, and the copy at the desk follows."""
    amina = world.person("Amina")
    await amina.says("humain")
    message = await amina.says("je suis là")
    amina.reads()
    await amina.edits(message, SUICIDE)
    _assert_helped(world, amina, amina.reads())
    assert [text(m) for m in claire.topic("Amina")].count(SUICIDE) == 1


async def test_at_most_six_lines_and_one_robot(world: World) -> None:
    """Every danger message: short, its number early, « je suis un robot » at most once."""
    for danger in world.faq.current.dangers.categories:
        assert "\n".join(danger.lines).count("Je suis un robot") <= 1, danger.id
        if danger.level == "urgent":
            early = " ".join(danger.lines[:2])
            assert any(world.faq.current.numbers[key].number in early for key in danger.numbers)
    amina = world.person("Amina")
    await amina.says(SUICIDE)
    read = amina.reads()[0]
    assert read.count("Je suis un robot") == 1
    assert len(read.splitlines()) <= 6


async def test_who_is_there_now(world: World) -> None:
    """Open hours: until when the team reads."""
    amina = world.person("Amina")
    await amina.says(SUICIDE)
    assert "L'équipe de l'Association Exemple lit les messages jusqu'à 12 h." in amina.reads()[0]


async def test_nobody_is_there_now(empty_world: World, claire: Caseworker) -> None:
    """Closed: the team is away, and when it reads; the number does not change."""
    empty_world.clock.start = CLOSED
    await empty_world.start()
    amina = empty_world.person("Amina")
    await amina.says(SUICIDE)
    read = amina.reads()[0]
    assert "L'équipe de l'Association Exemple est absente. Elle lira demain à 9 h." in read
    assert "3114" in read.splitlines()[1]
    assert claire.name == "Claire"


async def test_no_invented_hours(empty_world: World, claire: Caseworker) -> None:
    """An example file and real people: « notre équipe », no hour."""
    empty_world.options = replace(empty_world.options, shows_example=False)
    await empty_world.start()
    amina = empty_world.person("Amina")
    await amina.says(SUICIDE)
    assert amina.reads()[0].splitlines()[-1] == "Notre équipe lira votre message."
    assert claire.name == "Claire"


async def test_safe_and_the_way_back(world: World, claire: Caseworker) -> None:
    """« Je suis en sécurité »: the team knows, the request stays; then the robot again."""
    amina = world.person("Amina")
    await amina.says(SUICIDE)
    await talk(amina, [("[Je suis en sécurité]", "Merci de me le dire")])
    assert "La personne a touché « Je suis en sécurité »." in claire.reads("Amina")
    assert "URGENT" in world.topic_of("Amina")["name"]
    await talk(
        amina,
        [
            ("[Reprendre le robot]", "Le robot vous répond"),
            ("acte de naissance", "Cela répond-il"),
        ],
    )


@pytest.mark.parametrize(
    "words", ["Je suis en sécurité", "oui je suis en sécurité", "je suis en sécurité maintenant"]
)
async def test_safe_typed_is_safe_touched(world: World, claire: Caseworker, words: str) -> None:
    """The words of the button, typed, do as the button: no number again, no second alert."""
    amina = world.person("Amina")
    await amina.says(SUICIDE)
    alerts = sum("URGENT" in line for line in world.general())
    await talk(amina, [(words, "Merci de me le dire")])
    assert "La personne a touché « Je suis en sécurité »." in claire.reads("Amina")
    assert sum("URGENT" in line for line in world.general()) == alerts


async def test_safe_then_a_fear_is_danger(world: World, claire: Caseworker) -> None:
    """« Je suis en sécurité mais il revient »: only the words of the button alone reassure."""
    amina = world.person("Amina")
    await talk(amina, [("je suis en sécurité mais il va revenir me frapper", "17")])
    assert any("URGENT" in line for line in world.general())
    assert claire.name == "Claire"


async def test_no_faq_in_an_emergency(world: World, claire: Caseworker) -> None:
    """After danger the robot gives no answer and no welcome: her words go to the team."""
    amina = world.person("Amina")
    await talk(amina, [(SUICIDE, "3114"), ("acte de naissance", ""), ("je suis seule", "")])
    assert [text(m) for m in claire.topic("Amina")][-2:] == ["acte de naissance", "je suis seule"]


async def test_what_no_list_of_words_holds(world: World, claire: Caseworker) -> None:
    """Danger said with words that nobody listed is recognised too, and alerts the team."""
    amina = world.person("Amina")
    words = "les valises sont sur le palier, personne n'a de lit pour nous, la petite a sommeil"
    assert Lexicon(world.faq.current.dangers).find(words) is None
    await talk(amina, [(words, "115")])
    assert any("URGENT" in line for line in world.general())


async def test_a_doubt_of_the_model_shows_the_way_back(world: World) -> None:
    """What may be a danger, or not: the numbers, no alarm, and one touch back to the FAQ."""
    amina = world.person("Amina")
    words = "la voisine pleure souvent le soir"
    await talk(amina, [(words, "112"), ("[J'ai une question]", "Laquelle est la vôtre")])
    assert not any("URGENT" in line for line in world.general())
    assert not world.engine.topics(world.group)


async def test_those_on_duty_are_mentioned(empty_world: World, claire: Caseworker) -> None:
    """An urgent alert names the people on duty, so that Telegram rings for them."""
    world = empty_world
    on_duty = ("@claire_martin", "@sophie_durand")
    service = replace(world.faq.current.service, on_duty=on_duty)
    world.faq = copy(world.faq)  # shared with other tests
    world.faq.current = replace(world.faq.current, service=service)
    await world.start()
    amina = world.person("Amina")
    await amina.says(SUICIDE)
    (alert,) = [line for line in world.general() if "URGENT" in line]
    assert alert.endswith("@claire_martin @sophie_durand")
    await amina.says("j'ai reçu une lettre on va m'expulser de mon logement")
    assert sum("@claire_martin" in line for line in world.general()) == 1


async def test_doubt_asks_first(world: World) -> None:
    """« C'est urgent » alone: the number and a question, no alarm, and the way to the FAQ."""
    amina = world.person("Amina")
    await talk(amina, [("c'est urgent", "112")])
    assert amina.buttons() == ["J'ai une question", "Parler à quelqu'un"]
    assert not any("URGENT" in line for line in world.general())


async def test_doubt_in_an_open_request(world: World, claire: Caseworker) -> None:
    """The same said to the team: the number, and the team reads it; no alarm."""
    amina = world.person("Amina")
    await talk(amina, [("humain", "demande"), ("c'est urgent", "112")])
    assert "c'est urgent" in [text(m) for m in claire.topic("Amina")]
    assert not any("URGENT" in line for line in world.general())


async def test_doubt_under_a_photo(world: World, claire: Caseworker) -> None:
    """A photo with words of distress is cared for, and is not lost."""
    amina = world.person("Amina")
    await amina.sends("photo", caption="j'en peux plus")
    care, handed = amina.reads()
    assert "3114" in "".join(care.splitlines()[:2])
    assert "J'ai reçu votre photo" in handed
    assert any("photo" in message for message in claire.topic("Amina"))


async def test_distress_about_a_question(world: World) -> None:
    """« J'en peux plus de la CAF » is cared for; « J'ai une question » reads it as a question."""
    amina = world.person("Amina")
    await talk(amina, [("j'en peux plus", "3114")])
    amina.reads()
    await amina.touches("J'ai une question")
    assert amina.reads()


async def test_yes_to_somebody_of_the_team(world: World, claire: Caseworker) -> None:
    """« Voulez-vous parler à quelqu'un ? », « oui »: a person is called, as by the button."""
    amina = world.person("Amina")
    await talk(
        amina,
        [
            ("acte de naissance", "Cela répond-il"),
            ("j'en peux plus", "Voulez-vous parler à quelqu'un"),
            ("oui", "Je passe votre demande à l'équipe"),
        ],
    )
    assert any("j'en peux plus" in line for line in claire.reads("Amina"))


async def test_no_button_is_named_that_is_not_shown(world: World) -> None:
    """« J'ai une question » is for the robot: with an open request, the words do without it."""
    amina = world.person("Amina")
    await talk(amina, [("la voisine pleure souvent le soir", "J'ai une question")])
    await amina.says("humain")
    await talk(amina, [("la voisine pleure souvent le soir", "112")])
    assert "J'ai une question" not in amina.messages()[-1]["text"]
    assert "J'ai une question" not in amina.buttons()


async def test_an_eviction_is_a_priority_and_no_alarm(world: World, claire: Caseworker) -> None:
    """A priority that is no danger: the team reads it today, and nothing says « urgent »."""
    amina = world.person("Amina")
    await amina.says("bonjour")

    await amina.says("j'ai reçu une lettre on va m'expulser de mon logement")

    assert any("À lire aujourd'hui" in line for line in world.general())
    assert not any("URGENT" in line for line in world.general())
    assert "URGENT" not in world.topic_of("Amina")["name"]
