"""What plain words mean, and what they must not be taken for."""

import pytest

from bot.helpdesk import hearing
from bot.texts import Texts, load_texts


@pytest.fixture(name="french", scope="module")
def _french() -> Texts:
    return load_texts()


@pytest.mark.parametrize(
    "words",
    [
        "quelqu'un",
        "Je voudrais parler à une assistante sociale s'il vous plaît",
        "jveux parlé a qqn",
        "est ce que je peux parler à quelqu'un de l'équipe ?",
        "je ve parlé a kelkun pour mon rsa",
        "aidez moi svp",
        "rappelez-moi",
        "un conseiller svp merci",
    ],
)
def test_wishes_for_a_human(french: Texts, words: str) -> None:
    """However it is written, a wish for a human is one."""
    assert hearing.name_act(french, words) == "human"


@pytest.mark.parametrize(
    "words",
    [
        "comment contacter un conseiller france travail",
        "j'ai parlé à un conseiller caf et mon rsa est bloqué",
        "personne ne me répond à la caf",
        "comment avoir un acte de naissance",
        "mot de passe oublié",
        "aide au logement",
        "retour de ma carte vitale",
        "je voudrais voir mes remboursements ameli",
        "arrêt maladie",
        "",
        "?",
    ],
)
def test_questions_are_not_acts(french: Texts, words: str) -> None:
    """A question that holds one of those words stays a question."""
    assert hearing.name_act(french, words) is None


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("1", 1),
        (" 2. ", 2),
        ("3)", 3),
        ("le 2", 2),
        ("n° 4", 4),
        ("1️⃣", 1),
        ("٣", 3),
        ("10", 10),
        ("115", None),
        ("1 2", None),
        ("1er", None),
        ("un", None),
        ("", None),
    ],
)
def test_typed_numbers(words: str, number: int | None) -> None:
    """A choice is one or two digits, however they are typed; emergency numbers are not."""
    assert hearing.read_number(words) == number
