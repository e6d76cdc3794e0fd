"""Which words of the danger lexicon a typed word may be, one spelling mistake forgiven.

Only words of six letters or more are forgiven, by one mistake (a letter more, less, changed, or
two swapped), and never the first letter: « frape » is frappe, but « prise » is not crise. A common
French word is right as it stands (« adresse » is not a misspelt agressé), but for its ending
(« suicidees »).
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz.distance import OSA

from faq.common_words import ranks

MIN_LETTERS = 6  # of the word of the lexicon
SAME_STEM = 6  # letters that an ending leaves alone: « violees » and violee
_CACHED_WORDS = 20_000
_TWO_MEANINGS = {"avc": "avec"}  # a stroke, and how « avec » is typed on a phone


class Vocabulary:
    """The words and prefixes (`suicid*`) of the lexicon."""

    def __init__(self, symbols: Iterable[str], exact_words: Iterable[str]) -> None:
        """Keep the symbols; ``exact_words`` are right as they are, and never corrected."""
        known = set(symbols)
        self._prefixes = {symbol[:-1] for symbol in known if symbol.endswith("*")}
        self._words = {symbol for symbol in known if not symbol.endswith("*")}
        self._right = self._words | set(exact_words)
        self._lengths = sorted({len(prefix) for prefix in self._prefixes})
        self._near = _by_start(self._words)
        self._near_prefixes = _by_start(self._prefixes)
        self.symbols_of = lru_cache(_CACHED_WORDS)(self._symbols_of)

    def _symbols_of(self, word: str) -> tuple[str, ...]:
        """The symbols of ``word``: itself, its prefixes, or what it is a misspelling of."""
        found = [word] if word in self._words else []
        starts = (word[:length] for length in self._lengths if length <= len(word))
        found += [start + "*" for start in starts if start in self._prefixes]
        if other := _TWO_MEANINGS.get(word):
            found += self.symbols_of(other)
        if found or word in self._right or len(word) < MIN_LETTERS - 1:
            return tuple(found)
        if word in ranks():
            return tuple(near for near in self._misspelt(word) if near[:SAME_STEM] in word)
        return (*self._misspelt(word), *self._misspelt_prefixes(word))

    def _misspelt(self, word: str) -> list[str]:
        near = self._near.get(word[0], ())
        return [
            known
            for known in near
            if abs(len(known) - len(word)) <= 1 and OSA.distance(word, known, score_cutoff=1) <= 1
        ]

    def _misspelt_prefixes(self, word: str) -> list[str]:
        """« suicidd… »: the start of the word, as long as the prefix or one letter off."""
        return [
            prefix + "*"
            for prefix in self._near_prefixes.get(word[0], ())
            if any(
                OSA.distance(word[: len(prefix) + more], prefix, score_cutoff=1) <= 1
                for more in (0, 1, -1)
                if len(word) >= len(prefix) + more
            )
        ]


def _by_start(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words that may be misspelt, by first letter."""
    starts: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        if len(word) >= MIN_LETTERS and word.isalpha():
            starts[word[0]].append(word)
    return {start: tuple(found) for start, found in starts.items()}
