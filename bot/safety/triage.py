"""Danger triage: which category of `urgences.yml` a message belongs to, if any."""

from faq.danger import Danger, DangerTable
from faq.lexicon import Lexicon


class Triage:
    """Looks for danger in every message, before anything else. Deterministic."""

    def __init__(self, dangers: DangerTable) -> None:
        """Compile the expressions once for each version of the table."""
        self._lexicon = Lexicon(dangers)

    def triage(self, text: str) -> Danger | None:
        """The danger that the text speaks of, the gravest first; None when there is none."""
        found = self._lexicon.find(text)
        return None if found is None else found.danger
