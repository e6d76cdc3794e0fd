"""What a team may change in its FAQ from Telegram, and what became of it."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class NewEntry:
    """A whole entry, its words as they are to be written; `id` is free, `theme` exists."""

    id: str
    theme: str
    title: str
    question: str
    phrasings: tuple[str, ...]
    answer: str
    author: str  # first name
    checked_on: date
    source: str


@dataclass(frozen=True)
class NewPhrasing:
    """One more way to ask for an entry."""

    entry_id: str
    phrasing: str


@dataclass(frozen=True)
class NewVoice:
    """The answer of an entry, said by a caseworker: a voice note that Telegram keeps."""

    entry_id: str
    file_id: str
    seconds: int
    author: str


Change = NewEntry | NewPhrasing | NewVoice


@dataclass(frozen=True)
class Written:
    """It is in the file; `commit` is its short hash when the folder is a git repository."""

    file: str
    entry_id: str
    commit: str | None


@dataclass(frozen=True)
class AlreadyThere:
    """The same change was in the file already: written before a crash, perhaps."""

    file: str
    entry_id: str


@dataclass(frozen=True)
class Refused:
    """Nothing was written; French sentences say why."""

    sentences: tuple[str, ...]


Outcome = Written | AlreadyThere | Refused
