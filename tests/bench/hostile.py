"""Messages made to be slow: 4,096 characters, the most that Telegram lets through."""

from collections.abc import Callable, Sequence
from random import Random
from string import ascii_lowercase, digits

LENGTH = 4_096  # characters
TRIES = 5  # different messages of each kind
UNFOLDING = "\ufdfa"  # one character that normalises to eighteen
MARKS = "".join(map(chr, range(0x0300, 0x0330)))  # accents, piled on one letter
EMOJI = "😀😭🙏👍🏽❤️"

Maker = Callable[[Random, Sequence[str]], str]  # from words of the FAQ to a part of the message


def _of(letters: str, shortest: int, longest: int) -> Maker:
    """Words of random letters."""
    return lambda chance, _: (
        "".join(chance.choices(letters, k=chance.randint(shortest, longest))) + " "
    )


def _misspelt(chance: Random, known: Sequence[str]) -> str:
    word = chance.choice(known)
    place = chance.randrange(len(word))
    return f"{word[:place]}{chance.choice(ascii_lowercase)}{word[place + 1 :]} "


KINDS: dict[str, Maker] = {
    "one long word": _of(ascii_lowercase, LENGTH, LENGTH),
    "unknown words": _of(ascii_lowercase, 5, 14),
    "unknown short words": _of(ascii_lowercase, 2, 4),
    "single letters": _of(ascii_lowercase, 1, 1),
    "vowels": _of("aeiou", 4, 12),
    "numbers": _of(digits, 1, 12),
    "known words": lambda chance, known: chance.choice(known) + " ",
    "misspelt words": _misspelt,
    "words glued": lambda chance, known: chance.choice(known) + " " * (chance.random() < 0.2),
    "halves of words": lambda chance, known: " ".join(chance.choice(known)[:4]) + " ",
    "cuts": lambda chance, known: f"{chance.choice(known)}. et ",
    "dots": lambda chance, _: chance.choice(ascii_lowercase) + ".",
    "piled accents": lambda chance, _: "e" + "".join(chance.choices(MARKS, k=40)),
    "unfolding": lambda chance, _: UNFOLDING * chance.randint(1, 30),
    "emoji": lambda chance, _: chance.choice(EMOJI),
}


def hostile_messages(texts: Sequence[str]) -> dict[str, list[str]]:
    """Kind → messages; `texts`: some of the FAQ's. Always the same."""
    known = sorted({word.lower() for text in texts for word in text.split() if word.isalpha()})
    return {
        kind: [_fill(maker, Random(f"{kind} {number}"), known) for number in range(TRIES)]  # noqa: S311
        for kind, maker in KINDS.items()
    }


def _fill(maker: Maker, chance: Random, known: Sequence[str]) -> str:
    text = ""
    while len(text) < LENGTH:
        text += maker(chance, known)
    return text[:LENGTH]
