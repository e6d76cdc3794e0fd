"""Everything the check says of a FAQ that loads: trials, then advice."""

from datetime import date

from faq.check import findings, in_french, stale_entries
from faq.findings import Finding
from tests.faq.small_faq import TODAY, SmallFaq

AIDES = "content/aides.yml"


def check(small: SmallFaq, today: date = TODAY) -> list[Finding]:
    """What `check` says beyond errors; « suicid… » is a danger."""
    find_danger = {"je pense au suicide": "suicide"}.get
    return list(findings(small.load(), today, find_danger))


def test_a_sound_faq_needs_nothing(small: SmallFaq) -> None:
    """Nothing is said when nothing is to be done."""
    assert check(small) == []


def test_stale_entries_are_listed(small: SmallFaq) -> None:
    """An entry past its date is named, with the line of the date and the date in words."""
    small.change(AIDES, "a_revoir_avant: 2027-02-14", "a_revoir_avant: 2026-11-01")
    (stale,) = check(small)
    line = 1 + small.files[AIDES].splitlines().index("    a_revoir_avant: 2026-11-01")
    assert str(stale) == (
        f"content/aides.yml, ligne {line}, fiche apl : à revoir avant le 1er novembre 2026. "
        "Vérifiez la source, puis changez les deux dates."
    )
    assert not stale.is_blocking
    assert [entry.id for entry in stale_entries(small.load(), TODAY)] == ["apl"]


def test_a_phrasing_written_twice_is_told(small: SmallFaq) -> None:
    """The same phrasing twice in one entry is one too many."""
    small.change(AIDES, "dossier apl étudiant", "Demander les APL")
    (found,) = check(small)
    assert found.sentence == "« Demander les APL » est écrit deux fois. Changez-en une."
    assert found.line == 13


def test_what_blocks_is_told_first(small: SmallFaq) -> None:
    """Trials that do not hold come before advice, whatever their files."""
    small.change(AIDES, "source: caf.fr", "source: caf.fr\n    tests: {trouve: [suivi de colis]}")
    small.change("content/comptes.yml", "Voici la réponse.", "Veuillez lire.")
    small.change("content/comptes.yml", "code caf perdu", "je pense au suicide")
    kinds = [(finding.kind, finding.file) for finding in check(small)]
    assert kinds[0] == ("essai", AIDES)
    assert set(kinds[1:]) == {("avis", "content/comptes.yml")}
    assert len(kinds) == 3


def test_a_finding_is_plain_data(small: SmallFaq) -> None:
    """A program reads the same five things as an editor."""
    small.change(AIDES, "Voici la réponse.", "Veuillez lire.")
    (found,) = check(small)
    assert found.as_dict() == {
        "file": AIDES,
        "line": 18,
        "entry": "fiche apl",
        "sentence": "« Veuillez » est un mot difficile. Écrivez plutôt : "
        "le verbe seul (« Écrivez… »).",
        "kind": "avis",
    }


def test_the_day_is_written_in_words() -> None:
    """« 1er mars 2026 », « 14 août 2026 »."""
    assert in_french(date(2026, 3, 1)) == "1er mars 2026"
    assert in_french(date(2026, 8, 14)) == "14 août 2026"
