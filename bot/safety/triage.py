"""Danger triage: which category of `urgences.yml` a message belongs to, if any.

Two readers, before anything else. The lexicon finds the words that caseworkers wrote; the model
finds what is said otherwise, because it has learned from thousands of examples. The model may set
aside a false friend of the lexicon; what it is not sure of gets the numbers and a question, and no
alarm (docs/decisions, pages 17 and 24).
"""

from math import inf
from typing import NamedTuple

from faq.danger import LEVELS, Danger, DangerTable
from faq.danger_model import DangerModel, Suspicion, read_words, shipped
from faq.denial import NEGATIONS
from faq.lexicon import Lexicon
from faq.text import words

# Probabilities of the model, chosen on messages held out of its training (docs/decisions, 24).
CERTAIN = 0.22  # from which it gives a category by itself


class Limits(NamedTuple):
    """Probabilities for messages of at most `longest` words."""

    longest: float
    possible: float  # from which the model gives the numbers and asks
    figure: float  # below which an expression of the lexicon was a figure of speech


# A long message is read in many parts, and its worst part counts: it takes more to worry.
LIMITS = (
    Limits(3, 0.30, 0.0),  # « loyer impayé » asks a question; a cry that short is in the lexicon
    Limits(5, 0.17, 0.0),  # what is short is never a figure of speech
    Limits(30, 0.09, 0.04),
    Limits(inf, 0.24, 0.12),
)
AROUND = 2  # words on each side of an expression, read again with it …
SURE_OF_PART = 0.60  # … and probability from which it was no figure of speech
WORTH_TELLING = 0.04  # to those who tune
LONGEST_DENIAL = 8  # words of « non, je ne suis pas en danger »: the model hardly hears « pas » …
SURE = 0.90  # … probability from which it is heard all the same: « plus la force de me lever »
CLEAR = 0.4  # share of a category, for its own message rather than the general one
CLEARER_THAN_A_WORD = 0.6  # probability and share, for its message rather than the lexicon's …
FEWEST_WORDS = 6  # … in a message that long: in a shorter one, the word is nearly all there is
DONE = ("sante", "suicide")  # « j'ai avalé toutes mes boîtes »: who wants to die needs the 15 now
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
        length = len(words(text))
        limits = _limits_of(length)
        suspected = self._suspected(suspicion, limits)
        if found is None:
            if length > LONGEST_DENIAL or self._is_sure(text, suspicion):
                return suspected
            return None if self._lexicon.is_set_aside(text) else suspected
        if suspicion.category == found.denied and not self._is_sure(text, suspicion):
            return found.danger  # « je ne pense pas au suicide »
        if suspicion.probability < limits.figure and self._is_figure(text):
            return found.certain
        if suspected is None:
            return found.danger
        is_clear = min(suspicion.probability, suspicion.share) >= CLEARER_THAN_A_WORD
        return _graver(found.danger, suspected, is_clear=is_clear and length >= FEWEST_WORDS)

    def category_of(self, text: str) -> str | None:
        """The id of that danger, for those who know nothing of dangers (`faq.trials`)."""
        danger = self.triage(text)
        return None if danger is None else danger.id

    def explain(self, text: str) -> tuple[str, ...]:
        """What each reader made of the message, as French sentences, for those who tune them."""
        found, suspicion = self._lexicon.find(text), self._model.read(text)
        likeliest = self._dangers.get(suspicion.category)
        heeded = "" if self.triage(text) else " (façon de parler, selon le modèle)"
        lines = [] if found is None else [f"Danger, mots de la liste : {found.because}{heeded}."]
        if likeliest is not None and suspicion.probability >= WORTH_TELLING:
            possible = _limits_of(len(words(text))).possible
            lines.append(
                f"Danger, selon le modèle : {suspicion.probability:.0%}, plutôt "
                f"« {likeliest.title} » (doute dès {possible:.0%}, "
                f"sûr dès {max(possible, CERTAIN):.0%})."
            )
        return tuple(lines)

    def _is_sure(self, text: str, suspicion: Suspicion) -> bool:
        """Whether a short message counts though the lexicon sets it aside.

        « Il ne me frappe pas » would be more suspect without « pas »: that is denied.
        """
        if suspicion.probability < SURE:
            return False
        affirmed = [word for word in read_words(text) if word not in NEGATIONS]
        return suspicion.probability >= self._model.suspect([affirmed]).probability

    def _is_figure(self, text: str) -> bool:
        """Whether what was found is a false friend: « à bout de forfait, je rappelle demain ».

        Not when the words next to it are dangerous: « je suis en danger, et ma carte vitale ? ».
        """
        passages = map(read_words, self._lexicon.passages(text, AROUND))
        return self._model.suspect([*passages]).probability < SURE_OF_PART

    def _suspected(self, suspicion: Suspicion, limits: Limits) -> Danger | None:
        """What the model alone makes of a message."""
        if suspicion.probability < limits.possible:
            return None
        doubt = self._dangers.get(DOUBT)
        if suspicion.probability < CERTAIN or suspicion.share < CLEAR:
            return doubt
        return self._dangers.get(suspicion.category, doubt)


def _graver(said: Danger, suspected: Danger, *, is_clear: bool) -> Danger:
    """The more urgent one; of two as urgent, what the whole is about, when that is clear."""
    is_done = (said.id, suspected.id) == DONE
    both = (suspected, said) if is_clear and not is_done else (said, suspected)
    return min(both, key=lambda danger: LEVELS[danger.level])


def _limits_of(length: int) -> Limits:
    return next(limits for limits in LIMITS if length <= limits.longest)
