"""An entry (« fiche ») of the FAQ and its theme: the shape of faq/content/*.yml."""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator, model_validator

from faq.fields import (
    ONE_LINE,
    Bool,
    Date,
    FileModel,
    HttpsUrl,
    Identifier,
    Integer,
    WebAddress,
    at_most,
    refuse,
)

MIN_PHRASINGS = 8
MAX_STEP_WORDS = 12
MAX_MONTHS = 6  # between the date of the source and the next review

Sensitivity = Literal["non", "argent", "sante", "etranger"]


def _no_promise(text: str) -> str:
    """Neither a right nor an amount: both depend on the person and change without notice."""
    if re.search(r"\bavez\s+(bien\s+|donc\s+|aussi\s+)?droit\b", text, re.IGNORECASE):
        raise refuse("n’écrivez pas « vous avez droit ». Écrivez « vous pouvez demander ».")
    if re.search(r"\d\s*(€|euros?\b)", text, re.IGNORECASE):
        raise refuse("n’écrivez pas de montant en euros : il change. Enlevez-le.")
    return text


def count_words(text: str) -> int:
    """Words as a reader counts them: punctuation alone is not one."""
    return sum(any(c.isalnum() for c in word) for word in text.split())


def _short_step(text: str) -> str:
    if (length := count_words(text)) > MAX_STEP_WORDS:
        raise refuse(f"{length} mots, {MAX_STEP_WORDS} au plus. Coupez cette étape en deux.")
    return text


Line = Annotated[str, ONE_LINE, at_most(150), AfterValidator(_no_promise)]
Title = Annotated[str, ONE_LINE, at_most(30), AfterValidator(_no_promise)]
Phrasing = Annotated[str, ONE_LINE, at_most(200)]
Answer = Annotated[str, at_most(300), AfterValidator(_no_promise)]
Step = Annotated[
    str, ONE_LINE, at_most(200), AfterValidator(_no_promise), AfterValidator(_short_step)
]
Source = Annotated[str, ONE_LINE, at_most(150)]


class Link(FileModel):
    """A link button: what it says and where it goes (an official domain)."""

    label: Annotated[str, ONE_LINE, at_most(40)] = Field(alias="texte")
    url: HttpsUrl


class Entry(FileModel):
    """One answer, with the ways people ask for it and where its facts come from."""

    id: Identifier
    theme: str
    title: Title = Field(alias="titre")
    question: Line
    phrasings: tuple[Phrasing, ...] = Field(alias="formulations", min_length=MIN_PHRASINGS)
    keywords: tuple[Annotated[str, ONE_LINE, at_most(60)], ...] = Field(
        default=(), alias="mots_cles"
    )
    answer: Answer | None = Field(default=None, alias="reponse")
    steps: tuple[Step, ...] = Field(default=(), alias="etapes", max_length=5)
    link: Link | None = Field(default=None, alias="lien")
    phone: Identifier | None = Field(default=None, alias="telephone")
    source: Source
    source_link: WebAddress | None = Field(default=None, alias="source_lien")
    checked_on: Date = Field(alias="verifie_le")
    review_before: Date = Field(alias="a_revoir_avant")
    sensitive: Sensitivity = Field(default="non", alias="sensible")
    always_human: Bool = Field(default=False, alias="toujours_humain")
    active: Bool = Field(default=True, alias="actif")

    @field_validator("review_before")
    @classmethod
    def _within_six_months(cls, value: date, info: ValidationInfo) -> date:
        checked: date | None = info.data.get("checked_on")
        if checked is not None and value <= checked:
            raise refuse(f"cette date doit venir après verifie_le ({checked}).")
        if checked is not None and value > add_months(checked, MAX_MONTHS):
            latest = add_months(checked, MAX_MONTHS)
            raise refuse(f"pas plus de six mois après verifie_le. Écrivez {latest} au plus.")
        return value

    @model_validator(mode="after")
    def _says_something(self) -> "Entry":
        if self.answer is None and not self.steps:
            raise refuse("écrivez « reponse » ou « etapes » (ou les deux).")
        return self

    def is_stale(self, today: date) -> bool:
        """Past its review date: its facts may have changed."""
        return today > self.review_before


class Theme(FileModel):
    """A file of entries, in the order it gives them."""

    id: Identifier = Field(alias="theme")
    title: Annotated[str, ONE_LINE, at_most(30)] = Field(alias="titre")
    position: Annotated[Integer, Field(ge=1)]
    entries: tuple[Entry, ...] = Field(alias="fiches")

    @model_validator(mode="before")
    @classmethod
    def _give_theme_to_entries(cls, data: Any) -> Any:
        """An entry knows its theme; its file says it once, at the top."""
        if not isinstance(data, dict) or not isinstance(data.get("fiches"), tuple):
            return data
        theme = data.get("theme", "")
        entries = tuple(e | {"theme": theme} if isinstance(e, dict) else e for e in data["fiches"])
        return data | {"fiches": entries}


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or the last day of that month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month, last)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")
