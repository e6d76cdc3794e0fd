"""Advice to editors on a FAQ that loads."""

from datetime import date

from faq.check import in_french, stale_entries, warnings_of
from tests.faq.small_faq import TODAY, SmallFaq

AIDES = "content/aides.yml"


def advice(small: SmallFaq, today: date = TODAY) -> list[str]:
    """What `check` says beyond errors."""
    return [str(warning) for warning in warnings_of(small.load(), today)]


def test_a_sound_faq_needs_no_advice(small: SmallFaq) -> None:
    """Nothing is said when nothing is to be done."""
    assert advice(small) == []


def test_stale_entries_are_listed(small: SmallFaq) -> None:
    """An entry past its date is named, with its line and the date in words."""
    small.change(AIDES, "a_revoir_avant: 2027-02-14", "a_revoir_avant: 2026-11-01")
    assert advice(small) == [
        "content/aides.yml, ligne 5, fiche apl : à revoir avant le 1er novembre 2026. "
        "Vérifiez la source, puis changez les deux dates."
    ]
    assert [entry.id for entry in stale_entries(small.load(), TODAY)] == ["apl"]


def test_a_phrasing_of_two_entries_is_told_once(small: SmallFaq) -> None:
    """Accents and capitals aside, the same phrasing in two entries helps neither."""
    small.change("content/comptes.yml", "mot de passe ameli oublié", "Code CAF perdu")
    assert advice(small) == [
        "content/comptes.yml, ligne 5, fiche mdp_caf : « code caf perdu » est aussi dans "
        "mdp_ameli. Gardez-en une."
    ]


def test_a_phrasing_written_twice_is_told(small: SmallFaq) -> None:
    """The same phrasing twice in one entry is one too many."""
    small.change(AIDES, "dossier apl étudiant", "Demander les APL")
    (line,) = advice(small)
    assert line.endswith("« Demander les APL » est écrit deux fois. Changez-en une.")


def test_the_day_is_written_in_words() -> None:
    """« 1er mars 2026 », « 14 août 2026 »."""
    assert in_french(date(2026, 3, 1)) == "1er mars 2026"
    assert in_french(date(2026, 8, 14)) == "14 août 2026"
