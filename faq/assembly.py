"""Puts the files of a FAQ together: each is read, all are checked against each other, then built.

The reader is received (`faq.loader` passes its own), so that yaml stays in one module.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from faq.catalogue import Faq, FaqPlace, shown
from faq.content_rules import ThemeRead, cross_errors, number_errors
from faq.danger import DangerFile, DangerTable, build_table
from faq.directory import DomainsFile, NumbersFile
from faq.document import Document, Place
from faq.entry import Theme
from faq.errors import FaqError, FaqErrors
from faq.index import Index
from faq.pictures import FOLDER, picture_errors
from faq.service_file import ServiceFile
from faq.small_talk import Welcome, WelcomeFile, build_welcome
from faq.snapshot import BESIDE, MAX_FILES, MISSING, Snapshot
from faq.synonyms import Synonyms, SynonymsFile, build_synonyms

Model = TypeVar("Model", bound=BaseModel)


class Reader(Protocol):
    """Reads one file as a model, with its lines; `name` is what errors call it."""

    def __call__(self, path: Path, name: str, model: type[Model], /) -> tuple[Model, Document]: ...


def assemble(read: Reader, snapshot: Snapshot, today: date | None, before: Faq | None) -> Faq:
    """The FAQ; `today` None is the day in Paris. Raises FaqErrors with every error there is.

    What `before` has already computed from the same words is taken from it.
    """
    day = today or datetime.now(ZoneInfo("Europe/Paris")).date()
    files = _Files(read, snapshot, day, before)
    faq = files.build()
    if faq is None:
        raise FaqErrors(files.errors)
    return faq


@dataclass
class _Files:
    """One reading of all the files; errors pile up and reading goes on."""

    read: Reader
    snapshot: Snapshot
    today: date
    before: Faq | None
    errors: list[FaqError] = field(default_factory=list)

    def build(self) -> Faq | None:
        """The Faq, or None when there is any error."""
        themes = self._themes()
        service = self._read(self.snapshot.service_file, ServiceFile)
        numbers = self._beside("numeros.yml", NumbersFile)
        domains = self._beside("domaines.yml", DomainsFile)
        dangers = self._dangers(numbers[0] if numbers else None)
        welcome = self._welcome()
        synonyms = self._synonyms()
        table = numbers[0].root if numbers else None
        self.errors += cross_errors(themes, table, domains[0] if domains else None, self.today)
        self.errors += number_errors(*numbers, self.today) if numbers else []
        self.errors += picture_errors(themes, self.snapshot.directory)
        if self.errors or not (service and numbers and domains and welcome):
            return None
        menu = shown([theme for theme, _ in themes])
        entries = {entry.id: entry for theme in menu for entry in theme.entries}
        return Faq(
            themes=menu,
            entries=entries,
            numbers=dict(numbers[0].root),
            official_domains=frozenset(domain.host for domain in domains[0].domains),
            service=service[0].as_service(service[1]),
            dangers=dangers,
            welcome=welcome,
            places=places_of(themes),
            version=self.snapshot.version,
            pictures=self.snapshot.directory / FOLDER,
            index=Index.build(
                entries.values(), synonyms, before=self.before.index if self.before else None
            ),
        )

    def _themes(self) -> list[ThemeRead]:
        paths = self.snapshot.themes
        if not paths:
            self._folder_error("il n’y a aucun fichier .yml dans ce dossier.")
        if len(paths) > MAX_FILES:
            self._error(
                self.snapshot.directory, f"il y a plus de {MAX_FILES} fichiers. Enlevez-en."
            )
            paths = []
        for path in paths:
            if path.suffix == ".yaml":
                self._error(path, "le nom doit finir par .yml. Renommez ce fichier.")
        return [read for path in paths if (read := self._read(path, Theme))]

    def _dangers(self, numbers: NumbersFile | None) -> DangerTable:
        read = self._beside("urgences.yml", DangerFile)
        if not read or numbers is None:
            return DangerTable()
        table, errors = build_table(*read, numbers.root)
        self.errors += errors
        return table

    def _welcome(self) -> Welcome | None:
        if (read := self._beside("accueil.yml", WelcomeFile)) is None:
            return None
        welcome, errors = build_welcome(*read)
        self.errors += errors
        return welcome

    def _synonyms(self) -> Synonyms:
        """The only file that may be absent."""
        path = self.snapshot.service_file.with_name(BESIDE[-1])
        if self.snapshot.contents[path] == MISSING:
            return Synonyms()
        if (read := self._read(path, SynonymsFile)) is None:
            return Synonyms()
        synonyms, errors = build_synonyms(*read)
        self.errors += errors
        return synonyms

    def _beside(self, name: str, model: type[Model]) -> tuple[Model, Document] | None:
        return self._read(self.snapshot.service_file.with_name(name), model)

    def _read(self, path: Path, model: type[Model]) -> tuple[Model, Document] | None:
        try:
            return self.read(path, self.snapshot.name_of(path), model)
        except FaqErrors as found:
            self.errors += found.errors
            return None

    def _error(self, path: Path, sentence: str) -> None:
        self.errors.append(FaqError(self.snapshot.name_of(path), None, None, sentence))

    def _folder_error(self, sentence: str) -> None:
        self.errors.append(FaqError(self.snapshot.directory.name, None, None, sentence))


def places_of(themes: Iterable[ThemeRead]) -> dict[str, FaqPlace]:
    """Entry id → where it begins, and where its parts are."""
    return {
        theme.entries[rank].id: FaqPlace(document.name, lines.get(("id",), 0), lines)
        for theme, document in themes
        for rank, lines in _lines_by_entry(document).items()
    }


def _lines_by_entry(document: Document) -> dict[int, dict[Place, int]]:
    """Rank of an entry → the line of each of its parts."""
    found: dict[int, dict[Place, int]] = {}
    for place, line in document.lines.items():
        match place:
            case ("fiches", int(rank), _, *_):
                found.setdefault(rank, {})[place[2:]] = line
    return found
