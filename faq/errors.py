"""What may be wrong in a file of the FAQ, said to the person who wrote it.

FaqErrors (Exception)     raised once, with everything that was found
└── errors: FaqError …    one place and one French sentence that says what to do
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class FaqError:
    """One mistake: where it is (line from 1, None when the whole file is meant) and what to do."""

    file: str
    line: int | None
    entry: str | None
    sentence: str

    def __str__(self) -> str:
        """« content/caf.yml, ligne 12, fiche mdp_caf : … »."""
        place = [self.file]
        if self.line is not None:
            place.append(f"ligne {self.line}")
        if self.entry is not None:
            place.append(self.entry)
        return f"{', '.join(place)} : {self.sentence}"


class FaqErrors(Exception):  # noqa: N818 (it holds several)
    """Everything that is wrong in the files read together, in the order of the files."""

    def __init__(self, errors: Iterable[FaqError]) -> None:
        """Keep the errors sorted by file and line."""
        found = set(errors)
        self.errors: tuple[FaqError, ...] = tuple(
            sorted(found, key=lambda e: (e.file, e.line or 0, e.entry or "", e.sentence))
        )
        super().__init__("\n".join(map(str, self.errors)))
