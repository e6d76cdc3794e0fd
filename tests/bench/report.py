"""The document of a run as tables that fit a terminal of 120 columns."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

from tests.bench.metrics import COMPARED, METRICS
from tests.bench.outcomes import LEAST_USEFUL, MOST_ASTRAY, MOST_WRONG, OUTCOMES

NAMES = {"far": "AUC far", "near": "AUC near"}  # the other metrics are called by their names

Row = Mapping[str, Any]


def report(document: Row) -> str:
    """The whole text."""
    parts = [_head(document), _sets(document), _measures(document["measures"])]
    parts += [_differences(document["differences"]), _outcomes(document), _promises(document)]
    parts += [_sizes(document["sizes"])] if document["sizes"] else []
    lines = [line for part in parts for line in (*part, "")]
    return "\n".join([*lines, f"The whole run: {document['seconds']:.0f} s."])


def _head(document: Row) -> Iterator[str]:
    libraries = ", ".join(f"{name} {number}" for name, number in document["libraries"].items())
    yield f"Data: {document['data']}. Python {document['python']}, {libraries}. One thread."


def _sets(document: Row) -> Iterator[str]:
    yield _line(["set", "entries", "in", "near", "far", "native", "build s", "MB"], (18,))
    for row in document["sets"]:
        counts = [row["messages"].get(kind, 0) for kind in ("in", "near", "far", "native")]
        cost = [f"{row['build_s']:.2f}", f"{row['memory_mb']:.1f}"]
        yield _line([row["set"], row["entries"], *counts, *cost], (18,))
    yield "(build and memory: our index)"


def _measures(rows: Sequence[Row]) -> Iterator[str]:
    wide = (18, 7, 20)
    names = [NAMES.get(name, name) for name in METRICS]
    yield _line(["set", "noise", "matcher", *names, "p50 ms", "p99 ms"], wide)
    for _, group in groupby(rows, lambda row: (row["set"], row["noise"])):
        for row in group:
            values = [_number(row.get(name), 3) for name in METRICS]
            times = [_number(row.get(name), 2) for name in ("p50", "p99")]
            yield _line([row["set"], row["noise"], row["matcher"], *values, *times], wide)
        yield ""
    yield "AUC: how often a message that has an entry scores above one that has none."


def _differences(rows: Sequence[Row]) -> Iterator[str]:
    if not rows:
        return
    wide = (7, 20, *(22 for _ in COMPARED))
    yield "Ours minus each other, mean of the French sets, with the 95 % interval of a paired"
    yield "bootstrap (2,000 resamples of the messages, set by set and kind by kind):"
    yield _line(["noise", "against", *(NAMES.get(name, name) for name in COMPARED)], wide)
    for (noise, against), group in groupby(rows, lambda row: (row["noise"], row["against"])):
        found = {
            row["metric"]: "{} [{}, {}]".format(
                *map(_signed, (row["value"], row["low"], row["high"]))
            )
            for row in group
        }
        yield _line([noise, against, *(found.get(name, "-") for name in COMPARED)], wide)


def _outcomes(document: Row) -> Iterator[str]:
    wide = (18, 7, 8, 9)
    figures = ", ".join(f"{name} {value}" for name, value in document["thresholds"].items())
    yield f"What people would have seen, at the thresholds that ship ({figures}), in %:"
    yield _line(["set", "noise", "kind", "messages", *OUTCOMES], wide, other=15)
    for row in document["outcomes"]:
        total = sum(row["counts"].values())
        shares = [_number(100 * row["counts"].get(name, 0) / total, 1) for name in OUTCOMES]
        yield _line([row["set"], row["noise"], row["kind"], total, *shares], wide, other=15)


def _promises(document: Row) -> Iterator[str]:
    wide = (18, 7)
    promised = (
        f"wrong ≤ {MOST_WRONG:.1%}",
        f"without entry ≤ {MOST_ASTRAY:.0%}",
        f"right or in menu ≥ {LEAST_USEFUL:.0%}",
    )
    yield "The promises: answered by a wrong entry; answered though no entry fits; right entry"
    yield "answered or in the menu:"
    yield _line(["set", "noise", *promised], wide, other=24)
    for row in document["promises"]:
        shares = (row["wrong"], row["astray"], row["useful"])
        told = [
            "-" if share is None else f"{share:.1%} {_yes(is_kept):3}"
            for share, is_kept in zip(shares, row["kept"], strict=True)
        ]
        yield _line([row["set"], row["noise"], *told], wide, other=24)


def _sizes(rows: Sequence[Row]) -> Iterator[str]:
    names = ("build s", "MB", "p50 ms", "p99 ms", "p99 cpu", "p50", "p99", "p50", "p99")
    yield "Cost on one thread, 5 phrasings an entry, misspelt messages; `extractOne` as it comes:"
    yield f"{'':60}{'extractOne, ms':>20}{'ours / extractOne':>20}"
    yield f"{_line(['entries', *names], (10,))}  limits kept"
    for row in rows:
        speed, memory = row["speed"], row["memory"]["index_mb"]
        ours, plain = speed["ours"], speed["plain"]
        figures = [speed["build_s"], memory, ours["p50"], ours["p99"], ours["cpu99"]]
        figures += [plain["p50"], plain["p99"], *row["ratios"]]
        kept = (_yes(is_kept) for is_kept in row["kept"].values())
        cells = [f"{row['entries']:,}", *(_number(figure, 2) for figure in figures)]
        yield f"{_line(cells, (10,))}  {' '.join(kept)}"
    for row in rows:
        limits = ", ".join(f"{name} < {value:g}" for name, value in row["limits"].items())
        yield f"Limits at {row['entries']:,} entries: {limits}."
    speed, memory = rows[0]["speed"], rows[0]["memory"]
    yield (
        f"Tables that all indexes share, not counted above: {speed['tables_s']:.2f} s, "
        f"{memory['tables_mb']:.1f} MB."
    )
    yield ""
    yield "Messages of 4,096 characters, five of each kind: the median and the slowest, ms. The"
    yield "limit is on the median: a pass of the garbage collector may fall in the slowest."
    yield _line(["kind", *(f"{row['entries']:,}" for row in rows)], (24,), other=16)
    for kind in rows[0]["speed"]["hostile"]:
        tries = [row["speed"]["hostile"][kind] for row in rows]
        cells = [f"{one['median']:.1f}  {one['slowest']:6.1f}" for one in tries]
        yield _line([kind, *cells], (24,), other=16)


def _line(cells: Iterable[object], wide: Sequence[int], other: int = 9) -> str:
    """The first columns to the left, as wide as said; the others to the right."""
    texts = [str(cell) for cell in cells]
    left = "".join(f"{text:{width}}" for text, width in zip(texts, wide, strict=False))
    right = "".join(f"{text:>{other}}" for text in texts[len(wide) :])
    return (left + right).rstrip()


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _signed(value: float) -> str:
    return f"{value:+.3f}".replace("0.", ".", 1)


def _yes(is_kept: bool) -> str:
    return "yes" if is_kept else "NO"
