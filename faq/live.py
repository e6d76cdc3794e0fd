"""The FAQ that changes while the robot runs: an edited file is seen, and read at once.

All the files are read again and the index built aside; then one assignment swaps the FAQ. On any
error the old one stays, and the errors go to whoever listens. A broken file never replaces a good
FAQ.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from watchfiles import Change, awatch

from faq.catalogue import Faq
from faq.errors import FaqError, FaqErrors
from faq.last_good import keep, load_kept
from faq.loader import load_snapshot
from faq.pictures import FOLDER
from faq.snapshot import Snapshot, common_files, is_theme_name, take

QUIET_MS = 300  # files are read once nothing has changed for that long
LONGEST_WAIT_MS = 2_000  # unless they never stop changing
LOOK_MS = 2_000  # without news: some disks (shared folders, swapped links) tell of no change

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class LoadedFaq:
    """The files are good: this is the FAQ now."""

    faq: Faq


@dataclass(frozen=True)
class RefusedFaq:
    """The files have errors: the FAQ is what it was before."""

    errors: tuple[FaqError, ...]


Reload = LoadedFaq | RefusedFaq


class LiveFaq:
    """Holds the last good FAQ of a folder."""

    def __init__(self, directory: Path, service_file: Path, last_good: Path | None = None) -> None:
        """Read the files a first time.

        `last_good`: where the last good FAQ is kept; it serves when the files have mistakes, which
        are then `start_errors`. Raises FaqErrors: without any good FAQ nothing starts.
        """
        self._directory = directory
        self._service_file = service_file
        self._last_good = last_good
        snapshot = take(directory, service_file)
        self._seen = snapshot.version  # of the files as they were last read, good or not
        self.start_errors: tuple[FaqError, ...] = ()
        try:
            self.current: Faq = load_snapshot(snapshot)
            self._last: Reload = LoadedFaq(self.current)
            self._keep(snapshot)
        except FaqErrors as found:
            kept = load_kept(last_good, snapshot) if last_good is not None else None
            if kept is None:
                raise
            self.current = kept
            self.start_errors = found.errors
            self._last = RefusedFaq(found.errors)

    def _keep(self, snapshot: Snapshot) -> None:
        if self._last_good is not None:
            keep(snapshot, self._last_good)

    def reload(self) -> Reload:
        """Read all the files again; swap only when they are good."""
        try:
            snapshot = take(self._directory, self._service_file)
            self._seen = snapshot.version
            faq = load_snapshot(snapshot, before=self.current)
        except FaqErrors as found:
            self._last = RefusedFaq(found.errors)
        except Exception:
            logger.exception("reading the FAQ failed")
            sentence = "le robot n’a pas su lire les fichiers. Prévenez la personne technique."
            self._last = RefusedFaq((FaqError(self._directory.name, None, None, sentence),))
        else:
            self.current = faq
            self._last = LoadedFaq(faq)
            self._keep(snapshot)
        return self._last

    async def watch(
        self,
        on_result: Callable[[Reload], Awaitable[None]],
        stop: asyncio.Event | None = None,
    ) -> None:
        """Reload at each change and tell the result, until `stop` or cancellation.

        Files saved without a change say nothing; files that are good again do. Where the system
        tells of no change (no watch is left, a folder cannot be opened), they are looked at.
        """
        stop = stop or asyncio.Event()
        async for is_told in self._looks(stop):
            if not is_told and not await asyncio.to_thread(self._has_moved):
                continue
            before = self._last
            result = await asyncio.to_thread(self.reload)
            if not _is_same(before, result):
                await on_result(result)

    async def _looks(self, stop: asyncio.Event) -> AsyncIterator[bool]:
        """Times to look at the files; True when the system tells of a change."""
        try:
            async for changes in self._changes(stop):
                yield bool(changes)
        except Exception as error:  # an OSError, or one that watchfiles keeps to itself
            logger.warning("the FAQ files cannot be watched, only read: %s", type(error).__name__)
        while not stop.is_set():
            yield False
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), LOOK_MS / 1000)

    def _changes(self, stop: asyncio.Event) -> AsyncIterator[set[tuple[Change, str]]]:
        return awatch(
            *{self._directory, self._service_file.parent},
            watch_filter=self._concerns_us,
            step=QUIET_MS,
            debounce=LONGEST_WAIT_MS,
            stop_event=stop,
            rust_timeout=LOOK_MS,
            yield_on_timeout=True,
        )

    def _has_moved(self) -> bool:
        """Whether the files are no longer those that were read, though nobody said so."""
        try:
            return take(self._directory, self._service_file).version != self._seen
        except (FaqErrors, OSError):
            return False  # they are being written, or the disk fails: the next look

    def _concerns_us(self, _change: Change, path: str) -> bool:
        """A theme file, even one just deleted, or a file common to all themes."""
        changed = Path(path)
        folder = changed.parent.resolve()
        if folder == self._directory.resolve() and is_theme_name(changed):
            return True
        if folder == (self._directory / FOLDER).resolve():
            return True
        is_beside = folder == self._service_file.parent.resolve()
        return is_beside and changed.name in {
            file.name for file in common_files(self._service_file)
        }


def _is_same(before: Reload, after: Reload) -> bool:
    if isinstance(before, LoadedFaq) and isinstance(after, LoadedFaq):
        return before.faq.version == after.faq.version
    return before == after
