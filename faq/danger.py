"""Situations of danger: the shape of urgences.yml, and what it becomes. Finding them is not here.

A message to a person in danger gives its first number within two lines, and only numbers that
numeros.yml marks `danger: oui`; its numbers come from that table and are never typed.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from faq.directory import PhoneNumber
from faq.document import Document
from faq.entry import count_words
from faq.errors import FaqError
from faq.fields import ONE_LINE, FileModel, Identifier, at_most, refuse

MAX_SENTENCE_WORDS = 12
FIRST_LINES = 2  # where the first number stands

Level = Literal["urgent", "prioritaire", "doute"]


def _short_sentences(text: str) -> str:
    for sentence in re.split(r"(?<=[.!?])\s", text):
        if (length := count_words(sentence)) > MAX_SENTENCE_WORDS:
            raise refuse(f"phrase de {length} mots, {MAX_SENTENCE_WORDS} au plus. Coupez-la.")
    return text


def _no_digits(text: str) -> str:
    if re.search(r"[0-9]{2}", re.sub(r"\{[^{}]*\}", "", text)):
        raise refuse("n’écrivez pas de numéro. Écrivez sa clé entre accolades, comme {n112}.")
    return text


MessageLine = Annotated[
    str, ONE_LINE, at_most(120), AfterValidator(_no_digits), AfterValidator(_short_sentences)
]
Phrase = Annotated[str, ONE_LINE, at_most(100)]
Group = Annotated[tuple[Phrase, ...], Field(min_length=1)]


class Triggers(FileModel):
    """Phrases side by side; groups of which one word each must be there; words (`suicid*`)."""

    phrases: tuple[Phrase, ...] = Field(default=(), alias="expressions")
    groups: tuple[Annotated[tuple[Group, ...], Field(min_length=2)], ...] = Field(
        default=(), alias="groupes"
    )
    words: tuple[Phrase, ...] = Field(default=(), alias="mots")

    @model_validator(mode="after")
    def _not_empty(self) -> "Triggers":
        if not (self.phrases or self.groups or self.words):
            raise refuse("écrivez au moins une expression, un groupe ou un mot.")
        return self


class DangerLines(FileModel):
    """One category, as written in the file."""

    id: Identifier
    title: Annotated[str, ONE_LINE, at_most(40)] = Field(alias="titre")
    level: Level = Field(alias="niveau")
    message: Annotated[tuple[MessageLine, ...], Field(min_length=1, max_length=5)]
    triggers: Triggers = Field(alias="declencheurs")
    harmless: tuple[Phrase, ...] = Field(default=(), alias="sauf")

    @model_validator(mode="after")
    def _number_first(self) -> "DangerLines":
        placed = [rank for rank, text in enumerate(self.message) if _keys(text)]
        if self.level == "urgent" and not placed:
            raise refuse("le message urgent ne donne aucun numéro.")
        if placed and placed[0] >= FIRST_LINES:
            raise refuse("le premier numéro doit être dans les deux premières lignes du message.")
        return self


class DangerFile(FileModel):
    """The whole of urgences.yml."""

    categories: tuple[DangerLines, ...] = Field(min_length=1)


@dataclass(frozen=True)
class Danger:
    """A category of danger: what to say, to whom to turn, and which words betray it."""

    id: str
    title: str
    level: Level
    lines: tuple[str, ...]  # numbers in their place
    numbers: tuple[str, ...]  # keys of numeros.yml, in the order of the message
    triggers: Triggers
    harmless: tuple[str, ...]


@dataclass(frozen=True)
class DangerTable:
    """The categories, in the order of the file, which is their order of priority."""

    categories: tuple[Danger, ...] = ()


def build_table(
    lines: DangerFile, document: Document, numbers: Mapping[str, PhoneNumber]
) -> tuple[DangerTable, list[FaqError]]:
    """The table, and the errors of what refers to other files (unknown or unfit numbers)."""
    errors: list[FaqError] = []
    dangers: list[Danger] = []
    seen: set[str] = set()
    for rank, category in enumerate(lines.categories):
        place = ("categories", rank)
        if category.id in seen:
            errors.append(document.error((*place, "id"), "cet id est déjà pris. Changez-le."))
        seen.add(category.id)
        for line, text in enumerate(category.message):
            errors += [
                document.error((*place, "message", line), sentence)
                for key in _keys(text)
                if (sentence := _wrong_number(key, numbers))
            ]
        dangers.append(_danger(category, numbers))
    return DangerTable(tuple(dangers)), errors


def _keys(text: str) -> list[str]:
    return re.findall(r"\{([^{}]*)\}", text)


def _wrong_number(key: str, numbers: Mapping[str, PhoneNumber]) -> str | None:
    if key not in numbers:
        return f"« {{{key}}} » n’existe pas dans numeros.yml. Corrigez la clé."
    if not numbers[key].danger:
        return f"« {{{key}}} » n’est pas un numéro de danger (danger: oui) dans numeros.yml."
    return None


def _danger(category: DangerLines, numbers: Mapping[str, PhoneNumber]) -> Danger:
    keys = [key for text in category.message for key in _keys(text)]
    return Danger(
        id=category.id,
        title=category.title,
        level=category.level,
        lines=tuple(_with_numbers(text, numbers) for text in category.message),
        numbers=tuple(dict.fromkeys(keys)),
        triggers=category.triggers,
        harmless=category.harmless,
    )


def _with_numbers(text: str, numbers: Mapping[str, PhoneNumber]) -> str:
    def number_of(found: re.Match[str]) -> str:
        known = numbers.get(found[1])
        return known.number if known else found[0]

    return re.sub(r"\{([^{}]*)\}", number_of, text)
