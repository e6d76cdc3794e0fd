"""How easy a text is to read: one figure, to compare our own answers with each other.

Kandel and Moles's adaptation of Flesch's formula to French: 207 − 1.015 × words per sentence
− 73.6 × syllables per word. 100 is very easy, 60 is a newspaper, below 30 is a law. Source: Kandel
L., Moles A., « Application de l'indice de Flesch à la langue française », Cahiers d'études de
radio-télévision, n° 19, 1958, p. 253-274. Made for texts of a hundred words: for an answer of
three lines it is an indication, and it says nothing of hard words (`faq.plain_french` does).

Syllables are those of a hyphenation dictionary (pyphen, the one of LibreOffice), so a silent « e »
at the end of a word is none, plus the vowel that begins a word, which is never cut off in print.
"""

import re
from functools import cache

import pyphen

from faq.prose import sentences_of

_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.(?:fr|com|org|info)\b")  # a name, not a sentence
# é-cole, u-tile, o-blige; not « aide » (ai is one sound) nor « elle » (its e is silent)
_FIRST_VOWEL = re.compile(
    r"[aeéèêiïouy](?:ch|ph|th|qu|gn|[bcdfgpt][lr]|[bcdfghjklmnprstvxz])"
    r"(?!(?:e|es|ent)$)[aàâeéèêëiîïoôuûùy]"
)


def readability(text: str) -> float | None:
    """Usually 30 to 110, higher is easier; None when the text has no word."""
    plain = _ADDRESS.sub("site", text)
    words = _WORD.findall(plain)
    if not words:
        return None
    sentences = [s for s in sentences_of(plain) if _WORD.search(s)]
    syllables = sum(map(count_syllables, words))
    return 207 - 1.015 * len(words) / len(sentences) - 73.6 * syllables / len(words)


def count_syllables(word: str) -> int:
    """At least 1."""
    lower = word.lower()
    pieces = _hyphenation().inserted(lower, "=").split("=")
    return len(pieces) + bool(_FIRST_VOWEL.match(pieces[0]))


@cache
def _hyphenation() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="fr_FR")
