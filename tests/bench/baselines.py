"""What is usually done: rapidfuzz's scorers, BM25, logistic regression, on the same entries.

bm25s and scikit-learn are of the group `bench`: they are installed for this comparison alone.
"""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain

import numpy as np
from bm25s import BM25
from rapidfuzz import fuzz, process
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

from faq.text import normalise
from tests.bench.data import Plain

Found = list[tuple[str, float]]  # entry ids and scores, best first
Search = Callable[[str], Found]
LIMIT = 10
K1, B = 1.2, 0.75  # of BM25: the usual ones
REGULARISATION = 10.0  # C


def texts_by_entry(entries: Iterable[Plain]) -> dict[str, list[str]]:
    """Entry → its question, its phrasings, and its keywords as one more, without repeats."""
    return {
        entry.id: list(
            dict.fromkeys(
                text
                for text in (entry.question, *entry.phrasings, " ".join(entry.keywords))
                if text
            )
        )
        for entry in entries
    }


def _labelled(entries: Iterable[Plain]) -> tuple[list[str], list[str]]:
    """The texts of all the entries, and the entry of each."""
    texts = texts_by_entry(entries)
    owners = [identity for identity, said in texts.items() for _ in said]
    return list(chain(*texts.values())), owners


def _best_by_entry(found: Iterable[tuple[str, float]]) -> Found:
    best: dict[str, float] = {}
    for identity, score in found:
        best[identity] = max(score, best.get(identity, 0.0))
    return sorted(best.items(), key=lambda pair: -pair[1])[:LIMIT]


def default_scorer(entries: Sequence[Plain]) -> Search:
    """`process.extract` as its documentation shows it: the scorer is WRatio, the text as typed."""
    texts, owners = _labelled(entries)

    def search(query: str) -> Found:
        found = process.extract(query, texts, limit=None)
        return _best_by_entry((owners[rank], score / 100) for _, score, rank in found)

    return search


def token_sort(entries: Sequence[Plain]) -> Search:
    """`token_sort_ratio` on normalised texts."""
    texts, owners = _labelled(entries)
    choices = [normalise(text) for text in texts]

    def search(query: str) -> Found:
        found = process.extract(
            normalise(query), choices, scorer=fuzz.token_sort_ratio, limit=None
        )
        return _best_by_entry((owners[rank], score / 100) for _, score, rank in found)

    return search


def bm25(entries: Sequence[Plain]) -> Search:
    """BM25 over one document per entry: all its phrasings."""
    documents = texts_by_entry(entries)
    index = BM25(k1=K1, b=B)
    index.index(
        [normalise(" ".join(texts)).split() for texts in documents.values()], show_progress=False
    )

    def search(query: str) -> Found:
        words = normalise(query).split()
        if not words:
            return []
        return _best_by_entry(zip(documents, index.get_scores(words).tolist(), strict=True))

    return search


def logistic_regression(entries: Sequence[Plain]) -> Search:
    """scikit-learn's, on tf-idf of letters, two to four at a time; scores are probabilities.

    Among the best of eighteen variants tried on the two French sets: a choice in its favour.
    """
    texts, owners = _labelled(entries)
    model = make_pipeline(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True),
        LogisticRegression(C=REGULARISATION, max_iter=1_000),
    )
    model.fit([normalise(text) for text in texts], owners)
    names = [str(name) for name in model.classes_]

    def search(query: str) -> Found:
        (probabilities,) = model.predict_proba([normalise(query)])
        best = np.argsort(-probabilities, kind="stable")[:LIMIT]
        return [(names[rank], float(probabilities[rank])) for rank in best]

    return search


BASELINES: dict[str, Callable[[Sequence[Plain]], Search]] = {
    "WRatio": default_scorer,
    "token_sort_ratio": token_sort,
    "BM25": bm25,
    "logistic regression": logistic_regression,
}
