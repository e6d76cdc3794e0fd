"""What `ask` and `essais <fichier>` show, of a message and of a file of phrases."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import cli
from bot.faq_explained import explain_fully, explain_text, read_phrases, try_phrases
from faq.catalogue import Faq
from faq.loader import NOT_UTF_8, load
from tests.faq.small_faq import SmallFaq

FAQ = Path(__file__).parents[2] / "faq"
FIGURE = re.compile(r"-?[01]\.\d{3}")
BLOCKS = 5


@pytest.fixture(name="faq", scope="module")
def _faq() -> Faq:
    return load(FAQ / "content", FAQ / "service.yml")


@pytest.fixture(name="small")
def _small(tmp_path: Path) -> SmallFaq:
    return SmallFaq(tmp_path)


def run(small: SmallFaq, *arguments: str) -> Result:
    """`python -m bot …` on the small FAQ."""
    settings = {"FAQ_DIR": str(small.directory), "SERVICE_FILE": str(small.service_file)}
    return CliRunner().invoke(cli, arguments, env=settings)


def test_danger_is_explained_first(faq: Faq) -> None:
    """`ask` says what a person would get: the numbers, and which reader saw the danger."""
    by_words = explain_text(faq, "je veux mourir")
    assert by_words[0] == "Décision : Danger d’abord : Idées de suicide"
    assert any("mots de la liste" in line for line in by_words)
    by_model = explain_text(faq, "plus personne ne me regretterait")
    assert by_model[0].startswith("Décision : Danger d’abord")
    assert any("selon le modèle" in line for line in by_model)
    assert not any("Danger" in line for line in explain_text(faq, "mot de passe caf"))


@pytest.mark.parametrize(
    ("text", "decision"),
    [
        ("ok merci", "Décision : Petit mot (bonjour, merci, ok)"),
        ("Choisir un thème", "Décision : Mot du clavier"),
        ("Je suis en sécurité", "Décision : Mot du clavier"),
        ("rappelez moi", "Décision : Une personne est demandée"),
    ],
)
def test_what_needs_no_search_is_said(faq: Faq, text: str, decision: str) -> None:
    """`ask` never says « Rien trouvé » of words that the robot understands without the FAQ."""
    assert [line.startswith(decision) for line in explain_text(faq, text)] == [True]
    assert explain_fully(faq, text)[-1].startswith(decision)


def test_every_part_of_a_score_is_shown(faq: Faq) -> None:
    """Words, corrections, threshold; for each entry five blocks that add up to its phrasing."""
    lines = explain_fully(faq, "jai perdu mon coode caf")
    assert lines[0] == "Mots écrits : j ai perdu mon coode caf"
    assert lines[1] == "Mots lus : j ai perdu mon code caf"
    assert "Mots corrigés : coode → code." in lines
    assert any(line.startswith("Seuil atteint : suggestion (0.20)") for line in lines)
    start = lines.index("") + 2
    rows = [FIGURE.findall(line) for line in lines[start : start + 5]]
    for row in rows:
        score, probability, elsewhere, near, mean, phrasing, *parts = map(float, row)
        assert 0 <= probability <= 1
        assert 0 <= elsewhere <= 1
        assert 0 <= score <= 1
        assert len(parts) == BLOCKS
        assert sum(parts) == pytest.approx(phrasing, abs=0.004)
        assert 0.4 * phrasing + 0.6 * mean == pytest.approx(near, abs=0.002)


def test_the_threshold_that_was_met_is_named(faq: Faq) -> None:
    """An answer, a choice, nothing at all, or a danger that comes before."""
    met = {
        "mot de passe caf oublié": "Seuil atteint : réponse (0.50)",
        "logement": "Seuil atteint : suggestion",
        "zblorg": "Seuil atteint : aucun (il faut 0.20",
        "je veux mourir": "Seuil atteint : aucun n’est regardé",
    }
    for text, start in met.items():
        assert explain_fully(faq, text)[3].startswith(start), text


def test_phrases_are_tried_from_a_file(faq: Faq, tmp_path: Path) -> None:
    """A table: the phrase, what it gets, the entry or the danger, the score; columns aligned."""
    path = tmp_path / "phrases.txt"
    path.write_text("mot de passe caf\n\n  je veux mourir \nzblorg\n" + "a" * 90, "utf-8")
    head, answer, danger, nothing, long = try_phrases(faq, read_phrases(path))
    cells = [re.split(r" {2,}", line) for line in (head, answer, danger, nothing)]
    assert cells[0] == ["Phrase", "Décision", "Fiche", "Score"]
    assert cells[1][:3] == ["mot de passe caf", "réponse", "Mot de passe CAF"]
    assert 0.5 < float(cells[1][3]) <= 1
    assert cells[2] == ["je veux mourir", "danger", "Idées de suicide"]
    assert cells[3][:2] == ["zblorg", "rien"]  # then the nearest entry, and its low score
    assert float(cells[3][3]) < 0.20
    assert long.startswith("a" * 49 + "…")
    assert head.index("Décision") == answer.index("réponse") == danger.index("danger")
    assert head.index("Fiche") == answer.index("Mot de passe CAF")


def test_a_file_of_phrases_from_another_editor(small: SmallFaq) -> None:
    """The mark of Windows is no part of a phrase; another encoding is said in one sentence."""
    phrases = small.folder / "phrases.txt"
    phrases.write_bytes("\ufeffmot de passe caf oublié\r\n".encode())
    assert read_phrases(phrases) == ["mot de passe caf oublié"]
    phrases.write_bytes("mot de passe caf oublié\n".encode("latin-1"))
    shown = run(small, "essais", str(phrases))
    assert shown.exit_code == 1
    assert shown.output == f"phrases.txt : {NOT_UTF_8}\n"


def test_a_faq_with_mistakes_says_so(small: SmallFaq, tmp_path: Path) -> None:
    """`ask` and `essais` say that the files of this folder have mistakes, name them, and stop."""
    phrases = tmp_path / "phrases.txt"
    phrases.write_text("mot de passe caf oublié", "utf-8")
    good = run(small, "ask", "--explain", "mot de passe caf oublié")
    assert good.exit_code == 0
    assert "Décision : Réponse : Mot de passe CAF" in good.output
    assert "réponse" in run(small, "essais", str(phrases)).output
    small.change("content/comptes.yml", "titre: Comptes", "titre: [Comptes")
    for arguments in (("ask", "mot de passe"), ("essais", str(phrases)), ("essais",)):
        refused = run(small, *arguments)
        assert refused.exit_code == 1
        assert "La FAQ de ce dossier a des erreurs." in refused.output
        assert "content/comptes.yml, ligne " in refused.output
