"""What to do with the matches of a message: answer, propose a few, or say nothing was found."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from faq.index import SAME_PHRASING, Match

MAX_SUGGESTIONS = 3
SENSITIVE_MARGIN = 0.10  # more is asked of an answer about money, health or the right to stay
MENU_SHARE = 0.40  # a suggestion scores at least that share of the best one
EASED = 0.60  # of the lead needed, what a perfect score spares


@dataclass(frozen=True)
class Thresholds:
    """From 0 to 1. `answer`: score to answer alone; `suggest`: score to stand in a menu.

    `ambiguity`: the lead that a score of `answer` needs over the second, as a share of the best
    score; the higher the score, the less lead it needs.
    """

    answer: float = 0.50
    suggest: float = 0.20
    ambiguity: float = 0.75

    def lead_for(self, score: float) -> float:
        """The lead that a score from `answer` to 1 needs."""
        if self.answer >= 1:
            return self.ambiguity
        return self.ambiguity * (1 - EASED * (score - self.answer) / (1 - self.answer))


def careful(
    thresholds: Thresholds, best: Match, *, is_sensitive: bool, is_single: bool
) -> Thresholds:
    """The thresholds for this message: higher when a wrong answer hurts more, or is likelier.

    `is_sensitive`: the best entry is about money, health or the right to stay. `is_single`: the
    message is one word or one name (« logement »), which says where, and not what; it is answered
    only when an editor wrote that very word.
    """
    if is_single and best.phrasing_score < SAME_PHRASING:
        return replace(thresholds, answer=1.0, ambiguity=1.0)
    if is_sensitive:
        return replace(thresholds, answer=min(1.0, thresholds.answer + SENSITIVE_MARGIN))
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


def offered(decision: Decision) -> tuple[str, ...]:
    """Ids of the entries the person reads: the one answered, or those to choose from, in order."""
    match decision:
        case Answered(match=best):
            return (best.entry_id,)
        case Suggested(matches=matches):
            return tuple(match.entry_id for match in matches)
        case NothingFound():
            return ()


def lead_of(matches: Sequence[Match]) -> float:
    """How far the best is before the second, as a share of its score; 0 without a match."""
    if not matches or matches[0].score <= 0:
        return 0.0
    second = matches[1].score if len(matches) > 1 else 0.0
    return 1 - second / matches[0].score


def decide(matches: Sequence[Match], thresholds: Thresholds) -> Decision:
    """`matches` best first, as `Index.search` gives them."""
    if not matches or matches[0].score < thresholds.suggest:
        return NothingFound(tuple(matches))
    best, others = matches[0], matches[1:]
    if best.score >= thresholds.answer and lead_of(matches) >= thresholds.lead_for(best.score):
        return Answered(best, tuple(others))
    near = [m for m in matches[:MAX_SUGGESTIONS] if m.score >= MENU_SHARE * best.score]
    return Suggested(tuple(near))


def propose_both(first: Match, second: Match, matches: Sequence[Match]) -> Suggested:
    """Two questions in one message: both entries, then the best of the others."""
    both = (first, second)
    ids = {match.entry_id for match in both}
    others = [match for match in matches if match.entry_id not in ids]
    return Suggested((*both, *others)[:MAX_SUGGESTIONS])
