"""Trains the model of danger on the examples (`python -m bot apprendre`).

The examples are files of sentences, one a line, under headers: `[suicide explicit]` names the
categories of `urgences.yml` that answer well (the best first), and how openly it is said. Files of
one number were written together, by one hand: leaving a number out of the training and reading it
afterwards says what the model makes of messages it has never seen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from faq import learning
from faq.background import ANOTHER_WORLD, SAME_WORLD, background
from faq.danger_model import FEATURES, NOTHING, DangerModel, read_words
from faq.postings import Postings
from faq.synonyms import Piece
from faq.thesaurus import everyday
from faq.weighing import Floats, HashedFeatures, Rows, Weighing

FOLDER = Path(__file__).with_name("exemples_danger")
HARMLESS = "sans_danger_"  # how the names of files of harmless examples begin
STEPS = 20  # of the training; more change nothing
READ_WITH = ("text", "word_forms", "thesaurus", "weighing", "common_words", "danger_model")


@dataclass(frozen=True)
class Example:
    """A message and what it should raise; no category for a harmless one."""

    text: str
    categories: tuple[str, ...]
    is_explicit: bool
    number: str  # of the file it stands in


def read_examples(folder: Path = FOLDER) -> list[Example]:
    """Every example, dangerous and harmless, file after file."""
    return [example for path in sorted(folder.glob("*.txt")) for example in read_file(path)]


def read_file(path: Path) -> Iterator[Example]:
    """The examples of one file; comments (`#`) and empty lines are no examples."""
    is_harmless = path.name.startswith(HARMLESS)
    number = path.stem.rpartition("_")[2]
    categories: tuple[str, ...] = ()
    is_explicit = False
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and not is_harmless:
            names, _, kind = line.strip("[]").partition(" ")
            is_explicit = kind == "explicit"
            categories = tuple(names.split(","))
        elif line.strip() and not line.startswith(("#", "[")):
            yield Example(line, categories, is_explicit, number)


def without_known(examples: Sequence[Example], known: Sequence[Example]) -> list[Example]:
    """Those that say something new: short cries (« j'en peux plus ») are written by everybody."""
    said = {example.text.lower() for example in known}
    return [example for example in examples if example.text.lower() not in said]


def train(examples: Sequence[Example], others: Sequence[str]) -> DangerModel:
    """The model of these examples; `others`: more harmless messages (phrasings of the FAQ)."""
    harmless = [*background(ANOTHER_WORLD), *background(SAME_WORLD), *others]
    texts = [*(example.text for example in examples), *harmless]
    names = [(*example.categories, NOTHING)[0] for example in examples]
    names += [NOTHING] * len(harmless)
    categories = (*sorted(set(names) - {NOTHING}), NOTHING)
    weighing = Weighing(everyday(), HashedFeatures(FEATURES))
    pieces = [[Piece((word,)) for word in read_words(text)] for text in texts]
    vectors = weighing.learn([[words] for words in pieces])
    products = Postings(vectors, len(texts), FEATURES).products(vectors)
    classes = np.array([categories.index(name) for name in names], dtype=np.int32)
    duals = learning.train(products, classes, len(categories), STEPS)
    return DangerModel(
        categories=categories,
        weights=_by_feature(vectors, duals),
        bias=learning.BIAS * duals.sum(axis=0),
        weighing=weighing,
        sources=sources_digest(),
    )


def _by_feature(vectors: Rows, duals: Floats) -> Floats:
    """From the weight of each text to the weight of each feature."""
    weights = np.zeros((FEATURES, duals.shape[1]), dtype=np.float32)
    for column in range(duals.shape[1]):
        weights[:, column] = np.bincount(
            vectors.features,
            vectors.weights * duals[vectors.rows, column],
            minlength=FEATURES,
        )
    return weights


def sources_digest() -> str:
    """12 hex digits that change with the examples, the words, or how they are read."""
    here = Path(__file__).parent
    total = sha256()
    for path in (
        *sorted(FOLDER.glob("*.txt")),
        *(here / f"{name}.txt" for name in ("mots_proches", "mots_courants", "hors_sujet")),
        *(here / f"{name}.py" for name in READ_WITH),
    ):
        total.update(path.read_text(encoding="utf-8").encode())
    return total.hexdigest()[:12]
