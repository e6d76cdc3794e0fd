"""The last FAQ that was good, kept beside the database: what a restart falls back on.

Files saved with mistakes never replace the running FAQ. Without this copy they would stop the next
start, at night, with nobody there to mend them.
"""

import logging
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from faq.catalogue import Faq
from faq.errors import FaqErrors
from faq.loader import load_snapshot
from faq.safe_file import replace_file
from faq.snapshot import (
    BESIDE,
    MAX_BYTES,
    MAX_FILES,
    Snapshot,
    common_files,
    is_theme_name,
    name_of,
)

MOST_FILES = MAX_FILES + len(BESIDE) + 1

logger = logging.getLogger(__name__)


def keep(snapshot: Snapshot, archive: Path) -> None:
    """Write the files of a good FAQ into one archive; a disk that refuses is only logged."""
    content = BytesIO()
    with ZipFile(content, "w") as files:
        for path, data in snapshot.contents.items():
            if isinstance(data, bytes):
                name = name_of(path, snapshot.directory, snapshot.service_file)
                files.writestr(ZipInfo(name), data)  # undated: a clock may say 1970
    try:
        archive.parent.mkdir(parents=True, exist_ok=True)
        replace_file(archive, content.getvalue())
    except OSError as error:
        logger.warning("the last good FAQ could not be kept: error %s", error.errno)


def load_kept(archive: Path, now: Snapshot) -> Faq | None:
    """The FAQ of the archive, with the pictures of `now`; None when there is none that is good."""
    try:
        return load_snapshot(_snapshot_of(_read(archive), now))
    except (FileNotFoundError, FaqErrors):
        return None
    except Exception as error:  # a damaged archive has many ways to say so
        logger.warning("the last good FAQ could not be read: %s", type(error).__name__)
        return None


def _read(archive: Path) -> dict[str, bytes]:
    """Name → the first MAX_BYTES + 1 bytes: whatever the archive says of itself, it is bounded."""
    kept = {}
    with ZipFile(archive) as files:
        for name in files.namelist()[:MOST_FILES]:
            with files.open(name) as file:
                kept[name] = file.read(MAX_BYTES + 1)
    return kept


def _snapshot_of(kept: dict[str, bytes], now: Snapshot) -> Snapshot:
    """The files by their places; the themes first, in the order of their names.

    Of a theme only the last part of its name counts: its folder may be called otherwise today.
    """
    common = common_files(now.service_file)
    places = {name_of(path, now.directory, now.service_file): path for path in common}
    themes = {now.directory / Path(name).name: name for name in kept if name not in places}
    contents: dict[Path, bytes | str] = {
        path: kept[name] for path, name in sorted(themes.items()) if is_theme_name(path)
    }
    for name, path in places.items():
        contents[path] = kept.get(name, now.contents[path])
    return Snapshot(now.directory, now.service_file, contents, now.pictures)
