"""The page docs/fiches.md: every entry on a line, and on top what a human must still verify.

It depends on the files and on a day, which it names: made again for that day, it is the same.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from faq.catalogue import Faq
from faq.check import in_french
from faq.entry import MAX_MONTHS, Entry, add_months
from faq.plain_french import read_by_people
from faq.readability import readability
from faq.trials import failed_trials

HEAD = (
    "| Fiche | Source | Vérifié le | À revoir avant | Lisibilité | Formulations | Essais "
    "| Humain | Voix | Langues | À faire |\n"
    "| --- | --- | --- | --- | ---: | ---: | --- | --- | --- | --- | --- |"
)
# What a person must do, by the field that says so, in the order of the summary.
TASKS = {
    "a_revoir_avant": "date passée : relire la source, puis changer `verifie_le` et cette date",
    "source_lien": "pas d'adresse : retrouver la page de la source",
    "telephone": "numéro vérifié il y a plus de six mois : appeler, puis changer `numeros.yml`",
    "a_completer": "fiche venue de Telegram : ajouter des formulations, vérifier la source",
    "tests": "pas de phrase d'essai, ou une phrase qui ne tient pas",
}
FOR_SOURCES = (
    "a_revoir_avant",
    "source_lien",
    "telephone",
    "a_completer",
)  # only a human can tell
_DAY = re.compile(r"<!-- python -m bot tableau, (\d{4}-\d\d-\d\d) -->")


@dataclass(frozen=True)
class _Row:
    """An entry, and what was found out about it."""

    entry: Entry
    failed: int  # phrases of `tests:` that do not hold
    tasks: tuple[str, ...]  # keys of TASKS


def entry_table(faq: Faq, today: date) -> str:
    """The whole page, in Markdown. It plays every phrase of `tests:`."""
    rows = {entry.id: _row(faq, entry, today) for entry in faq.entries.values()}
    parts = [f"<!-- python -m bot tableau, {today} -->", *_summary(faq, rows.values(), today)]
    for theme in faq.themes:
        file = faq.places[theme.entries[0].id].file
        lines = "\n".join(_line(rows[entry.id], today) for entry in theme.entries)
        parts.append(f"## {theme.title}\n\nFichier : `{file}`\n\n{HEAD}\n{lines}")
    return "\n\n".join(parts) + "\n"


def day_of(page: str) -> date | None:
    """The day the page was made for; None when it is no such page."""
    found = _DAY.match(page)
    return date.fromisoformat(found[1]) if found else None


def _row(faq: Faq, entry: Entry, today: date) -> _Row:
    failed = len(failed_trials(faq, entry))
    phone = faq.phone_of(entry)
    has_trials = bool(entry.trials.finds or entry.trials.refuses)
    needs = {
        "a_revoir_avant": entry.is_stale(today),
        "source_lien": entry.source_link is None,
        "telephone": phone is not None and add_months(phone.checked_on, MAX_MONTHS) < today,
        "a_completer": entry.incomplete,
        "tests": failed > 0 or not has_trials,
    }
    return _Row(entry, failed, tuple(name for name in TASKS if needs[name]))


def _summary(faq: Faq, rows: Iterable[_Row], today: date) -> Iterator[str]:
    todo = [row for row in rows if row.tasks]
    human = sum(not set(FOR_SOURCES).isdisjoint(row.tasks) for row in todo)
    counts = Counter(task for row in todo for task in row.tasks)
    yield "# Les fiches"
    yield (
        "Cette page est faite par une commande. Ne la changez pas à la main.\n"
        f"Elle dit l'état des fiches au {in_french(today)}."
    )
    yield (
        f"{len(faq.entries)} fiches dans {len(faq.themes)} thèmes. "
        f"**{human} fiches sont à vérifier par une personne.**"
    )
    yield "| Champ | Fiches | Ce qu'il faut faire |\n| --- | ---: | --- |\n" + "\n".join(
        f"| `{task}` | {counts[task]} | {what} |" for task, what in TASKS.items()
    )
    yield (
        "Lisibilité : 100 est très facile, 60 est un journal, 30 est une loi.\n"
        "C'est la formule de Kandel et Moles (1958). Sur un texte court, c'est une indication."
    )


def _line(row: _Row, today: date) -> str:
    entry = row.entry
    figure = readability("\n".join(text for _, text in read_by_people(entry)))
    review = f"{entry.review_before}"
    cells = (
        f"{entry.title} (`{entry.id}`)",
        f"[{entry.source}]({entry.source_link})" if entry.source_link else entry.source,
        f"{entry.checked_on}",
        f"**{review}, passée**" if entry.is_stale(today) else review,
        "" if figure is None else f"{figure:.0f}",
        f"{len(entry.phrasings)}",
        _trials(row),
        "oui" if entry.always_human else "",
        "" if entry.voice is None else f"{entry.voice.seconds} s",
        ", ".join(entry.translations),
        ", ".join(f"`{task}`" for task in row.tasks),
    )
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _trials(row: _Row) -> str:
    count = len(row.entry.trials.finds) + len(row.entry.trials.refuses)
    if not count:
        return "aucun"
    held = f"{count - row.failed} sur {count}"
    return f"**{held}**" if row.failed else held
