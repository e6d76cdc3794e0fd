"""Other people's FAQs: the entries, the messages, and how they are spoilt.

The format and the metrics: README.md of the data folder. Nothing of it is in the repository.
"""

import importlib.util
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

DEFAULT_FOLDER = Path(__file__).parents[3] / "shared" / "matching"
DEFAULT_SETS = "*_k5.json"  # of the default folder; of another one, every set
FRENCH = "fr"

Noise = Callable[[str, str], str]


@dataclass(frozen=True)
class Plain:
    """An entry of a data set; the robot's index and its decisions need no more."""

    id: str
    question: str
    phrasings: Sequence[str]
    keywords: Sequence[str] = ()
    sensitive: str = "non"


@dataclass(frozen=True)
class Query:
    """A message, and its entry; `kind`: in, near, far or native (README of the data)."""

    text: str
    id: str | None
    kind: str


@dataclass(frozen=True)
class DataSet:
    """One FAQ and the messages to measure it with."""

    name: str
    language: str
    entries: tuple[Plain, ...]
    queries: tuple[Query, ...]

    def spoilt(self, noise: Noise, kind: str) -> list[Query]:
        """The messages with that kind of noise."""
        return [Query(noise(q.text, kind), q.id, q.kind) for q in self.queries]


def read_sets(folder: Path) -> list[DataSet]:
    """The sets of the folder, by name; other JSON files are passed over."""
    pattern = DEFAULT_SETS if folder.resolve() == DEFAULT_FOLDER.resolve() else "*.json"
    read = [(path, json.loads(path.read_text("utf-8"))) for path in sorted(folder.glob(pattern))]
    sets = [
        _as_set(path.stem, data)
        for path, data in read
        if isinstance(data, dict) and data.get("entries") and data.get("queries")
    ]
    if not sets:
        raise click.ClickException(f"No data set in {folder}: see the README of the data.")
    return sets


def _as_set(name: str, data: dict[str, Any]) -> DataSet:
    return DataSet(
        name=name,
        language=data.get("lang") or name.partition("_")[0],
        entries=tuple(
            Plain(e["id"], e["question"], e.get("phrasings", ()), e.get("keywords", ()))
            for e in data["entries"]
        ),
        queries=tuple(Query(q["text"], q.get("id"), q["kind"]) for q in data["queries"]),
    )


def read_noise(folder: Path) -> Noise:
    """`noise(text, kind)` of the folder's noise.py, or of the default folder's."""
    places = [place / "noise.py" for place in (folder, DEFAULT_FOLDER)]
    path = next((place for place in places if place.is_file()), None)
    spec = importlib.util.spec_from_file_location("noise", path) if path else None
    if spec is None or spec.loader is None:
        raise click.ClickException(f"No noise.py in {folder}: it spoils the messages.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: Noise = module.noise
    return found
