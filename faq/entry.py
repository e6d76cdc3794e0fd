"""An entry (« fiche ») of the FAQ and its theme: the shape of faq/content/*.yml."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationInfo, field_validator, model_validator
from pydantic.json_schema import SkipJsonSchema

from faq.entry_parts import (
    Answer,
    FirstName,
    Language,
    Line,
    Link,
    Phrasing,
    Source,
    Step,
    Title,
    Translation,
    Trials,
    Voice,
)
from faq.fields import (
    ONE_LINE,
    Bool,
    Date,
    FileModel,
    Identifier,
    Integer,
    NumberKey,
    WebAddress,
    at_most,
    refuse,
)

MIN_PHRASINGS = 8
MAX_MONTHS = 6  # between the date of the source and the next review

Sensitivity = Literal["non", "argent", "sante", "etranger"]


class Entry(FileModel):
    """One answer, with the ways people ask for it and where its facts come from."""

    id: Identifier
    theme: SkipJsonSchema[str]  # its file says it once, at the top
    title: Title = Field(alias="titre")
    question: Line
    incomplete: Bool = Field(default=False, alias="a_completer")  # fewer phrasings are accepted
    phrasings: tuple[Phrasing, ...] = Field(alias="formulations", min_length=1)
    keywords: tuple[Annotated[str, ONE_LINE, at_most(60)], ...] = Field(
        default=(), alias="mots_cles"
    )
    answer: Answer | None = Field(default=None, alias="reponse")
    steps: tuple[Step, ...] = Field(default=(), alias="etapes", max_length=5)
    links: tuple[Link, ...] = Field(default=(), alias="liens", max_length=2)
    phone: NumberKey | None = Field(default=None, alias="telephone")
    source: Source
    source_link: WebAddress | None = Field(default=None, alias="source_lien")
    checked_on: Date = Field(alias="verifie_le")
    review_before: Date = Field(alias="a_revoir_avant")
    author: FirstName | None = Field(default=None, alias="auteur")
    sensitive: Sensitivity = Field(default="non", alias="sensible")
    always_human: Bool = Field(default=False, alias="toujours_humain")
    trials: Trials = Field(default=Trials(), alias="tests")
    translations: Mapping[Language, Translation] = Field(default={}, alias="traductions")
    voice: Voice | None = Field(default=None, alias="audio")
    active: Bool = Field(default=True, alias="actif")

    @field_validator("phrasings")
    @classmethod
    def _enough(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        lacking = MIN_PHRASINGS - len(value)
        if lacking > 0 and not info.data.get("incomplete"):
            raise refuse(
                f"il en faut au moins {MIN_PHRASINGS}, il y en a {len(value)}. "
                f"Ajoutez-en {lacking}."
            )
        return value

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
