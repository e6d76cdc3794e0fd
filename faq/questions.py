"""Messages that are not one plain question: two at once, or a few words after an answer.

« mot de passe caf et ameli » asks two things; « et pour ameli ? », after the answer about the CAF,
asks the same thing of somebody else. Both are turned into plain questions, and searched for.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from faq.index import Index, Match
from faq.text import normalise

BOTH_SCORE = 0.55  # of each of two questions (measures: decision 16)
LONGEST_MESSAGE = 400  # characters; of a longer one, only the whole is searched for
MOST_CUTS = 4  # places of a message where a second question may begin
MOST_VARIANTS = 5  # of the first question: its last words, one at a time, replaced
LONGEST_REST = 3  # words of a second question that borrows the beginning of the first
LONGEST_FOLLOW_UP = 6  # words
MASK = "•"  # a private number was there: what is around it is no question
_CUT = re.compile(
    r"[.?!;,\n]+|\b(?:et aussi|et puis|et sinon|et|aussi|puis|ensuite|mais|sinon|ou|plus)\b",
    re.IGNORECASE,
)
_OPENINGS = frozenset(
    [
        *("et", "pour", "mais", "aussi", "sinon", "pareil", "ou", "alors", "puis"),
        *("le", "la", "les", "l", "a", "du", "de", "des"),
    ]
)


def two_questions(index: Index, text: str) -> tuple[Match, Match] | None:
    """The entries of the two questions of a message, in its order; None when it asks one."""
    best: tuple[float, Match, Match] | None = None
    for cut in _cuts(text):
        before, after = text[: cut.start()], text[cut.end() :]
        first = next(iter(index.search(before, 1)), None)
        second = _best(index, after, before)
        if first is None or second is None or first.entry_id == second.entry_id:
            continue
        weaker = min(first.score, second.score)
        if weaker >= BOTH_SCORE and (best is None or weaker > best[0]):
            best = (weaker, first, second)
    return None if best is None else best[1:]


def _cuts(text: str) -> list[re.Match[str]]:
    """Where a second question may begin, with words on both sides."""
    if len(text) > LONGEST_MESSAGE or MASK in text:
        return []
    cuts = (
        cut
        for cut in _CUT.finditer(text)
        if normalise(text[: cut.start()]) and normalise(text[cut.end() :])
    )
    return list(islice(cuts, MOST_CUTS))


def follow_up(index: Index, text: str, title: str) -> list[Match]:
    """What a few words may ask after the answer with that title; nothing when they stand alone."""
    said = normalise(text).split()
    rest = _without_opening(said)
    if MASK in text:
        return []
    stands_alone = len(said) > LONGEST_FOLLOW_UP or (rest == said and len(rest) > 1)
    if stands_alone or not any(word.is_known for word in index.read(" ".join(rest)).words):
        return []
    return _search_variants(index, _variants(index, title, " ".join(rest)))


def is_single(index: Index, text: str) -> bool:
    """One word or one name, whatever small words open it: « ameli », « et pour ameli ? »."""
    rest = _without_opening(normalise(text).split())
    return len(index.read(" ".join(rest)).pieces) <= 1


def _best(index: Index, rest: str, before: str) -> Match | None:
    """Of the second question: as it stands, or with the beginning of the first."""
    found = index.search(rest, 1)
    words = _without_opening(normalise(rest).split())
    if 0 < len(words) <= LONGEST_REST:
        found += _search_variants(index, _variants(index, before, " ".join(words)))
    return max(found, key=lambda match: match.score, default=None)


def _variants(index: Index, question: str, words: str) -> Iterator[str]:
    """The question with one of its words or names replaced."""
    pieces = [" ".join(piece.words) for piece in index.read(question).pieces]
    for place in range(max(0, len(pieces) - MOST_VARIANTS), len(pieces)):
        yield " ".join((*pieces[:place], words, *pieces[place + 1 :]))


def _search_variants(index: Index, variants: Iterator[str]) -> list[Match]:
    found: dict[str, Match] = {}
    for variant in variants:
        for match in index.search(variant, 3):
            known = found.get(match.entry_id)
            if known is None or match.score > known.score:
                found[match.entry_id] = match
    return sorted(found.values(), key=lambda match: -match.score)


def _without_opening(words: Sequence[str]) -> list[str]:
    start = 0
    while start < len(words) and words[start] in _OPENINGS:
        start += 1
    return list(words[start:])
