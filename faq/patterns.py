"""Sequences of symbols, looked for all together in the words of one message."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from faq.danger_words import GAP, Symbols

MAX_GAP = 3  # words that « … » may stand for

Spans = Sequence[Mapping[str, set[int]]]
"""For each word of a message: the symbols that start there, and after which word each ends."""
Meaning = TypeVar("Meaning")


class Hit(NamedTuple):
    """Where an expression was found: from word ``start`` to before ``end``.

    ``skipped``: the places of the words that « … » stood for.
    """

    start: int
    end: int
    skipped: tuple[int, ...]


@dataclass
class _Node(Generic[Meaning]):
    following: dict[str, "_Node[Meaning]"] = field(default_factory=dict)
    meanings: list[Meaning] = field(default_factory=list)


class Patterns(Generic[Meaning]):
    """Expressions, each with what it means, as a tree: those that begin alike are read once."""

    def __init__(self) -> None:
        self._root: _Node[Meaning] = _Node()

    def add(self, symbols: Symbols, meaning: Meaning) -> None:
        """Look for these symbols too."""
        node = self._root
        for symbol in symbols:
            node = node.following.setdefault(symbol, _Node())
        node.meanings.append(meaning)

    def find(self, spans: Spans, start: int) -> Iterator[tuple[Hit, Meaning]]:
        """Every expression that begins with word ``start``."""
        if spans[start].keys().isdisjoint(self._root.following.keys()):
            return
        todo: list[tuple[_Node[Meaning], int, tuple[int, ...]]] = [(self._root, start, ())]
        seen: set[tuple[int, int]] = set()
        while todo:
            node, place, skipped = todo.pop()
            for meaning in node.meanings:
                yield Hit(start, place, skipped), meaning
            for step in _steps(node, spans, place, skipped):
                if (key := (id(step[0]), step[1])) not in seen:
                    seen.add(key)
                    todo.append(step)


def _steps(
    node: _Node[Meaning], spans: Spans, place: int, skipped: tuple[int, ...]
) -> list[tuple[_Node[Meaning], int, tuple[int, ...]]]:
    """What may follow with the word at ``place``, or after words that « … » stands for.

    The fewest skipped words come last, so that they are looked at first.
    """
    if place == len(spans):
        return []
    following, here = node.following, spans[place]
    steps = [
        (following[symbol], end, skipped)
        for symbol in here.keys() & following.keys()
        for end in here[symbol]
    ]
    if (after := following.get(GAP)) is not None:
        for width in range(min(MAX_GAP, len(spans) - place - 1), -1, -1):
            if not spans[place + width].keys().isdisjoint(after.following.keys()):
                steps.append((after, place + width, (*skipped, *range(place, place + width))))
    return steps
