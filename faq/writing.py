"""Writes what caseworkers validated into the files of the FAQ, or says in French why not.

A change is written beside the file, read back strictly, compared with what was meant, and the
whole FAQ is checked with it; only then does it take the place of the file. docs/decisions/0026.
"""

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from faq.catalogue import Faq
from faq.changes import Change as Change
from faq.changes import NewEntry as NewEntry
from faq.changes import NewPhrasing as NewPhrasing
from faq.changes import NewVoice as NewVoice
from faq.changes import Redraft as Redraft
from faq.changes import entry_id_of, tidy, told
from faq.changes import free_id as free_id
from faq.disk import why_closed, why_failed
from faq.errors import FaqError, FaqErrors
from faq.git_history import commit_file, committed_bytes, is_repository
from faq.handwriting import UnusualFileError
from faq.loader import load
from faq.meaning import applied, says_the_same
from faq.overlay import load_with
from faq.safe_file import WRITING, keep_version, put_beside, remove_unfinished, take_place
from faq.sheets import (
    Sheet,
    document_of,
    namesake,
    read_sheets,
    rewritten,
    says_already,
    sheet_of,
    title_of,
)
from faq.trials import broken_trials

ATTEMPTS = 2  # when somebody changes the file at the same moment

NOT_UNDERSTOOD = "Le robot ne sait pas écrire dans ce fichier. Ajoutez la fiche à la main."
MOVING = "Quelqu’un change ce fichier en ce moment. Réessayez dans une minute."

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Written:
    """The change is in the file."""

    file: str  # as errors name it: « content/caf.yml »
    entry_id: str
    commit: str | None  # short hash, when the folder is itself the root of a git repository


@dataclass(frozen=True)
class AlreadyThere:
    """The file says so already: writing twice is harmless."""

    file: str
    entry_id: str


@dataclass(frozen=True)
class Refused:
    """Nothing was written; French sentences say why."""

    sentences: tuple[str, ...]


Outcome = Written | AlreadyThere | Refused


class FaqWriter:
    """The one writer of a folder of FAQ files. May be called from any thread; one at a time."""

    def __init__(
        self,
        directory: Path,
        service_file: Path,
        *,
        kept_disk: Callable[[], str | None] = lambda: None,
    ) -> None:
        """`kept_disk`: why the disk does not keep what is written (see faq.disk), or None."""
        self._directory = directory
        self._service_file = service_file
        self._kept_disk = kept_disk
        self._lock = threading.Lock()

    def why_not(self) -> str | None:
        """A French sentence when nothing may be written here, None when it may."""
        return self._kept_disk() or why_closed(self._directory)

    def write(self, change: Change, by: str) -> Outcome:
        """Write a change that the caseworker `by` (first name) validated.

        Blocks for about as long as reading the FAQ takes. Whatever files, disk or git do is told
        by the outcome, not raised.
        """
        with self._lock:
            if (reason := self.why_not()) is not None:
                return Refused((reason,))
            try:
                return self._write(tidy(change), by)
            except FaqErrors as found:
                return _refused(found.errors, change)
            except UnusualFileError as unusual:
                return Refused((unusual.sentence,))
            except OSError as error:
                logger.warning("a FAQ file could not be written: error %s", error.errno)
                return Refused((why_failed(error),))

    def _write(self, change: Change, by: str) -> Outcome:
        with WRITING:
            remove_unfinished(self._directory)
        for _ in range(ATTEMPTS):
            sheets, errors = read_sheets(self._directory, self._service_file)
            if (sheet := sheet_of(change, sheets)) is None:
                return _refused(errors, change) if errors else Refused((_gone(change),))
            entry_id = entry_id_of(change)
            if says_already(change, sheet.document):
                if not self._is_committed(change, sheet):  # we ended before the commit
                    self._commit(change, sheet, by)
                return AlreadyThere(sheet.name, entry_id)
            if isinstance(change, NewEntry) and (other := namesake(change, sheets)):
                return Refused((f"La fiche « {other} » existe déjà. Changez le titre.",))
            if self._replaced(change, sheet):
                return Written(sheet.name, entry_id, self._commit(change, sheet, by))
        return Refused((MOVING,))

    def _replaced(self, change: Change, sheet: Sheet) -> bool:
        """Write the file, unless somebody changed it meanwhile. Raises FaqErrors, OSError."""
        if not sheet.is_current():
            return False
        data = rewritten(change, sheet)
        self._check(change, sheet, data)
        with WRITING:
            unfinished = put_beside(sheet.file, data)
            try:
                keep_version(self._directory, sheet.path, sheet.data)
                if not sheet.is_current():
                    return False
                take_place(unfinished, sheet.file)
            finally:
                unfinished.unlink(missing_ok=True)
        return True

    def _check(self, change: Change, sheet: Sheet, data: bytes) -> None:
        """The file says what was meant, and the whole FAQ is good with it. Raises FaqErrors."""
        document = document_of(data, sheet.name)
        if not says_the_same(document.data, applied(change, sheet.document.data)):
            raise UnusualFileError(NOT_UNDERSTOOD)
        after = load_with(self._directory, self._service_file, {sheet.path: data.decode()})
        if isinstance(change, NewEntry | NewPhrasing):  # a wording or a voice changes no search
            self._try(after, entry_id_of(change))

    def _try(self, after: Faq, entry_id: str) -> None:
        """Raises FaqErrors: the trials that held before, and do not with the change."""
        if broken := broken_trials(after, [entry_id]):
            now = load(self._directory, self._service_file)
            known = {(trial.entry, trial.sentence) for trial in broken_trials(now, [entry_id])}
            if new := [trial for trial in broken if (trial.entry, trial.sentence) not in known]:
                raise FaqErrors(new)

    def _commit(self, change: Change, sheet: Sheet, by: str) -> str | None:
        if not is_repository(self._directory):
            return None
        author = by if isinstance(change, NewPhrasing) else change.author
        message = told(change, title_of(change, sheet), by)
        return commit_file(self._directory, sheet.file, author, message)

    def _is_committed(self, change: Change, sheet: Sheet) -> bool:
        """Whether the last commit holds the change; yes where there is nothing to commit to."""
        if not is_repository(self._directory):
            return True
        if (before := committed_bytes(self._directory, sheet.file)) is None:
            return False
        try:
            return says_already(change, document_of(before, sheet.name))
        except FaqErrors:
            return False


def _refused(errors: Iterable[FaqError], change: Change) -> Refused:
    """Errors of the entry itself without their line: nothing is written there yet."""
    label = f"fiche {entry_id_of(change)}"
    return Refused(
        tuple(
            error.sentence[:1].upper() + error.sentence[1:] if error.entry == label else str(error)
            for error in errors
        )
    )


def _gone(change: Change) -> str:
    if isinstance(change, NewEntry):
        return f"Le thème « {change.theme} » n’existe plus. Choisissez-en un autre."
    return f"La fiche « {change.entry_id} » n’existe plus. Choisissez-en une autre."
