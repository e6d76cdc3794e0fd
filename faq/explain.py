"""Why the robot answers as it does: for `python -m bot ask` and the page of the simulator."""

from dataclasses import asdict, dataclass
from typing import Any, assert_never

from faq.catalogue import Faq
from faq.decision import Answered, Decision, NothingFound, Suggested, Thresholds, lead_of
from faq.index import Match, Reading
from faq.questions import two_questions

SHOWN = 5  # matches
TWO = "Deux questions dans ce message : les deux sont proposées."


@dataclass(frozen=True)
class MatchLine:
    """A match as it is shown. Scores from 0 to 1, rounded to a thousandth."""

    entry: str
    title: str
    score: float
    phrasing: str
    phrasing_score: float
    mean_score: float
    probability: float


@dataclass(frozen=True)
class Explanation:
    """What was read, what was found, what was decided."""

    words: tuple[str, ...]  # as understood
    matches: tuple[MatchLine, ...]
    decision: str
    explanation: tuple[str, ...]  # French sentences

    def as_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return asdict(self)


def explain(faq: Faq, text: str) -> Explanation:
    """The same search and the same decision as for a real message."""
    reading = faq.index.read(text)
    matches = faq.search(text)
    decision = faq.decide(text)
    both = two_questions(faq.index, text)
    why = _scores(matches, faq.thresholds_for(text, matches)) if both is None else [TWO]
    return Explanation(
        words=tuple(word for item in reading.words for word in item.read),
        matches=tuple(_line(faq, match) for match in matches[:SHOWN]),
        decision=_decision(faq, decision),
        explanation=(*_reading(reading), *why),
    )


def _line(faq: Faq, match: Match) -> MatchLine:
    return MatchLine(
        entry=match.entry_id,
        title=faq.entries[match.entry_id].title,
        score=round(match.score, 3),
        phrasing=match.phrasing,
        phrasing_score=round(match.phrasing_score, 3),
        mean_score=round(match.mean_score, 3),
        probability=round(match.probability, 3),
    )


def _decision(faq: Faq, decision: Decision) -> str:
    match decision:
        case Answered(best, _):
            return f"Réponse : {faq.entries[best.entry_id].title}"
        case Suggested(matches):
            titles = " / ".join(faq.entries[m.entry_id].title for m in matches)
            return f"Choix proposés : {titles}"
        case NothingFound():
            return "Rien trouvé : les thèmes, puis une personne."
        case _:
            assert_never(decision)


def _reading(reading: Reading) -> list[str]:
    lines = []
    fixed = [f"{w.typed} → {' '.join(w.read)}" for w in reading.words if w.is_corrected]
    if fixed:
        lines.append(f"Mots corrigés : {', '.join(fixed)}.")
    unknown = [word.typed for word in reading.words if not word.is_known]
    if unknown:
        lines.append(f"Mots inconnus : {', '.join(unknown)}.")
    synonyms = [
        f"{' '.join(piece.words)} = {' '.join(piece.family)}"
        for piece in reading.pieces
        if piece.family and piece.family != piece.words
    ]
    if synonyms:
        lines.append(f"Synonymes : {', '.join(synonyms)}.")
    return lines


def _scores(matches: tuple[Match, ...], thresholds: Thresholds) -> list[str]:
    if not matches:
        return ["Aucun mot de ce message n’est dans les fiches."]
    best, lead = matches[0], lead_of(matches)
    needed = thresholds.lead_for(max(best.score, thresholds.answer))
    return [
        f"Meilleur score : {best.score:.2f} (proposer dès {thresholds.suggest:.2f}, "
        f"répondre dès {thresholds.answer:.2f} : {_yes(best.score >= thresholds.answer)}).",
        f"Avance sur le second : {lead:.0%} (il faut {needed:.0%} : {_yes(lead >= needed)}).",
    ]


def _yes(met: bool) -> str:
    return "oui" if met else "non"
