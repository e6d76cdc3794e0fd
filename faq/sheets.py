"""The theme file that a change belongs to: found, read, and written again as text."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import assert_never

from faq.changes import (
    Change,
    NewEntry,
    NewPhrasing,
    NewVoice,
    Redraft,
    audio_of,
    entry_id_of,
    fields_of,
)
from faq.document import Document, Place
from faq.entry import Theme
from faq.errors import FaqError, FaqErrors
from faq.handwriting import with_entry, with_item, with_mapping, with_text
from faq.loader import model_of
from faq.meaning import entries_of, is_done, key_of, rank_of
from faq.snapshot import take

BYTE_ORDER_MARK = "\ufeff"


@dataclass(frozen=True)
class Sheet:
    """A theme file as it was read."""

    path: Path  # in the folder of the FAQ; may be a link
    name: str  # as errors name it
    data: bytes
    document: Document

    @property
    def file(self) -> Path:
        """Where the bytes are."""
        return self.path.resolve()

    def is_current(self) -> bool:
        """Whether the file still holds what was read. Raises OSError."""
        return self.file.read_bytes() == self.data

    def rank(self, entry_id: str) -> int | None:
        """The place of an entry in the file, from 0."""
        return rank_of(self.document.data, entry_id)


def read_sheets(directory: Path, service_file: Path) -> tuple[list[Sheet], list[FaqError]]:
    """Every theme file that is good, and the errors of the others. Raises OSError."""
    sheets: list[Sheet] = []
    errors: list[FaqError] = []
    snapshot = take(directory, service_file)
    for path in snapshot.themes:
        name, data = snapshot.name_of(path), snapshot.contents[path]
        try:
            document = model_of(data, name, Theme)[1]
            sheets.append(Sheet(path, name, data if isinstance(data, bytes) else b"", document))
        except FaqErrors as found:
            errors += found.errors
    return sheets, errors


def sheet_of(change: Change, sheets: Sequence[Sheet]) -> Sheet | None:
    """The file where the entry is, or else, for a new one, the file of its theme."""
    if with_it := [s for s in sheets if s.rank(entry_id_of(change)) is not None]:
        return with_it[0]
    if not isinstance(change, NewEntry):
        return None
    return next((s for s in sheets if s.document.value_at(("theme",)) == change.theme), None)


def namesake(new: NewEntry, sheets: Iterable[Sheet]) -> str | None:
    """The title of an entry with the same id or, capitals and accents aside, the same title."""
    for sheet in sheets:
        for entry in entries_of(sheet.document.data):
            title = str(entry.get("titre"))
            if entry.get("id") == new.id or key_of(title) == key_of(new.title):
                return title
    return None


def document_of(data: bytes, name: str) -> Document:
    """A theme from the bytes of its file. Raises FaqErrors."""
    return model_of(data, name, Theme)[1]


def says_already(change: Change, document: Document) -> bool:
    """Whether a theme holds the change."""
    rank = rank_of(document.data, entry_id_of(change))
    return rank is not None and is_done(change, entries_of(document.data)[rank])


def rewritten(change: Change, sheet: Sheet) -> bytes:
    """The bytes of the file with the change; a byte order mark stays."""
    text = sheet.data.decode("utf-8")
    mark = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
    changed = mark + _with_change(text.removeprefix(mark), change, sheet)
    return changed.encode("utf-8", "replace")  # half a character becomes « ? »: then refused


def _with_change(text: str, change: Change, sheet: Sheet) -> str:
    if isinstance(change, NewEntry):
        return with_entry(text, fields_of(change))
    place: Place = ("fiches", sheet.rank(change.entry_id) or 0)
    match change:
        case NewPhrasing():
            return with_item(text, (*place, "formulations"), change.phrasing)
        case NewVoice():
            return with_mapping(text, place, "audio", audio_of(change))
        case Redraft():
            return with_text(text, place, "reponse", change.answer, before="etapes")
        case _:
            assert_never(change)


def title_of(change: Change, sheet: Sheet) -> str:
    """The title of the entry that the change makes or touches."""
    if isinstance(change, NewEntry):
        return change.title
    place: Place = ("fiches", sheet.rank(change.entry_id) or 0, "titre")
    return str(sheet.document.value_at(place))
