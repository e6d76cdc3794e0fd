"""How urgences.yml writes what people say: words, `debut*`, `<liste>` and `…`.

An expression becomes a tuple of symbols, which the lexicon looks for one after the other:
« <je> veux … mour* » is ("<je>", "veux", "…", "mour*"). Its plain words are normalised and their
abbreviations written out, exactly like the words of a message.
"""

import re
from collections.abc import Mapping

from faq.text import expand, normalise

GAP = "…"
"""Zero to three other words may stand here."""
NOT_SAID = frozenset({"ne", "n"})
"""Nobody writes them on a phone; left out of messages and expressions alike."""

Symbols = tuple[str, ...]

_STROKE = "avc"  # an abbreviation of « avec » elsewhere; here it may be an emergency

_LIST = re.compile(r"<([a-z][a-z0-9_]*)>")


def read_words(words: str) -> list[str]:
    """The words of a message or of an expression, as they are compared."""
    said: list[str] = []
    plain: list[str] = []
    for word in [*normalise(words).split(), ""]:
        if word and word != _STROKE:
            plain.append(word)
            continue
        said += [*expand(plain), *filter(None, [word])]
        plain = []
    return [word for word in said if word not in NOT_SAID]


def parse(expression: str) -> Symbols:
    """The symbols of one expression, as written in the file."""
    symbols: list[str] = []
    plain: list[str] = []
    for piece in expression.replace("...", GAP).split():
        special = _special(piece)
        if special is None:
            plain.append(piece)
            continue
        symbols += [*read_words(" ".join(plain)), special]
        plain = []
    return (*symbols, *read_words(" ".join(plain)))


def _special(piece: str) -> str | None:
    if piece == GAP or _LIST.fullmatch(piece):
        return piece
    return normalise(piece[:-1]).replace(" ", "") + "*" if piece.endswith("*") else None


def expression_error(expression: str, lists: Mapping[str, tuple[str, ...]]) -> str | None:
    """What is wrong with an expression, as a French sentence; None when nothing is."""
    for name in _LIST.findall(expression):
        if name not in lists:
            return f"la liste « <{name}> » n’existe pas. Ajoutez-la sous « listes »."
    if "<" in _LIST.sub("", expression) or ">" in _LIST.sub("", expression):
        return f"« {expression} » : écrivez un nom de liste comme <proche>."
    symbols = parse(expression)
    if not symbols or symbols == (GAP,):
        return f"« {expression} » ne contient aucun mot."
    if GAP in (symbols[0], symbols[-1]):
        return f"« {expression} » ne doit pas commencer ou finir par « … »."
    if any(symbol == "*" for symbol in symbols):
        return f"« {expression} » : écrivez au moins une lettre avant « * »."
    return None


def list_error(entry: str) -> str | None:
    """What is wrong with an item of a list: it may not use another list, nor « … »."""
    if _LIST.search(entry) or GAP in parse(entry):
        return f"« {entry} » : une liste ne contient que des mots, sans <liste> ni « … »."
    return expression_error(entry, {})
