"""The page that tells every entry, its age and its trials."""

from datetime import date, timedelta
from pathlib import Path

from faq.entry_table import TASKS, day_of, entry_table
from faq.loader import load
from tests.faq.small_faq import TODAY, SmallFaq

ROOT = Path(__file__).parents[2]
AIDES = "content/aides.yml"


def row(page: str, identity: str) -> list[str]:
    """The cells of an entry's line."""
    (line,) = [line for line in page.splitlines() if f"(`{identity}`)" in line]
    return [cell.strip() for cell in line.strip("|").split(" | ")]


def count(page: str, task: str) -> int:
    """What the summary says of a field."""
    (line,) = [line for line in page.splitlines() if line.startswith(f"| `{task}` |")]
    return int(line.split("|")[2])


def test_the_committed_page_is_what_the_command_makes() -> None:
    """Made again for the day it names, the page is the same, whatever today is."""
    page = (ROOT / "docs" / "fiches.md").read_text(encoding="utf-8")
    day = day_of(page)
    assert day is not None
    faq = load(ROOT / "faq" / "content", ROOT / "faq" / "service.yml")
    assert page == entry_table(faq, day), "run: python -m bot tableau"


def test_every_entry_is_told_once_under_its_theme(small: SmallFaq) -> None:
    """Title, source, dates, figures: a lead sees all of them at a glance."""
    page = entry_table(small.load(), TODAY)
    assert page.index("## Comptes") < page.index("`mdp_caf`") < page.index("## Aides")
    cells = row(page, "apl")
    assert cells[:6] == [
        "| Aide au logement (APL) (`apl`)".removeprefix("| "),
        "caf.fr",
        "2026-08-14",
        "2027-02-14",
        cells[4],
        "8",
    ]
    assert int(cells[4]) > 60
    assert "4 fiches dans 2 thèmes." in page


def test_what_a_person_must_verify_stands_out(small: SmallFaq) -> None:
    """A date that is past, a source without address, an old phone number: each is counted."""
    late = TODAY + timedelta(days=120)
    assert "**2027-02-14, passée**" in entry_table(small.load(), late)
    small.change(AIDES, "source: caf.fr", 'source: caf.fr\n    source_lien: "https://www.caf.fr"')
    small.change("numeros.yml", "verifie_le: 2026-06-01", "verifie_le: 2026-05-01")
    page = entry_table(small.load(), TODAY)
    assert [count(page, task) for task in TASKS] == [0, 3, 4, 0, 4]
    assert "**4 fiches sont à vérifier par une personne.**" in page
    assert "[caf.fr](https://www.caf.fr)" in row(page, "apl")[1]


def test_trials_are_played(small: SmallFaq) -> None:
    """How many phrases there are, and how many do not hold."""
    small.change(AIDES, "source: caf.fr", "source: caf.fr\n    tests: {trouve: [apl, vélo]}")
    small.change(
        "content/comptes.yml", "source: caf.fr", "source: caf.fr\n    tests: {refuse: [apl]}"
    )
    page = entry_table(small.load(), TODAY)
    assert row(page, "apl")[6] == "**1 sur 2**"
    assert row(page, "mdp_caf")[6] == "1 sur 1"
    assert row(page, "mdp_ameli")[6] == "aucun"


def test_who_answers_how_is_told(small: SmallFaq) -> None:
    """Always a human, a voice and its length, languages."""
    small.change(
        AIDES,
        "source: caf.fr",
        "source: caf.fr\n    toujours_humain: oui\n"
        "    audio: {fichier: AwACAgQAAx, duree: 30, auteur: Claire}\n"
        "    traductions: {en: {reponse: Yes, relu_par: Kate, relu_le: 2026-01-01}}",
    )
    assert row(entry_table(small.load(), TODAY), "apl")[7:10] == ["oui", "30 s", "en"]


def test_a_page_of_something_else_has_no_day() -> None:
    """Nothing is guessed."""
    assert day_of("# Autre page") is None
    assert day_of("<!-- python -m bot tableau, 2026-11-26 -->\n") == date(2026, 11, 26)
