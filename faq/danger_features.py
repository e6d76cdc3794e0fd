"""What the model of danger reads in a text: the features of the search, and pairs of sounds.

« jveux mourrir » and « je veux mourir » sound alike, and who does what to whom stands in words
that follow each other, or nearly: each pair of sounds is a feature, of neighbours and of words
with one between them.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from zlib import crc32

import numpy as np

from faq.common_words import commonness_weight
from faq.synonyms import Piece
from faq.thesaurus import everyday
from faq.weighing import Floats, HashedFeatures, Rows, Weighing
from faq.word_forms import sound

OF_SEARCH, OF_PAIRS = 65_536, 262_144  # places for the features of the search, and for the pairs
FEATURES = OF_SEARCH + OF_PAIRS
# Shares of the squared length of a text, beside the features of the search, which count for 1.
PAIRS = {1: 0.25, 2: 0.15}  # distance between the two words → share
Words = Sequence[str]


class Reading:
    """Turns texts, in words, into vectors of length 1 over `FEATURES` features."""

    def __init__(
        self, idf: Floats | None = None, unseen: float = 0.0, idf_of_pairs: Floats | None = None
    ) -> None:
        """Without what was kept of another one, `learn` comes first."""
        self.base = Weighing(everyday(), HashedFeatures(OF_SEARCH), idf, unseen)
        self.idf_of_pairs = (
            np.zeros(OF_PAIRS, np.float32) if idf_of_pairs is None else idf_of_pairs
        )
        if idf is not None:
            self.base.close()

    def learn(self, texts: Sequence[Words]) -> Rows:
        """Learn how rare each feature is in these texts, and weigh them: a row a text."""
        base = self.base.learn([[_pieces(words)] for words in texts])
        counted = [_count(texts, distance) for distance in PAIRS]
        uses = sum(np.bincount(pairs.features, minlength=OF_PAIRS) for pairs in counted)
        self.idf_of_pairs = np.log((len(texts) + 1) / (uses + 0.5)).astype(np.float32)
        return self._join(base, counted, len(texts))

    def weigh(self, texts: Sequence[Words]) -> Rows:
        """The vectors of other texts: a row a text, in the order of the rows."""
        base = self.base.weigh([_pieces(words) for words in texts])
        return self._join(base, [_count(texts, distance) for distance in PAIRS], len(texts))

    def _join(self, base: Rows, pairs: Sequence[Rows], count: int) -> Rows:
        """All blocks side by side, each with its share, then the whole to length 1."""
        blocks = [base]
        total = np.ones(count)
        for found, share in zip(pairs, PAIRS.values(), strict=True):
            weights = found.weights * self.idf_of_pairs[found.features]
            lengths = np.sqrt(np.bincount(found.rows, weights**2, minlength=count))
            total[lengths > 0] += share
            weights *= np.sqrt(share) / np.where(lengths > 0, lengths, 1)[found.rows]
            blocks.append(Rows(found.rows, found.features + OF_SEARCH, weights))
        rows, features, weights = (np.concatenate(column) for column in zip(*blocks, strict=True))
        order = np.argsort(rows, kind="stable")
        rows = rows[order]
        weights = (weights[order] / np.sqrt(total)[rows]).astype(np.float32)
        return Rows(rows, features[order], weights)


def _pieces(words: Words) -> list[Piece]:
    return [Piece((word,)) for word in words]


def _count(texts: Sequence[Words], distance: int) -> Rows:
    """The pairs of sounds at this distance: how often, and how rare the rarer word is."""
    rows: list[int] = []
    features: list[int] = []
    weights: list[float] = []
    for row, words in enumerate(texts):
        counted: defaultdict[int, float] = defaultdict(float)
        for pair, weight in _pairs(words, distance):
            counted[crc32(pair.encode()) % OF_PAIRS] += weight
        rows += [row] * len(counted)
        features += counted.keys()
        weights += counted.values()
    sums = np.array(weights, dtype=np.float32)
    damped = np.where(sums > 1, 1 + np.log(np.maximum(sums, 1)), sums)
    return Rows(np.array(rows, dtype=np.int32), np.array(features, dtype=np.int32), damped)


def _pairs(words: Words, distance: int) -> Iterator[tuple[str, float]]:
    heard = [sound(word) for word in words]
    common = [commonness_weight(word) for word in words]
    for first in range(len(words) - distance):
        second = first + distance
        pair = f"{distance}@{heard[first]}+{heard[second]}"
        yield pair, max(common[first], common[second])
