"""What searching costs at 100, 1,000 and 10,000 entries, beside rapidfuzz's `extractOne`.

Each figure is measured in a process of its own, on one thread, with the tables that all indexes
share already read: speed in one, memory in another, since tracing slows everything.
"""

import gc
import re
import tracemalloc
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from statistics import median
from time import perf_counter, thread_time
from typing import Any, ParamSpec, TypeVar

from rapidfuzz import process
from threadpoolctl import threadpool_limits

from faq.index import Index
from tests.bench.data import Noise, Plain
from tests.bench.hostile import hostile_messages

PHRASINGS = 5
QUERIES = 300
LIMITS = {
    size: dict(zip(("p99 ms", "build s", "MB", "4,096 characters ms"), limits, strict=True))
    for size, limits in {
        100: (2.5, 0.2, 10, 20),
        1_000: (6, 1.5, 40, 20),
        10_000: (20, 15, 200, 20),
    }.items()
}
SIZES = tuple(LIMITS)
NOISE = "heavy"
_ONE = Plain("une", "comment avoir un acte de naissance", ())

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Times:
    """Milliseconds, as the clock saw them; `cpu99`: of processor time, which neighbours spare."""

    p50: float
    p99: float
    cpu99: float


@dataclass(frozen=True)
class Tries:
    """Milliseconds of a few messages of one kind. A pass of the garbage collector may fall in the
    slowest; it is no fault of the message."""

    median: float
    slowest: float


@dataclass(frozen=True)
class Speed:
    """Of one index; `hostile`: kind of message of 4,096 characters → its times."""

    tables_s: float
    build_s: float  # the median of a few
    ours: Times
    plain: Times
    hostile: Mapping[str, Tries]


@dataclass(frozen=True)
class Memory:
    """Megabytes kept: by what all indexes share, and by one index beside its entries."""

    tables_mb: float
    index_mb: float


@dataclass(frozen=True)
class Cost:
    """Everything about one size."""

    entries: int
    speed: Speed
    memory: Memory

    def told(self) -> dict[str, Any]:
        """Everything, with the ratios to `extractOne` and the limits that are kept."""
        ours, plain, limits = self.speed.ours, self.speed.plain, LIMITS[self.entries]
        worst = max(tries.median for tries in self.speed.hostile.values())
        figures = (ours.p99, self.speed.build_s, self.memory.index_mb, worst)
        return {
            **asdict(self),
            "ratios": (ours.p50 / plain.p50, ours.p99 / plain.p99),
            "limits": limits,
            "kept": {
                name: figure < limit
                for (name, limit), figure in zip(limits.items(), figures, strict=True)
            },
        }


def apart(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What the function finds in a new process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(function, *args, **kwargs).result()


def measure_size(originals: Sequence[Plain], size: int, noise: Noise) -> Cost:
    """That many entries, made from those given."""
    entries = made_entries(originals, size)
    queries = [noise(text, NOISE) for text in _spread(entries)]
    hostile = hostile_messages([entry.question for entry in entries[:QUERIES]])
    speed = apart(measure_speed, entries, queries, hostile)
    return Cost(size, speed, apart(measure_memory, entries))


def made_entries(originals: Sequence[Plain], size: int) -> list[Plain]:
    """Copy n of an entry has its words of six letters and more altered by n."""
    made = []
    for number in range(size):
        copy, rank = divmod(number, len(originals))
        texts = dict.fromkeys((originals[rank].question, *originals[rank].phrasings))
        altered = [_altered(text, copy) for text in texts][:PHRASINGS]
        made.append(Plain(f"e{number}", altered[0], altered))
    return made


def _altered(text: str, copy: int) -> str:
    if not copy:
        return text
    ending = "aeiou"[copy % 5] + "bcdfglmnprst"[copy % 12]
    return re.sub(r"\w{6,}", lambda word: word[0][:4] + ending + word[0][4:], text)


def _spread(entries: Sequence[Plain]) -> list[str]:
    """QUERIES phrasings from all over the entries, another one at each round."""
    step = max(1, len(entries) // QUERIES)
    chosen = [
        (entries[number * step % len(entries)], number * step // len(entries))
        for number in range(QUERIES)
    ]
    return [entry.phrasings[-1 - turn % len(entry.phrasings)] for entry, turn in chosen]


def measure_speed(
    entries: Sequence[Plain], queries: Sequence[str], hostile: Mapping[str, Sequence[str]]
) -> Speed:
    """Build, then search for each query, once."""
    with threadpool_limits(1):
        start = perf_counter()
        Index.build([_ONE])
        tables = perf_counter() - start
        builds = []
        for _ in range(_builds(len(entries))):
            start = perf_counter()
            index = Index.build(entries)
            builds.append(perf_counter() - start)
        index.search(_ONE.question)
        ours = _times(index.search, queries)
        choices = [text for entry in entries for text in entry.phrasings]
        plain = _times(lambda text: process.extractOne(text, choices), queries)
        tries = {kind: _lapses(index.search, texts)[0] for kind, texts in hostile.items()}
    return Speed(
        tables_s=tables,
        build_s=median(builds),
        ours=ours,
        plain=plain,
        hostile={kind: Tries(median(times), max(times)) for kind, times in tries.items()},
    )


def measure_memory(entries: Sequence[Plain]) -> Memory:
    """What is still there after a build."""
    with threadpool_limits(1):
        tracemalloc.start()
        Index.build([_ONE])
        tables = _traced()
        kept = Index.build(entries)
        whole = _traced()
        del kept
        tracemalloc.stop()
    return Memory(tables, whole - tables)


def _traced() -> float:
    gc.collect()
    return tracemalloc.get_traced_memory()[0] / 1_000_000


def _builds(size: int) -> int:
    return 3 if size <= 1_000 else 1  # of the largest, one is long enough to be measured well


def _lapses(
    search: Callable[[str], object], texts: Iterable[str]
) -> tuple[list[float], list[float]]:
    """Milliseconds of each text: by the clock, and of processor time."""
    wall, cpu = [], []
    for text in texts:
        start, start_cpu = perf_counter(), thread_time()
        search(text)
        cpu.append((thread_time() - start_cpu) * 1_000)
        wall.append((perf_counter() - start) * 1_000)
    return wall, cpu


def _times(search: Callable[[str], object], texts: Sequence[str]) -> Times:
    wall, cpu = map(sorted, _lapses(search, texts))
    middle, last = len(wall) // 2, int(len(wall) * 0.99)
    return Times(wall[middle], wall[last], cpu[last])
