"""What searching costs at 100 and 1,000 entries of 5 phrasings, beside rapidfuzz's extractOne."""

import json
import re
import tracemalloc
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from rapidfuzz import process

from faq.index import Index

SOURCES = ("fr_covid_qc_k5", "fr_smalltalk_k5", "en_banking77_k5", "en_clinc150_k5")
SIZES = (100, 1_000)
QUERIES = 400
PHRASINGS = 5


@dataclass(frozen=True)
class Made:
    """An entry made from one of a set, its long words changed so that copies differ."""

    id: str
    question: str
    phrasings: Sequence[str]
    keywords: Sequence[str] = ()


def measure_sizes(folder: Path) -> list[dict[str, Any]]:
    """One line per size: build (s), memory (MB), search p50 and p99 (ms, processor time)."""
    return [_measure(made_entries(folder, size), size) for size in SIZES]


def made_entries(folder: Path, size: int) -> list[Made]:
    """That many entries; copy n of a set has its words of six letters and more altered by n."""
    originals = [
        entry
        for name in SOURCES
        for entry in json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))["entries"]
    ]
    made = []
    for number in range(size):
        copy, rank = divmod(number, len(originals))
        texts = [
            _altered(text, copy)
            for text in (originals[rank]["question"], *originals[rank]["phrasings"])
        ]
        made.append(Made(f"e{number}", texts[0], texts[1 : 1 + PHRASINGS]))
    return made


def _altered(text: str, copy: int) -> str:
    if not copy:
        return text
    ending = "aeiou"[copy % 5] + "bcdfglmnprst"[copy % 12]
    return re.sub(r"\w{6,}", lambda word: word[0][:4] + ending + word[0][4:], text)


def _measure(entries: Sequence[Made], size: int) -> dict[str, Any]:
    start = perf_counter()
    index = Index.build(entries)
    build = perf_counter() - start
    queries = [_misspelt(e.phrasings[-1]) for e in entries[:: max(1, size // QUERIES)]]
    ours = _times(lambda text: index.search(text), queries)
    choices = [text for entry in entries for text in entry.phrasings]
    plain = _times(lambda text: process.extractOne(text, choices), queries[:100])
    return {
        "entries": size,
        "build s": round(build, 2),
        "memory MB": round(_memory(entries), 1),
        "p50 ms": round(ours[len(ours) // 2], 2),
        "p99 ms": round(ours[int(len(ours) * 0.99)], 2),
        "extractOne p50 ms": round(plain[len(plain) // 2], 2),
        "extractOne p99 ms": round(plain[int(len(plain) * 0.99)], 2),
    }


def _misspelt(text: str) -> str:
    return re.sub(r"(\w{4})\w(\w)", r"\1\2", text)


def _times(search: Any, queries: Sequence[str]) -> list[float]:
    times = []
    for query in queries:
        start = process_time()
        search(query)
        times.append((process_time() - start) * 1_000)
    return sorted(times)


def _memory(entries: Sequence[Made]) -> float:
    tracemalloc.start()
    kept = Index.build(entries)
    used, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del kept
    return used / 1_000_000
