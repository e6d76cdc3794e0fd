"""What to do with the matches of a question: answer, propose a few, or say that nothing was found."""

from collections.abc import Sequence
from dataclasses import dataclass

from faq.index import Match

MAX_SUGGESTIONS = 3


@dataclass(frozen=True)
class Thresholds:
    """Scores from 0 to 1. `answer`: alone; `suggest`: in a menu; `ambiguity`: lead needed."""

    answer: float = 0.70
    suggest: float = 0.35
    ambiguity: float = 0.05
