"""What the commands for FAQ editors say."""

from pathlib import Path

import pytest

from bot.faq_commands import explain_text, read_phrases, try_golden, try_phrases
from faq.catalogue import Faq
from faq.loader import load

FAQ = Path(__file__).parents[2] / "faq"


@pytest.fixture(name="faq", scope="module")
def _faq() -> Faq:
    return load(FAQ / "content", FAQ / "service.yml")


def test_danger_is_explained_first(faq: Faq) -> None:
    """`ask` says what a person would get: the numbers, and which reader saw the danger."""
    by_words = explain_text(faq, "je veux mourir")
    assert by_words[0] == "Décision : Danger d’abord : Idées de suicide"
    assert any("mots de la liste" in line for line in by_words)
    by_model = explain_text(faq, "plus personne ne me regretterait")
    assert by_model[0].startswith("Décision : Danger d’abord")
    assert any("selon le modèle" in line for line in by_model)
    assert not any("Danger" in line for line in explain_text(faq, "mot de passe caf"))


def test_phrases_are_tried_from_a_file(faq: Faq, tmp_path: Path) -> None:
    """One line each: the phrase, and the answer, the choice, or the danger."""
    path = tmp_path / "phrases.txt"
    path.write_text("mot de passe caf\n\n  je veux mourir \n", encoding="utf-8")
    answer, danger = try_phrases(faq, read_phrases(path))
    assert answer == "mot de passe caf\tRéponse : Mot de passe CAF"
    assert danger == "je veux mourir\tDanger d’abord : Idées de suicide"


def test_the_golden_set_is_told_group_by_group(faq: Faq) -> None:
    """A line per group: how many messages, how many went well, and what happened to them."""
    lines = try_golden(faq)
    assert len(lines) == 12
    assert all("messages" in line and "% bien" in line for line in lines)
