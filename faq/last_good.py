"""The last FAQ that was good, kept beside the database: what a restart falls back on.

Files saved with mistakes never replace the running FAQ. Without this copy they would stop the next
start, at night, with nobody there to mend them.
"""

import logging
from io import BytesIO
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from faq.catalogue import Faq
from faq.errors import FaqErrors
from faq.loader import load_snapshot
from faq.safe_file import replace_file
from faq.snapshot import Snapshot, common_files, name_of

logger = logging.getLogger(__name__)


def keep(snapshot: Snapshot, archive: Path) -> None:
    """Write the files of a good FAQ into one archive; a disk that refuses is only logged."""
    content = BytesIO()
    with ZipFile(content, "w") as files:
        for path, data in snapshot.contents.items():
            if isinstance(data, bytes):
                files.writestr(name_of(path, snapshot.directory, snapshot.service_file), data)
    try:
        archive.parent.mkdir(parents=True, exist_ok=True)
        replace_file(archive, content.getvalue())
    except OSError as error:
        logger.warning("the last good FAQ could not be kept: error %s", error.errno)


def load_kept(archive: Path, now: Snapshot) -> Faq | None:
    """The FAQ of the archive, with the pictures of `now`; None when there is none that is good."""
    try:
        with ZipFile(archive) as files:
            kept = {name: files.read(name) for name in files.namelist()}
        return load_snapshot(_snapshot_of(kept, now))
    except (OSError, BadZipFile, FaqErrors):
        return None


def _snapshot_of(kept: dict[str, bytes], now: Snapshot) -> Snapshot:
    """The files by their places; the themes first, in the order of their names."""
    common = common_files(now.service_file)
    places = {name_of(path, now.directory, now.service_file): path for path in common}
    themes = sorted(now.directory / Path(name).name for name in kept if name not in places)
    contents: dict[Path, bytes | str] = {
        path: kept[name_of(path, now.directory, now.service_file)] for path in themes
    }
    for name, path in places.items():
        contents[path] = kept.get(name, now.contents[path])
    return Snapshot(now.directory, now.service_file, contents, now.pictures)
