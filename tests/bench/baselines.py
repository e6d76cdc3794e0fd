"""What is usually done with rapidfuzz, and BM25: the same entries, the same queries."""

from collections import Counter
from collections.abc import Callable, Sequence
from math import log
from typing import Protocol

from rapidfuzz import fuzz, process

from faq.text import normalise

Search = Callable[[str], list[tuple[str, float]]]  # best first, scores from 0 up
LIMIT = 10


class Indexable(Protocol):
    """An entry of a data set."""

    @property
    def id(self) -> str: ...
    @property
    def question(self) -> str: ...
    @property
    def phrasings(self) -> Sequence[str]: ...


def texts_of(entries: Sequence[Indexable]) -> list[tuple[str, str]]:
    """(id, text) of each phrasing."""
    return [
        (entry.id, text)
        for entry in entries
        for text in dict.fromkeys((entry.question, *entry.phrasings))
    ]


def _best_by_entry(found: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    best: dict[str, float] = {}
    for identity, score in found:
        best[identity] = max(score, best.get(identity, 0.0))
    return sorted(best.items(), key=lambda pair: -pair[1])[:LIMIT]


def default_scorer(entries: Sequence[Indexable]) -> Search:
    """`process.extract` as its documentation shows it: the scorer is WRatio, the text as typed."""
    texts = texts_of(entries)
    choices = [text for _, text in texts]

    def search(query: str) -> list[tuple[str, float]]:
        found = process.extract(query, choices, limit=None)
        return _best_by_entry([(texts[rank][0], score / 100) for _, score, rank in found])

    return search


def token_sort(entries: Sequence[Indexable]) -> Search:
    """`token_sort_ratio` on normalised texts."""
    texts = texts_of(entries)
    choices = [normalise(text) for _, text in texts]

    def search(query: str) -> list[tuple[str, float]]:
        found = process.extract(
            normalise(query), choices, scorer=fuzz.token_sort_ratio, limit=None
        )
        return _best_by_entry([(texts[rank][0], score / 100) for _, score, rank in found])

    return search


def bm25(entries: Sequence[Indexable], k1: float = 1.2, b: float = 0.75) -> Search:
    """BM25 over one document per entry: all its phrasings."""
    documents = {
        entry.id: Counter(
            word
            for text in dict.fromkeys((entry.question, *entry.phrasings))
            for word in normalise(text).split()
        )
        for entry in entries
    }
    frequencies = Counter(word for words in documents.values() for word in words)
    lengths = {identity: words.total() for identity, words in documents.items()}
    mean = sum(lengths.values()) / len(lengths)

    def idf(word: str) -> float:
        count = frequencies[word]
        return log(1 + (len(documents) - count + 0.5) / (count + 0.5))

    def score(identity: str, query: Sequence[str]) -> float:
        words, scale = documents[identity], k1 * (1 - b + b * lengths[identity] / mean)
        return sum(
            idf(word) * words[word] * (k1 + 1) / (words[word] + scale)
            for word in query
            if word in words
        )

    def search(query: str) -> list[tuple[str, float]]:
        words = normalise(query).split()
        return _best_by_entry([(identity, score(identity, words)) for identity in documents])

    return search


BASELINES: dict[str, Callable[[Sequence[Indexable]], Search]] = {
    "WRatio": default_scorer,
    "token_sort_ratio": token_sort,
    "BM25": bm25,
}
