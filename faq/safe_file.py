"""Replaces a file whole or not at all, and keeps what it was before.

The new bytes are written beside the file, under a name that nobody reads as a theme and that the
watch does not follow; then they take its place in one step. A program killed in between leaves
that other file, which the next writing removes.
"""

import os
import stat
import threading
from contextlib import suppress
from pathlib import Path

VERSIONS = ".versions"  # folder of the previous versions, inside the folder of the themes
KEPT = 10  # versions of each file
NEW_FILE = 0o644  # rights of a file that was not there
BESIDE = ".passerelle"  # how the name of an unfinished file ends
WRITING = threading.Lock()
"""Held from the last look at a file of the FAQ to its replacement: the page and Telegram write."""


def put_beside(file: Path, data: bytes) -> Path:
    """The new bytes on the disk, with the rights of `file`. Raises OSError, leaving nothing."""
    unfinished = file.with_name(f".{file.name}{BESIDE}")
    try:
        unfinished.unlink(missing_ok=True)
        _write_through(unfinished, data, file.stat() if file.exists() else None)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise
    return unfinished


def replace_file(path: Path, data: bytes) -> None:
    """Whoever reads the file meanwhile reads the old bytes or the new ones, even after a cut.

    A link stays a link; the rights stay. Raises OSError, the file being as it was.
    """
    file = path.resolve()
    unfinished = put_beside(file, data)
    try:
        take_place(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)


def take_place(unfinished: Path, file: Path) -> None:
    """`unfinished` becomes `file`, for good even if the machine stops now."""
    unfinished.replace(file)
    _sync_folder(file.parent)


def remove_unfinished(folder: Path) -> None:
    """What a killed writing left there."""
    for left in folder.glob(f".*{BESIDE}"):
        left.unlink(missing_ok=True)


def keep_version(folder: Path, file: Path, data: bytes) -> None:
    """`data`, what `file` was, as `<folder>/.versions/<file>.<n>`; the last ten are kept.

    Nothing is added when the last one is the same. Raises OSError.
    """
    versions = folder / VERSIONS
    versions.mkdir(exist_ok=True)
    if not (ignore := versions / ".gitignore").exists():
        ignore.write_text("*\n", encoding="utf-8")  # git keeps versions of its own
    kept = versions_of(folder, file.name)
    if kept and kept[-1].read_bytes() == data:
        return
    number = _number(kept[-1]) + 1 if kept else 1
    _write_through(versions / f"{file.name}.{number}", data, file.stat())
    _sync_folder(versions)
    for old in kept[: max(len(kept) + 1 - KEPT, 0)]:
        old.unlink(missing_ok=True)


def versions_of(folder: Path, name: str) -> list[Path]:
    """The kept versions of a file, the oldest first."""
    found = (folder / VERSIONS).glob(f"{name}.*")
    return sorted((path for path in found if path.suffix[1:].isdecimal()), key=_number)


def _number(version: Path) -> int:
    return int(version.suffix[1:])


def _write_through(path: Path, data: bytes, like: os.stat_result | None) -> None:
    """With the rights of the file that `like` is of; a new one is read by all, as files are."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with open(descriptor, "wb") as file:  # noqa: PTH123 (a descriptor, not a path)
        if like is not None:
            with suppress(PermissionError):  # only root may give a file away
                os.fchown(descriptor, like.st_uid, like.st_gid)
        os.fchmod(descriptor, stat.S_IMODE(like.st_mode) if like else NEW_FILE)
        file.write(data)
        file.flush()
        os.fsync(descriptor)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
