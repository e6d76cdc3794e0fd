"""Danger triage: which category of `urgences.yml` a message belongs to, if any.

Two readers, before anything else. The lexicon finds the words that caseworkers wrote; the model
finds what is said otherwise, because it has learned from thousands of examples. The model may set
aside a false friend of the lexicon; what it is not sure of gets the numbers and a question, and no
alarm (docs/decisions, pages 17 and 24).
"""

from faq.danger import LEVELS, Danger, DangerTable
from faq.danger_model import DangerModel, Suspicion, read_words, shipped
from faq.lexicon import Lexicon
from faq.text import words

# Probabilities of the model, chosen on messages held out of its training (docs/decisions, 24).
CERTAIN = 0.22  # from which it gives a category by itself
POSSIBLE = 0.18  # from which it gives the numbers and asks …
POSSIBLE_IF_SHORT = 0.22  # … in a message of fewer words than SHORTEST_FIGURE: it says little
FALSE_FRIEND = 0.04  # below which an expression of the lexicon was a figure of speech …
SHORTEST_FIGURE = 6  # … in a message of that many words at least: a cry for help is short
AROUND = 2  # words on each side of an expression, read again with it …
SURE_OF_PART = 0.60  # … and probability from which it was no figure of speech
LONGEST_DENIAL = 8  # words of « non, je ne suis pas en danger »: the model does not hear « pas »
FEWEST_WORDS = 4  # fewer must be as sure as a part; the lexicon has the short cries
CLEAR = 0.4  # share of a category, for its own message rather than the general one
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
            return found.certain
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
        """Whether what was found is a false friend: « à bout de forfait, je rappelle demain ».

        Not when the words next to it are dangerous: « je suis en danger, et ma carte vitale ? ».
        """
        if suspicion.probability >= FALSE_FRIEND or len(words(text)) < SHORTEST_FIGURE:
            return False
        passages = map(read_words, self._lexicon.passages(text, AROUND))
        return self._model.suspect([*passages]).probability < SURE_OF_PART

    def _suspected(self, suspicion: Suspicion, length: int) -> Danger | None:
        """What the model alone makes of a message of that many words."""
        least = POSSIBLE_IF_SHORT if length < SHORTEST_FIGURE else POSSIBLE
        least = SURE_OF_PART if length < FEWEST_WORDS else least
        if suspicion.probability < least:
            return None
        doubt = self._dangers.get(DOUBT)
        if suspicion.probability < CERTAIN or suspicion.share < CLEAR:
            return doubt
        return self._dangers.get(suspicion.category, doubt)
