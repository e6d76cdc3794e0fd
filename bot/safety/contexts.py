"""Words around a number that say what it is: « mon numéro d'allocataire c'est 1234567 »."""

import re
from bisect import bisect_left
from functools import cached_property

from bot.safety.spans import NO_LETTER_AFTER, NO_LETTER_BEFORE

_BEFORE, _AFTER = 48, 24  # characters between the word and the number

# kind, words in lower case (accents optional; $ = no letter follows), least and most digits.
# The first that fits wins.
_RULES: tuple[tuple[str, str, int, int], ...] = (
    ("nir", r"s[eé]cu$|s[eé]curit[eé] sociale|nir$|vitale?$|n[o°]? ?ss$", 10, 16),
    ("card", r"cb$|carte (?:bancaire|bleue?|de cr[eé]dit)|visa$|mastercard", 13, 19),
    ("bank", r"iban$|rib$|compte (?:bancaire|en banque|courant)|banque$", 8, 34),
    ("fiscal", r"fiscal|imp[oô]ts?$|spi$", 12, 13),
    ("agdref", r"[eé]trang|titres?$|s[eé]jour|agdref|anef$|r[eé]c[eé]piss", 10, 10),
    ("allocataire", r"alloc|caf$|dossier|matricule|msa$|france travail|p[oô]le emploi", 7, 7),
    ("phone", r"t[eé]l$|t[eé]l[eé]phone|portable|appel|joindre|whats", 9, 9),
)  # fmt: skip
_WORDS = re.compile(
    rf"{NO_LETTER_BEFORE}(?:"
    + "|".join(f"(?P<{kind}>{words.replace('$', NO_LETTER_AFTER)})" for kind, words, *_ in _RULES)
    + ")"
)


class Contexts:
    """Where the telling words of one text stand, found in one pass over it when first asked."""

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        places: dict[str, list[int]] = {rule[0]: [] for rule in _RULES}
        lowered = self._text.lower()
        # « İ » grows in lower case: rare enough to read such a text as it was typed
        for found in _WORDS.finditer(lowered if len(lowered) == len(self._text) else self._text):
            places[found.lastgroup or ""].append(found.start())
        return places

    def kind_of(self, start: int, end: int, digits: str) -> str | None:
        """What the words near ``text[start:end]``, a number of these digits, say it is."""
        for kind, _, least, most in _RULES:
            if least <= len(digits) <= most and self._has_near(kind, start, end):
                # nine digits are a mobile phone without its 0, or a company (SIREN)
                return None if kind == "phone" and digits[0] not in "67" else kind
        return None

    def _has_near(self, kind: str, start: int, end: int) -> bool:
        places = self._places[kind]
        nearest = bisect_left(places, start - _BEFORE)
        return nearest < len(places) and places[nearest] <= end + _AFTER
