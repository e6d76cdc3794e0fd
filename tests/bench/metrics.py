"""The metrics of the data's README, and how sure one may be that two matchers differ.

Every metric is computed for a table of weights, one line per resample: the figures themselves are
the line where each message counts once, and the bootstrap draws the other lines.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.bench.baselines import Search
from tests.bench.data import Query

REFUSED = 0.90  # share of the out-of-scope messages that the threshold of acc90 refuses
RESAMPLES = 2_000
SEED = 2026
METRICS = ("top1", "top3", "far", "near", "acc90", "wrong90")
COMPARED = ("top1", "top3", "acc90", "far")

Array = NDArray[Any]


@dataclass(frozen=True)
class Results:
    """What one matcher did with the messages of one set, in their order."""

    scores: Array  # of the best entry, 0 without one
    is_first: Array  # the right entry came first
    is_in_three: Array  # … or among the first three
    kinds: Array  # in, near, far; « native » messages are of another domain: far
    times: Array  # milliseconds, sorted

    def percentile(self, share: float) -> float:
        """Milliseconds within which that share of the messages was searched for."""
        return float(self.times[min(len(self.times) - 1, int(len(self.times) * share))])


def run(search: Search, queries: Sequence[Query]) -> Results:
    """Every message, one by one."""
    found, times = [], []
    for query in queries:
        start = perf_counter()
        found.append(search(query.text))
        times.append((perf_counter() - start) * 1_000)
    ids = [[identity for identity, _ in matches[:3]] for matches in found]
    kinds = ["far" if query.kind == "native" else query.kind for query in queries]
    return Results(
        scores=np.array([matches[0][1] if matches else 0.0 for matches in found]),
        is_first=np.array([q.id in first[:1] for q, first in zip(queries, ids, strict=True)]),
        is_in_three=np.array([q.id in first for q, first in zip(queries, ids, strict=True)]),
        kinds=np.array(kinds),
        times=np.sort(times),
    )


def measure(results: Results, weights: Array | None = None) -> dict[str, Array]:
    """Metric → one value per line of weights (lines x messages; by default, each counts once).

    Without « far », « near » or either, the metrics that need them are not there.
    """
    if weights is None:
        weights = np.ones((1, len(results.scores)))
    inside = results.kinds == "in"
    scores, shares = results.scores[inside], _shares(weights[:, inside])
    is_first = results.is_first[inside]
    measured = {"top1": shares @ is_first, "top3": shares @ results.is_in_three[inside]}
    for kind in ("far", "near"):
        those = results.kinds == kind
        if those.any():
            measured[kind] = _auroc(
                scores, results.scores[those], shares, _shares(weights[:, those])
            )
    if not inside.all():
        threshold = _threshold(results.scores[~inside], weights[:, ~inside])
        is_above = scores > threshold[:, None]
        measured["acc90"] = np.sum(shares * (is_above & is_first), axis=1)
        measured["wrong90"] = np.sum(shares * (is_above & ~is_first), axis=1)
    return measured


def _shares(weights: Array) -> Array:
    shares: Array = weights / weights.sum(axis=1, keepdims=True)
    return shares


def _auroc(higher: Array, lower: Array, higher_shares: Array, lower_shares: Array) -> Array:
    """How often one of the first scores above one of the second; a tie counts for half."""
    wins = (higher[:, None] > lower) + 0.5 * (higher[:, None] == lower)
    auroc: Array = np.sum((higher_shares @ wins) * lower_shares, axis=1)
    return auroc


def _threshold(scores: Array, weights: Array) -> Array:
    """The score that at most 10 % of the weight is above."""
    order = np.argsort(scores, kind="stable")
    passed = np.cumsum(weights[:, order], axis=1)
    enough = np.ceil(REFUSED * passed[:, -1:])
    threshold: Array = scores[order][np.argmax(passed >= enough, axis=1)]
    return threshold


def mean_of(measured: Sequence[Mapping[str, Array]]) -> dict[str, Array]:
    """Metric → its mean over the sets that have it."""
    return {
        name: np.mean([one[name] for one in measured if name in one], axis=0)
        for name in METRICS
        if any(name in one for one in measured)
    }


def draw(kinds: Array, generator: np.random.Generator) -> Array:
    """Resamples x messages: how often each is drawn, as many of each kind as the set has."""
    drawn = np.zeros((RESAMPLES, len(kinds)))
    for kind in np.unique(kinds):
        those = np.flatnonzero(kinds == kind)
        even = np.full(len(those), 1 / len(those))
        drawn[:, those] = generator.multinomial(len(those), even, size=RESAMPLES)
    return drawn


@dataclass(frozen=True)
class Difference:
    """Ours minus another, mean over the sets, and its 95 % interval."""

    value: float
    low: float
    high: float


def differences(ours: Sequence[Results], others: Sequence[Results]) -> dict[str, Difference]:
    """Metric → paired difference; both saw the same messages of the same sets, in that order."""
    generator = np.random.default_rng(SEED)
    weights = [draw(results.kinds, generator) for results in ours]
    found = {}
    drawn = [
        mean_of([measure(*pair) for pair in zip(side, weights, strict=True)])
        for side in (ours, others)
    ]
    plain = [mean_of([measure(results) for results in side]) for side in (ours, others)]
    for name in COMPARED:
        if name in plain[0]:
            low, high = np.percentile(drawn[0][name] - drawn[1][name], [2.5, 97.5])
            value = float((plain[0][name] - plain[1][name])[0])
            found[name] = Difference(value, float(low), float(high))
    return found
