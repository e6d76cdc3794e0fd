"""What a caseworker writes that must never reach the person: any text that starts with a slash.

What cannot be seen must not hide the slash: a message copied from elsewhere, or written on a
right-to-left keyboard, may begin with marks that show nothing.
"""

import unicodedata

# Cc and Cf show nothing (zero width, direction marks…), Z* are spaces, M* combine with nothing.
UNSEEN_CATEGORIES = ("Cc", "Cf", "Zs", "Zl", "Zp", "Mn", "Me")
BLANK_LETTERS = "\u115f\u1160\u3164\uffa0\u2800"  # Hangul fillers and the empty Braille cell
SLASHES = "/\uff0f\u2044\u2215\u29f8\u2571"  # / ／ ⁄ ∕ ⧸ ╱
NOTE = "/note"


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in UNSEEN_CATEGORIES or character in BLANK_LETTERS


def bare(text: str) -> str:
    """The text from its first visible character on, a leading run of slashes written « / »."""
    start = next((n for n, character in enumerate(text) if not _is_unseen(character)), len(text))
    seen = text[start:]
    rest = seen.lstrip(SLASHES)
    return "/" * (len(seen) - len(rest)) + rest


def is_kept_back(text: str) -> bool:
    """Whether a message of a caseworker stays in the topic: it starts with any slash."""
    return bare(text).startswith("/")


def is_note(text: str) -> bool:
    """« // … », « /note … »: words for the team alone."""
    return bare(text).startswith("//") or command(text)[0] == NOTE


def command(text: str) -> tuple[str, str]:
    """The name of a command, lower case, and the robot it is addressed to (or nothing).

    « /Clore@passerelle_bot merci » is ("/clore", "passerelle_bot").
    """
    first = (bare(text).split(maxsplit=1) or [""])[0]
    name, _, robot = first.partition("@")
    return name.lower(), robot.lower()
