"""The kinds of sentence that texts.fr.yml may hold: which {places} each must have."""

import re
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict


def holds(*names: str) -> AfterValidator:
    """The sentence must have exactly these {places}, and an even number of `**`."""

    def check(template: str) -> str:
        found = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
        if found != set(names):
            raise ValueError(f"les places attendues sont {sorted(names)}, pas {sorted(found)}")
        if len(re.findall(r"\*\*", template)) % 2:
            raise ValueError("il manque un ** de fin")
        return template

    return AfterValidator(check)


Plain = Annotated[str, holds()]
Team = Annotated[str, holds("team")]
Name = Annotated[str, holds("name")]
Date = Annotated[str, holds("date")]
Numbered = Annotated[str, holds("number")]
Quoted = Annotated[str, holds("words")]
Title = Annotated[str, holds("title")]


class Strict(BaseModel):
    """Frozen, nothing unknown, nothing converted."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)
