"""Greetings, thanks and « ok »: the words heard and the reply to each, kept in accueil.yml."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from pydantic import AfterValidator, Field

from faq.document import Document, Place
from faq.errors import FaqError
from faq.fields import ONE_LINE, FileModel, at_most, refuse
from faq.prose import short_sentences
from faq.text import normalise

MAX_LINES = 5
SECTIONS = {"bonjour": "greetings", "merci": "thanks", "ok": "okays"}  # key of the file → field


def _few_lines(text: str) -> str:
    if (count := len(text.splitlines())) > MAX_LINES:
        raise refuse(f"{count} lignes, {MAX_LINES} au plus. Raccourcissez.")
    return text


def _plain(text: str) -> str:
    """Nothing that the robot would fill in, read as bold, or that must come from numeros.yml."""
    if re.search(r"[{}]|\*\*", text):
        raise refuse("n’écrivez ni « { } » ni « ** » dans une réponse. Enlevez-les.")
    if re.search(r"[0-9] ?[0-9]", text):
        raise refuse("n’écrivez pas de numéro de téléphone ici. Enlevez-le.")
    return text


Heard = Annotated[str, ONE_LINE, at_most(60)]
Reply = Annotated[
    str,
    at_most(300),
    AfterValidator(_few_lines),
    AfterValidator(_plain),
    AfterValidator(short_sentences),
]


class SmallTalkLines(FileModel):
    """What people write, and what the robot says back."""

    heard: tuple[Heard, ...] = Field(alias="mots", min_length=1)
    reply: Reply = Field(alias="reponse")


class WelcomeFile(FileModel):
    """The whole of accueil.yml."""

    greetings: SmallTalkLines = Field(alias="bonjour")
    thanks: SmallTalkLines = Field(alias="merci")
    okays: SmallTalkLines = Field(alias="ok")


@dataclass(frozen=True)
class SmallTalk:
    """Phrases as `faq.text.normalise` writes them, and the reply to them."""

    heard: tuple[str, ...]
    reply: str


@dataclass(frozen=True)
class Welcome:
    """What the robot answers to words that ask nothing."""

    greetings: SmallTalk
    thanks: SmallTalk
    okays: SmallTalk

    def phrases(self) -> frozenset[str]:
        """Everything that is heard, normalised."""
        return frozenset((*self.greetings.heard, *self.thanks.heard, *self.okays.heard))


def build_welcome(file: WelcomeFile, document: Document) -> tuple[Welcome, list[FaqError]]:
    """The replies, and an error for each phrase that has no letter or is heard twice."""
    talks = {name: _build(getattr(file, name)) for name in SECTIONS.values()}
    return Welcome(**talks), list(_errors(file, document))


def _build(lines: SmallTalkLines) -> SmallTalk:
    return SmallTalk(tuple(normalise(phrase) for phrase in lines.heard), lines.reply)


def _errors(file: WelcomeFile, document: Document) -> Iterator[FaqError]:
    seen: dict[str, Place] = {}
    for key, name in SECTIONS.items():
        for rank, phrase in enumerate(getattr(file, name).heard):
            place = (key, "mots", rank)
            first = seen.setdefault(normalise(phrase), place)
            if not normalise(phrase):
                yield document.error(place, f"« {phrase} » n’a aucune lettre. Enlevez-le.")
            elif first != place:
                where = f"« {first[0]} », ligne {document.line_of(first)}"
                yield document.error(place, f"« {phrase} » est déjà dans {where}. Gardez-en un.")
