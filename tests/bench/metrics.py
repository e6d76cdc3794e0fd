"""The metrics of the data's README: top1, top3, AUROC, acc90 and wrong90, and latency."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from time import perf_counter
from typing import Any

from tests.bench.baselines import Search

REFUSED = 0.90  # share of the out-of-scope messages that the threshold of acc90 refuses


@dataclass(frozen=True)
class Measure:
    """Shares from 0 to 1; latency in milliseconds; None where the set has no such query."""

    top1: float
    top3: float
    far: float | None
    near: float | None
    acc90: float
    wrong90: float
    p50: float
    p99: float

    @staticmethod
    def header() -> str:
        """The names, as wide as the numbers below."""
        names = ("top1", "top3", "far", "near", "acc90", "wrong90", "p50 ms", "p99 ms")
        return "".join(f"{name:>8}" for name in names)

    def line(self) -> str:
        """The numbers."""
        return "".join(
            f"{'-':>8}" if value is None else f"{value:8.3f}" for value in vars(self).values()
        )


def measure(search: Search, queries: Sequence[dict[str, Any]]) -> Measure:
    """One matcher on the queries of one set."""
    inside: list[tuple[float, bool]] = []
    outside: dict[str, list[float]] = {"far": [], "near": []}
    in_three = 0
    times: list[float] = []
    for query in queries:
        start = perf_counter()
        found = search(query["text"])
        times.append((perf_counter() - start) * 1_000)
        best = found[0][1] if found else 0.0
        if query["kind"] == "in":
            inside.append((best, bool(found) and found[0][0] == query["id"]))
            in_three += query["id"] in [identity for identity, _ in found[:3]]
        else:  # « native » messages are of another domain
            outside["near" if query["kind"] == "near" else "far"].append(best)
    refused = sorted([*outside["far"], *outside["near"]])
    threshold = refused[ceil(REFUSED * len(refused)) - 1]
    scores = [score for score, _ in inside]
    times.sort()
    return Measure(
        top1=sum(right for _, right in inside) / len(inside),
        top3=in_three / len(inside),
        far=auroc(scores, outside["far"]),
        near=auroc(scores, outside["near"]),
        acc90=sum(right and score > threshold for score, right in inside) / len(inside),
        wrong90=sum(not right and score > threshold for score, right in inside) / len(inside),
        p50=times[len(times) // 2],
        p99=times[int(len(times) * 0.99)],
    )


def auroc(higher: Sequence[float], lower: Sequence[float]) -> float | None:
    """How often one of the first scores above one of the second; a tie counts for half."""
    if not higher or not lower:
        return None
    pairs = sorted([(score, 1) for score in higher] + [(score, 0) for score in lower])
    total, start = 0.0, 0
    while start < len(pairs):
        end = start
        while end < len(pairs) and pairs[end][0] == pairs[start][0]:
            end += 1
        mean_rank = (start + 1 + end) / 2
        total += mean_rank * sum(side for _, side in pairs[start:end])
        start = end
    wins = total - len(higher) * (len(higher) + 1) / 2
    return wins / (len(higher) * len(lower))


def percent(share: float) -> str:
    """« 12.3 % »."""
    return f"{share * 100:.1f} %"
