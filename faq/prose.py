"""Text as a person reads it: its sentences, its words, and how long a sentence may be."""

import re

from faq.fields import refuse

MAX_SENTENCE_WORDS = 12  # domain-facts §4b
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n+")


def count_words(text: str) -> int:
    """Words as a reader counts them: punctuation alone is not one."""
    return sum(any(c.isalnum() for c in word) for word in text.split())


def sentences_of(text: str) -> list[str]:
    """The sentences, one at least; the end of a line ends one too."""
    return [sentence for sentence in _SENTENCE_END.split(text.strip()) if sentence] or [text]


def short_sentences(text: str) -> str:
    """The text, refused (PydanticCustomError) when a sentence has more than 12 words."""
    for sentence in sentences_of(text):
        if (length := count_words(sentence)) > MAX_SENTENCE_WORDS:
            raise refuse(f"phrase de {length} mots, {MAX_SENTENCE_WORDS} au plus. Coupez-la.")
    return text
