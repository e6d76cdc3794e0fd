"""A word cut down to what misspelling leaves alone: its stem, and how it sounds.

Words come normalised (`faq.text`): lower case, no accents. Rules need not be right, only the same
for the phrasings and for the message; « oublier », « oublié » and « oubliai » meet in one stem,
« bource » and « bourse », « pansion » and « pension » in one sound.
"""

import re
from functools import lru_cache

SHORTEST_STEMMED = 5  # letters; shorter words are kept whole
SHORTEST_STEM = 4  # letters that an ending leaves
SHORTEST_SOUND = 3  # letters; shorter words and acronyms are kept whole
_CACHED_WORDS = 50_000

_ENDINGS = (
    *("issements", "issement", "ements", "ement", "ations", "ation", "aient", "erons", "eront"),
    *("erait", "eriez", "iez", "ees", "ait", "ais", "ant", "ons", "ent", "ez", "er", "ee", "es"),
    *("is", "it", "ir", "e", "s", "x", "t", "r"),
)
# French spelling, from letters to sounds. « $ » is ch; capitals are nasal vowels.
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"sch|sh|ch", "$"),
        (r"ph", "f"),
        (r"th", "t"),
        (r"h", ""),
        (r"y", "i"),
        (r"gn", "n"),
        (r"ck|qu|q", "k"),
        (r"cc(?=[ei])", "ks"),
        (r"sc(?=[ei])", "s"),
        (r"c(?=[ei])", "s"),
        (r"c", "k"),
        (r"ge(?=[ao])", "j"),
        (r"gu(?=[ei])", "G"),
        (r"g(?=[ei])", "j"),
        (r"G", "g"),
        (r"w", "v"),
        (r"t(?=ion|iel|ieu|ience)", "s"),
        (r"ss", "S"),
        (r"(?<=[aeiou])s(?=[aeiou])", "z"),
        (r"S", "s"),
        (r"([a-z$])\1", r"\1"),
        (r"(ent|es|e|s|t|d|x|z|p|r(?<=er))+$", ""),  # not heard
        (r"eau|au", "o"),
        (r"oeu|oe|eu", "e"),
        (r"ou", "u"),
        (r"oi", "wa"),
        (r"(ain|aim|ein|in|im|un|um)(?![aeioumn])", "I"),
        (r"(an|am|en|em)(?![aeioumn])", "A"),
        (r"(on|om)(?![aeioumn])", "O"),
        (r"ai|ei", "e"),
        (r"ill|il$", "i"),
        (r"x", "ks"),
        (r"(.)\1", r"\1"),
    )
]


@lru_cache(_CACHED_WORDS)
def stem(word: str) -> str:
    """The word without its commonest ending."""
    if len(word) >= SHORTEST_STEMMED:
        for ending in _ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
                return word[: -len(ending)]
    return word


@lru_cache(_CACHED_WORDS)
def sound(word: str) -> str:
    """How the word is heard, one sign a sound; never empty."""
    if not word.isalpha() or len(word) < SHORTEST_SOUND:
        return word
    heard = word
    for pattern, replacement in _SOUNDS:
        heard = pattern.sub(replacement, heard)
    return heard or word
