"""What a change makes of a theme, as plain data: what was written is compared with what was meant.

A theme is the data of its file (`Document.data`): strings, tuples and dicts.
"""

from collections.abc import Mapping
from typing import assert_never

from faq.changes import (
    Change,
    NewEntry,
    NewPhrasing,
    NewVoice,
    Redraft,
    Value,
    audio_of,
    fields_of,
)
from faq.document import Node
from faq.text import normalise


def rank_of(theme: Node, entry_id: str) -> int | None:
    """The place of an entry in its file, from 0."""
    ranks = (rank for rank, entry in enumerate(entries_of(theme)) if entry.get("id") == entry_id)
    return next(ranks, None)


def entries_of(theme: Node) -> tuple[dict[str, Node], ...]:
    """The entries of a theme, in the order of its file."""
    entries = theme.get("fiches") if isinstance(theme, dict) else ()
    return tuple(entry for entry in entries or () if isinstance(entry, dict))


def key_of(words: str) -> str:
    """Equal for words that the matcher takes for the same: capitals, accents and signs aside."""
    return normalise(words) or words  # signs alone are themselves


def is_done(change: Change, entry: Mapping[str, Node]) -> bool:
    """Whether the entry already says what the change would write."""
    match change:
        case NewEntry():
            return all(
                _same(entry.get(key, ""), words)
                for key, words in fields_of(change).items()
                if key in ("titre", "question", "reponse")
            )
        case NewPhrasing():
            known = (entry.get("question", ""), *entry.get("formulations", ()))
            sought = key_of(change.phrasing)
            return any(isinstance(k, str) and sought == key_of(k) for k in known)
        case NewVoice():
            audio = entry.get("audio")
            return isinstance(audio, dict) and audio.get("fichier") == change.file_id
        case Redraft():
            return _same(entry.get("reponse", ""), change.answer)
        case _:
            assert_never(change)


def applied(change: Change, theme: Node) -> Node:
    """The theme that the file must hold once the change is written."""
    entries = entries_of(theme)
    if isinstance(change, NewEntry):
        changed = (*entries, _as_read(fields_of(change)))
    else:
        changed = tuple(
            {**entry, **_touched(change, entry)} if entry.get("id") == change.entry_id else entry
            for entry in entries
        )
    return {**theme, "fiches": changed} if isinstance(theme, dict) else theme


def _touched(
    change: NewPhrasing | NewVoice | Redraft, entry: Mapping[str, Node]
) -> dict[str, Node]:
    match change:
        case NewPhrasing():
            return {"formulations": (*entry.get("formulations", ()), change.phrasing)}
        case NewVoice():
            old, new = entry.get("audio"), _as_read(audio_of(change))
            return {"audio": {**old, **new} if isinstance(old, dict) else new}
        case Redraft():
            return {"reponse": change.answer}
        case _:
            assert_never(change)


def _as_read(fields: Mapping[str, Value]) -> dict[str, Node]:
    return {key: v if isinstance(v, tuple) else str(v) for key, v in fields.items()}


def _same(written: Node, words: Value) -> bool:
    return isinstance(written, str) and isinstance(words, str) and written.split() == words.split()


def says_the_same(one: Node, other: Node) -> bool:
    """Equal, the line ends after a text not counted: the schema strips them."""
    if isinstance(one, str) and isinstance(other, str):
        return one.rstrip("\n") == other.rstrip("\n")
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(says_the_same(one[k], other[k]) for k in one)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return len(one) == len(other) and all(map(says_the_same, one, other))
    return False
