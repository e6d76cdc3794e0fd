"""The messages of data/: sections « [category,… explicit|indirect] », one message a line."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).with_name("data")


class Said(NamedTuple):
    """A message; the categories that answer it well (none for a harmless one), first = best."""

    text: str
    categories: tuple[str, ...]
    is_explicit: bool


def dangerous() -> list[Said]:
    """Every message of a person in danger."""
    return [said for path in sorted(DATA.glob("dangerous*.txt")) for said in _read(path)]


def harmless() -> list[Said]:
    """Every message that only looks like one."""
    return [said for path in sorted(DATA.glob("harmless*.txt")) for said in _read(path)]


def _read(path: Path) -> Iterator[Said]:
    categories: tuple[str, ...] = ()
    is_explicit = False
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            names, _, kind = line.strip("[]").partition(" ")
            is_explicit = kind == "explicit"
            categories = tuple(names.split(",")) if kind else ()
        elif line and not line.startswith("#"):
            yield Said(line, categories, is_explicit)
