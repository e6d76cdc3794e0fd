"""Trains the model of danger on the examples (`python -m bot apprendre`).

The examples are files of sentences, one a line, under headers: `[suicide explicit]` names the
categories of `urgences.yml` that answer well (the best first), and how openly it is said. Files of
one number were written together, by one hand: leaving a number out of the training and reading it
afterwards says what the model makes of messages it has never seen.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from faq.background import ANOTHER_WORLD, SAME_WORLD, background
from faq.danger_features import FEATURES, Reading
from faq.danger_model import NOTHING, DangerModel, read_words, windows
from faq.learning import probabilities
from faq.postings import ranges
from faq.weighing import Floats, Ints, Rows

FOLDER = Path(__file__).with_name("exemples_danger")
HARMLESS = "sans_danger_"  # how the names of files of harmless examples begin
EPOCHS, BATCH, SEED = 8, 256, 1  # of the training: readings of all examples, texts at a time
RATE, SLOWNESS, RATE_OF_BIAS = 2.0, 1.0, 0.1  # of Adagrad
SNIPPETS, LONG = ((3, 5), (5, 8)), 8  # words of the snippets of a harmless message; of it
BRIEF, BESIDE = 8, 3  # words of what is learned among other words; most of them on each side
OFTEN = 10  # uses of a word in the dangerous examples, to be read alone as harmless
REGULARISATION = 100.0  # C of scikit-learn: the larger, the closer to the examples
READ_WITH = (
    *("text", "word_forms", "thesaurus", "weighing", "common_words"),
    *("danger_features", "danger_model"),
)


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
    """The model of these examples; `others`: more harmless messages (phrasings of the FAQ).

    A harmless message is also read window by window, as it will be, and in snippets, so that few
    words alarm by themselves; of a dangerous one, nobody has said which window is. What is brief
    is also read among a few words of other messages: « pour la caf je fais un avc et ma carte ».
    """
    harmless = [*background(ANOTHER_WORLD), *background(SAME_WORLD), *others]
    harmless += [example.text for example in examples if not example.categories]
    parts: list[tuple[Sequence[str], str]] = [
        (read_words(example.text), example.categories[0])
        for example in examples
        if example.categories
    ]
    harmless += [word for word, uses in _words_of(parts).items() if uses >= OFTEN]
    random = np.random.default_rng(SEED)
    calm = [words for words in map(read_words, harmless) if words]
    brief = [(words, NOTHING) for words in calm if len(words) > 1]
    brief += [
        (read_words(e.text), e.categories[0]) for e in examples if e.is_explicit and e.categories
    ]
    parts += [(part, NOTHING) for words in calm for part in _parts(words, random)]
    parts += _among([words for words in calm if len(words) >= LONG], brief, random)
    categories = (*sorted({name for _, name in parts} - {NOTHING}), NOTHING)
    reading = Reading()
    vectors = reading.learn([words for words, _ in parts])
    classes = np.array([categories.index(name) for _, name in parts])
    weights, bias = _fit(vectors, classes, len(categories))
    return DangerModel(categories, weights, bias, reading, sources_digest())


def _words_of(parts: Sequence[tuple[Sequence[str], str]]) -> Counter[str]:
    """How often each word is used: alone, none of them is a danger to this model."""
    return Counter(word for words, _ in parts for word in words)


def _parts(words: list[str], random: np.random.Generator) -> list[Sequence[str]]:
    """The whole, its windows when it has several, and two snippets of it anywhere."""
    found = windows(words)
    parts: list[Sequence[str]] = [words, *found] if len(found) > 1 else [words]
    for shortest, longest in SNIPPETS if len(words) >= LONG else ():
        length = int(random.integers(shortest, longest + 1))
        start = int(random.integers(len(words) - length + 1))
        parts.append(words[start : start + length])
    return parts


def _among(
    others: Sequence[list[str]],
    brief: Sequence[tuple[list[str], str]],
    random: np.random.Generator,
) -> Iterator[tuple[Sequence[str], str]]:
    """What is brief, each time after the end of one message and before the start of another."""
    for words, name in brief if others else ():
        if len(words) <= BRIEF:
            before, after = (others[int(random.integers(len(others)))] for _ in range(2))
            left, right = random.integers(BESIDE + 1, size=2)
            yield [*before[len(before) - left :], *words, *after[:right]], name


def _fit(vectors: Rows, classes: Ints, class_count: int) -> tuple[Floats, Floats]:
    """Multinomial logistic regression by Adagrad, in batches: features x classes, and the bias.

    Always the same for the same examples.
    """
    weights = np.zeros((FEATURES, class_count))
    bias = np.zeros(class_count)
    seen = np.full((FEATURES, class_count), SLOWNESS)
    bounds = np.searchsorted(vectors.rows, np.arange(len(classes) + 1))
    order = np.random.default_rng(SEED)
    for _ in range(EPOCHS):
        shuffled = order.permutation(len(classes))
        for start in range(0, len(shuffled), BATCH):
            batch = shuffled[start : start + BATCH]
            lengths = np.diff(bounds)[batch]
            places = ranges(bounds[batch], lengths)
            rows = np.repeat(np.arange(len(batch)), lengths)
            features, at = np.unique(vectors.features[places], return_inverse=True)
            values = vectors.weights[places]
            scores = bias + _product(rows, values, weights[features][at], len(batch))
            error = probabilities(scores)
            error[np.arange(len(batch)), classes[batch]] -= 1
            slope = _product(at, values, error[rows], len(features))
            slope += weights[features] / REGULARISATION * len(batch) / len(classes)
            seen[features] += slope**2
            weights[features] -= RATE * slope / np.sqrt(seen[features])
            bias -= RATE_OF_BIAS * error.mean(axis=0)
    return weights.astype(np.float32), bias


def _product(places: Ints, values: Floats, vectors: Floats, count: int) -> Floats:
    """The sum at each place of values x vectors: places from 0 to `count` - 1."""
    return np.stack(
        [np.bincount(places, values * column, minlength=count) for column in vectors.T], axis=1
    )


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
