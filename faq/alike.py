"""Which questions ask the same: for counting those that no entry answers."""

from collections.abc import Mapping
from typing import TypeVar

from rapidfuzz import fuzz

from faq.common_words import ranks
from faq.text import expand, words

LEAST_SHARED = 0.7  # share of the words of both that must be common to call them alike
LEAST_SAME = 85.0  # rapidfuzz ratio from which two long words are one word mistyped
SHORTEST_FUZZY = 5  # letters; shorter words must be equal: cdd is not cdi
SAYING_NOTHING = 100  # the most common words (« je », « comment ») tell no question from another

Key = TypeVar("Key")


def find_alike(text: str, known: Mapping[Key, str]) -> Key | None:
    """The key of the known question that is most alike, or None when none is alike enough."""
    said = _telling_words(text)
    shares = {key: _shared(said, _telling_words(other)) for key, other in known.items()}
    best = max(shares, key=lambda key: shares[key], default=None)
    return best if best is not None and shares[best] >= LEAST_SHARED else None


def _telling_words(text: str) -> frozenset[str]:
    typed = expand(words(text))
    telling = [word for word in typed if ranks().get(word, SAYING_NOTHING) >= SAYING_NOTHING]
    return frozenset(telling or typed)


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Words of both, over words of either; 0 when one says nothing, or far more than the other."""
    if min(len(one), len(other)) < LEAST_SHARED * max(len(one), len(other)):
        return 0.0  # it could not reach LEAST_SHARED
    common = sum(any(_same(word, known) for known in other) for word in one)
    either = len(one) + len(other) - common
    return common / either if one and other else 0.0


def _same(word: str, known: str) -> bool:
    if word == known:
        return True
    if min(len(word), len(known)) < SHORTEST_FUZZY:
        return False
    return fuzz.ratio(word, known, score_cutoff=LEAST_SAME) > 0
