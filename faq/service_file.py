"""The shape of service.yml, and what it becomes: a Service."""

import itertools
import re
from datetime import date
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, Field, model_validator

from faq.decision import Thresholds
from faq.document import Document, Node, Place
from faq.fields import (
    ONE_LINE,
    Bool,
    Date,
    Decimal,
    FileModel,
    HttpsUrl,
    Integer,
    MinuteRange,
    Phone,
    Username,
    at_most,
    refuse,
)
from faq.service import Closure, Minutes, Retention, Service

MAX_DAYS_KEPT = 730  # CNIL: two years after the last contact with the person
# Invented values: the word « exemple », « à remplir », or a number reserved for fiction (Arcep).
PLACEHOLDER = re.compile(
    r"exempl|example|remplir|01 ?99 ?00|02 ?61 ?91|03 ?53 ?01|04 ?65 ?71|05 ?36 ?49|06 ?39 ?98",
    re.IGNORECASE,
)

Short = Annotated[str, ONE_LINE, at_most(120)]
Days = Annotated[Integer, Field(ge=1, le=MAX_DAYS_KEPT)]
Share = Annotated[Decimal, Field(ge=0, le=1)]


def _in_order(ranges: tuple[Minutes, ...]) -> tuple[Minutes, ...]:
    for before, after in itertools.pairwise(ranges):
        if after[0] < before[1]:
            raise refuse("les horaires se chevauchent. Mettez-les dans l’ordre.")
    return ranges


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise refuse(f"« {name} » est inconnu. Écrivez par exemple Europe/Paris.") from None
    return name


Ranges = Annotated[tuple[MinuteRange, ...], AfterValidator(_in_order)]


class Organisation(FileModel):
    """Who answers for the service."""

    name: Short = Field(alias="nom")
    address: Short | None = Field(default=None, alias="adresse")
    phone: Phone | None = Field(default=None, alias="telephone")
    email: Short | None = Field(default=None, alias="courriel")
    responsible: Short = Field(alias="responsable")
    data_officer: Short | None = Field(default=None, alias="delegue")
    website: HttpsUrl | None = Field(default=None, alias="site")


class Team(FileModel):
    """How the robot calls the people who answer."""

    name: Short = Field(alias="nom")
    on_duty: Annotated[tuple[Username, ...], Field(max_length=10)] = Field(
        default=(), alias="garde"
    )


class Week(FileModel):
    """Opening ranges of each day; an empty list is a closed day."""

    lundi: Ranges
    mardi: Ranges
    mercredi: Ranges
    jeudi: Ranges
    vendredi: Ranges
    samedi: Ranges
    dimanche: Ranges

    def by_weekday(self) -> dict[int, tuple[Minutes, ...]]:
        """0 = Monday."""
        days = (self.lundi, self.mardi, self.mercredi, self.jeudi)
        return dict(enumerate((*days, self.vendredi, self.samedi, self.dimanche)))


class ClosureLine(FileModel):
    """One day (`date`), or a span (`du`, `au`)."""

    day: Date | None = Field(default=None, alias="date")
    first: Date | None = Field(default=None, alias="du")
    last: Date | None = Field(default=None, alias="au")
    reason: Short = Field(alias="raison")

    @model_validator(mode="after")
    def _day_or_span(self) -> "ClosureLine":
        span = self.first is not None and self.last is not None
        if (self.day is not None) == span or (self.day and (self.first or self.last)):
            raise refuse("écrivez « date », ou bien « du » et « au ».")
        if self.first and self.last and self.first > self.last:
            raise refuse("« du » vient après « au ». Inversez les deux dates.")
        return self

    def as_closure(self) -> Closure:
        """Both forms as first and last day."""
        first, last = self.day or self.first, self.day or self.last
        return Closure(first or date.min, last or date.min, self.reason)


class RetentionLines(FileModel):
    """Days, 1 to 730."""

    exchanges: Days = Field(default=Retention.exchanges, alias="echanges_jours")
    requests: Days = Field(default=Retention.requests, alias="demandes_jours")


class ThresholdLines(FileModel):
    """Scores, 0 to 1."""

    answer: Share = Field(default=Thresholds.answer, alias="reponse")
    suggest: Share = Field(default=Thresholds.suggest, alias="suggestion")
    ambiguity: Share = Field(default=Thresholds.ambiguity, alias="ecart")

    @model_validator(mode="after")
    def _in_order(self) -> "ThresholdLines":
        if self.suggest > self.answer:
            raise refuse("« suggestion » doit être plus petit que « reponse ».")
        return self


class ServiceFile(FileModel):
    """The whole of service.yml."""

    is_example: Bool = Field(alias="exemple")
    organisation: Organisation
    team: Team = Field(alias="equipe")
    week: Week = Field(alias="horaires")
    timezone: Annotated[str, AfterValidator(_known_zone)] = Field(
        default="Europe/Paris", alias="fuseau"
    )
    holidays: Literal["fermé", "ouvert"] = Field(default="fermé", alias="jours_feries")
    closures: tuple[ClosureLine, ...] = Field(default=(), alias="fermetures")
    retention: RetentionLines = Field(default=RetentionLines(), alias="conservation")
    thresholds: ThresholdLines = Field(default=ThresholdLines(), alias="seuils")
    approval: Literal["seul", "deux"] = Field(default="deux", alias="validation")

    def as_service(self, document: Document) -> Service:
        """The service; `document` gives the lines still to fill in."""
        organisation = self.organisation
        return Service(
            name=organisation.name,
            team=self.team.name,
            on_duty=self.team.on_duty,
            is_example=self.is_example,
            address=organisation.address,
            phone=organisation.phone,
            email=organisation.email,
            responsible=organisation.responsible,
            data_officer=organisation.data_officer,
            website=organisation.website,
            timezone=ZoneInfo(self.timezone),
            hours=self.week.by_weekday(),
            closed_on_holidays=self.holidays == "fermé",
            closures=tuple(line.as_closure() for line in self.closures),
            retention=Retention(**self.retention.model_dump()),
            thresholds=Thresholds(**self.thresholds.model_dump()),
            approves_alone=self.approval == "seul",
            to_fill=unfilled_lines(document, is_example=self.is_example),
        )


def unfilled_lines(document: Document, *, is_example: bool) -> tuple[str, ...]:
    """A sentence for each line whose value is invented; with those only a human can judge."""
    places = [p for p, text in _texts(document.data, ()) if PLACEHOLDER.search(text)]
    sentences = [
        f"{document.name}, ligne {document.line_of(place)} : remplissez « {_named(place)} »."
        for place in places
    ]
    if is_example:
        sentences += [
            f"{document.name}, ligne {document.line_of((key,))} : {what}"
            for key, what in (
                ("horaires", "écrivez les horaires de votre équipe."),
                ("exemple", "écrivez « exemple: non » quand tout est rempli."),
            )
        ]
    return tuple(sentences)


def _texts(node: Node, place: Place) -> list[tuple[Place, str]]:
    if isinstance(node, str):
        return [(place, node)]
    items = node.items() if isinstance(node, dict) else enumerate(node)
    return [found for step, child in items for found in _texts(child, (*place, step))]


def _named(place: Place) -> str:
    return " › ".join(str(step) for step in place if isinstance(step, str))
