"""Texts as weighted features, in five blocks: letters, words, pairs of words, sounds, meanings.

A feature weighs by how few entries use it (IDF counted per entry, not per phrasing) and by how
rare its word is in French. Features that the FAQ has never seen keep the greatest weight: they
lengthen the vector of the message, so a message about something else scores low. That is the best
single means found against confident wrong answers (matching-facts §5).

Texts are weighed a batch at a time with numpy, the phrasings of a FAQ as well as one message.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import log, sqrt
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from faq.common_words import commonness_weight, ranks
from faq.synonyms import Piece
from faq.thesaurus import Thesaurus
from faq.word_forms import sound, stem

SHORTEST_GRAM, LONGEST_GRAM = 3, 4  # of letters; of sounds: the shortest only
LONGEST_WHOLE = 3  # letters of a word taken whole: « caf » is no part of « café »
# Shares of the squared length of a text; chosen over six sets of two kinds (docs/decisions, 16).
BLOCKS = {"letters": 0.315, "words": 0.098, "pairs": 0.077, "sounds": 0.21, "meanings": 0.30}
FAMILY_SHARE = 0.70  # of a synonym, what is read as the name of its family
BATCH = 2_000  # texts numbered together: bounds the memory of a build
_LOW_HALF = 0xFFFFFFFF  # of a key that holds two numbers

Ints = NDArray[np.integer[Any]]
Floats = NDArray[np.floating[Any]]


class Rows(NamedTuple):
    """Weights of (row, feature), at most one for each pair, in the order of the rows."""

    rows: Ints
    features: Ints
    weights: Floats

    def where(self, chosen: NDArray[np.bool_] | slice) -> "Rows":
        """Some of them."""
        return Rows(self.rows[chosen], self.features[chosen], self.weights[chosen])


class _WordFeatures(NamedTuple):
    letters: tuple[int, ...]
    word: int
    sounds: tuple[int, ...]


class Features:
    """Numbers features as they come; once closed, those never seen get passing numbers."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._passing: dict[str, int] = {}
        self._words: dict[str, _WordFeatures] = {}
        self._is_closed = False

    def __len__(self) -> int:
        return len(self._numbers)

    def close(self) -> None:
        """From now on, only learned features last."""
        self._is_closed = True

    def forget_passing(self) -> None:
        """Between two batches."""
        self._passing.clear()

    def number(self, feature: str) -> int:
        """Its number; `len(self)` or more when it was never seen before closing."""
        if not self._is_closed:
            return self._numbers.setdefault(feature, len(self._numbers))
        known = self._numbers.get(feature)
        if known is not None:
            return known
        return self._passing.setdefault(feature, len(self) + len(self._passing))

    def of_word(self, word: str) -> _WordFeatures:
        """The letters (« _ca », « caf », « caf_ »…), the word itself, and its sounds."""
        if (known := self._words.get(word)) is not None:
            return known
        heard = sound(word)
        found = _WordFeatures(
            tuple(map(self.number, _grams(word, SHORTEST_GRAM, LONGEST_GRAM))),
            self.number(f"={word}"),
            (
                self.number(f"@{heard}"),
                *(self.number(f"@{gram}") for gram in _grams(heard, SHORTEST_GRAM, SHORTEST_GRAM)),
            ),
        )
        if not self._is_closed:
            self._words[word] = found
        return found


class HashedFeatures(Features):
    """Numbers that do not depend on what came before: a model can be kept in a file."""

    def __init__(self, count: int) -> None:
        super().__init__()
        self._count = count

    def __len__(self) -> int:
        return self._count

    def number(self, feature: str) -> int:
        """From 0 to the count; two features may share one."""
        return crc32(feature.encode()) % self._count


def _grams(word: str, shortest: int, longest: int) -> Iterator[str]:
    padded = f" {word} "
    if len(word) <= LONGEST_WHOLE and word not in ranks():
        yield padded
        return
    for size in range(shortest, longest + 1):
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]


class _Block:
    """What one block counts: some features of a row, and the weight of each of them."""

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.weights: list[float] = []
        self.groups: list[tuple[int, ...]] = []

    def add(self, row: int, features: tuple[int, ...], weight: float) -> None:
        self.rows.append(row)
        self.weights.append(weight)
        self.groups.append(features)

    def counted(self) -> Rows:
        """One line for each (row, feature), with the sum of its weights."""
        sizes = list(map(len, self.groups))
        keys = np.fromiter(chain.from_iterable(self.groups), np.int64, sum(sizes))
        keys |= np.repeat(np.array(self.rows, dtype=np.int64) << 32, sizes)
        weights = np.repeat(np.array(self.weights, dtype=np.float32), sizes)
        order = np.argsort(keys, kind="stable")
        keys = keys[order]
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        sums = np.add.reduceat(weights[order], first) if len(first) else weights
        keys = keys[first]
        return Rows((keys >> 32).astype(np.int32), (keys & _LOW_HALF).astype(np.int32), sums)


class Weighing:
    """Turns texts, read in pieces, into vectors of length 1, with the IDF of one FAQ."""

    def __init__(
        self,
        thesaurus: Thesaurus,
        features: Features | None = None,
        idf: Floats | None = None,
        unseen: float = 0.0,
    ) -> None:
        """Without `idf` (of each feature; `unseen`: of the others), `learn` comes first."""
        self._thesaurus = thesaurus
        self._features = Features() if features is None else features
        self.idf: Floats = np.empty(0, dtype=np.float32) if idf is None else idf
        self.unseen = unseen

    def __len__(self) -> int:
        """How many features the FAQ has."""
        return len(self._features)

    def close(self) -> None:
        """What is not known by now never will be."""
        self._features.close()

    def learn(self, entries: Sequence[Sequence[Sequence[Piece]]]) -> Rows:
        """Learn the features of the phrasings of each entry, and weigh them: a row a phrasing."""
        batches, first = [], 0
        for texts in _batches(entries):
            batches.append(self._count(texts, first))
            first += len(texts)
        self._features.close()
        owners = np.repeat(np.arange(len(entries)), [len(texts) for texts in entries])
        uses = np.zeros(len(self._features), dtype=np.int64)
        for counted in (counted for batch in batches for counted in batch.values()):
            used = np.unique((owners[counted.rows] << 32) | counted.features) & _LOW_HALF
            uses += np.bincount(used, minlength=len(uses))
        self.idf = np.log((len(entries) + 1) / (uses + 0.5)).astype(np.float32)
        self.unseen = log((len(entries) + 1) / 0.5)
        return _stack([self._weigh(batch) for batch in batches])

    def weigh(self, texts: Sequence[Sequence[Piece]]) -> Rows:
        """The vectors of other texts; features of `len(self)` or more are unknown to the FAQ."""
        self._features.forget_passing()
        return self._weigh(self._count(texts, 0))

    def _count(self, texts: Sequence[Sequence[Piece]], first: int) -> dict[str, Rows]:
        """Block → its counts; rows are numbered from `first`."""
        blocks = {name: _Block() for name in BLOCKS}
        for row, pieces in enumerate(texts, first):
            for word, share in _shares(pieces):
                weight = commonness_weight(word) * share
                features = self._features.of_word(word)
                blocks["letters"].add(row, features.letters, weight)
                blocks["words"].add(row, (features.word,), weight)
                blocks["sounds"].add(row, features.sounds, weight)
            for pair, weight in _pairs(pieces):
                blocks["pairs"].add(row, (self._features.number(pair),), weight)
            for meaning, weight in self._meanings(pieces):
                blocks["meanings"].add(row, (self._features.number(meaning),), weight)
        return {name: block.counted() for name, block in blocks.items()}

    def _meanings(self, pieces: Sequence[Piece]) -> Iterator[tuple[str, float]]:
        """The families of the thesaurus, for the words typed and for the names they stand for."""
        typed = [word for piece in pieces for word in piece.words]
        named = [
            word
            for piece in pieces
            if piece.family and piece.family != piece.words
            for word in piece.family
        ]
        for words in (typed, named):
            for meaning in self._thesaurus.read(words):
                weight = max(map(commonness_weight, meaning.words))
                for family in meaning.families:
                    yield f"#{family}", weight / len(meaning.families)
                if not meaning.families:
                    yield f"#={stem(meaning.words[0])}", weight

    def _weigh(self, blocks: Mapping[str, Rows]) -> Rows:
        """Each block to its share of the length, then the whole to length 1."""
        count = 1 + max((int(c.rows[-1]) for c in blocks.values() if len(c.rows)), default=-1)
        total = np.zeros(count)
        weighed = []
        for name, counted in blocks.items():
            weights = self._damped(counted.weights) * self._idf_of(counted.features)
            lengths = np.sqrt(np.bincount(counted.rows, weights**2, minlength=count))
            total[lengths > 0] += BLOCKS[name]
            scale = sqrt(BLOCKS[name]) / np.where(lengths > 0, lengths, 1)
            weighed.append(counted._replace(weights=weights * scale[counted.rows]))
        whole = _stack(weighed)
        order = np.argsort(whole.rows, kind="stable")
        rows = whole.rows[order]
        weights = whole.weights[order] / np.sqrt(total)[rows]
        return Rows(rows, whole.features[order], weights.astype(np.float32))

    @staticmethod
    def _damped(counts: Floats) -> Floats:
        """A second « demande » adds less than the first one."""
        return np.where(counts > 1, 1 + np.log(np.maximum(counts, 1)), counts)

    def _idf_of(self, features: Ints) -> Floats:
        found = np.full(len(features), self.unseen, dtype=np.float32)
        known = features < len(self.idf)
        found[known] = self.idf[features[known]]
        return found


def _batches(entries: Iterable[Sequence[Sequence[Piece]]]) -> Iterator[list[Sequence[Piece]]]:
    """Whole entries, until there are enough texts."""
    batch: list[Sequence[Piece]] = []
    for texts in entries:
        batch += texts
        if len(batch) >= BATCH:
            yield batch
            batch = []
    yield batch


def _stack(parts: Sequence[Rows]) -> Rows:
    """Batches one after the other; rows keep their numbers."""
    return Rows(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def _shares(pieces: Sequence[Piece]) -> Iterator[tuple[str, float]]:
    """The words of the pieces, those typed and those of the family's name, with their share."""
    for piece in pieces:
        if piece.family is None or piece.family == piece.words:
            for word in piece.words:
                yield word, 1.0
        else:
            for word in piece.words:
                yield word, sqrt(1 - FAMILY_SHARE)
            for word in piece.family:
                yield word, sqrt(FAMILY_SHARE)


def _pairs(pieces: Sequence[Piece]) -> Iterator[tuple[str, float]]:
    before: str | None = None
    for piece in pieces:
        for word in piece.family or piece.words:
            if before is not None:
                yield f"{before}+{word}", max(commonness_weight(before), commonness_weight(word))
            before = word
