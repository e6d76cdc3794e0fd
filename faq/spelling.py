"""Reads misspelt words as words of the FAQ: typos, lost spaces, spaces too many.

A word that is known, to the FAQ or to French, is never « corrected ». Acronyms and words of three
letters or fewer never match another word (cdd is not cdi, apl is not ape). rapidfuzz does the
comparing, by lengths, with the distance that also counts a swap of two letters (OSA).
"""

import itertools
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import inf, log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from faq.common_words import ranks
from faq.word_forms import sound

MIN_FUZZY = 4  # letters
MAX_WORD = 30  # letters; longer ones are not compared, nor looked at beyond
MAX_UNKNOWN = 40  # unknown words of one message that are compared; bounds the cost …
MAX_COMPARED = 400_000  # … as does how many words they are compared with, in all
FIRST_LETTER_PENALTY = 0.08  # people rarely miss the first letter
MIN_SOUNDS = 3  # of a word that may be read as another that sounds the same
HEARD_ALIKE = 0.86  # least similarity of two words that sound the same
SURE = 0.85  # similarity above which a typo is likelier than a lost space
ELIDED = frozenset({"qu", "j", "l", "d", "m", "t", "s", "c", "n"})
VOWELS = frozenset("aeiouyh")
MAX_RANK = {2: 130, 3: 500, 4: 2_000}  # letters → a piece that short must be that common


@dataclass(frozen=True)
class Word:
    """A word as understood: what was typed, and what it is read as (the same when known)."""

    typed: str
    read: tuple[str, ...]
    is_known: bool

    @property
    def is_corrected(self) -> bool:
        """It was read as something else than what was typed."""
        return self.read != (self.typed,)


class _Nearest:
    """The nearest word to one word so far, among those looked at."""

    def __init__(self, word: str, vocabulary: Mapping[str, int]) -> None:
        self._word, self._vocabulary = word, vocabulary
        self._cutoff = 1 if len(word) <= 4 else 2 if len(word) <= 8 else 3
        self._best = (0.0, 0, "")
        self.distance = len(word)

    @property
    def found(self) -> str:
        return self._best[2]

    @property
    def similarity(self) -> float:
        return self._best[0]

    def look(self, buckets: Mapping[tuple[int, str], Sequence[str]], letter: str) -> None:
        """Among the words of about that length that have that letter."""
        length = len(self._word)
        for size in range(length - self._cutoff, length + self._cutoff + 1):
            for other, distance, _ in process.extract(
                self._word,
                buckets.get((size, letter), ()),
                scorer=OSA.distance,
                score_cutoff=self._cutoff,
                limit=None,
            ):
                similarity = 1 - distance / max(length, size)
                if other[0] != self._word[0]:
                    similarity -= FIRST_LETTER_PENALTY
                self.distance = min(self.distance, distance)
                self._best = max(self._best, (similarity, self._vocabulary[other], other))

    def hear(self, by_sound: Mapping[str, Sequence[str]]) -> None:
        """Among the words that sound the same: « retrete » is retraite, however it is spelt."""
        heard = sound(self._word)
        for other in by_sound.get(heard, ()) if len(heard) >= MIN_SOUNDS else ():
            near = 1 - OSA.distance(self._word, other) / max(len(self._word), len(other))
            similarity = HEARD_ALIKE + (1 - HEARD_ALIKE) * near
            self._best = max(self._best, (similarity, self._vocabulary[other], other))


class Speller:
    """Knows the words of one FAQ (word → number of entries that use it)."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        """Sort the words that may be matched approximately by length."""
        self._vocabulary = vocabulary
        self._by_first: dict[tuple[int, str], list[str]] = defaultdict(list)
        self._by_second: dict[tuple[int, str], list[str]] = defaultdict(list)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        for word in vocabulary:
            if len(word) >= MIN_FUZZY and word.isalpha():
                self._by_first[len(word), word[0]].append(word)
                self._by_second[len(word), word[1]].append(word)
                self._by_sound[sound(word)].append(word)
        self._closest = lru_cache(maxsize=4096)(self._find_closest)
        self._split = lru_cache(maxsize=4096)(self._find_split)

    def read(self, words: Sequence[str]) -> list[Word]:
        """Each word as the FAQ would write it; two halves of a known word are joined."""
        found: list[Word] = []
        rank, budget = 0, min(MAX_UNKNOWN, 1 + MAX_COMPARED // (1 + len(self._vocabulary)))
        while rank < len(words):
            word = words[rank][:MAX_WORD]
            pair = word + words[rank + 1] if rank + 1 < len(words) else ""
            if self._is_known(word):
                found.append(Word(word, (word,), is_known=True))
            elif pair in self._vocabulary and not self._is_known(words[rank + 1]):
                found.append(Word(f"{word} {words[rank + 1]}", (pair,), is_known=True))
                rank += 1
            elif budget > 0:
                budget -= 1
                found.append(self._read_unknown(word))
            else:
                found.append(Word(word, (word,), is_known=False))
            rank += 1
        return found

    def _is_known(self, word: str) -> bool:
        return word in self._vocabulary or word in ranks() or not word.isalpha()

    def _read_unknown(self, word: str) -> Word:
        split = self._split(word)
        closest, similarity = self._closest(word)
        if split and similarity < SURE:
            return Word(word, split, is_known=True)
        if closest:
            return Word(word, (closest,), is_known=True)
        return Word(word, (word,), is_known=False)

    def _find_closest(self, word: str) -> tuple[str, float]:
        """The nearest word of the FAQ and its similarity (0 to 1); ("", 0.0) when none is near."""
        if len(word) < MIN_FUZZY:
            return "", 0.0
        nearest = _Nearest(word, self._vocabulary)
        nearest.hear(self._by_sound)
        nearest.look(self._by_first, word[0])
        if nearest.distance > 1:  # a first letter wrong, lost, added, or swapped with the second
            nearest.look(self._by_first, word[1])
            nearest.look(self._by_second, word[0])
            nearest.look(self._by_second, word[1])
        return nearest.found, nearest.similarity

    def _find_split(self, word: str) -> tuple[str, ...]:
        """The word cut into known words, the likeliest way; () when it cannot be."""
        # costs[i], cuts[i]: the cheapest way to write word[:i], and where its last piece begins
        costs, cuts = [0.0] + [inf] * len(word), [0] * (len(word) + 1)
        for end in range(1, len(word) + 1):
            for start in range(end):
                cost = costs[start] + self._piece_cost(word, start, end)
                if cost < costs[end]:
                    costs[end], cuts[end] = cost, start
        if costs[-1] == inf:
            return ()
        pieces = tuple(_pieces(word, cuts))
        says_something = any(len(p) >= MIN_FUZZY or p in self._vocabulary for p in pieces)
        return pieces if len(pieces) > 1 and says_something else ()

    def _piece_cost(self, word: str, start: int, end: int) -> float:
        """Minus the log of how likely the piece is (Zipf); infinite when it is not a word."""
        piece = word[start:end]
        follower = word[end : end + 1]
        if piece in ELIDED:
            return log(30) if follower in VOWELS and follower else inf
        rank = ranks().get(piece, inf)
        if len(piece) > 1 and rank < MAX_RANK.get(len(piece), inf):
            return log(10 + rank)
        if len(piece) >= 3 and piece in self._vocabulary:
            return log(2_000)
        return inf


def _pieces(word: str, cuts: Sequence[int]) -> Iterator[str]:
    bounds = [len(word)]
    while bounds[-1]:
        bounds.append(cuts[bounds[-1]])
    bounds.reverse()
    return (word[a:b] for a, b in itertools.pairwise(bounds))
