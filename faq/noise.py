"""Spoils a message as a hurried thumb does, always in the same way: for calibrating.

Letters hit beside, lost, doubled or swapped, spaces lost. Sounds misspelt are not imitated: the
golden set has real ones.
"""

from random import Random

LETTERS_WRONG = 0.06  # share of the letters
SPACES_LOST = 0.10  # share of the spaces
_ROWS = ("azertyuiop", "qsdfghjklm", "wxcvbn")  # of a French keyboard


def spoil(text: str) -> str:
    """The same text always gives the same result."""
    chance = Random(text)  # noqa: S311 - no secret depends on it
    spoilt: list[str] = []
    for letter in text.lower():
        if letter == " ":
            spoilt += [] if chance.random() < SPACES_LOST else [letter]
        elif letter.isalpha() and chance.random() < LETTERS_WRONG:
            _mistype(letter, spoilt, chance)
        else:
            spoilt.append(letter)
    return "".join(spoilt)


def _mistype(letter: str, spoilt: list[str], chance: Random) -> None:
    match chance.choice(("beside", "beside", "lost", "swapped", "doubled")):
        case "beside":
            spoilt.append(_beside(letter, chance))
        case "swapped" if spoilt and spoilt[-1] != " ":
            spoilt.insert(-1, letter)
        case "doubled":
            spoilt += [letter, letter]


def _beside(letter: str, chance: Random) -> str:
    for row in _ROWS:
        if (place := row.find(letter)) >= 0:
            return chance.choice([row[near] for near in (place - 1, place + 1) if near < len(row)])
    return letter
