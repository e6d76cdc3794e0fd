"""The bytes of every file of a FAQ at one moment: what is read, checked and numbered is the same.

Files are read twice, until both readings agree: whatever stands here stood on the disk together.
"""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from time import sleep

from faq.disk import why_unread
from faq.errors import FaqError, FaqErrors
from faq.pictures import digest_pictures

MAX_BYTES = 2_000_000  # of one file
MAX_FILES = 200  # of themes
BESIDE = ("numeros.yml", "domaines.yml", "urgences.yml", "accueil.yml", "synonymes.yml")
SUFFIXES = (".yml", ".yaml")
MISSING = "ce fichier manque."
NO_FILE = "ce n’est pas un fichier. Enlevez-le de ce dossier."
UNREADABLE_NAME = "le nom de ce fichier a un caractère illisible. Renommez-le."
RESTLESS = "un fichier change pendant la lecture. Attendez, puis enregistrez à nouveau."
MOST_READINGS = 20
HALVES = re.compile("[\ud800-\udfff]")  # how Python shows the bytes of a name that is no UTF-8
PAUSE = 0.02  # seconds, after two readings that disagree

Content = bytes | str
"""What a file holds; a sentence when it cannot be read."""


@dataclass(frozen=True)
class Snapshot:
    """The files of one FAQ, those of the themes first, in the order of their names."""

    directory: Path
    service_file: Path
    contents: Mapping[Path, Content]
    pictures: Mapping[str, bytes]  # name → SHA-256 of the picture

    @property
    def themes(self) -> list[Path]:
        """The files of the themes; one too many when there are more than MAX_FILES."""
        common = common_files(self.service_file)
        return [path for path in self.contents if path not in common]

    @property
    def version(self) -> str:
        """12 hex digits that change when a name or a byte of the files does."""
        total = sha256()
        for path, content in self.contents.items():
            if content != MISSING:
                said = content.encode() if isinstance(content, str) else content
                total.update(os.fsencode(path.name) + b"\0" + sha256(said).digest())
        for name, digest in self.pictures.items():
            total.update(os.fsencode(name) + b"\0" + digest)
        return total.hexdigest()[:12]

    def name_of(self, path: Path) -> str:
        """What errors call a file: « content/caf.yml », « numeros.yml »."""
        return name_of(path, self.directory, self.service_file)

    def with_texts(self, changed: Mapping[Path, str]) -> "Snapshot":
        """The same files with these texts instead, or besides (a new theme).

        Raises ValueError for a path that is no file of the FAQ.
        """
        known = {path.resolve(): path for path in self.contents}
        contents = dict(self.contents)
        for path, text in changed.items():
            own = known.get(path.resolve()) or self.directory / path.name
            if own.resolve() != path.resolve() or own.suffix not in SUFFIXES:
                raise ValueError("not a file of the FAQ")
            contents[own] = text.encode("utf-8", "surrogatepass")
        return replace(self, contents=dict(_in_order(contents, self.service_file)))


def take(directory: Path, service_file: Path) -> Snapshot:
    """Read all the files as they stand together. Raises FaqErrors when they never rest."""
    before = _read_all(directory, service_file)
    for _ in range(MOST_READINGS):
        after = _read_all(directory, service_file)
        if before == after:
            return Snapshot(directory, service_file, after, digest_pictures(directory))
        sleep(PAUSE)
        before = _read_all(directory, service_file)
    raise FaqErrors([FaqError(directory.name, None, None, RESTLESS)])


def files_of(directory: Path, service_file: Path) -> list[Path]:
    """Every file the FAQ is made of; those of the themes first."""
    common = common_files(service_file)
    found = (path for path in directory.glob("*") if is_theme_name(path))
    return [*sorted(path for path in found if path not in common), *common]


def is_theme_name(path: Path) -> bool:
    """Hidden files are not themes: editors and other systems leave some (`.#caf.yml`)."""
    return path.suffix in SUFFIXES and not path.name.startswith(".")


def common_files(service_file: Path) -> list[Path]:
    """The files that are not a theme's, present or not."""
    return [service_file, *(service_file.with_name(name) for name in BESIDE)]


def name_of(path: Path, directory: Path, service_file: Path) -> str:
    """What errors and the editor call a file: « content/caf.yml », « numeros.yml »."""
    apart = path.parent == directory != service_file.parent
    name = f"{directory.name}/{path.name}" if apart else path.name
    return name.encode("utf-8", "replace").decode()  # bytes that are no UTF-8 could not be shown


def content_of(path: Path) -> Content:
    """The first MAX_BYTES + 1 bytes of a file, or why there are none."""
    if HALVES.search(path.name):
        return UNREADABLE_NAME
    if path.exists() and not path.is_file():  # opening a pipe would wait for ever
        return NO_FILE
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return MISSING
    except OSError as error:
        return why_unread(error)


def _read_all(directory: Path, service_file: Path) -> dict[Path, Content]:
    files = files_of(directory, service_file)
    common = common_files(service_file)
    themes = files[: len(files) - len(common)][: MAX_FILES + 1]
    return {path: content_of(path) for path in (*themes, *common)}


def _in_order(
    contents: Mapping[Path, Content], service_file: Path
) -> Iterator[tuple[Path, Content]]:
    common = common_files(service_file)
    order: Iterable[Path] = (*sorted(path for path in contents if path not in common), *common)
    return ((path, contents[path]) for path in order)
