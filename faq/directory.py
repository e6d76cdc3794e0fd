"""Verified phone numbers and official domains: the shape of numeros.yml and domaines.yml."""

from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, RootModel, model_validator
from pydantic.json_schema import SkipJsonSchema

from faq.fields import (
    ONE_LINE,
    Bool,
    Date,
    FileModel,
    Host,
    Identifier,
    Phone,
    WebAddress,
    at_most,
)


class PhoneNumber(FileModel):
    """A verified number. `danger`: may be shown when somebody is in danger."""

    key: SkipJsonSchema[str] = ""  # the name it has in the file
    number: Phone = Field(alias="numero")
    name: Annotated[str, ONE_LINE, at_most(60)] = Field(alias="nom")
    hours: Annotated[str, ONE_LINE, at_most(80)] | None = Field(default=None, alias="horaires")
    note: Annotated[str, ONE_LINE, at_most(120)] | None = None
    source: Annotated[str, ONE_LINE, at_most(150)]
    source_link: WebAddress | None = Field(default=None, alias="source_lien")
    checked_on: Date = Field(alias="verifie_le")
    danger: Bool = False


class NumbersFile(RootModel[dict[Identifier, PhoneNumber]]):
    """key → number."""

    @model_validator(mode="before")
    @classmethod
    def _give_key_to_numbers(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {k: n | {"key": k} if isinstance(n, dict) else n for k, n in data.items()}


class OfficialDomain(FileModel):
    """A domain that belongs to the organisation it names; its sub-domains count too."""

    host: Host = Field(alias="domaine")
    name: Annotated[str, ONE_LINE, at_most(80)] = Field(alias="nom")


class DomainsFile(FileModel):
    """The list of official domains."""

    domains: tuple[OfficialDomain, ...] = Field(alias="domaines", min_length=1)


def is_official(url: str, hosts: frozenset[str]) -> bool:
    """The host of the link is one of the domains, or a sub-domain of one."""
    labels = (urlsplit(url).hostname or "").split(".")
    return any(".".join(labels[i:]) in hosts for i in range(len(labels)))
