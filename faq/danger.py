"""Situations of danger: the shape of urgences.yml, and what it becomes. Finding them is not here.

A message to a person in danger gives its first number within two lines, and only numbers that
numeros.yml marks `danger: oui`. Numbers ({n3114}) and hours ({n3114.horaires}) come from that
table and are never typed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from faq.danger_words import expression_error, list_error
from faq.directory import PhoneNumber
from faq.document import Document, Place
from faq.errors import FaqError
from faq.fields import ONE_LINE, FileModel, Identifier, at_most, refuse
from faq.prose import short_sentences

FIRST_LINES = 2  # where the first number stands
HOURS = ".horaires"  # after a key: when the number answers, instead of the number

Level = Literal["urgent", "prioritaire", "doute"]
LEVELS: dict[str, int] = {"urgent": 0, "prioritaire": 1, "doute": 2}  # the gravest first


def _no_digits(text: str) -> str:
    if re.search(r"[0-9]{2}", re.sub(r"\{[^{}]*\}", "", text)):
        raise refuse("n’écrivez pas de numéro. Écrivez sa clé entre accolades, comme {n112}.")
    return text


MessageLine = Annotated[
    str, ONE_LINE, at_most(120), AfterValidator(_no_digits), AfterValidator(short_sentences)
]
Phrase = Annotated[str, ONE_LINE, at_most(100)]
Group = Annotated[tuple[Phrase, ...], Field(min_length=1)]


class Triggers(FileModel):
    """Phrases side by side; groups of which one word each must be there; words (`suicid*`).

    `certain` (« certaines »): phrases that are no figure of speech, whatever is around them.
    `alone` (« seuls »): only when the message says nothing else. How they are written:
    ``faq.danger_words``.
    """

    phrases: tuple[Phrase, ...] = Field(default=(), alias="expressions")
    certain: tuple[Phrase, ...] = Field(default=(), alias="certaines")
    groups: tuple[Annotated[tuple[Group, ...], Field(min_length=2)], ...] = Field(
        default=(), alias="groupes"
    )
    words: tuple[Phrase, ...] = Field(default=(), alias="mots")
    alone: tuple[Phrase, ...] = Field(default=(), alias="seuls")

    @model_validator(mode="after")
    def _not_empty(self) -> "Triggers":
        if not (self.phrases or self.certain or self.groups or self.words or self.alone):
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
    if_denied: Identifier | None = Field(default=None, alias="si_nie")

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
    lists: dict[Identifier, tuple[Phrase, ...]] = Field(default_factory=dict, alias="listes")
    exact_words: tuple[Phrase, ...] = Field(default=(), alias="mots_justes")


@dataclass(frozen=True)
class Danger:
    """A category of danger: what to say, to whom to turn, and which words betray it."""

    id: str
    title: str
    level: Level
    lines: tuple[str, ...]  # numbers in their place
    numbers: tuple[str, ...]  # keys of numeros.yml, in the order of the message
    triggers: Triggers
    harmless: tuple[str, ...] = ()
    if_denied: str | None = None  # id of the category for « je ne pense pas au suicide »


@dataclass(frozen=True)
class DangerTable:
    """The categories, in the order of the file, which is their order of priority."""

    categories: tuple[Danger, ...] = ()
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # <name> in an expression
    exact_words: tuple[str, ...] = ()  # right as they are, never a trigger misspelt


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
                for name in _names(text)
                if (sentence := _wrong_name(name, numbers))
            ]
        dangers.append(_danger(category, numbers))
    errors += [document.error(place, sentence) for place, sentence in _word_errors(lines)]
    return DangerTable(tuple(dangers), MappingProxyType(lines.lists), lines.exact_words), errors


def _word_errors(lines: DangerFile) -> Iterator[tuple[Place, str]]:
    """(place in the file, French sentence) of each expression that cannot be looked for."""
    for name, items in lines.lists.items():
        for rank, item in enumerate(items):
            if sentence := list_error(item):
                yield ("listes", name, rank), sentence
    ids = {category.id for category in lines.categories}
    for rank, category in enumerate(lines.categories):
        for place, text in _expressions(category):
            if sentence := expression_error(text, lines.lists):
                yield ("categories", rank, *place), sentence
        if category.if_denied and category.if_denied not in ids:
            sentence = f"la catégorie « {category.if_denied} » n’existe pas. Corrigez l’id."
            yield ("categories", rank, "si_nie"), sentence


def _expressions(category: DangerLines) -> Iterator[tuple[Place, str]]:
    triggers = category.triggers
    kinds = (
        ("expressions", triggers.phrases),
        ("certaines", triggers.certain),
        ("mots", triggers.words),
        ("seuls", triggers.alone),
    )
    for key, texts in kinds:
        for rank, text in enumerate(texts):
            yield ("declencheurs", key, rank), text
    for rank, groups in enumerate(triggers.groups):
        for group_rank, group in enumerate(groups):
            for member_rank, text in enumerate(group):
                yield ("declencheurs", "groupes", rank, group_rank, member_rank), text
    for rank, text in enumerate(category.harmless):
        yield ("sauf", rank), text


def _names(text: str) -> list[str]:
    """What stands in braces."""
    return re.findall(r"\{([^{}]*)\}", text)


def _keys(text: str) -> list[str]:
    """The numbers that a line gives."""
    return [name for name in _names(text) if not name.endswith(HOURS)]


def _wrong_name(name: str, numbers: Mapping[str, PhoneNumber]) -> str | None:
    key = name.removesuffix(HOURS)
    if key not in numbers:
        return f"« {{{name}}} » n’existe pas dans numeros.yml. Corrigez la clé."
    if not numbers[key].danger:
        return f"« {{{name}}} » n’est pas un numéro de danger (danger: oui) dans numeros.yml."
    if name.endswith(HOURS) and numbers[key].hours is None:
        return f"« {key} » n’a pas d’horaires dans numeros.yml. Enlevez « {{{name}}} »."
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
        if_denied=category.if_denied,
    )


def _with_numbers(text: str, numbers: Mapping[str, PhoneNumber]) -> str:
    def number_of(found: re.Match[str]) -> str:
        known = numbers.get(found[1].removesuffix(HOURS))
        if known is None:
            return found[0]
        return (known.hours or "") if found[1].endswith(HOURS) else known.number

    return re.sub(r"\{([^{}]*)\}", number_of, text)
