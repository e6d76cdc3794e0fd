"""The golden set: messages written for our entries without looking at their phrasings.

The floors are a little under what was measured (docs/decisions, page 25): they say that a change
of the engine, of the entries or of the words made nothing worse.
"""

from pathlib import Path

import pytest

from bot.faq_commands import judge_all
from bot.safety import Triage
from faq.catalogue import Faq
from faq.errors import FaqErrors
from faq.golden import Result, TrialFile, load_golden
from faq.loader import load

FAQ = Path(__file__).parents[2] / "faq"

# group → least share that goes well: the right entry answered or in the menu, both questions
# offered, no direct answer where no entry fits, danger seen
FLOORS = {
    "bon_francais": 0.94,
    "colere": 0.92,
    "court": 0.97,
    "danger": 0.98,
    "deux": 0.90,
    "faute": 0.95,
    "hors_sujet": 0.93,
    "nom_date": 0.90,
    "oral": 0.77,
    "poli": 0.90,
    "sans_fiche": 0.90,
    "un_mot": 0.97,
}
MOST_WRONG = 0.015  # of the messages that have an entry, answered by another one
MOST_ASTRAY = 0.03  # of the messages that have none, answered all the same
LEAST_USEFUL = 0.88  # of the messages that have an entry: it is given, or in the menu
LEAST_NAMED = 0.91  # of the dangers: measured, 65 of 70
MOST_ALARMS = 0.05  # of the messages without danger: the aim; measured, 28 of 685


@pytest.fixture(scope="module")
def faq() -> Faq:
    """The FAQ that ships."""
    return load(FAQ / "content", FAQ / "service.yml")


@pytest.fixture(scope="module")
def golden(faq: Faq) -> dict[str, tuple[TrialFile, list[Result]]]:
    """Every group, judged once."""
    triage = Triage(faq.dangers)
    return {file.group: (file, judge_all(faq, file, triage)) for file in load_golden(faq)}


def test_the_set_is_large_and_varied(golden: dict[str, tuple[TrialFile, list[Result]]]) -> None:
    """Six hundred messages at least, in twelve groups, each of them read."""
    assert golden.keys() == FLOORS.keys()
    assert sum(len(file.trials) for file, _ in golden.values()) >= 600


@pytest.mark.parametrize("group", FLOORS)
def test_a_group_goes_well(golden: dict[str, tuple[TrialFile, list[Result]]], group: str) -> None:
    """At least its floor."""
    results = golden[group][1]
    bad = [result.trial.message for result in results if not result.is_good]
    assert len(bad) <= (1 - FLOORS[group]) * len(results), bad


def test_wrong_answers_are_rare(golden: dict[str, tuple[TrialFile, list[Result]]]) -> None:
    """Given for another entry, or given to a message that has none."""
    results = [result for _, found in golden.values() for result in found]
    asked = [result for result in results if result.trial.entries or result.trial.both]
    others = [result for result in results if result.trial.none]
    assert sum(result.outcome == "wrong" for result in asked) <= MOST_WRONG * len(asked)
    assert sum(result.outcome == "wrong" for result in others) <= MOST_ASTRAY * len(others)
    assert sum(result.is_good for result in asked) >= LEAST_USEFUL * len(asked)


def test_false_alarms_are_few(golden: dict[str, tuple[TrialFile, list[Result]]]) -> None:
    """Ordinary messages, however angry, poor or long, are not taken for danger."""
    results = [result for _, found in golden.values() for result in found]
    ordinary = [result for result in results if result.trial.dangers is None]
    alarms = [result.trial.message for result in ordinary if result.outcome == "danger"]
    assert len(alarms) <= MOST_ALARMS * len(ordinary), alarms


def test_danger_is_called_by_its_name(golden: dict[str, tuple[TrialFile, list[Result]]]) -> None:
    """Most of those in danger get the answer meant for them, not only an alarm."""
    results = golden["danger"][1]
    named = [r for r in results if not set(r.found).isdisjoint(r.trial.dangers or ())]
    assert len(named) >= LEAST_NAMED * len(results)


def test_no_trial_is_a_phrasing(
    faq: Faq, golden: dict[str, tuple[TrialFile, list[Result]]]
) -> None:
    """A trial copied into an entry would measure nothing any more, single words apart."""
    phrasings = {text.lower() for entry in faq.entries.values() for text in entry.phrasings}
    copied = [
        trial.message
        for group, (file, _) in golden.items()
        for trial in file.trials
        if group not in ("un_mot", "court") and trial.message.lower() in phrasings
    ]
    assert copied == []


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('{message: "a", fiche: zzz}', "la fiche « zzz » n’existe pas"),
        ('{message: "a", fiche: mdp_caf, rien: oui}', "une attente, et une seule"),
        ('{message: "a"}', "une attente, et une seule"),
        ('{message: "a", rien: oui}\n  - {message: "a", rien: oui}', "est écrit deux fois"),
        ('{message: "a", fich: mdp_caf}', "fich"),
    ],
)
def test_a_mistake_is_named(faq: Faq, tmp_path: Path, line: str, sentence: str) -> None:
    """The files are read as strictly as the FAQ, with a French sentence."""
    text = f"groupe: essai\ntitre: Essai\nessais:\n  - {line}\n"
    (tmp_path / "essai.yml").write_text(text, encoding="utf-8")
    with pytest.raises(FaqErrors, match=sentence):
        load_golden(faq, tmp_path)
