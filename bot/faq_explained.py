"""Why the robot answers as it does: `ask`, `essais <fichier>`, « Pourquoi cette réponse ? »."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import assert_never

from bot.helpdesk import hearing
from bot.safety import Triage
from bot.texts import Texts, load_texts
from faq.catalogue import Faq
from faq.decision import Answered, Decision, NothingFound, Suggested
from faq.errors import FaqError, FaqErrors
from faq.explain import Explanation, explain
from faq.index import BEST_SHARE, Match
from faq.loader import NOT_UTF_8
from faq.saving import text_of
from faq.weighing import BLOCKS

SHOWN = 5  # matches
BLOCK_NAMES = {
    "letters": "lettres",
    "words": "mots",
    "pairs": "paires",
    "sounds": "sons",
    "meanings": "sens",
}
LEGEND = (
    "Formulation : la plus proche ; c’est la somme des lettres, mots, paires, sons et sens.",
    f"Proximité : {BEST_SHARE:.0%} de la formulation, {1 - BEST_SHARE:.0%} de la moyenne de la "
    "fiche.",
    "Score : la probabilité et la proximité ensemble, moins un peu d’« Ailleurs » (proche d’un "
    "autre sujet) ; au moins la formulation, si c’est la même.",
)
PERSON_CALLED = "Une personne est demandée : l’équipe est prévenue."
KEYBOARD_WORD = "Mot du clavier ou des boutons : aucune fiche n’est cherchée."
SMALL_TALK = "Petit mot (bonjour, merci, ok) : aucune fiche n’est cherchée."
LONGEST_PHRASE = 50  # characters of a column
Row = tuple[str, ...]


def explain_message(faq: Faq, triage: Triage, text: str) -> Explanation:
    """Why the robot answers as it does: danger first, then plain words, then the FAQ."""
    act = hearing.name_act(_texts(), text)
    danger = None if act == "safe" else triage.triage(text)
    found = explain(faq, text)
    plain = _name_plain_words(faq, act, text)
    if danger is None and plain is not None:
        return replace(found, decision=plain, matches=(), explanation=())
    decision = found.decision if danger is None else f"Danger d’abord : {danger.title}"
    return replace(
        found, decision=decision, explanation=(*triage.explain(text), *found.explanation)
    )


def _name_plain_words(faq: Faq, act: str | None, text: str) -> str | None:
    """What is understood without any search, as `bot.helpdesk.arrivals` does; None otherwise."""
    if act is not None:
        return PERSON_CALLED if act == "human" else KEYBOARD_WORD
    if hearing.name_small_talk(_texts(), faq.welcome, text) is not None:
        return SMALL_TALK
    return None


@cache
def _texts() -> Texts:
    return load_texts()


def explain_text(faq: Faq, text: str) -> list[str]:
    """The same for the terminal, with the nearest entries and their scores."""
    found = explain_message(faq, Triage(faq.dangers), text)
    near = (
        f"{match.score:.2f}  {match.title} ({match.entry}), comme « {match.phrasing} »"
        for match in found.matches
    )
    return [f"Décision : {found.decision}", *found.explanation, *near]


def explain_fully(faq: Faq, text: str) -> list[str]:
    """Every step for the terminal: words, corrections, decision, threshold, parts of scores."""
    triage = Triage(faq.dangers)
    found = explain_message(faq, triage, text)
    matches = faq.search(text)[:SHOWN]
    lines = [
        f"Mots écrits : {' '.join(faq.index.read(text).typed)}",
        f"Mots lus : {' '.join(found.words)}",
        f"Décision : {found.decision}",
    ]
    if found.decision in (PERSON_CALLED, KEYBOARD_WORD, SMALL_TALK):
        return lines
    lines += [f"Seuil atteint : {_threshold(faq, triage, text)}", *found.explanation]
    if not matches:
        return lines
    heads = ("Fiche", "Score", "Probabilité", "Ailleurs", "Proximité", "Moyenne", "Formulation")
    rows = [_parts(faq, text, match) for match in matches]
    return [*lines, "", *table((*heads, *BLOCK_NAMES.values(), "La plus proche"), rows), *LEGEND]


def _parts(faq: Faq, text: str, match: Match) -> Row:
    near = BEST_SHARE * match.phrasing_score + (1 - BEST_SHARE) * match.mean_score
    parts = faq.index.parts(text, match.phrasing)
    sure = (match.score, match.probability, match.elsewhere)
    figures = (*sure, near, match.mean_score, match.phrasing_score)
    told = (*figures, *(parts[name] for name in BLOCKS))
    return (match.entry_id, *(f"{figure:.3f}" for figure in told), f"« {match.phrasing} »")


def _threshold(faq: Faq, triage: Triage, text: str) -> str:
    if triage.triage(text) is not None:
        return "aucun n’est regardé, le danger passe avant."
    thresholds = faq.thresholds_for(text, faq.search(text))
    match faq.decide(text):
        case Answered():
            return f"réponse ({thresholds.answer:.2f}), avec l’avance qu’il faut."
        case Suggested():
            return f"suggestion ({thresholds.suggest:.2f})."
        case NothingFound():
            return f"aucun (il faut {thresholds.suggest:.2f} pour proposer)."


def try_phrases(faq: Faq, phrases: Sequence[str]) -> list[str]:
    """A table: what each phrase would get, the best entry (or the danger), and its score."""
    triage = Triage(faq.dangers)
    rows = [_try_phrase(faq, triage, phrase) for phrase in phrases]
    return table(("Phrase", "Décision", "Fiche", "Score"), rows)


def _try_phrase(faq: Faq, triage: Triage, phrase: str) -> Row:
    danger = triage.triage(phrase)
    if danger is not None:
        return _cut(phrase), "danger", danger.title, ""
    decision = faq.decide(phrase)
    best = _best(decision)
    if best is None:
        return _cut(phrase), "rien", "", ""
    return _cut(phrase), _name(decision), faq.entries[best.entry_id].title, f"{best.score:.2f}"


def _best(decision: Decision) -> Match | None:
    match decision:
        case Answered(match=best):
            return best
        case Suggested(matches=matches) | NothingFound(matches=matches):
            return matches[0] if matches else None
        case _:
            assert_never(decision)


def _name(decision: Decision) -> str:
    match decision:
        case Answered():
            return "réponse"
        case Suggested(matches=matches):
            return f"choix de {len(matches)}"
        case NothingFound():
            return "rien"
        case _:
            assert_never(decision)


def table(heads: Row, rows: Sequence[Row]) -> list[str]:
    """Lines whose columns stand one under the other; the last one is as wide as it likes."""
    lines = (heads, *rows)
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads) - 1)]
    return ["  ".join((*map(str.ljust, line, widths), line[-1])).rstrip() for line in lines]


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_PHRASE else f"{text[: LONGEST_PHRASE - 1]}…"


def read_phrases(path: Path) -> list[str]:
    """The lines of a file that say something. Raises FaqErrors when it is not in UTF-8."""
    try:
        lines = text_of(path.read_bytes()).splitlines()
    except UnicodeDecodeError:
        raise FaqErrors([FaqError(path.name, None, None, NOT_UTF_8)]) from None
    return [line.strip() for line in lines if line.strip()]
