"""Whether entries keep their promises: own phrasings, `tests:`, words of danger."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from faq.findings import Finding
from faq.trials import broken_trials, trial_findings
from tests.faq.small_faq import SmallFaq

AIDES = "content/aides.yml"
COMPTES = "content/comptes.yml"


def find_danger(text: str) -> str | None:
    """« expulsion » is a danger that urgences.yml does not even name."""
    return "expulsion" if "expulsion" in text else None


def tried(small: SmallFaq, *only: str) -> list[Finding]:
    """What does not hold, in the whole FAQ or for these entries."""
    return list(trial_findings(small.load(), find_danger, only or None))


def add_tests(small: SmallFaq, text: str) -> None:
    """Give the entry « apl » these `tests:`."""
    small.change(AIDES, "source: caf.fr", f"source: caf.fr\n    tests: {{{text}}}")


@pytest.mark.parametrize(
    "tests",
    [
        "trouve: [aide pour le logement svp, apl]",
        "refuse: [mon mot de passe ameli est perdu, quel temps fera-t-il]",
        "trouve: [dossier apl], refuse: [code caf perdu]",
    ],
)
def test_promises_that_hold_say_nothing(small: SmallFaq, tests: str) -> None:
    """Answered or among the choices; neither answered nor first."""
    add_tests(small, tests)
    assert tried(small) == []


def test_a_phrase_that_finds_something_else(small: SmallFaq) -> None:
    """The editor reads the phrase, what is given instead, and what to do."""
    add_tests(small, "trouve: [j'ai perdu mon code ameli]")
    (found,) = tried(small)
    assert found.kind == "essai"
    assert found.entry == "fiche apl"
    assert found.sentence.startswith("« j'ai perdu mon code ameli » devrait trouver cette fiche.")
    assert "Mot de passe ameli" in found.sentence
    assert "trouve" in small.files[AIDES].splitlines()[(found.line or 0) - 1]


def test_a_phrase_that_finds_nothing(small: SmallFaq) -> None:
    """Nothing near: a phrasing is missing."""
    add_tests(small, "trouve: [suivre mon colis]")
    (found,) = tried(small)
    assert found.sentence.endswith("Rien n’est trouvé. Ajoutez une formulation proche.")


@pytest.mark.parametrize(
    ("phrase", "how"), [("aide au logement", "reçoit"), ("aide", "propose d’abord")]
)
def test_a_phrase_that_must_not_find_this_entry(small: SmallFaq, phrase: str, how: str) -> None:
    """Given alone, or proposed first: both are told."""
    add_tests(small, f"refuse: [{phrase}]")
    (found,) = tried(small)
    assert found.sentence == (
        f"« {phrase} » {how} cette fiche, à tort. Précisez les formulations."
    )


@pytest.mark.parametrize("again", ["Code CAF perdu", "code c.a.f. perdu"])
def test_a_phrasing_of_two_entries(small: SmallFaq, again: str) -> None:
    """The same words in two entries, dots and capitals aside: each reads of the other."""
    small.change(COMPTES, "mot de passe ameli oublié", again)
    here, there = tried(small)
    assert str(here) == (
        "content/comptes.yml, ligne 10, fiche mdp_caf : « code caf perdu » trouve aussi la fiche "
        f"mdp_ameli (« {again} »). Gardez-en une."
    )
    assert here.kind == there.kind == "essai"
    assert (there.entry, there.line) == ("fiche mdp_ameli", 28)
    assert tried(small, "mdp_ameli") == [there]


def test_a_phrasing_without_words(small: SmallFaq) -> None:
    """Signs alone find nothing."""
    small.change(AIDES, "allocation logement", "'???'")
    (found,) = tried(small)
    assert found.sentence == ("« ??? » ne trouve pas cette fiche. Écrivez des mots plus précis.")


def test_a_small_word_never_reaches_an_entry(small: SmallFaq) -> None:
    """« merci » is answered by accueil.yml: as a phrasing it would be lost."""
    small.change(AIDES, "allocation logement", "Au revoir !")
    assert "petit mot d’accueil.yml" in tried(small)[0].sentence


def test_words_of_danger_are_advice_only(small: SmallFaq) -> None:
    """The numbers come first, and rightly so perhaps: the editor is asked, nothing is refused."""
    small.change(AIDES, "allocation logement", "expulsion de mon logement")
    add_tests(small, "trouve: [aide au logement après une expulsion]")
    found = tried(small)
    assert [finding.kind for finding in found] == ["avis", "avis"]
    assert "danger « expulsion » d’abord. Est-ce voulu ?" in found[0].sentence


def test_before_one_entry_is_written(small: SmallFaq) -> None:
    """Its own promises and the `tests:` of all the others; their own faults are another matter."""
    add_tests(small, "trouve: [suivre mon colis]")
    small.change(COMPTES, "code caf perdu", "expulsion")
    assert [finding.entry for finding in tried(small, "actualisation")] == ["fiche apl"]
    assert [finding.entry for finding in tried(small, "mdp_caf")] == ["fiche apl", "fiche mdp_caf"]


def test_it_may_run_in_threads(small: SmallFaq) -> None:
    """The robot answers while another thread tries the same FAQ: same findings each time."""
    add_tests(small, "trouve: [suivre mon colis], refuse: [aide au logement]")
    faq = small.load()
    with ThreadPoolExecutor(4) as pool:
        runs = list(pool.map(lambda _: trial_findings(faq, find_danger), range(8)))
    assert len(runs[0]) == 2
    assert set(runs) == {runs[0]}


def test_what_nobody_wants_any_more_ends_before_the_next_entry(small: SmallFaq) -> None:
    """A robot that stops, or whose files changed again, does not try the whole FAQ to the end."""
    add_tests(small, "trouve: [je cherche une place en crèche]")
    faq, asked = small.load(), 0

    def is_wanted() -> bool:
        nonlocal asked
        asked += 1
        return asked <= len(faq.entries) - 2  # « apl » is the last but one

    assert broken_trials(faq) != []
    assert broken_trials(faq, is_wanted=is_wanted) == []
    assert asked == len(faq.entries) - 1
