"""What is said after an answer, and two questions at once."""

import pytest

from tests.conversations.talk import talk
from tests.conversations.world import Caseworker, World


async def test_a_few_words_are_read_in_the_light_of_the_answer(world: World) -> None:
    """« et pour ameli ? » after the answer about the CAF is about the same thing elsewhere."""
    amina = world.person("Amina")
    await talk(
        amina,
        [
            ("mot de passe caf", "Mot de passe CAF"),
            ("et pour ameli ?", "Mot de passe ameli"),
            ("et impots", "impôts"),
        ],
    )


async def test_the_same_words_alone_are_only_a_name(world: World) -> None:
    """« ameli » with nothing before it gives a choice, not an answer."""
    amina = world.person("Amina")
    await talk(amina, [("et pour ameli ?", "Laquelle est la vôtre ?")])


@pytest.mark.parametrize(
    "words", ["ça marche pas", "sa marche pa", "toujours bloqué", "j'arrive pas"]
)
async def test_it_does_not_work_twice(world: World, claire: Caseworker, words: str) -> None:
    """« Ça marche pas » after an answer offers other questions; the second time, a person."""
    amina = world.person("Amina")
    await talk(
        amina,
        [
            ("acte de naissance", "Cela répond-il"),
            (words, "Est-ce une de ces questions ?"),
            (words, "Une personne va vous répondre"),
        ],
    )
    assert "« acte de naissance »" in "\n".join(claire.reads("Amina"))


async def test_it_does_not_work_said_first_is_a_question(world: World) -> None:
    """Without an answer before it, « ça marche pas » counts as one question without help."""
    amina = world.person("Amina")
    await amina.says("ça marche pas")
    assert amina.buttons()[-1] == "Parler à quelqu'un"
    assert not world.engine.topics(world.group)


async def test_it_does_not_work_while_a_person_is_there(world: World) -> None:
    """With an open request the words go to the team, and count for nothing else."""
    amina = world.person("Amina")
    await amina.says("un humain")
    amina.reads()
    await amina.says("ça marche pas")
    assert "Est-ce une de ces questions ?" not in "\n".join(amina.reads())


async def test_two_questions_at_once(world: World) -> None:
    """Both entries are offered, the first asked first; she takes one, then the other."""
    amina = world.person("Amina")
    await amina.says("mot de passe caf et ameli")
    assert amina.buttons()[:2] == ["1. Mot de passe CAF", "2. Mot de passe ameli"]
    await talk(amina, [("1", "Mot de passe CAF"), ("2", "Mot de passe ameli")])
