"""Words as weighted features: letters in threes and fours, words, pairs of words.

A feature weighs by how few entries use it (IDF counted per entry, not per phrasing) and by how
rare its word is in French. Features that the FAQ has never seen keep the greatest weight: they
lengthen the vector of the message, so a message about something else scores low. That is the best
means found against confident wrong answers (matching-facts §5).
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import log, sqrt

from faq.common_words import commonness_weight
from faq.synonyms import Piece

Vector = dict[str, float]

SHORTEST_GRAM, LONGEST_GRAM = 3, 4
BLOCK_WEIGHTS = {"letters": 0.70, "words": 0.18, "pairs": 0.12}  # shares of the squared length
FAMILY_SHARE = 0.70  # of a synonym, what is read as the name of its family


def grams(word: str) -> Iterator[str]:
    """« caf » → « _ca », « caf », « af_ », « _caf », « caf_ », with spaces for underscores."""
    padded = f" {word} "
    for size in range(SHORTEST_GRAM, LONGEST_GRAM + 1):
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]


def blocks(pieces: Sequence[Piece]) -> dict[str, Vector]:
    """Counts of each kind of feature, weighted by the commonness of the words."""
    letters: Vector = defaultdict(float)
    words: Vector = defaultdict(float)
    pairs: Vector = defaultdict(float)
    before: str | None = None
    for piece in pieces:
        for word, share in _shares(piece):
            weight = commonness_weight(word) * share
            words[f"={word}"] += weight
            for gram in grams(word):
                letters[gram] += weight
        for word in piece.family or piece.words:
            if before is not None:
                weight = max(commonness_weight(before), commonness_weight(word))
                pairs[f"{before}+{word}"] += weight
            before = word
    return {"letters": letters, "words": words, "pairs": pairs}


def _shares(piece: Piece) -> Iterable[tuple[str, float]]:
    """The words of a piece, those typed and those of the family's name, with their share."""
    if piece.family is None or piece.family == piece.words:
        return [(word, 1.0) for word in piece.words]
    own = [(word, sqrt(1 - FAMILY_SHARE)) for word in piece.words]
    return own + [(word, sqrt(FAMILY_SHARE)) for word in piece.family]


class Weighing:
    """Turns pieces into vectors of length 1, with the IDF of one FAQ."""

    def __init__(self, entries: Iterable[Iterable[Sequence[Piece]]]) -> None:
        """`entries`: for each entry, its phrasings in pieces."""
        counts: Counter[str] = Counter()
        total = 0
        for phrasings in entries:
            total += 1
            counts.update(
                {f for pieces in phrasings for block in blocks(pieces).values() for f in block}
            )
        self._idf = {f: log((total + 1) / (n + 0.5)) for f, n in counts.items()}
        self._unseen = log((total + 1) / 0.5)

    @property
    def features(self) -> Mapping[str, float]:
        """Feature → its IDF."""
        return self._idf

    def vector(self, pieces: Sequence[Piece]) -> Vector:
        """The features of the words; length 1, or empty without words."""
        vector: Vector = {}
        for name, counts in blocks(pieces).items():
            block = {
                f: (1 + log(n) if n > 1 else n) * self._idf.get(f, self._unseen)
                for f, n in counts.items()
            }
            scale = sqrt(BLOCK_WEIGHTS[name]) / (length(block) or 1)
            vector |= {f: weight * scale for f, weight in block.items()}
        return unit(vector)


def length(vector: Vector) -> float:
    """Euclidean."""
    return sqrt(sum(weight * weight for weight in vector.values()))


def unit(vector: Vector) -> Vector:
    """The same direction, with length 1."""
    scale = length(vector) or 1
    return {feature: weight / scale for feature, weight in vector.items()}


def mix(first: Vector, second: Vector, share: float) -> Vector:
    """`share` of the second, the rest of the first, with length 1."""
    mixed = {feature: (1 - share) * weight for feature, weight in first.items()}
    for feature, weight in second.items():
        mixed[feature] = mixed.get(feature, 0.0) + share * weight
    return unit(mixed)
