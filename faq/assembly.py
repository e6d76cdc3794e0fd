"""Puts the files of a FAQ together: each is read, all are checked against each other, then built.

The reader is received (`faq.loader` passes its own), so that yaml stays in one module.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import sha256
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
from faq.pictures import FOLDER, list_pictures, picture_errors
from faq.service_file import ServiceFile
from faq.small_talk import Welcome, WelcomeFile, build_welcome
from faq.synonyms import Synonyms, SynonymsFile, build_synonyms

MAX_FILES = 200
BESIDE = ("numeros.yml", "domaines.yml", "urgences.yml", "accueil.yml", "synonymes.yml")

Model = TypeVar("Model", bound=BaseModel)


class Reader(Protocol):
    """Reads one file as a model, with its lines; `name` is what errors call it."""

    def __call__(self, path: Path, name: str, model: type[Model], /) -> tuple[Model, Document]: ...


def assemble(read: Reader, directory: Path, service_file: Path, today: date | None) -> Faq:
    """The FAQ; `today` None is the day in Paris. Raises FaqErrors with every error there is."""
    day = today or datetime.now(ZoneInfo("Europe/Paris")).date()
    files = _Files(read, directory, service_file, day)
    faq = files.build()
    if faq is None:
        raise FaqErrors(files.errors)
    return faq


def files_of(directory: Path, service_file: Path) -> list[Path]:
    """Every file the FAQ is made of; those of the themes first."""
    common = [service_file, *(service_file.with_name(name) for name in BESIDE)]
    found = (path for path in directory.glob("*") if path.suffix in (".yml", ".yaml"))
    return [*sorted(path for path in found if path not in common), *common]


def theme_files(directory: Path, service_file: Path) -> list[Path]:
    """The files of the themes alone."""
    return files_of(directory, service_file)[: -1 - len(BESIDE)]


def name_of(path: Path, directory: Path, service_file: Path) -> str:
    """What errors call a file: « content/caf.yml », « numeros.yml »."""
    apart = path.parent == directory != service_file.parent
    return f"{directory.name}/{path.name}" if apart else path.name


@dataclass
class _Files:
    """One reading of all the files; errors pile up and reading goes on."""

    read: Reader
    directory: Path
    service_file: Path
    today: date
    errors: list[FaqError] = field(default_factory=list)

    def build(self) -> Faq | None:
        """The Faq, or None when there is any error."""
        themes = self._themes()
        service = self._read(self.service_file, ServiceFile)
        numbers = self._beside("numeros.yml", NumbersFile)
        domains = self._beside("domaines.yml", DomainsFile)
        dangers = self._dangers(numbers[0] if numbers else None)
        welcome = self._welcome()
        synonyms = self._synonyms()
        table = numbers[0].root if numbers else None
        self.errors += cross_errors(themes, table, domains[0] if domains else None, self.today)
        self.errors += number_errors(*numbers, self.today) if numbers else []
        self.errors += picture_errors(themes, self.directory)
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
            version=version_of(
                [*files_of(self.directory, self.service_file), *list_pictures(self.directory)]
            ),
            pictures=self.directory / FOLDER,
            index=Index.build(entries.values(), synonyms),
        )

    def _themes(self) -> list[ThemeRead]:
        paths = theme_files(self.directory, self.service_file)
        if not paths:
            self._error(self.directory, "il n’y a aucun fichier .yml dans ce dossier.")
        if len(paths) > MAX_FILES:
            self._error(self.directory, f"il y a plus de {MAX_FILES} fichiers. Enlevez-en.")
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
        if not self.service_file.with_name("synonymes.yml").exists():
            return Synonyms()
        if (read := self._beside("synonymes.yml", SynonymsFile)) is None:
            return Synonyms()
        synonyms, errors = build_synonyms(*read)
        self.errors += errors
        return synonyms

    def _beside(self, name: str, model: type[Model]) -> tuple[Model, Document] | None:
        return self._read(self.service_file.with_name(name), model)

    def _read(self, path: Path, model: type[Model]) -> tuple[Model, Document] | None:
        try:
            return self.read(path, self._name(path), model)
        except FaqErrors as found:
            self.errors += found.errors
            return None

    def _name(self, path: Path) -> str:
        return name_of(path, self.directory, self.service_file)

    def _error(self, path: Path, sentence: str) -> None:
        name = path.name if path == self.directory else self._name(path)
        self.errors.append(FaqError(name, None, None, sentence))


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


def version_of(paths: Iterable[Path]) -> str:
    """12 hex digits that change when a name or a byte of the files does."""
    total = sha256()
    for path in paths:
        if path.exists():
            total.update(f"{path.name}\0".encode())
            total.update(sha256(path.read_bytes()).digest())
    return total.hexdigest()[:12]
