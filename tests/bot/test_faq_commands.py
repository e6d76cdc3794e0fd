"""What the commands for FAQ editors say."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from bot.__main__ import cli
from bot.faq_commands import check, try_golden
from faq.catalogue import Faq
from faq.loader import load
from tests.faq.small_faq import TODAY, SmallFaq

FAQ = Path(__file__).parents[2] / "faq"


@pytest.fixture(name="faq", scope="module")
def _faq() -> Faq:
    return load(FAQ / "content", FAQ / "service.yml")


def test_the_golden_set_is_told_group_by_group(faq: Faq) -> None:
    """A line per group: how many messages, how many went well, and what happened to them."""
    lines = try_golden(faq)
    assert len(lines) == 12
    assert all("messages" in line and "% bien" in line for line in lines)


def run_check(small: SmallFaq, form: str = "texte") -> tuple[list[str], bool]:
    """What `python -m bot check` says of these files, on the day of the tests."""
    return check(small.directory, small.service_file, form, TODAY)


@pytest.fixture(name="small")
def _small(tmp_path: Path) -> SmallFaq:
    return SmallFaq(tmp_path)


def test_check_says_that_all_is_well(small: SmallFaq) -> None:
    """Nothing but a summary."""
    assert run_check(small) == (["4 fiches : erreur 0, essai 0, avis 0."], True)


def test_check_tells_every_error_of_every_file(small: SmallFaq) -> None:
    """Three files, five mistakes: all at once, each with its file, its line and its entry."""
    small.change("content/aides.yml", "titre: Aides", "titr: Aides")
    small.change("content/comptes.yml", "telephone: caf", "telephone: cafe")
    small.change("accueil.yml", "ok:\n", "oki:\n")
    lines, is_good = run_check(small)
    assert [line.split(" : ")[:2] for line in lines] == [
        ["erreur", "accueil.yml, ligne 1"],
        ["erreur", "accueil.yml, ligne 7, clé oki"],
        ["erreur", "content/aides.yml, ligne 1"],
        ["erreur", "content/aides.yml, ligne 2"],
        ["erreur", "content/comptes.yml, ligne 20, fiche mdp_caf"],
        ["Fichiers refusés", "erreur 5, essai 0, avis 0."],
    ]
    assert not is_good


def test_check_fails_for_a_trial_and_not_for_advice(small: SmallFaq) -> None:
    """CI stops for a phrase that does not hold; a date that is past is only told."""
    small.change("content/aides.yml", "2027-02-14", "2026-11-01")
    assert run_check(small)[1]
    small.change("content/aides.yml", "source: caf.fr", "source: caf.fr\n    tests: {trouve: [x]}")
    (first, second, summary), is_good = run_check(small)
    assert first.startswith("essai : content/aides.yml, ligne ")
    assert second.startswith("avis : content/aides.yml, ligne ")
    assert summary == "4 fiches : erreur 0, essai 1, avis 1."
    assert not is_good


def test_check_for_a_program(small: SmallFaq) -> None:
    """Objects with kind, file, line, entry and sentence."""
    small.change("content/comptes.yml", "code caf perdu", "je pense au suicide")
    ((text,), is_good) = run_check(small, "json")
    (found,) = json.loads(text)["findings"]
    assert "danger « Idées de suicide » d’abord" in found.pop("sentence")
    assert found == {
        "kind": "avis",
        "file": "content/comptes.yml",
        "line": 10,
        "entry": "fiche mdp_caf",
    }
    assert is_good
    small.change("content/aides.yml", "theme: aides", "theme: 1")
    ((text,), is_good) = run_check(small, "json")
    assert [finding["kind"] for finding in json.loads(text)["findings"]] == ["erreur"]
    assert not is_good


def test_the_exit_says_whether_to_publish(small: SmallFaq) -> None:
    """CI reads the exit: 0, then 1 for a file with a mistake."""
    folders = {"FAQ_DIR": str(small.directory), "SERVICE_FILE": str(small.service_file)}
    assert CliRunner().invoke(cli, ["check"], env=folders).exit_code == 0
    small.change("content/aides.yml", "theme: aides", "theme: 1")
    assert CliRunner().invoke(cli, ["check", "--format", "json"], env=folders).exit_code == 1


def test_schemas_and_the_table_are_written(small: SmallFaq, tmp_path: Path) -> None:
    """Beside service.yml, and in the page that is named."""
    folders = {"FAQ_DIR": str(small.directory), "SERVICE_FILE": str(small.service_file)}
    page = tmp_path / "docs" / "fiches.md"
    for arguments in (["schema"], ["tableau", str(page)]):
        assert CliRunner().invoke(cli, arguments, env=folders).exit_code == 0
    assert (tmp_path / "schemas" / "fiches.json").is_file()
    assert "4 fiches dans 2 thèmes." in page.read_text(encoding="utf-8")
