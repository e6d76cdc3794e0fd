"""Everyday French words of nearly the same meaning (mots_proches.txt): « boulot » and « emploi ».

Not the field's names, which caseworkers keep (`faq.synonyms`), and not spelling. A family of words
is one more feature that a message and a phrasing may share; both keep their own words beside.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from faq.text import expand
from faq.word_forms import SHORTEST_STEMMED, stem

FILE = Path(__file__).with_name("mots_proches.txt")
_WORD = re.compile(r"[a-z0-9]+")

Words = tuple[str, ...]


@dataclass(frozen=True)
class Meaning:
    """Some words of a message, and the families they belong to; none: they stand alone."""

    words: Words
    families: tuple[str, ...]


@dataclass(frozen=True)
class Thesaurus:
    """Ways of saying, in words → families; and the same by stem for single words.

    A family is called by its first way of saying.
    """

    ways: Mapping[Words, tuple[str, ...]]
    stems: Mapping[str, tuple[str, ...]]
    longest: Mapping[str, int]  # first word → words of the longest way that begins with it

    @property
    def single_words(self) -> Iterator[str]:
        """The words that are a way of saying by themselves."""
        return (way[0] for way in self.ways if len(way) == 1)

    def read(self, words: Sequence[str]) -> Iterator[Meaning]:
        """The words in order, the longest way of saying first."""
        start = 0
        while start < len(words):
            longest = self.longest.get(words[start], 1)
            for size in range(min(longest, len(words) - start), 0, -1):
                way = tuple(words[start : start + size])
                families = self.ways.get(way) or (self._by_stem(way[0]) if size == 1 else ())
                if families or size == 1:
                    yield Meaning(way, families)
                    start += size
                    break

    def _by_stem(self, word: str) -> tuple[str, ...]:
        return self.stems.get(stem(word), ()) if len(word) >= SHORTEST_STEMMED else ()


def build_thesaurus(text: str) -> Thesaurus:
    """From one family a line, its words separated by commas; « # » opens a comment."""
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe"))
    ways: dict[Words, tuple[str, ...]] = {}
    stems: dict[str, tuple[str, ...]] = {}
    for line in plain.encode("ascii", "ignore").decode().splitlines():
        if line.startswith("#"):
            continue
        family, _, _ = line.partition(",")
        for said in line.split(","):
            way = tuple(expand(_WORD.findall(said)))
            if way and family not in ways.get(way, ()):
                ways[way] = (*ways.get(way, ()), family)
                if len(way) == 1:
                    known = stems.get(stem(way[0]), ())
                    stems[stem(way[0])] = tuple(dict.fromkeys((*known, family)))
    longest: dict[str, int] = {}
    for way in ways:
        longest[way[0]] = max(len(way), longest.get(way[0], 1))
    return Thesaurus(ways, stems, longest)


@cache
def everyday() -> Thesaurus:
    """The one that ships."""
    return build_thesaurus(FILE.read_text(encoding="utf-8"))
