"""Everything to say of a FAQ that loads: the trials that do not hold, and advice.

What does not need the index (schema, keys, dates, links, phones) refuses the files while they are
read (`faq.loader`). What is here never does: docs/decisions, page 28.
"""

from collections.abc import Iterator
from datetime import date

from faq.catalogue import Faq
from faq.entry import MIN_PHRASINGS, Entry
from faq.findings import Finding, finding_at, in_order
from faq.golden import Finder
from faq.plain_french import remarks
from faq.text import normalise
from faq.trials import trial_findings

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def findings(faq: Faq, today: date, find_danger: Finder) -> tuple[Finding, ...]:
    """Trials first, then advice, by file and line. Some seconds of processor time."""
    return in_order((*trial_findings(faq, find_danger), *advice(faq, today)))


def advice(faq: Faq, today: date) -> tuple[Finding, ...]:
    """What needs no search: old sources, entries to complete, sentences hard to read. All avis."""
    return in_order(
        finding
        for entry in faq.entries.values()
        for finding in (
            *_stale(faq, entry, today),
            *_incomplete(faq, entry),
            *_written_twice(faq, entry),
            *_hard_to_read(faq, entry),
        )
    )


def stale_entries(faq: Faq, today: date) -> tuple[Entry, ...]:
    """Entries past their review date."""
    return tuple(entry for entry in faq.entries.values() if entry.is_stale(today))


def _stale(faq: Faq, entry: Entry, today: date) -> Iterator[Finding]:
    if entry.is_stale(today):
        day = in_french(entry.review_before)
        sentence = f"à revoir avant le {day}. Vérifiez la source, puis changez les deux dates."
        yield finding_at(faq, entry.id, sentence, "avis", "a_revoir_avant")


def _incomplete(faq: Faq, entry: Entry) -> Iterator[Finding]:
    if entry.incomplete:
        lacking = max(0, MIN_PHRASINGS - len(entry.phrasings))
        add = f"Ajoutez des formulations : il en manque {lacking}. " if lacking else ""
        sentence = f"fiche à compléter. {add}Vérifiez la source, puis enlevez « a_completer »."
        yield finding_at(faq, entry.id, sentence, "avis", "a_completer")


def _written_twice(faq: Faq, entry: Entry) -> Iterator[Finding]:
    seen = {normalise(entry.question)}
    for rank, phrasing in enumerate(entry.phrasings):
        if normalise(phrasing) in seen:
            sentence = f"« {phrasing} » est écrit deux fois. Changez-en une."
            yield finding_at(faq, entry.id, sentence, "avis", "formulations", rank)
        seen.add(normalise(phrasing))


def _hard_to_read(faq: Faq, entry: Entry) -> Iterator[Finding]:
    for part, sentence in remarks(entry):
        yield finding_at(faq, entry.id, sentence, "avis", *part)


def in_french(day: date) -> str:
    """« 1er mars 2026 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"
