"""What no file can say of itself: duplicates, phone keys, official domains, future dates."""

from collections.abc import Iterable, Mapping
from datetime import date

from faq.directory import DomainsFile, NumbersFile, PhoneNumber, is_official
from faq.document import Document, Place
from faq.entry import Theme
from faq.errors import FaqError
from faq.text import normalise

ThemeRead = tuple[Theme, Document]


def cross_errors(
    themes: Iterable[ThemeRead],
    numbers: Mapping[str, PhoneNumber] | None,
    domains: DomainsFile | None,
    today: date,
) -> list[FaqError]:
    """Errors over all theme files. `numbers` or `domains` None: that file has its own errors."""
    read = tuple(themes)
    hosts = frozenset(domain.host for domain in domains.domains) if domains else None
    errors = duplicates(read)
    for theme, document in read:
        for rank, entry in enumerate(theme.entries):
            place: Place = ("fiches", rank)
            if entry.checked_on > today:
                errors.append(document.error((*place, "verifie_le"), FUTURE))
            if numbers is not None and entry.phone is not None and entry.phone not in numbers:
                errors.append(document.error((*place, "telephone"), _no_number(entry.phone)))
            for number, link in enumerate(entry.links if hosts is not None else ()):
                if not is_official(link.url, hosts or frozenset()):
                    sentence = _not_official(link.url)
                    errors.append(document.error((*place, "liens", number, "url"), sentence))
    return errors


FUTURE = "« verifie_le » est dans le futur. Écrivez la date de la source."


def number_errors(numbers: NumbersFile, document: Document, today: date) -> list[FaqError]:
    """A number cannot have been checked tomorrow."""
    return [
        document.error((key, "verifie_le"), FUTURE)
        for key, number in numbers.root.items()
        if number.checked_on > today
    ]


def duplicates(themes: Iterable[ThemeRead]) -> list[FaqError]:
    """Theme ids, entry ids and entry titles are each used once over all files."""
    first: dict[tuple[str, str], str] = {}
    errors: list[FaqError] = []

    def see(kind: str, value: str, document: Document, place: Place) -> None:
        here = f"{document.name}, ligne {document.line_of(place)}"
        before = first.setdefault((kind, value), here)
        if before != here:
            errors.append(document.error(place, f"« {value} » sert déjà ({before}). Changez-le."))

    for theme, document in themes:
        see("theme", theme.id, document, ("theme",))
        for rank, entry in enumerate(theme.entries):
            see("id", entry.id, document, ("fiches", rank, "id"))
            see("titre", normalise(entry.title), document, ("fiches", rank, "titre"))
    return errors


def _no_number(key: str) -> str:
    return f"le numéro « {key} » n’existe pas dans numeros.yml. Ajoutez-le ou corrigez la clé."


def _not_official(url: str) -> str:
    return f"{url} n’est pas un site officiel connu. Corrigez, ou ajoutez-le à domaines.yml."
