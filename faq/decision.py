"""What to do with the matches of a message: answer, propose a few, or say nothing was found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from faq.index import Match

MAX_SUGGESTIONS = 3
SENSITIVE_MARGIN = 0.10  # more is asked of an answer about money, health or the right to stay
SINGLE_LEAD = 0.5  # of the best score: the lead needed when the message is a single word
MENU_SHARE = 0.5  # a suggestion scores at least that share of the best one


@dataclass(frozen=True)
class Thresholds:
    """Scores from 0 to 1. `answer`: alone; `suggest`: in a menu; `ambiguity`: lead needed."""

    answer: float = 0.50
    suggest: float = 0.20
    ambiguity: float = 0.15


def careful(
    thresholds: Thresholds, best: Match, *, is_sensitive: bool, is_single: bool
) -> Thresholds:
    """The thresholds for this message: higher when a wrong answer hurts more, or is likelier.

    `is_sensitive`: the best entry is about money, health or the right to stay. `is_single`: the
    message is one word or one name (« ameli »), which says where, and not what.
    """
    if is_sensitive:
        thresholds = replace(thresholds, answer=min(1.0, thresholds.answer + SENSITIVE_MARGIN))
    if is_single:
        lead = max(thresholds.ambiguity, SINGLE_LEAD * best.score)
        thresholds = replace(thresholds, ambiguity=lead)
    return thresholds


@dataclass(frozen=True)
class Answered:
    """One entry, sure enough to be given at once; the others for « Non »."""

    match: Match
    others: tuple[Match, ...]


@dataclass(frozen=True)
class Suggested:
    """Two or three entries to choose from (one when a single one is near, but not enough)."""

    matches: tuple[Match, ...]


@dataclass(frozen=True)
class NothingFound:
    """No entry is near; `matches` are the nearest all the same, for explanations."""

    matches: tuple[Match, ...]


Decision = Answered | Suggested | NothingFound


def decide(matches: Sequence[Match], thresholds: Thresholds) -> Decision:
    """`matches` best first, as `Index.search` gives them."""
    if not matches or matches[0].score < thresholds.suggest:
        return NothingFound(tuple(matches))
    best, others = matches[0], matches[1:]
    lead = best.score - others[0].score if others else best.score
    if lead >= thresholds.ambiguity and best.score >= thresholds.answer:
        return Answered(best, tuple(others))
    near = [m for m in matches[:MAX_SUGGESTIONS] if m.score >= MENU_SHARE * best.score]
    return Suggested(tuple(near))
