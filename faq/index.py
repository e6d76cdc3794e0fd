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
from typing import Protocol

from faq.spelling import Speller, Word
from faq.synonyms import Piece, Synonyms
from faq.text import expand, words
from faq.vectors import Vector, Weighing, mix, unit

BEST_SHARE = 0.4  # of the score: the nearest phrasing; the rest: the mean of the phrasings
CORRECTED_SHARE = 0.7  # of a corrected message: as read; the rest: as typed
CANDIDATES = 20  # entries whose phrasings are compared one by one


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


@dataclass(frozen=True)
class _Phrasing:
    """A phrasing as the numbers of its features and their weights."""

    text: str
    features: array[int]
    weights: array[float]

    def similarity(self, message: dict[int, float]) -> float:
        known = message.get
        return sum(w * known(f, 0.0) for f, w in zip(self.features, self.weights, strict=True))


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
        self._numbers = {f: number for number, f in enumerate(self._weighing.features)}
        self._phrasings: list[list[_Phrasing]] = []
        self._means: list[tuple[array[int], array[float]]] = [
            (array("I"), array("f")) for _ in self._numbers
        ]
        for rank, (phrasings, sources) in enumerate(zip(pieces, texts, strict=True)):
            vectors = [self._weighing.vector(phrasing) for phrasing in phrasings]
            self._add(rank, vectors, sources)

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
        message = self._numbered(self._vector(self.read(text)))
        means = self._mean_scores(message)
        ranked = nlargest(CANDIDATES, range(len(means)), key=means.__getitem__)
        matches = [self._match(rank, message, means[rank]) for rank in ranked if means[rank] > 0]
        return nlargest(limit, matches, key=lambda match: match.score)

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

    def _numbered(self, vector: Vector) -> dict[int, float]:
        """Without the features the FAQ has never seen: they already count in the length."""
        numbers = self._numbers
        return {numbers[f]: weight for f, weight in vector.items() if f in numbers}

    def _mean_scores(self, message: dict[int, float]) -> list[float]:
        scores = [0.0] * len(self._ids)
        for feature, weight in message.items():
            ranks, weights = self._means[feature]
            for rank, other in zip(ranks, weights, strict=True):
                scores[rank] += weight * other
        return scores

    def _match(self, rank: int, message: dict[int, float], mean: float) -> Match:
        best, text = max((p.similarity(message), p.text) for p in self._phrasings[rank])
        score = BEST_SHARE * best + (1 - BEST_SHARE) * mean
        return Match(self._ids[rank], min(score, 1.0), text, best, mean)

    def _add(self, rank: int, vectors: Sequence[Vector], texts: Sequence[str]) -> None:
        """The phrasings of an entry, and their mean."""
        total: Vector = {}
        self._phrasings.append([])
        for vector, text in zip(vectors, texts, strict=True):
            numbered = self._numbered(vector)
            self._phrasings[-1].append(
                _Phrasing(text, array("I", numbered), array("f", numbered.values()))
            )
            for feature, weight in vector.items():
                total[feature] = total.get(feature, 0.0) + weight
        for number, weight in self._numbered(unit(total)).items():
            ranks, weights = self._means[number]
            ranks.append(rank)
            weights.append(weight)
