"""Every matcher on every set, then everything that is to be told, as one plain document."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from platform import python_version
from statistics import fmean
from time import perf_counter
from typing import Any

import click
from threadpoolctl import threadpool_limits

from faq.index import Index
from tests.bench.baselines import BASELINES, Search
from tests.bench.data import FRENCH, DataSet, Noise, Plain, read_noise, read_sets
from tests.bench.first_design import first_design
from tests.bench.metrics import Results, differences, mean_of, measure, run
from tests.bench.outcomes import Promises, outcomes_of, promises_of, shipped
from tests.bench.sizes import SIZES, apart, measure_memory, measure_size

OURS, FIRST = "Passerelle", "first design"
OTHERS: dict[str, Callable[[Sequence[Plain]], Search]] = {**BASELINES, FIRST: first_design}
FRENCH_MEAN, WHOLE_MEAN = "mean, French", "mean, all"
LIBRARIES = ("numpy", "rapidfuzz", "bm25s", "scikit-learn")

Document = dict[str, Any]


@dataclass(frozen=True)
class SetRun:
    """One set: what our index cost, what each matcher found, what people would have seen."""

    data: DataSet
    build_s: float
    memory_mb: float
    results: Mapping[tuple[str, str], Results]  # (noise, matcher) → …
    outcomes: Mapping[str, Mapping[str, Counter[str]]]  # noise → kind of message → outcome → …

    @property
    def is_french(self) -> bool:
        return self.data.language == FRENCH


def compare(folder: Path, kinds: Sequence[str], *, with_sizes: bool) -> Document:
    """Run everything, on one thread. `kinds`: of noise."""
    noise, sets = read_noise(folder), read_sets(folder)
    try:
        for kind in kinds:
            noise("", kind)
    except ValueError as unknown:
        raise click.BadParameter(str(unknown), param_hint="--kinds") from unknown
    start = perf_counter()
    with threadpool_limits(1):
        runs = [_run_set(data, kinds, noise) for data in sets]
        document = _told(runs, kinds)
    entries = list(chain.from_iterable(data.entries for data in sets))
    costs = [_run_size(entries, size, noise) for size in SIZES] if with_sizes else []
    return {
        "data": str(folder),
        "python": python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "threads": 1,
        "thresholds": asdict(shipped().service.thresholds),
        **document,
        "sizes": costs,
        "seconds": perf_counter() - start,
    }


def _run_size(entries: Sequence[Plain], size: int, noise: Noise) -> Document:
    click.echo(f"{size:,} entries…", err=True)
    return measure_size(entries, size, noise).told()


def _run_set(data: DataSet, kinds: Sequence[str], noise: Noise) -> SetRun:
    click.echo(f"{data.name}…", err=True)
    start = perf_counter()
    index = Index.build(data.entries)
    seconds = perf_counter() - start
    searches = {name: build(data.entries) for name, build in OTHERS.items()}
    searches[OURS] = lambda text: [(m.entry_id, m.score) for m in index.search(text, 10)]
    messages = {kind: data.spoilt(noise, kind) for kind in kinds}
    return SetRun(
        data=data,
        build_s=seconds,
        memory_mb=apart(measure_memory, data.entries).index_mb,
        results={
            (kind, name): run(search, queries)
            for kind, queries in messages.items()
            for name, search in searches.items()
        },
        outcomes={
            kind: outcomes_of(index, data.entries, queries) for kind, queries in messages.items()
        },
    )


def _told(runs: Sequence[SetRun], kinds: Sequence[str]) -> Document:
    french = [one for one in runs if one.is_french]
    return {
        "sets": [
            {
                "set": one.data.name,
                "language": one.data.language,
                "entries": len(one.data.entries),
                "messages": Counter(query.kind for query in one.data.queries),
                "build_s": one.build_s,
                "memory_mb": one.memory_mb,
            }
            for one in runs
        ],
        "measures": [*_measures(runs), *_means(french, kinds)],
        "differences": [
            {"noise": kind, "against": name, "metric": metric, **asdict(difference)}
            for kind in kinds
            for name in reversed(OTHERS)
            if french
            for metric, difference in differences(
                [one.results[kind, OURS] for one in french],
                [one.results[kind, name] for one in french],
            ).items()
        ],
        "outcomes": [
            {"set": one.data.name, "noise": noise, "kind": kind, "counts": counts}
            for one in runs
            for noise, by_kind in one.outcomes.items()
            for kind, counts in by_kind.items()
        ],
        "promises": list(_promises(runs, french, kinds)),
    }


def _measures(runs: Sequence[SetRun]) -> Iterable[Document]:
    for one in runs:
        for (noise, matcher), results in one.results.items():
            values = {name: float(value[0]) for name, value in measure(results).items()}
            values |= {"p50": results.percentile(0.50), "p99": results.percentile(0.99)}
            yield {"set": one.data.name, "noise": noise, "matcher": matcher, **values}


def _means(french: Sequence[SetRun], kinds: Sequence[str]) -> Iterable[Document]:
    for noise in kinds if french else ():
        for matcher in (*OTHERS, OURS):
            means = mean_of([measure(one.results[noise, matcher]) for one in french])
            values = {name: float(value[0]) for name, value in means.items()}
            yield {"set": FRENCH_MEAN, "noise": noise, "matcher": matcher, **values}


def _promises(
    runs: Sequence[SetRun], french: Sequence[SetRun], kinds: Sequence[str]
) -> Iterable[Document]:
    for noise in kinds:
        each = {one.data.name: promises_of(one.outcomes[noise]) for one in runs}
        means = {
            FRENCH_MEAN: [each[one.data.name] for one in french],
            WHOLE_MEAN: list(each.values()),
        }
        each |= {name: _mean_promises(some) for name, some in means.items() if some}
        for name, promises in each.items():
            yield {"set": name, "noise": noise, **asdict(promises), "kept": promises.kept}


def _mean_promises(some: Sequence[Promises]) -> Promises:
    astray = [one.astray for one in some if one.astray is not None]
    return Promises(
        wrong=fmean(one.wrong for one in some),
        astray=fmean(astray) if astray else None,
        useful=fmean(one.useful for one in some),
    )
