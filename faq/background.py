"""Messages that no FAQ of this kind answers (hors_sujet.txt): what « something else » looks like.

Invented for the project. Two sections: another world (small talk, other services), which the index
learns to turn away; and the same world without an entry, which only `calibrer` looks at.
"""

from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("hors_sujet.txt")
ANOTHER_WORLD = "autre monde"
SAME_WORLD = "même monde"


@cache
def background(section: str) -> tuple[str, ...]:
    """The messages of a section, in the order of the file."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in FILE.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            current.append(line)
    return tuple(found[section])
