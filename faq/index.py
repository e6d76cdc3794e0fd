"""The index of a FAQ: from a message to the entries it may be about, best first.

`Index.build(entries)` then `index.search(text, limit)`. Entries are anything with an id, a
question, phrasings and keywords, so that plain data sets are measured as the bot uses the index.
Pure Python beside rapidfuzz. Design: matching-facts §5; measures: docs/decisions.
"""

from __future__ import annotations  # array[int] is not subscriptable at run time before 3.12

from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain
from operator import attrgetter
from typing import Protocol

from faq.spelling import Speller, Word
from faq.synonyms import Piece, Synonyms
from faq.text import expand, words
from faq.vectors import Vector, Weighing, length, mix

BEST_SHARE = 0.4  # of the score: the nearest phrasing; the rest: the mean of the phrasings
CANDIDATES = 40  # entries, by their mean, whose nearest phrasing is looked for
SAME_PHRASING = 0.95  # the message is that phrasing, give or take a letter: nothing is nearer
CORRECTED_SHARE = 0.7  # of a corrected message: as read; the rest: as typed


class Indexable(Protocol):
    """What the index needs of an entry."""

    @property
    def id(self) -> str: ...
    @property
    def question(self) -> str: ...
    @property
    def phrasings(self) -> Sequence[str]: ...
    @property
    def keywords(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Match:
    """An entry and how near it is. All scores from 0 to 1."""

    entry_id: str
    score: float
    phrasing: str  # the nearest one
    phrasing_score: float
    mean_score: float  # against the mean of the phrasings


@dataclass(frozen=True)
class Reading:
    """A message as the index reads it."""

    typed: tuple[str, ...]
    words: tuple[Word, ...]
    pieces: tuple[Piece, ...]


def combine(best: float, mean: float) -> float:
    """The score of an entry from its nearest phrasing and the mean of its phrasings."""
    score = BEST_SHARE * best + (1 - BEST_SHARE) * mean
    return min(1.0, max(score, best) if best >= SAME_PHRASING else score)


class Index:
    """Built once, then only read: a reload builds another."""

    def __init__(
        self, ids: Sequence[str], texts: Sequence[Sequence[str]], synonyms: Synonyms
    ) -> None:
        """`texts`: for each id, its phrasings. Prefer `Index.build`."""
        self._ids = tuple(ids)
        self._synonyms = synonyms
        split = [[expand(words(text)) for text in phrasings] for phrasings in texts]
        known = Counter(chain.from_iterable(set(chain(*phrasings)) for phrasings in split))
        self._speller = Speller(known | Counter(dict.fromkeys(synonyms.words(), 1)))
        pieces = [[synonyms.apply(phrasing) for phrasing in phrasings] for phrasings in split]
        self._weighing = Weighing(pieces)
        self._texts = list(chain(*texts))  # of all the phrasings, entry after entry
        self._spans: list[tuple[int, int]] = []  # of the phrasings of each entry
        self._lengths: list[float] = []  # of the sum of the vectors of each entry
        self._postings: dict[str, tuple[array[int], array[float]]] = {}  # by feature
        for phrasings in pieces:
            self._add([self._weighing.vector(phrasing) for phrasing in phrasings])

    @classmethod
    def build(cls, entries: Iterable[Indexable], synonyms: Synonyms | None = None) -> Index:
        """The index of these entries. Keywords count as one more phrasing."""
        chosen = list(entries)
        texts = [
            list(
                dict.fromkeys(
                    text
                    for text in (e.question, *e.phrasings, " ".join(e.keywords))
                    if words(text)
                )
            )
            for e in chosen
        ]
        return cls([e.id for e in chosen], texts, synonyms or Synonyms())

    def search(self, text: str, limit: int = 10) -> list[Match]:
        """At most `limit` entries that share something with the text, best first."""
        scores = self._phrasing_scores(self._vector(self.read(text)))
        means = [
            sum(scores[start:end]) / length
            for (start, end), length in zip(self._spans, self._lengths, strict=True)
        ]
        near = nlargest(CANDIDATES, range(len(means)), key=means.__getitem__)
        matches = [self._match(rank, means[rank], scores) for rank in near if means[rank] > 0]
        return nlargest(limit, matches, key=attrgetter("score"))

    def read(self, text: str) -> Reading:
        """How the text is understood: the words, their corrections, the synonyms."""
        typed = expand(words(text))
        found = self._speller.read(typed)
        pieces = self._synonyms.apply([word for item in found for word in item.read])
        return Reading(tuple(typed), tuple(found), tuple(pieces))

    def _vector(self, reading: Reading) -> Vector:
        vector = self._weighing.vector(reading.pieces)
        if any(word.is_corrected for word in reading.words):
            typed = self._weighing.vector(self._synonyms.apply(reading.typed))
            vector = mix(typed, vector, CORRECTED_SHARE)
        return vector

    def _phrasing_scores(self, message: Vector) -> list[float]:
        """Cosine with each phrasing; what the FAQ has never seen counts in the length only."""
        scores = [0.0] * len(self._texts)
        for feature, weight in message.items():
            if feature in self._postings:
                for number, other in zip(*self._postings[feature], strict=True):
                    scores[number] += weight * other
        return scores

    def _match(self, rank: int, mean: float, scores: Sequence[float]) -> Match:
        number = max(range(*self._spans[rank]), key=scores.__getitem__)
        best = scores[number]
        return Match(self._ids[rank], combine(best, mean), self._texts[number], best, mean)

    def _add(self, vectors: Sequence[Vector]) -> None:
        """One more entry, by its phrasings."""
        first = self._spans[-1][1] if self._spans else 0
        total: Vector = {}
        for number, vector in enumerate(vectors, start=first):
            for feature, weight in vector.items():
                numbers, weights = self._postings.setdefault(feature, (array("I"), array("f")))
                numbers.append(number)
                weights.append(weight)
                total[feature] = total.get(feature, 0.0) + weight
        self._spans.append((first, first + len(vectors)))
        self._lengths.append(length(total) or 1.0)
