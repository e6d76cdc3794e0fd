"""Danger in a message: the first category of urgences.yml, by urgency, whose words are there.

Deterministic, on normalised words (domain-facts §3b and §3d), recall before precision. A word is
set aside when it belongs to a harmless phrase of the category (`sauf`), or when it is denied.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from typing import NamedTuple, TypeVar

from faq.danger import LEVELS, Danger, DangerTable
from faq.danger_words import GAP, Symbols, parse, read_words
from faq.denial import NEGATIONS, is_denied
from faq.patterns import Hit, Patterns
from faq.vocabulary import Vocabulary

MAX_CHARACTERS = 4_096  # a whole Telegram message: danger may stand at its end
WINDOW = 12  # words within which every group of `groupes` must be found

_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
# Around the only words of a message (« bonjour, urgence svp ») they say nothing more.
_POLITE = frozenset(
    [
        *("bonjour", "bonsoir", "salut", "merci", "allo", "s", "il", "vous", "te", "plait"),
        *("le", "la", "l", "les", "un", "une", "des", "du", "de", "d", "y", "a", "c", "est"),
        *("j", "ai", "je", "mon", "ma", "besoin", "appel", "pour", "au", "aux"),
    ]
)
Meaning = TypeVar("Meaning")


class Finding(NamedTuple):
    """A danger, and the expression of urgences.yml that betrayed it (never the words typed)."""

    danger: Danger
    because: str
    denied: str | None = None  # the category said, and said not to be so
    certain: Danger | None = None  # the most urgent danger said by a phrase of `certaines`


class _Rule(NamedTuple):
    category: int
    text: str
    denied: str | None = None
    is_certain: bool = False


class _Found(NamedTuple):
    rule: _Rule
    start: int  # its first word …
    end: int  # … and the one after its last


class _GroupRule(NamedTuple):
    category: int
    text: str
    groups: tuple[frozenset[str], ...]


class Lexicon:
    """The expressions of urgences.yml, ready to be looked for. Built once per FAQ version."""

    def __init__(self, table: DangerTable) -> None:
        """Compile every expression; the loader has checked them."""
        self._dangers = table.categories
        self._ranks = {danger.id: rank for rank, danger in enumerate(table.categories)}
        self._symbols: set[str] = set()
        self._lists: Patterns[str] = Patterns()
        self._triggers: Patterns[_Rule] = Patterns()
        self._harmless: Patterns[_Rule] = Patterns()
        self._alone: Patterns[_Rule] = Patterns()
        self._groups: list[_GroupRule] = []
        for name, items in table.lists.items():
            for item in items:
                self._add(self._lists, parse(item), f"<{name}>")
        for rank, danger in enumerate(table.categories):
            self._compile(rank, danger)
        exact = {word for typed in table.exact_words for word in read_words(typed)}
        self._vocabulary = Vocabulary(self._symbols, exact)

    def find(self, text: str) -> Finding | None:
        """The most urgent category whose words are in ``text``; None when nothing worries."""
        rules = [found.rule for found in self._found_in(_read(text))]
        if not rules:
            return None
        rule = min(rules, key=self._urgency)
        sure = min((r for r in rules if r.is_certain), key=self._urgency, default=None)
        certain = None if sure is None else self._dangers[sure.category]
        return Finding(self._dangers[rule.category], rule.text, rule.denied, certain)

    def passages(self, text: str, around: int) -> list[str]:
        """Every expression found, as said, with so many words before and after it. Once each."""
        words = _read(text)
        parts = (words[max(0, f.start - around) : f.end + around] for f in self._found_in(words))
        return [*dict.fromkeys(map(" ".join, parts))]

    def is_set_aside(self, text: str) -> bool:
        """Whether an expression is there, but denied, or part of a harmless phrase."""
        words = _read(text)
        spans = self._spans(words)
        if any(self._harmless_places(spans).values()):
            return True
        return any(
            is_denied(words, *hit)
            for start in range(len(spans))
            for hit, _ in self._triggers.find(spans, start)
        )

    def _urgency(self, rule: _Rule) -> tuple[int, int]:
        return LEVELS[self._dangers[rule.category].level], rule.category

    def _add(self, patterns: Patterns[Meaning], symbols: Symbols, meaning: Meaning) -> None:
        patterns.add(symbols, meaning)
        self._symbols.update(s for s in symbols if s != GAP and not s.startswith("<"))

    def _compile(self, rank: int, danger: Danger) -> None:
        triggers = danger.triggers
        for text in (*triggers.phrases, *triggers.words):
            self._add(self._triggers, parse(text), _Rule(rank, text))
        for text in triggers.certain:
            self._add(self._triggers, parse(text), _Rule(rank, text, is_certain=True))
        for text in triggers.alone:
            self._add(self._alone, _without_politeness(parse(text)), _Rule(rank, text))
        for text in danger.harmless:
            self._add(self._harmless, parse(text), _Rule(rank, text))
        for groups in triggers.groups:
            members = tuple(frozenset(map(self._member, group)) for group in groups)
            text = " + ".join("|".join(group) for group in groups)
            self._groups.append(_GroupRule(rank, text, members))

    def _member(self, text: str) -> str:
        """The symbol of one member of a group; several words become a list of their own."""
        symbols = parse(text)
        if len(symbols) == 1:
            self._symbols.update(s for s in symbols if not s.startswith("<"))
            return symbols[0]
        name = f"<={text}>"
        self._add(self._lists, symbols, name)
        return name

    def _found_in(self, words: Sequence[str]) -> Iterator[_Found]:
        """Every rule that applies, and where."""
        yield from (_Found(rule, 0, len(words)) for rule in self._alone_in(words))
        yield from self._hits_in(words)

    def _hits_in(self, words: Sequence[str]) -> Iterator[_Found]:
        """Every trigger that is neither harmless nor denied; denied ones go where they must."""
        spans = self._spans(words)
        harmless = self._harmless_places(spans)
        places: defaultdict[str, list[int]] = defaultdict(list)
        for start, symbols in enumerate(spans):
            for symbol in symbols:
                places[symbol].append(start)
            for hit, rule in self._triggers.find(spans, start):
                if harmless[rule.category].isdisjoint(range(hit.start, hit.end)):
                    yield from self._unless_denied(rule, words, hit)
        for group_rule in self._groups:
            if any(group.isdisjoint(places) for group in group_rule.groups):
                continue
            yield from self._group_hits(group_rule, words, places, harmless[group_rule.category])

    def _spans(self, words: Sequence[str]) -> list[dict[str, set[int]]]:
        """For each word, the symbols that start there (lists included) and where they end."""
        spans: list[dict[str, set[int]]] = [
            {symbol: {place + 1} for symbol in self._vocabulary.symbols_of(word)}
            for place, word in enumerate(words)
        ]
        for start in range(len(spans)):
            for hit, name in [*self._lists.find(spans, start)]:
                spans[start].setdefault(name, set()).add(hit.end)
        return spans

    def _harmless_places(self, spans: list[dict[str, set[int]]]) -> defaultdict[int, set[int]]:
        """By category, the places of words that belong to its harmless phrases."""
        places: defaultdict[int, set[int]] = defaultdict(set)
        for start in range(len(spans)):
            for hit, rule in self._harmless.find(spans, start):
                places[rule.category].update(range(hit.start, hit.end))
        return places

    def _unless_denied(self, rule: _Rule, words: Sequence[str], hit: Hit) -> Iterator[_Found]:
        if not is_denied(words, *hit):
            yield _Found(rule, hit.start, hit.end)
        elif (other := self._dangers[rule.category].if_denied) is not None:
            denied = _Rule(self._ranks[other], rule.text, self._dangers[rule.category].id)
            yield _Found(denied, hit.start, hit.end)

    def _group_hits(
        self,
        rule: _GroupRule,
        words: Sequence[str],
        places: dict[str, list[int]],
        harmless: set[int],
    ) -> Iterator[_Found]:
        """One hit if every group has a word in the same window, the first one that is there."""
        found = [
            sorted({p for member in group for p in places.get(member, ()) if p not in harmless})
            for group in rule.groups
        ]
        if all(found) and (together := _together(found)):
            own = any(NEGATIONS & group for group in rule.groups)  # it says « pas » itself
            if own or not any(is_denied(words, place, place + 1, ()) for place in together):
                yield _Found(_Rule(rule.category, rule.text), min(together), max(together) + 1)

    def _alone_in(self, words: Sequence[str]) -> Iterator[_Rule]:
        """The rule of a message that says nothing but words of `seuls`, politeness apart."""
        core = [word for word in words if word not in _POLITE]
        spans = self._spans(core)
        place, said = 0, None
        while place < len(core):
            longest = max(self._alone.find(spans, place), key=lambda h: h[0].end, default=None)
            if longest is None:
                return
            place, said = longest[0].end, longest[1]
        if said:
            yield said


def _read(text: str) -> list[str]:
    return _without_repeats(read_words(_clean(text)))


def _clean(text: str) -> str:
    """At most 4,096 characters, before and after what one character can unfold to."""
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text[:MAX_CHARACTERS]))[
        :MAX_CHARACTERS
    ]


def _without_repeats(words: Sequence[str]) -> list[str]:
    """The words but those that only repeat, all around, what was said before (« me me me me »).

    What an expression needs, 4 words before it and 20 after its start, was then read already.
    """
    seen: set[tuple[int, tuple[str, ...]]] = set()
    kept: list[str] = []
    for place, word in enumerate(words):
        before = min(place, 4)  # part of the key: the first words share one window
        around = (before, tuple(words[place - before : place + 20]))
        if around not in seen:
            kept.append(word)
        seen.add(around)
    return kept


def _without_politeness(symbols: Symbols) -> Symbols:
    return tuple(symbol for symbol in symbols if symbol not in _POLITE) or symbols


def _together(found: list[list[int]]) -> list[int] | None:
    """One place of each group, all within the window; ``found`` holds the sorted places."""
    for first in found[0]:
        near = [[p for p in places if abs(p - first) < WINDOW] for places in found[1:]]
        for others in product(*near) if all(near) else ():
            chosen = [first, *others]
            if max(chosen) - min(chosen) < WINDOW and len(set(chosen)) == len(chosen):
                return chosen
    return None
