"""Whether the FAQ answers as its entries promise: own phrasings, `tests:`, words of danger.

It searches hundreds of times, so it is slow (docs/decisions, page 28) and runs apart from loading;
it only reads the FAQ, so it may run in a thread. « essai » findings block, « avis » do not.
"""

from collections.abc import Callable, Collection, Iterator

from faq.catalogue import Faq
from faq.decision import Answered, Decision, NothingFound, offered
from faq.entry import Entry
from faq.findings import Finding, finding_at, in_order
from faq.golden import Finder
from faq.index import SAME_PHRASING, Match
from faq.text import normalise


def trial_findings(
    faq: Faq,
    find_danger: Finder,
    only: Collection[str] | None = None,
    is_wanted: Callable[[], bool] = lambda: True,
) -> tuple[Finding, ...]:
    """Every promise that is not kept.

    `only`: ids of entries about to be written; their own promises, and the `tests:` of all.
    `is_wanted` is asked before each entry: once it says no, what was found so far is returned, so
    that a program that stops does not wait for the end.
    """
    found: list[Finding] = []
    for entry in faq.entries.values():
        if not is_wanted():
            break
        if only is None or entry.id in only:
            found += _unfound(faq, entry)
            found += _dangerous(faq, entry, find_danger)
        found += failed_trials(faq, entry)
    return in_order(found)


def broken_trials(
    faq: Faq,
    only: Collection[str] | None = None,
    is_wanted: Callable[[], bool] = lambda: True,
) -> list[Finding]:
    """Those of `trial_findings` that block, without the danger triage, which never does."""
    found = trial_findings(faq, lambda _: None, only, is_wanted)
    return [one for one in found if one.is_blocking]


def failed_trials(faq: Faq, entry: Entry) -> list[Finding]:
    """The phrases of `tests:` that do not hold, each with what they find instead."""
    found = []
    for rank, text in enumerate(entry.trials.finds):
        decision = faq.decide(text)
        if entry.id not in offered(decision):
            sentence = f"« {text} » devrait trouver cette fiche. {_instead(faq, decision)}"
            found.append(finding_at(faq, entry.id, sentence, "essai", "tests", "trouve", rank))
    for rank, text in enumerate(entry.trials.refuses):
        decision = faq.decide(text)
        if offered(decision)[:1] == (entry.id,):
            how = "reçoit" if isinstance(decision, Answered) else "propose d’abord"
            sentence = f"« {text} » {how} cette fiche, à tort. Précisez les formulations."
            found.append(finding_at(faq, entry.id, sentence, "essai", "tests", "refuse", rank))
    return found


def _instead(faq: Faq, decision: Decision) -> str:
    if isinstance(decision, NothingFound):
        return "Rien n’est trouvé. Ajoutez une formulation proche."
    found = ", ".join(faq.entries[identity].title for identity in offered(decision))
    return f"Le robot donne : {found}. Ajoutez une formulation."


def _texts(entry: Entry) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The question and the phrasings, each with its place in the entry."""
    yield ("question",), entry.question
    for rank, phrasing in enumerate(entry.phrasings):
        yield ("formulations", rank), phrasing


def _unfound(faq: Faq, entry: Entry) -> Iterator[Finding]:
    """Phrasings that another entry has too, or nearly, and those that find nothing.

    One that is first of the search is answered or proposed: it scores SAME_PHRASING at least.
    """
    small_talk = faq.welcome.phrases()
    for part, phrasing in _texts(entry):
        if normalise(phrasing) in small_talk:
            sentence = f"« {phrasing} » est un petit mot d’accueil.yml. Enlevez l’un des deux."
            yield finding_at(faq, entry.id, sentence, "essai", *part)
        found = faq.search(phrasing, limit=2)
        others = [match for match in found if match.entry_id != entry.id]
        if others and others[0].phrasing_score >= SAME_PHRASING:
            sentence = f"« {phrasing} » trouve aussi {_other(others[0])}. Gardez-en une."
            yield finding_at(faq, entry.id, sentence, "essai", *part)
        elif not found or found[0].entry_id != entry.id:
            sentence = f"« {phrasing} » ne trouve pas cette fiche. Écrivez des mots plus précis."
            yield finding_at(faq, entry.id, sentence, "essai", *part)


def _other(match: Match) -> str:
    return f"la fiche {match.entry_id} (« {match.phrasing} »)"


def _dangerous(faq: Faq, entry: Entry, find_danger: Finder) -> Iterator[Finding]:
    """Phrasings and `trouve:` phrases that get the numbers of a danger before the entry."""
    titles = {danger.id: danger.title for danger in faq.dangers.categories}
    tried = ((("tests", "trouve", n), text) for n, text in enumerate(entry.trials.finds))
    for part, text in (*_texts(entry), *tried):
        if (category := find_danger(text)) is not None:
            title = titles.get(category, category)
            sentence = f"« {text} » fait parler le danger « {title} » d’abord. Est-ce voulu ?"
            yield finding_at(faq, entry.id, sentence, "avis", *part)
