"""Advice on a FAQ that loads: nothing here stops it, everything here makes it answer less well."""

from collections.abc import Iterator
from datetime import date

from faq.catalogue import Faq
from faq.entry import Entry
from faq.errors import FaqError
from faq.text import normalise

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


def warnings_of(faq: Faq, today: date) -> tuple[FaqError, ...]:
    """One French sentence per thing to look at, in the order of the menu."""
    owners = phrasing_owners(faq)
    return tuple(
        FaqError(faq.places[entry.id].file, faq.places[entry.id].line, f"fiche {entry.id}", text)
        for entry in faq.entries.values()
        for text in (*_stale(entry, today), *_shared(entry, owners), *_lost(faq, entry, owners))
    )


def stale_entries(faq: Faq, today: date) -> tuple[Entry, ...]:
    """Entries past their review date."""
    return tuple(entry for entry in faq.entries.values() if entry.is_stale(today))


def phrasing_owners(faq: Faq) -> dict[str, list[str]]:
    """Normalised phrasing → ids of the entries that have it, in the order of the menu."""
    owners: dict[str, list[str]] = {}
    for entry in faq.entries.values():
        for phrasing in (entry.question, *entry.phrasings):
            owners.setdefault(normalise(phrasing), []).append(entry.id)
    return owners


def _stale(entry: Entry, today: date) -> Iterator[str]:
    if entry.is_stale(today):
        day = in_french(entry.review_before)
        yield f"à revoir avant le {day}. Vérifiez la source, puis changez les deux dates."


def _shared(entry: Entry, owners: dict[str, list[str]]) -> Iterator[str]:
    """Phrasings that another entry has too (said by the first of them), or written twice."""
    seen: set[str] = set()
    for phrasing in (entry.question, *entry.phrasings):
        same = normalise(phrasing)
        others = sorted(set(owners[same]) - {entry.id})
        if same in seen:
            yield f"« {phrasing} » est écrit deux fois. Changez-en une."
        elif others and owners[same][0] == entry.id:
            yield f"« {phrasing} » est aussi dans {', '.join(others)}. Gardez-en une."
        seen.add(same)


def _lost(faq: Faq, entry: Entry, owners: dict[str, list[str]]) -> Iterator[str]:
    """Phrasings by which another entry is found first."""
    for phrasing in entry.phrasings:
        found = faq.search(phrasing, limit=1)
        if found and found[0].entry_id != entry.id and len(owners[normalise(phrasing)]) == 1:
            yield f"« {phrasing} » trouve plutôt {found[0].entry_id}. Soyez plus précis."


def in_french(day: date) -> str:
    """« 1er mars 2026 »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number} {MONTHS[day.month - 1]} {day.year}"
