"""A second reader of danger, beside the lexicon: a linear model that has learned from examples.

A lexicon only finds the words somebody thought of. This model weighs the words, sounds and
meanings of the messages of `exemples_danger/`, and finds what is said otherwise. It is trained by
`python -m bot apprendre` (`faq.danger_training`) and kept in `danger_model.npz`; here it is read.
Deterministic; no word of anybody leaves it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from math import exp, log
from pathlib import Path
from typing import NamedTuple

import numpy as np

from faq.danger_features import Reading, Words
from faq.learning import probabilities
from faq.text import expand, normalise
from faq.weighing import Floats, Rows

FILE = Path(__file__).with_name("danger_model.npz")
NOTHING = "aucun"  # the class of the harmless examples; always the last one
MAX_CHARACTERS = 4_096  # a whole Telegram message: danger may stand at its end
WINDOW, STEP = 12, 6  # words read together, in a message longer than LONG, and between two starts
LONG = 14
SHORTEST, MOST_CLAUSES = 3, 60  # words of a clause that is read by itself; of them …
SURE_OF_CLAUSE = 0.9  # … and probability from which one says it all
OF_WHOLE = 0.33  # weight of the whole of a long message, beside its most suspicious part …
MOST_WORDS = 120  # … and how many words of it are read for that
_SURE = 1e-4  # nearer to 0 or to 1, the whole says no more

_MARKS = re.compile(r"[.!?…;,:\n]+")
# Polite or not, a danger is the same: « Bonjour Madame, il me bat. Merci d'avance. »
_POLITENESS = re.compile(
    r"\b(?:bonjour|bonsoir|salut|coucou|allo|hello|madame|monsieur|mesdames|messieurs|mme"
    r"|merci(?: (?:beaucoup|d avance|bien|a vous|infiniment|par avance))*"
    r"|bonne (?:journee|soiree|nuit|apres midi|continuation)|cordialement|respectueusement"
    r"|s il (?:vous|te) plait|a bientot|bien a vous|je vous remercie"
    r"|excusez moi de vous deranger)\b"
)


class Suspicion(NamedTuple):
    """What the model makes of a message. Both figures from 0 to 1."""

    probability: float  # that it speaks of danger
    category: str  # the likeliest, should it be so
    share: float  # of that category in the probability


@dataclass(frozen=True)
class DangerModel:
    """The weight of each feature for each category, and how rare features were in training."""

    categories: tuple[str, ...]  # `NOTHING` is the last one
    weights: Floats  # features x categories
    bias: Floats  # of each category
    reading: Reading
    sources: str  # digest of what it was trained from

    def read(self, text: str) -> Suspicion:
        """Its most suspicious part, and a little of the whole; nothing at all without words.

        « Bonjour, je suis Amina. Il me bat. Merci. »: a clause that says it all counts by itself.
        """
        words = read_words(text)
        parts, clauses = windows(words), clauses_of(text)
        if not parts:
            return self._worst([])
        whole, *found = self.probabilities([words[:MOST_WORDS], *parts, *clauses])
        clause = self._worst(found[len(parts) :])
        if clause.probability >= SURE_OF_CLAUSE:
            return clause
        of_parts = found[: len(parts)]
        return self._worst(of_parts, 1 - float(whole[-1]) if len(parts) > 1 else None)

    def suspect(self, parts: Sequence[Words]) -> Suspicion:
        """The most suspicious of some parts, in words; nothing at all when there is none."""
        return self._worst([*self.probabilities(parts)]) if parts else self._worst([])

    def _worst(self, found: Sequence[Floats], whole: float | None = None) -> Suspicion:
        """Of the probabilities of parts; that of the whole softens or hardens them."""
        if not found:
            return Suspicion(0.0, self.categories[0], 0.0)
        worst = min(found, key=lambda part: float(part[-1]))
        category = int(worst[:-1].argmax())
        danger = float(1 - worst[-1])
        share = float(worst[category]) / danger if danger > 0 else 0.0
        if whole is not None:
            danger = _chance((1 - OF_WHOLE) * _odds(danger) + OF_WHOLE * _odds(whole))
        return Suspicion(danger, self.categories[category], share)

    def probabilities(self, texts: Sequence[Words]) -> Floats:
        """Texts x categories; each text in words."""
        return probabilities(self._scores(self.reading.weigh(texts), len(texts)))

    def _scores(self, vectors: Rows, count: int) -> Floats:
        weighed = self.weights[vectors.features] * vectors.weights[:, np.newaxis]
        columns = [np.bincount(vectors.rows, column, minlength=count) for column in weighed.T]
        return np.stack(columns, axis=1) + self.bias


def _odds(probability: float) -> float:
    """Their logarithm."""
    kept = min(1 - _SURE, max(_SURE, probability))
    return log(kept / (1 - kept))


def _chance(odds: float) -> float:
    return 1 / (1 + exp(-odds))


def read_words(text: str) -> list[str]:
    """The words of a whole message, abbreviations written out, politeness left out."""
    said = " ".join(expand(normalise(text[:MAX_CHARACTERS])[:MAX_CHARACTERS].split()))
    return _POLITENESS.sub(" ", said).split()


def clauses_of(text: str) -> list[Words]:
    """What stands between the first marks of a message that has some: the short ones, once."""
    parts = _MARKS.split(text[:MAX_CHARACTERS], MOST_CLAUSES)[:MOST_CLAUSES]
    if len(parts) == 1:
        return []
    told = dict.fromkeys(tuple(read_words(part)) for part in parts)
    clauses: list[Words] = [words for words in told if words]
    short = [words for words in clauses if SHORTEST <= len(words) <= LONG]
    return short if len(clauses) > 1 else []


def windows(words: Words) -> list[Words]:
    """The parts that are read: the whole of a short message, then some words at a time."""
    if len(words) <= LONG:
        return [words] if words else []
    starts = range(0, max(1, len(words) - WINDOW + STEP), STEP)
    # Once each: a message that repeats itself says nothing more, and costs no more.
    return list(dict.fromkeys(tuple(words[start : start + WINDOW]) for start in starts))


def save(model: DangerModel, path: Path = FILE) -> None:
    """Weights as whole numbers from -127 to 127, to keep the file small."""
    scale = float(np.abs(model.weights).max()) / 127
    np.savez_compressed(
        path,
        categories=np.array(model.categories),
        weights=np.round(model.weights / scale).astype(np.int8),
        scale=np.float32(scale),
        bias=model.bias.astype(np.float32),
        idf=model.reading.base.idf.astype(np.float16),
        unseen=np.float32(model.reading.base.unseen),
        idf_of_pairs=model.reading.idf_of_pairs.astype(np.float16),
        sources=np.array(model.sources),
    )


@cache
def shipped() -> DangerModel:
    """The one of `danger_model.npz`."""
    with np.load(FILE, allow_pickle=False) as kept:
        reading = Reading(
            kept["idf"].astype(np.float32),
            float(kept["unseen"]),
            kept["idf_of_pairs"].astype(np.float32),
        )
        return DangerModel(
            categories=tuple(kept["categories"].tolist()),
            weights=kept["weights"].astype(np.float32) * kept["scale"],
            bias=kept["bias"],
            reading=reading,
            sources=str(kept["sources"]),
        )
