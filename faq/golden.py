"""The golden set (`faq/essais/*.yml`): messages as people write them, each with what must happen.

Written without looking at the phrasings they test. A file is a group of messages of one kind.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from faq.catalogue import Faq
from faq.decision import Answered, Decision, NothingFound, Suggested, offered
from faq.errors import FaqError, FaqErrors
from faq.fields import ONE_LINE, Bool, FileModel, Identifier, at_most, refuse
from faq.loader import read_model

FOLDER = Path(__file__).with_name("essais")

Outcome = Literal["answered", "in menu", "menu without it", "handed over", "wrong", "danger"]
Finder = Callable[[str], str | None]
"""From a message to the category of danger it raises, if any."""

Names = Annotated[
    tuple[Identifier, ...],
    BeforeValidator(
        lambda value: (value,) if isinstance(value, str) else value,
        json_schema_input_type=Identifier | tuple[Identifier, ...],
    ),
    Field(min_length=1),
]


class Trial(FileModel):
    """A message, and what must happen: exactly one of the four."""

    message: Annotated[str, ONE_LINE, at_most(400)]
    entries: Names | None = Field(default=None, alias="fiche")  # any of them is right
    both: Names | None = Field(default=None, alias="deux")  # both must be offered
    none: Bool = Field(default=False, alias="rien")  # no direct answer
    dangers: Names | None = Field(default=None, alias="danger")  # seen; better as one of them

    @model_validator(mode="after")
    def _one_expectation(self) -> "Trial":
        given = [self.entries, self.both, self.dangers, self.none or None]
        if sum(expectation is not None for expectation in given) != 1:
            raise refuse("écrivez une attente, et une seule : fiche, deux, rien ou danger.")
        return self


class TrialFile(FileModel):
    """The whole of a file of faq/essais."""

    group: Identifier = Field(alias="groupe")
    title: Annotated[str, ONE_LINE, at_most(80)] = Field(alias="titre")
    trials: Annotated[tuple[Trial, ...], Field(min_length=1)] = Field(alias="essais")


@dataclass(frozen=True)
class Result:
    """What happened to a message."""

    trial: Trial
    outcome: Outcome
    is_good: bool
    found: tuple[str, ...]  # entries answered or proposed, or the category of danger


def load_golden(faq: Faq, folder: Path = FOLDER) -> tuple[TrialFile, ...]:
    """Every file; raises FaqErrors for a mistake, or an entry that does not exist."""
    files: list[TrialFile] = []
    errors: list[FaqError] = []
    for path in sorted(folder.glob("*.yml")):
        name = f"{folder.name}/{path.name}"
        try:
            file, document = read_model(path, name, TrialFile)
        except FaqErrors as found:
            errors += found.errors
            continue
        files.append(file)
        for rank, trial in enumerate(file.trials):
            for identity in (*(trial.entries or ()), *(trial.both or ())):
                if identity not in faq.places:
                    sentence = f"la fiche « {identity} » n’existe pas. Corrigez l’id."
                    errors.append(document.error(("essais", rank, "message"), sentence))
    errors += _repeated(files)
    if errors:
        raise FaqErrors(errors)
    return tuple(files)


def _repeated(files: Iterable[TrialFile]) -> Iterator[FaqError]:
    counts = Counter(trial.message for file in files for trial in file.trials)
    for message, count in counts.items():
        if count > 1:
            yield FaqError("essais", None, None, f"« {message} » est écrit deux fois.")


def judge(faq: Faq, trial: Trial, find_danger: Finder) -> Result:
    """The same reading as for a real message: danger first, then the FAQ."""
    category = find_danger(trial.message)
    if category is not None:
        return Result(trial, "danger", trial.dangers is not None, (category,))
    decision = faq.decide(trial.message)
    found = offered(decision)
    outcome = _outcome(decision, found, trial)
    if trial.both is not None:
        return Result(trial, outcome, set(trial.both) <= set(found), found)
    if trial.dangers is not None or trial.none:
        is_good = trial.none and not isinstance(decision, Answered)
        return Result(trial, outcome, is_good, found)
    return Result(trial, outcome, outcome in ("answered", "in menu"), found)


def _outcome(decision: Decision, found: tuple[str, ...], trial: Trial) -> Outcome:
    is_there = not set(found).isdisjoint((*(trial.entries or ()), *(trial.both or ())))
    match decision:
        case Answered():
            return "answered" if is_there else "wrong"
        case Suggested():
            return "in menu" if is_there else "menu without it"
        case NothingFound():
            return "handed over"
