"""Our matcher as it was first built (matching-facts §5), frozen: what later ones must beat.

Each unknown word is aligned to the words of the FAQ, then tf-idf over letters, words and pairs of
words, with the mass of unknown words; an entry scores .4 of its nearest phrasing and .6 of their
mean. Commit e601327, without the table of synonyms, which no data set has. It shares with the
robot what has not changed since: normalisation, abbreviations, the ranks of common words.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from heapq import nlargest
from itertools import chain, pairwise
from math import inf, log, sqrt

from rapidfuzz import process
from rapidfuzz.distance import OSA

from faq.common_words import commonness_weight, ranks
from faq.text import expand, words
from tests.bench.baselines import LIMIT, Found, Search, texts_by_entry
from tests.bench.data import Plain

Vector = dict[str, float]

# Spelling
MIN_FUZZY = 4  # letters
MAX_WORD = 30  # letters
MAX_UNKNOWN = 40  # unknown words of one message that are compared
FIRST_LETTER_PENALTY = 0.08
SURE = 0.85  # similarity above which a typo is likelier than a lost space
ELIDED = frozenset({"qu", "j", "l", "d", "m", "t", "s", "c", "n"})
VOWELS = frozenset("aeiouyh")
MAX_RANK = {2: 130, 3: 500, 4: 2_000}  # letters → a piece that short must be that common
# Weighing and scores
SHORTEST_GRAM, LONGEST_GRAM = 3, 4
BLOCK_WEIGHTS = {"letters": 0.70, "words": 0.18, "pairs": 0.12}  # shares of the squared length
BEST_SHARE = 0.4  # of the score: the nearest phrasing; the rest: the mean of the phrasings
CANDIDATES = 40  # entries, by their mean, whose nearest phrasing is looked for
SAME_PHRASING = 0.95  # nothing is nearer
CORRECTED_SHARE = 0.7  # of a corrected message: as read; the rest: as typed


def first_design(entries: Sequence[Plain]) -> Search:
    """The search of that time."""
    return _Index(entries).search


class _Speller:
    """Reads misspelt words as words of the FAQ (word → number of entries that use it)."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        self._vocabulary = vocabulary
        self._closest = lru_cache(maxsize=4096)(self._find_closest)
        self._split = lru_cache(maxsize=4096)(self._find_split)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in vocabulary:
            if len(word) >= MIN_FUZZY and word.isalpha():
                self._by_length[len(word)].append(word)

    def read(self, typed: Sequence[str]) -> list[str]:
        """The words as the FAQ would write them."""
        found: list[str] = []
        rank, budget = 0, MAX_UNKNOWN
        while rank < len(typed):
            word = typed[rank]
            pair = word + typed[rank + 1] if rank + 1 < len(typed) else ""
            if self._is_known(word):
                found.append(word)
            elif pair in self._vocabulary and not self._is_known(typed[rank + 1]):
                found.append(pair)
                rank += 1
            elif budget > 0:
                budget -= 1
                found += self._read_unknown(word)
            else:
                found.append(word)
            rank += 1
        return found

    def _is_known(self, word: str) -> bool:
        return word in self._vocabulary or word in ranks() or not word.isalpha()

    def _read_unknown(self, word: str) -> tuple[str, ...]:
        split = self._split(word)
        closest, similarity = self._closest(word)
        if split and similarity < SURE:
            return split
        return (closest or word,)

    def _find_closest(self, word: str) -> tuple[str, float]:
        length = len(word)
        best = (0.0, 0, "")
        if length < MIN_FUZZY:
            return "", 0.0
        cutoff = 1 if length <= 4 else 2 if length <= 8 else 3
        for size in range(length - cutoff, length + cutoff + 1):
            for other, distance, _ in process.extract(
                word, self._by_length.get(size, ()), scorer=OSA.distance, score_cutoff=cutoff
            ):
                similarity = 1 - distance / max(length, size)
                if other[0] != word[0]:
                    similarity -= FIRST_LETTER_PENALTY
                best = max(best, (similarity, self._vocabulary[other], other))
        return best[2], best[0]

    def _find_split(self, word: str) -> tuple[str, ...]:
        """The word cut into known words, the likeliest way; () when it cannot be."""
        costs, cuts = [0.0] + [inf] * len(word), [0] * (len(word) + 1)
        for end in range(1, len(word) + 1):
            for start in range(end):
                cost = costs[start] + self._piece_cost(word, start, end)
                if cost < costs[end]:
                    costs[end], cuts[end] = cost, start
        if costs[-1] == inf:
            return ()
        bounds = [len(word)]
        while bounds[-1]:
            bounds.append(cuts[bounds[-1]])
        pieces = tuple(word[start:end] for start, end in pairwise(reversed(bounds)))
        says_something = any(len(p) >= MIN_FUZZY or p in self._vocabulary for p in pieces)
        return pieces if len(pieces) > 1 and says_something else ()

    def _piece_cost(self, word: str, start: int, end: int) -> float:
        piece, follower = word[start:end], word[end : end + 1]
        if piece in ELIDED:
            return log(30) if follower in VOWELS and follower else inf
        rank = ranks().get(piece, inf)
        if len(piece) > 1 and rank < MAX_RANK.get(len(piece), inf):
            return log(10 + rank)
        if len(piece) >= 3 and piece in self._vocabulary:
            return log(2_000)
        return inf


class _Weighing:
    """Turns words into vectors of length 1, with the IDF of one FAQ, counted per entry."""

    def __init__(self, entries: Sequence[Sequence[Sequence[str]]]) -> None:
        counts = Counter(
            chain.from_iterable(
                {f for said in phrasings for block in _blocks(said).values() for f in block}
                for phrasings in entries
            )
        )
        self._idf = {f: log((len(entries) + 1) / (n + 0.5)) for f, n in counts.items()}
        self._unseen = log((len(entries) + 1) / 0.5)

    def vector(self, said: Sequence[str]) -> Vector:
        vector: Vector = {}
        for name, counts in _blocks(said).items():
            block = {
                f: (1 + log(n) if n > 1 else n) * self._idf.get(f, self._unseen)
                for f, n in counts.items()
            }
            scale = sqrt(BLOCK_WEIGHTS[name]) / (_length(block) or 1)
            vector |= {f: weight * scale for f, weight in block.items()}
        return _unit(vector)


class _Index:
    def __init__(self, entries: Sequence[Plain]) -> None:
        by_entry = {
            identity: [text for text in texts if words(text)]
            for identity, texts in texts_by_entry(entries).items()
        }
        self._ids = tuple(by_entry)
        split = [[expand(words(text)) for text in texts] for texts in by_entry.values()]
        known = Counter(chain.from_iterable(set(chain(*phrasings)) for phrasings in split))
        self._speller = _Speller(known)
        self._weighing = _Weighing(split)
        self._spans: list[tuple[int, int]] = []  # of the phrasings of each entry
        self._lengths: list[float] = []  # of the sum of the vectors of each entry
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)  # by feature
        for phrasings in split:
            self._add([self._weighing.vector(phrasing) for phrasing in phrasings])

    def _add(self, vectors: Sequence[Vector]) -> None:
        first = self._spans[-1][1] if self._spans else 0
        total: Vector = defaultdict(float)
        for number, vector in enumerate(vectors, start=first):
            for feature, weight in vector.items():
                self._postings[feature].append((number, weight))
                total[feature] += weight
        self._spans.append((first, first + len(vectors)))
        self._lengths.append(_length(total) or 1.0)

    def search(self, text: str) -> Found:
        scores = [0.0] * self._spans[-1][1]
        for feature, weight in self._vector(text).items():
            for number, other in self._postings.get(feature, ()):
                scores[number] += weight * other
        means = [
            sum(scores[start:end]) / length
            for (start, end), length in zip(self._spans, self._lengths, strict=True)
        ]
        near = nlargest(CANDIDATES, range(len(means)), key=means.__getitem__)
        found = [
            (self._ids[rank], _score(max(scores[slice(*self._spans[rank])]), means[rank]))
            for rank in near
            if means[rank] > 0
        ]
        return nlargest(LIMIT, found, key=lambda pair: pair[1])

    def _vector(self, text: str) -> Vector:
        typed = [word[:MAX_WORD] for word in expand(words(text))]
        read = self._speller.read(typed)
        if read == typed:
            return self._weighing.vector(read)
        mixed: Vector = defaultdict(float)
        for share, said in ((1 - CORRECTED_SHARE, typed), (CORRECTED_SHARE, read)):
            for feature, weight in self._weighing.vector(said).items():
                mixed[feature] += share * weight
        return _unit(mixed)


def _score(best: float, mean: float) -> float:
    score = BEST_SHARE * best + (1 - BEST_SHARE) * mean
    return min(1.0, max(score, best) if best >= SAME_PHRASING else score)


def _blocks(said: Sequence[str]) -> dict[str, Vector]:
    """Counts of each kind of feature, weighted by the commonness of the words."""
    letters: Vector = defaultdict(float)
    whole: Vector = defaultdict(float)
    pairs: Vector = defaultdict(float)
    for word in said:
        weight = commonness_weight(word)
        whole[f"={word}"] += weight
        for gram in _grams(word):
            letters[gram] += weight
    for before, word in pairwise(said):
        pairs[f"{before}+{word}"] += max(commonness_weight(before), commonness_weight(word))
    return {"letters": letters, "words": whole, "pairs": pairs}


def _grams(word: str) -> Iterator[str]:
    padded = f" {word} "
    for size in range(SHORTEST_GRAM, LONGEST_GRAM + 1):
        for start in range(len(padded) - size + 1):
            yield padded[start : start + size]


def _length(vector: Mapping[str, float]) -> float:
    return sqrt(sum(weight * weight for weight in vector.values()))


def _unit(vector: Mapping[str, float]) -> Vector:
    scale = _length(vector) or 1
    return {feature: weight / scale for feature, weight in vector.items()}
