"""What every search for private data shares: spans of the text, and the dots that replace them."""

from collections.abc import Sequence
from typing import NamedTuple

DOT = "•"
"""What a masked character becomes; one UTF-16 unit, like nearly everything it replaces."""

SEPARATORS = (
    r"\s./()"  # 06.12.34, 06/12/34, +33 (0)6
    r"\-\u2010-\u2015_"  # every dash a phone offers
    r"\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff"  # invisible: copied from a web page or a PDF
)
"""Inside of a regular-expression class: what people write between the digits of one number."""

NO_LETTER_BEFORE = r"(?<![^\W\d_])"
NO_LETTER_AFTER = r"(?![^\W\d_])"
"""A word may touch a digit (« iban12 »): only letters would make it another word."""

_LAST_OF_ONE_UNIT = "\uffff"  # beyond (emoji), a character is two UTF-16 units


class Span(NamedTuple):
    """A private part of a text: ``text[start:end]``, in Python characters."""

    start: int
    end: int
    kind: str


def mask(text: str, spans: Sequence[Span]) -> str:
    """Replace each span by dots, keeping the length in UTF-16 units; spans may overlap."""
    if not spans:
        return text
    characters = list(text)
    for span in spans:
        for position in range(span.start, span.end):
            characters[position] = DOT if text[position] <= _LAST_OF_ONE_UNIT else DOT * 2
    return "".join(characters)
