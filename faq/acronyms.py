"""Acronyms that a text uses before it explains them.

Explained: « CAF (allocations familiales) », « fonds de solidarité (FSL) », « L'AME est l'aide… »,
« … l'ASS. C'est l'allocation… », « Le site s'appelle ANEF (…) ».
"""

import re
from collections.abc import Iterable, Iterator

from faq.prose import sentences_of

Part = tuple[str | int, ...]

# Those that people say and read by themselves; the first three name what most of them receive.
# CAF is written « CAF (allocations familiales) » by our own rule, but nobody asks what it is.
# RIB has a remark of its own in faq.plain_french.
KNOWN = frozenset({"CAF", "RSA", "APL", "SMS", "HLM", "CMU", "TV", "SNCF", "SIM", "PIN", "RIB"})
_ACRONYM = re.compile(r"\b[A-ZÉ]{2,6}\b")
_QUOTED = re.compile(r"«[^»]*»")


def unexplained(
    title: str, question: str, texts: Iterable[tuple[Part, str]]
) -> Iterator[tuple[Part, str]]:
    """Each acronym not explained where it is first met, with the place of that text.

    `title` and `question` are read before: what they explain is known.
    """
    before = f"{title} {question}"
    known = KNOWN | {name for name in _names(before) if _is_explained(name, before)}
    for part, text in texts:
        sentences = sentences_of(_QUOTED.sub(" ", text))
        for rank, sentence in enumerate(sentences):
            near = " ".join(sentences[rank : rank + 2])  # « … l'ASS. C'est l'allocation … »
            for name in _names(sentence):
                if name not in known and not _is_explained(name, near):
                    yield part, name
                known |= {name}


def _names(text: str) -> list[str]:
    return list(dict.fromkeys(_ACRONYM.findall(text)))


def _is_explained(name: str, text: str) -> bool:
    before = rf"\w[^.()]* \({name}\)"  # fonds de solidarité (FSL)
    after = rf"\b{name} ?\([^)]*[a-zé]{{3}}"  # CAF (allocations familiales)
    verb = rf"\b{name} (?:est|c'est|aide|veut dire|,? c'est)\b"
    said_next = rf"\b{name}\b[^.]*\. (?:C'est|Cela|Ce sont) (?:le|la|l'|les|un|une|des)"
    return any(re.search(pattern, text) for pattern in (before, after, verb, said_next))
