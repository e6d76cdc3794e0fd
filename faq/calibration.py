"""Proposes the thresholds of `seuils:` from the FAQ itself (`python -m bot calibrer`).

Each phrasing is searched for in an index that does not hold it, as it is and mistyped; so is the
background of messages that no entry answers. Among all thresholds that keep wrong answers rare,
the ones that answer most are proposed. In folds: one is left out of the index, and searched for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from faq.background import ANOTHER_WORLD, SAME_WORLD, background
from faq.catalogue import Faq
from faq.decision import Answered, Suggested, Thresholds, decide
from faq.index import Index, Match
from faq.noise import spoil

FOLDS = 5
MOST_WRONG = 0.012  # share of the questions that have an entry, answered by another
MOST_ASTRAY = 0.025  # share of the messages without an entry, answered all the same
MOST_LOST = 0.002  # share of the questions whose entry stands in the menu, and would no longer
ANSWERS = tuple(n / 100 for n in range(40, 81, 5))
LEADS = tuple(n / 100 for n in range(50, 91, 5))
NEAR_BEST = 0.01  # share of the questions: what being more careful may cost
SUGGESTS = tuple(n / 100 for n in range(5, 31))


@dataclass(frozen=True)
class Sample:
    """What one message found; `right`: its entry, None when it has none."""

    right: str | None
    matches: tuple[Match, ...]


@dataclass(frozen=True)
class Shares:
    """What thresholds give, as shares of the questions (`astray`: of the messages without one)."""

    answered: float
    wrong: float
    in_menu: float
    astray: float

    @property
    def is_safe(self) -> bool:
        """Wrong answers are rare enough."""
        return self.wrong <= MOST_WRONG and self.astray <= MOST_ASTRAY


@dataclass(frozen=True)
class _Part:
    """An entry, some of its phrasings left out."""

    id: str
    question: str
    phrasings: tuple[str, ...]
    keywords: tuple[str, ...]


def samples_of(faq: Faq) -> list[Sample]:
    """Every phrasing and every message of the background, unseen, as it is and mistyped."""
    return [sample for fold in range(FOLDS) for sample in _samples_of_fold(faq, fold)]


def _samples_of_fold(faq: Faq, fold: int) -> Iterator[Sample]:
    entries = faq.entries.values()
    parts = [
        _Part(entry.id, entry.question, _others(entry.phrasings, fold), entry.keywords)
        for entry in entries
    ]
    another, same = background(ANOTHER_WORLD), background(SAME_WORLD)
    index = Index.build(parts, faq.index.synonyms, _others(another, fold))
    left_out: list[tuple[str, str | None]] = [
        (phrasing, entry.id) for entry in entries for phrasing in entry.phrasings[fold::FOLDS]
    ]
    left_out += [(text, None) for text in (*another[fold::FOLDS], *same[fold::FOLDS])]
    for text, right in left_out:
        for typed in dict.fromkeys((text, spoil(text))):
            yield Sample(right, tuple(index.search(typed)))


def _others(texts: Sequence[str], fold: int) -> tuple[str, ...]:
    return tuple(text for rank, text in enumerate(texts) if rank % FOLDS != fold)


def measure(samples: Sequence[Sample], thresholds: Thresholds) -> Shares:
    """What these thresholds would have given."""
    answered = wrong = in_menu = astray = questions = 0
    for sample in samples:
        questions += sample.right is not None
        match decide(sample.matches, thresholds):
            case Answered(match=best):
                answered += best.entry_id == sample.right
                wrong += sample.right is not None and best.entry_id != sample.right
                astray += sample.right is None
            case Suggested(matches=matches):
                in_menu += sample.right in [match.entry_id for match in matches]
    others = max(1, len(samples) - questions)
    questions = max(1, questions)
    return Shares(answered / questions, wrong / questions, in_menu / questions, astray / others)


def propose(samples: Sequence[Sample]) -> Thresholds:
    """The most careful of the safe thresholds that answer most, then the highest `suggest` that
    loses little.

    The most careful ones when none is safe.
    """
    floor = SUGGESTS[0]
    careful = Thresholds(ANSWERS[-1], floor, LEADS[-1])
    tried = (Thresholds(answer, floor, lead) for answer, lead in product(ANSWERS, LEADS))
    measured = [(measure(samples, thresholds), thresholds) for thresholds in tried]
    safe = [(shares.answered, thresholds) for shares, thresholds in measured if shares.is_safe]
    most = max((answered for answered, _ in safe), default=0.0)
    near = [thresholds for answered, thresholds in safe if answered >= most - NEAR_BEST]
    best = max(near, key=lambda t: (t.answer, t.ambiguity), default=careful)
    least = _useful(measure(samples, best)) - MOST_LOST
    raised = [Thresholds(best.answer, suggest, best.ambiguity) for suggest in SUGGESTS]
    return [kept for kept in raised if _useful(measure(samples, kept)) >= least][-1]


def _useful(shares: Shares) -> float:
    return shares.answered + shares.in_menu
