"""Whether somebody denies what an expression says: « il ne me frappe pas », « pas de malaise ».

French puts « pas » before a noun or an infinitive and after a verb. When in doubt it is no denial:
to miss a danger is worse than to see one too many.
"""

from collections.abc import Iterable, Sequence

NEGATIONS = frozenset({"pas", "jamais", "aucun", "aucune", "sans", "ni"})
_REACH = 3  # words before the expression
# A new subject begins a new clause: « je sais pas, il me frappe ».
_SUBJECTS = frozenset(
    [
        *("je", "j", "tu", "il", "elle", "on", "nous", "vous", "ils", "elles", "ca", "c", "qui"),
        *("mon", "ma", "mes", "si", "que", "qu", "mais", "et", "car"),
    ]
)
# « j'arrête pas de penser au suicide », « je peux pas m'empêcher de… »
_UNDONE_AFTER = ("arret", "cess", "empech", "sai", "sort", "peu", "pourquoi")
_CLAUSE_STARTS = frozenset({"mais", "et", "c", "donc", "heureusement", "merci", "il", "elle"})


def is_denied(words: Sequence[str], start: int, end: int, skipped: Iterable[int]) -> bool:
    """Whether ``words[start:end]`` is denied: before it, inside its « … », or just after it."""
    if any(words[place] in NEGATIONS for place in skipped):
        return True
    return _before(words, start) or _after(words, end)


def _before(words: Sequence[str], start: int) -> bool:
    for place in range(start - 1, max(-1, start - 1 - _REACH), -1):
        if words[place] in NEGATIONS:
            never_seen = words[place : place + 2] == ["jamais", "vu"]  # « jamais vu ça »: it is so
            return not never_seen and not (place and words[place - 1].startswith(_UNDONE_AFTER))
        if words[place] in _SUBJECTS:
            return False
    return False


def _after(words: Sequence[str], end: int) -> bool:
    """« il me frappe pas », at the end of the message or of what looks like a clause."""
    if end >= len(words) or words[end] not in ("pas", "jamais"):
        return False
    return end + 1 == len(words) or words[end + 1] in _CLAUSE_STARTS
