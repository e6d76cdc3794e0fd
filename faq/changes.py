"""What a caseworker may change in the FAQ from Telegram, as values."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from typing import assert_never

from faq.entry import add_months
from faq.entry_parts import LONGEST
from faq.loader import INVISIBLE
from faq.text import normalise

MAX_ID = 40  # characters, as faq.fields.Identifier
REVIEW_MONTHS = 3  # an entry written in a chat is looked at again sooner than the others

Value = str | int | date | tuple[str, ...] | dict[str, "Value"]


@dataclass(frozen=True)
class NewEntry:
    """An entry that a caseworker validated; words as they are to be written."""

    id: str  # free: made by free_id()
    theme: str  # id of an existing theme
    title: str
    question: str
    phrasings: tuple[str, ...]  # those we have, often 1 to 3
    answer: str
    author: str  # first name
    checked_on: date
    source: str


@dataclass(frozen=True)
class NewPhrasing:
    """One more way people ask for an entry."""

    entry_id: str
    phrasing: str


@dataclass(frozen=True)
class NewVoice:
    """A voice note that says the answer: the « audio » of an entry, instead of any other."""

    entry_id: str
    file_id: str  # Telegram's
    seconds: int
    author: str  # first name


@dataclass(frozen=True)
class Redraft:
    """A new wording of « reponse »."""

    entry_id: str
    answer: str
    author: str  # first name


Change = NewEntry | NewPhrasing | NewVoice | Redraft


def free_id(title: str, taken: Collection[str]) -> str:
    """An id that says the title and is not in `taken`: [a-z][a-z0-9_]{1,39}."""
    slug = re.sub(r"[^a-z0-9]+", "_", normalise(title)).strip("_")
    if not re.match(r"[a-z].", slug):
        slug = f"fiche_{slug}".strip("_")
    root = _cut(slug, MAX_ID)
    found, number = root, 2
    while found in taken:
        ending = f"_{number}"
        found, number = _cut(root, MAX_ID - len(ending)) + ending, number + 1
    return found


def _cut(slug: str, length: int) -> str:
    return slug[:length].rstrip("_")


def tidy(change: Change) -> Change:
    """The same with single spaces, on one line; answers keep their lines, each ended alike."""
    match change:
        case NewEntry():
            return replace(
                change,
                title=_one_line(change.title),
                question=_one_line(change.question),
                phrasings=tuple(map(_one_line, change.phrasings)),
                answer=_lines(change.answer),
                author=_name(change.author),
                source=_one_line(change.source)[: LONGEST["source"]].rstrip(),
            )
        case NewPhrasing():
            return replace(change, phrasing=_one_line(change.phrasing))
        case NewVoice():
            return replace(change, author=_name(change.author))
        case Redraft():
            return replace(change, answer=_lines(change.answer), author=_name(change.author))
        case _:
            assert_never(change)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _name(first_name: str) -> str:
    """As « auteur » may be: Telegram takes longer ones, and signs that nobody sees."""
    return _one_line(INVISIBLE.sub("", first_name))[: LONGEST["auteur"]].rstrip()


def _lines(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def entry_id_of(change: Change) -> str:
    """The entry that the change makes or touches."""
    return change.id if isinstance(change, NewEntry) else change.entry_id


def fields_of(new: NewEntry) -> dict[str, Value]:
    """The lines of a new entry, in the order they are written."""
    return {
        "id": new.id,
        "titre": new.title,
        "question": new.question,
        "formulations": new.phrasings,
        "reponse": new.answer,
        "source": new.source,
        "verifie_le": new.checked_on,
        "a_revoir_avant": add_months(new.checked_on, REVIEW_MONTHS),
        "auteur": new.author,
        "a_completer": "oui",
    }


def audio_of(voice: NewVoice) -> dict[str, Value]:
    """The value of « audio »."""
    return {"fichier": voice.file_id, "duree": voice.seconds, "auteur": voice.author}


def told(change: Change, title: str, by: str) -> str:
    """What a commit says: « Ajout de la fiche « Mot de passe CAF » (validée par Claire) »."""
    match change:
        case NewEntry():
            what = f"Ajout de la fiche « {title} »"
        case NewPhrasing():
            what = f"Nouvelle formulation pour la fiche « {title} »"
        case NewVoice():
            what = f"Voix de {change.author} pour la fiche « {title} »"
        case Redraft():
            what = f"Nouvelle réponse pour la fiche « {title} »"
        case _:
            assert_never(change)
    return f"{what} (validée par {by})"
