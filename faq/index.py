"""The index of a FAQ: from a message to the entries it may be about, best first.

`Index.build(entries)` then `index.search(text, limit)`. Entries are anything with an id, a
question, phrasings and keywords, so that plain data sets are measured as the bot uses the index.
Two views of a message are combined: how near it is to the phrasings (`faq.weighing`), and what a
linear model trained on them makes of it (`faq.learning`). Measures: docs/decisions, page 16.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from faq import learning
from faq.background import ANOTHER_WORLD, background
from faq.postings import Postings
from faq.shared_weighing import SharedWeighing
from faq.spelling import Speller, Word
from faq.synonyms import Piece, Synonyms
from faq.text import expand, words
from faq.thesaurus import everyday
from faq.weighing import Floats, Ints, Rows

BEST_SHARE = 0.4  # of nearness: the nearest phrasing; the rest: the mean of the phrasings
SAME_PHRASING = 0.95  # the message is that phrasing, give or take a letter: nothing is nearer
CORRECTED_SHARE = 0.7  # of a corrected message: as read; the rest: as typed
NEAR_POWER = 0.5  # of nearness, beside the probability: 1 tells far messages less well apart
STRETCH = 0.25  # power of their product: a score that people can read
ELSEWHERE_SHARE = 0.2  # of the nearness to something else, taken off the score
MOST_LEARNED = 2_750  # texts; more would take seconds and hundreds of megabytes to train on
FEWEST_LEARNED = 5  # phrasings of an entry; with room for fewer, there is no model
SHARPNESS = 12.0  # above: probabilities are drawn from nearness alone (softmax)
KNOWN_ELSEWHERE = 0.5  # a message of the background that near to a phrasing is no background


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
    """An entry and how sure it is. All figures from 0 to 1."""

    entry_id: str
    score: float
    phrasing: str  # the nearest one
    phrasing_score: float
    mean_score: float  # against the mean of the phrasings
    probability: float  # of this entry among all, « something else » included
    elsewhere: float = 0.0  # how near the message is to something else


@dataclass(frozen=True)
class Reading:
    """A message as the index reads it."""

    typed: tuple[str, ...]
    words: tuple[Word, ...]
    pieces: tuple[Piece, ...]


class Index:
    """Built once, then only read: a reload builds another."""

    def __init__(
        self,
        ids: Sequence[str],
        texts: Sequence[Sequence[str]],
        synonyms: Synonyms,
        elsewhere: Sequence[str],
    ) -> None:
        """`texts`: for each id, its phrasings, one at least. Prefer `Index.build`."""
        self.made_of = (tuple(ids), tuple(map(tuple, texts)), synonyms, tuple(elsewhere))
        self._ids = tuple(ids)
        self._texts = tuple(chain(*texts))  # of all the phrasings, entry after entry
        self.synonyms = synonyms
        split = [[expand(words(text)) for text in phrasings] for phrasings in texts]
        known = Counter(chain.from_iterable(set(chain(*phrasings)) for phrasings in split))
        other_words = chain(synonyms.words(), everyday().single_words)
        self._speller = Speller({**dict.fromkeys(other_words, 0), **known})
        self._weighing = SharedWeighing(everyday())
        vectors = self._weighing.learn(
            [[synonyms.apply(phrasing) for phrasing in phrasings] for phrasings in split]
        )
        counts = [len(phrasings) for phrasings in texts]
        self._first = np.cumsum([0, *counts])[:-1]  # phrasing of each entry
        self._owners: Ints = np.repeat(np.arange(len(ids), dtype=np.int32), counts)
        self._lengths = self._mean_lengths(vectors)
        if ids:
            self._learn(vectors, elsewhere)

    @classmethod
    def build(
        cls,
        entries: Iterable[Indexable],
        synonyms: Synonyms | None = None,
        elsewhere: Sequence[str] | None = None,
        before: "Index | None" = None,
    ) -> "Index":
        """The index of these entries. Keywords count as one more phrasing.

        `elsewhere`: what messages about something else look like (default: the shipped ones).
        `before`: another index, given back when it was built from the same words.
        """
        said: dict[str, dict[str, None]] = {}
        for entry in entries:  # several of one id are one entry
            for text in (entry.question, *entry.phrasings, " ".join(entry.keywords)):
                if any(map(str.isalnum, text)):
                    said.setdefault(entry.id, {})[text] = None
        others = background(ANOTHER_WORLD) if elsewhere is None else elsewhere
        given = (
            tuple(said),
            tuple(map(tuple, said.values())),
            synonyms or Synonyms(),
            tuple(others),
        )
        return before if before is not None and before.made_of == given else cls(*given)

    @property
    def is_trained(self) -> bool:
        """Whether a model tells the entries apart, besides nearness."""
        return self._ids != () and self._model is not None

    def search(self, text: str, limit: int = 10) -> list[Match]:
        """At most `limit` entries that share something with the text, best first."""
        if not self._ids:
            return []
        features, weights = self._vector(self.read(text))
        products = self._postings.scores(features, weights)
        own = products[: len(self._texts)]
        best = np.maximum.reduceat(own, self._first)
        mean = np.add.reduceat(own, self._first) / self._lengths
        near = BEST_SHARE * best + (1 - BEST_SHARE) * mean
        probability = self._probabilities(products, near)
        elsewhere = products[len(self._texts) :].max(initial=0.0)
        score = (probability * np.maximum(near, 0) ** NEAR_POWER) ** STRETCH
        score = np.maximum(score - ELSEWHERE_SHARE * elsewhere, 0)
        score = np.where(best >= SAME_PHRASING, np.maximum(score, best), score)
        found = _largest(score, limit)
        return [
            Match(
                self._ids[entry],
                min(1.0, float(score[entry])),
                self._texts[self._nearest(entry, own)],
                min(1.0, float(best[entry])),
                min(1.0, float(mean[entry])),
                float(probability[entry]),
                float(elsewhere),
            )
            for entry in found.tolist()
            if near[entry] > 0
        ]

    def read(self, text: str) -> Reading:
        """How the text is understood: the words, their corrections, the synonyms."""
        typed = expand(words(text))
        found = self._speller.read(typed)
        pieces = self.synonyms.apply([word for item in found for word in item.read])
        return Reading(tuple(typed), tuple(found), tuple(pieces))

    def parts(self, text: str, phrasing: str) -> dict[str, float]:
        """What each block gives to the nearness of a text and a phrasing of the index.

        Their sum is the `phrasing_score` of a match, to a rounding.
        """
        features, weights = self._vector(self.read(text))
        pieces = self.synonyms.apply(expand(words(phrasing)))
        other = self._weighing.weigh([pieces])
        shared, own, theirs = np.intersect1d(features, other.features, return_indices=True)
        products = weights[own] * other.weights[theirs]
        blocks = self._weighing.blocks_of(pieces)
        return {
            name: float(products[np.isin(shared, used)].sum()) for name, used in blocks.items()
        }

    def _vector(self, reading: Reading) -> tuple[Ints, Floats]:
        """Features and weights; a corrected message keeps a part of what was typed."""
        if not any(word.is_corrected for word in reading.words):
            vector = self._weighing.weigh([reading.pieces])
            return vector.features, vector.weights
        both = self._weighing.weigh([reading.pieces, self.synonyms.apply(reading.typed)])
        features, place = np.unique(both.features, return_inverse=True)
        shares = np.where(both.rows == 0, CORRECTED_SHARE, 1 - CORRECTED_SHARE)
        mixed = np.bincount(place, both.weights * shares)
        return features, (mixed / np.sqrt(np.sum(mixed**2))).astype(np.float32)

    def _nearest(self, entry: int, own: Floats) -> int:
        end = self._first[entry + 1] if entry + 1 < len(self._first) else len(own)
        first = int(self._first[entry])
        return first + int(own[first:end].argmax())

    def _mean_lengths(self, vectors: Rows) -> Floats:
        """Of the sum of the vectors of each entry."""
        keys = (self._owners[vectors.rows].astype(np.int64) << 32) | vectors.features
        order = np.argsort(keys, kind="stable")
        first = np.flatnonzero(np.diff(keys[order], prepend=-1))
        sums = np.add.reduceat(vectors.weights[order], first) if len(first) else np.empty(0)
        owners = keys[order][first] >> 32
        lengths = np.sqrt(np.bincount(owners, sums**2, minlength=len(self._ids)))
        return np.where(lengths > 0, lengths, 1)  # an entry whose texts have no word

    def _learn(self, vectors: Rows, elsewhere: Sequence[str]) -> None:
        """Keep the phrasings and the background for comparing; train the model if it is small."""
        others = self._weighing.weigh(
            [self.synonyms.apply(expand(words(text))) for text in elsewhere]
        )
        known = others.features < len(self._weighing)
        own_count = len(self._texts)
        everything = Rows(
            np.concatenate((vectors.rows, others.rows[known] + np.int32(own_count))),
            np.concatenate((vectors.features, others.features[known])),
            np.concatenate((vectors.weights, others.weights[known])),
        )
        count = own_count + len(elsewhere)
        self._postings = Postings(everything, count, len(self._weighing))
        self._model: Floats | None = None
        is_own = _spread(np.diff([*self._first, own_count]), MOST_LEARNED - len(elsewhere))
        if is_own is None:
            return
        products = self._postings.products(everything)
        is_used = np.ones(count, dtype=bool)
        is_used[:own_count] = is_own
        is_used[own_count:] = products[own_count:, :own_count].max(axis=1) < KNOWN_ELSEWHERE
        classes = np.full(count, len(self._ids), dtype=np.int32)
        classes[:own_count] = self._owners
        self._model = np.zeros((count, len(self._ids) + 1), dtype=np.float32)
        self._model[is_used] = learning.train(
            products[np.ix_(is_used, is_used)], classes[is_used], len(self._ids) + 1
        )

    def _probabilities(self, products: Floats, near: Floats) -> Floats:
        """Of each entry, by the model; without one, by how nearer than the others it is."""
        if self._model is not None:
            return learning.classify(products, self._model)[:-1]
        elsewhere = products[len(self._texts) :].max(initial=0.0)
        return learning.probabilities(SHARPNESS * np.append(near, elsewhere))[:-1]


def _spread(counts: Ints, room: int) -> NDArray[np.bool_] | None:
    """Which phrasings the model learns: all, or the first ones of each entry when room lacks.

    `counts`: phrasings of each entry. None when fewer than FEWEST_LEARNED of each would fit.
    """
    most = int(counts.max(initial=0))
    while np.minimum(counts, most).sum() > room:
        most -= 1
        if most < FEWEST_LEARNED:
            return None
    return np.concatenate([np.arange(count) < most for count in counts.tolist()])


def _largest(scores: Floats, limit: int) -> Ints:
    """Where the largest ones are, largest first; of equals, the first."""
    if limit >= len(scores):
        return np.argsort(-scores, kind="stable")
    chosen = np.sort(np.argpartition(-scores, limit)[:limit])
    return chosen[np.argsort(-scores[chosen], kind="stable")]
