"""Danger triage: which category of `urgences.yml` a message belongs to, if any.

Two readers, before anything else. The lexicon finds the words that caseworkers wrote; the model
finds what is said otherwise, because it has learned from thousands of examples. The model may set
aside a false friend of the lexicon; what it is not sure of gets the numbers and a question, and no
alarm (docs/decisions, pages 17 and 24).
"""

import re
from collections.abc import Iterator
from itertools import chain

from faq.danger import LEVELS, Danger, DangerTable
from faq.danger_model import DangerModel, Suspicion, read_words, shipped, windows
from faq.lexicon import Lexicon
from faq.text import normalise, words

CERTAIN = 0.60  # probability from which the model gives a category by itself
POSSIBLE = 0.40  # from which it gives the numbers and asks
FALSE_FRIEND = 0.10  # below which an expression of the lexicon was a figure of speech …
SHORTEST_FIGURE = 6  # … in a message of that many words at least: a cry for help is short
PARTS = (3, 4)  # words at a time, where the lexicon found something, read again by both …
SURE_OF_PART = 0.70  # … and probability from which the model agrees
LONGEST_DENIAL = 8  # words of « non, je ne suis pas en danger »: the model does not hear « pas »
FEWEST_WORDS = 4  # a model that reads fewer words guesses; the lexicon has the short cries
CLEAR = 0.5  # share of a category, for its own message rather than the general one
_SENTENCE_END = re.compile(r"[.,;:?!\n]+")
DOUBT = "danger_possible"  # the category of urgences.yml for what the model is not sure of


class Triage:
    """Looks for danger in every message. Deterministic."""

    def __init__(self, dangers: DangerTable, model: DangerModel | None = None) -> None:
        """Compile the expressions once for each version of the table."""
        self._lexicon = Lexicon(dangers)
        self._model = shipped() if model is None else model
        self._dangers = {danger.id: danger for danger in dangers.categories}

    def triage(self, text: str) -> Danger | None:
        """The danger that the text speaks of, the gravest first; None when there is none."""
        found = self._lexicon.find(text)
        suspicion = self._model.read(text)
        suspected = self._suspected(suspicion, len(words(text)))
        if found is None:
            is_set_aside = len(words(text)) <= LONGEST_DENIAL and self._lexicon.is_set_aside(text)
            return None if is_set_aside else suspected
        if suspicion.category == found.denied:  # « je ne pense pas au suicide »
            return found.danger
        if self._is_figure(text, suspicion):
            return None
        if suspected is None:
            return found.danger
        return min(found.danger, suspected, key=lambda danger: LEVELS[danger.level])

    def category_of(self, text: str) -> str | None:
        """The id of that danger, for those who know nothing of dangers (`faq.trials`)."""
        danger = self.triage(text)
        return None if danger is None else danger.id

    def explain(self, text: str) -> tuple[str, ...]:
        """What each reader made of the message, as French sentences, for those who tune them."""
        found, suspicion = self._lexicon.find(text), self._model.read(text)
        likeliest = self._dangers.get(suspicion.category)
        lines = [] if found is None else [f"Danger, mots de la liste : {found.because}."]
        if likeliest is not None and suspicion.probability >= FALSE_FRIEND:
            lines.append(
                f"Danger, selon le modèle : {suspicion.probability:.0%}, plutôt "
                f"« {likeliest.title} » (doute dès {POSSIBLE:.0%}, sûr dès {CERTAIN:.0%})."
            )
        return tuple(lines)

    def _is_figure(self, text: str, suspicion: Suspicion) -> bool:
        """Whether the expression found is a false friend: « à bout de forfait, je rappelle ».

        Not when both readers find danger in one part: « je suis en danger, et ma carte vitale ? ».
        """
        if suspicion.probability >= FALSE_FRIEND or len(words(text)) < SHORTEST_FIGURE:
            return False
        chunks = filter(self._lexicon.find, dict.fromkeys(_chunks(text)))
        parts = filter(self._lexicon.find, dict.fromkeys(chain.from_iterable(map(_parts, chunks))))
        return self._model.suspect([read_words(part) for part in parts]).probability < SURE_OF_PART

    def _suspected(self, suspicion: Suspicion, length: int) -> Danger | None:
        """What the model alone makes of a message of that many words."""
        if suspicion.probability < POSSIBLE or length < FEWEST_WORDS:
            return None
        doubt = self._dangers.get(DOUBT)
        if suspicion.probability < CERTAIN or suspicion.share < CLEAR:
            return doubt
        return self._dangers.get(suspicion.category, doubt)


def _chunks(text: str) -> Iterator[str]:
    """Each sentence apart; of a long one, some words at a time."""
    for sentence in _SENTENCE_END.split(text):
        yield from map(" ".join, windows(normalise(sentence).split()))


def _parts(chunk: str) -> Iterator[str]:
    """A few words at a time."""
    said = chunk.split()
    for length in PARTS:
        for start in range(max(1, len(said) - length + 1)):
            yield " ".join(said[start : start + length])
