"""Danger triage: which category of `urgences.yml` a message belongs to, if any.

Two readers, before anything else. The lexicon finds the words that caseworkers wrote; the model
finds what is said otherwise, because it has learned from thousands of examples. The model may set
aside a false friend of the lexicon; what it is not sure of gets the numbers and a question, and no
alarm (docs/decisions, pages 17 and 24).
"""

from faq.danger import Danger, DangerTable
from faq.danger_model import DangerModel, Suspicion, shipped
from faq.lexicon import Lexicon
from faq.text import words

CERTAIN = 0.70  # probability from which the model gives a category by itself
POSSIBLE = 0.40  # from which it gives the numbers and asks
FALSE_FRIEND = 0.10  # below which an expression of the lexicon was a figure of speech …
SHORTEST_FIGURE = 6  # … in a message of that many words at least: a cry for help is short
CLEAR = 0.5  # share of a category, for its own message rather than the general one
DOUBT = "danger_possible"  # the category of urgences.yml for what the model is not sure of
LEVELS = {"urgent": 0, "prioritaire": 1, "doute": 2}


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
        suspected = self._suspected(suspicion)
        is_short = len(words(text)) < SHORTEST_FIGURE
        if found is None:
            return None if is_short and self._lexicon.is_set_aside(text) else suspected
        if found.is_denied:
            return found.danger
        if suspicion.probability < FALSE_FRIEND and not is_short:
            return None
        if suspected is None:
            return found.danger
        return min(found.danger, suspected, key=lambda danger: LEVELS[danger.level])

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

    def _suspected(self, suspicion: Suspicion) -> Danger | None:
        """What the model alone makes of it."""
        if suspicion.probability < POSSIBLE:
            return None
        doubt = self._dangers.get(DOUBT)
        if suspicion.probability < CERTAIN or suspicion.share < CLEAR:
            return doubt
        return self._dangers.get(suspicion.category, doubt)
