"""Words that name the same thing (faq/synonymes.yml): old names, short names, everyday names.

Applied to whole words, after spelling. A word of a family is read as itself and as the family's
name: « sécu » stays a little different from « ameli », and phrasings can still tell them apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field

from faq.document import Document
from faq.errors import FaqError
from faq.fields import ONE_LINE, FileModel, at_most
from faq.text import expand, normalise

Words = tuple[str, ...]
Name = Annotated[str, ONE_LINE, at_most(60)]


class Family(FileModel):
    """A name, and the other ways people say it."""

    name: Name = Field(alias="nom")
    others: tuple[Name, ...] = Field(alias="mots", min_length=1)


class SynonymsFile(FileModel):
    """The whole of synonymes.yml."""

    families: tuple[Family, ...] = Field(alias="familles")


@dataclass(frozen=True)
class Piece:
    """One or several words of a message, and the family name they stand for, if any."""

    words: Words
    family: Words | None = None


@dataclass(frozen=True)
class Synonyms:
    """Way of saying (in words) → name of its family (in words)."""

    families: Mapping[Words, Words] = field(default_factory=dict)

    @property
    def longest(self) -> int:
        """Words in the longest way of saying."""
        return max(map(len, self.families), default=0)

    def words(self) -> set[str]:
        """Every word of the table: none of them is a typo."""
        return {word for way, name in self.families.items() for word in (*way, *name)}

    def apply(self, words: Sequence[str]) -> list[Piece]:
        """The words in order, the longest way of saying first."""
        pieces: list[Piece] = []
        longest, rank = self.longest, 0
        while rank < len(words):
            for size in range(min(longest, len(words) - rank), 0, -1):
                way = tuple(words[rank : rank + size])
                if way in self.families:
                    pieces.append(Piece(way, self.families[way]))
                    rank += size
                    break
            else:
                pieces.append(Piece((words[rank],)))
                rank += 1
        return pieces


def build_synonyms(file: SynonymsFile, document: Document) -> tuple[Synonyms, list[FaqError]]:
    """The table, and an error for each way of saying that stands in two families."""
    families: dict[Words, Words] = {}
    errors: list[FaqError] = []
    for rank, family in enumerate(file.families):
        name = _words(family.name)
        for line, way in enumerate((family.name, *family.others)):
            place = ("familles", rank, "mots", line - 1) if line else ("familles", rank, "nom")
            if not _words(way):
                errors.append(document.error(place, f"« {way} » n’a aucune lettre. Enlevez-le."))
            elif families.setdefault(_words(way), name) != name:
                errors.append(document.error(place, f"« {way} » est déjà dans une famille."))
    return Synonyms(families), errors


def _words(text: str) -> Words:
    return tuple(expand(normalise(text).split()))
