"""What the check says of the files: errors, trials that do not hold, and advice."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

from faq.catalogue import Faq
from faq.errors import FaqError

Kind = Literal["erreur", "essai", "avis"]
KINDS: tuple[Kind, ...] = ("erreur", "essai", "avis")  # in the order they are told


@dataclass(frozen=True, order=True)
class Finding(FaqError):  # noqa: N818 (neither is an exception)
    """A FaqError and its kind.

    « erreur »: the files are refused. « essai »: a phrase is not answered as the files promise;
    `check` fails, a running robot keeps the files. « avis »: something to look at.
    """

    kind: Kind = "avis"

    @property
    def is_blocking(self) -> bool:
        """Whether `check` fails because of it."""
        return self.kind != "avis"

    def as_dict(self) -> dict[str, Any]:
        """file, line, entry, sentence, kind: plain data, ready for JSON."""
        return asdict(self)


def refusals(errors: Iterable[FaqError]) -> tuple[Finding, ...]:
    """Errors of the loader, as findings."""
    return tuple(Finding(e.file, e.line, e.entry, e.sentence, "erreur") for e in errors)


def finding_at(faq: Faq, entry_id: str, sentence: str, kind: Kind, *part: str | int) -> Finding:
    """About an entry, at the line of one of its parts (`"formulations", 3`)."""
    place = faq.places[entry_id]
    return Finding(place.file, place.line_of(*part), f"fiche {entry_id}", sentence, kind)


def in_order(found: Iterable[Finding]) -> tuple[Finding, ...]:
    """Errors, then trials, then advice; by file and line within each; each once."""
    return tuple(
        sorted(
            dict.fromkeys(found),
            key=lambda f: (KINDS.index(f.kind), f.file, f.line or 0, f.entry or "", f.sentence),
        )
    )
