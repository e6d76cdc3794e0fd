"""What people would have seen at the thresholds that ship, and what is promised of it.

A message takes the road of the robot, `Faq.decide`, thresholds of faq/service.yml included; only
the entries are those of the data set.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

import click

from faq.catalogue import Faq
from faq.decision import Answered, NothingFound, Suggested
from faq.errors import FaqErrors
from faq.index import Index
from faq.loader import load
from tests.bench.data import Plain, Query

ROOT = Path(__file__).parents[2]
OUTCOMES = ("answered right", "answered wrong", "right in menu", "menu without", "handed over")
MOST_WRONG = 0.015  # of the messages that have an entry: answered by another one
MOST_ASTRAY = 0.03  # of the messages without an entry: answered all the same
LEAST_USEFUL = 0.85  # of the messages that have an entry: right one answered, or in the menu


@dataclass(frozen=True)
class Promises:
    """Shares from 0 to 1; None where the set has no such message."""

    wrong: float
    astray: float | None
    useful: float

    @property
    def kept(self) -> tuple[bool, bool, bool]:
        """Each of the three, in that order."""
        is_rarely_astray = self.astray is None or self.astray <= MOST_ASTRAY
        return self.wrong <= MOST_WRONG, is_rarely_astray, self.useful >= LEAST_USEFUL


@cache
def shipped() -> Faq:
    """The FAQ of the repository."""
    try:
        return load(ROOT / "faq" / "content", ROOT / "faq" / "service.yml")
    except FaqErrors as errors:
        raise click.ClickException(f"The shipped FAQ has mistakes:\n{errors}") from errors


def outcomes_of(
    index: Index, entries: Sequence[Plain], queries: Sequence[Query]
) -> dict[str, Counter[str]]:
    """Kind of message → outcome → how many."""
    known: Any = {entry.id: entry for entry in entries}
    faq = replace(shipped(), entries=known, index=index)
    counts: dict[str, Counter[str]] = {}
    for query in queries:
        counts.setdefault(query.kind, Counter())[_outcome(faq, query)] += 1
    return counts


def _outcome(faq: Faq, query: Query) -> str:
    match faq.decide(query.text):
        case Answered(match=best):
            return "answered right" if best.entry_id == query.id else "answered wrong"
        case Suggested(matches=matches):
            is_there = query.id in [match.entry_id for match in matches]
            return "right in menu" if is_there else "menu without"
        case NothingFound():
            return "handed over"


def promises_of(counts: Mapping[str, Counter[str]]) -> Promises:
    """The three shares that are promised."""
    inside = counts["in"]
    outside = sum((found for kind, found in counts.items() if kind != "in"), Counter[str]())
    return Promises(
        wrong=inside["answered wrong"] / inside.total(),
        astray=outside["answered wrong"] / outside.total() if outside else None,
        useful=(inside["answered right"] + inside["right in menu"]) / inside.total(),
    )
