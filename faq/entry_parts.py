"""The parts of an entry: its lines, its steps and their pictures, links, trials, voices."""

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from faq.fields import ONE_LINE, Date, FileModel, HttpsUrl, Integer, at_most, refuse
from faq.prose import count_words

MAX_STEP_WORDS = 12
MAX_LABEL_WORDS = 3
LONGEST_VOICE = 120  # seconds; people listen to a voice of 45 s at most

# Languages that people read, by the code of their phone, as they call them. Sources of the list:
# domain-facts §5 (Réfugiés.info, Soliguide).
LANGUAGES = {
    "ar": "العربية",
    "en": "English",
    "es": "Español",
    "fa": "فارسی",
    "ka": "ქართული",
    "ps": "پښتو",
    "pt": "Português",
    "ro": "Română",
    "ru": "Русский",
    "ti": "ትግርኛ",
    "tr": "Türkçe",
    "uk": "Українська",
}


def _no_promise(text: str) -> str:
    """Neither a right nor an amount: both depend on the person and change without notice."""
    if re.search(r"\bavez\s+(bien\s+|donc\s+|aussi\s+)?droit\b", text, re.IGNORECASE):
        raise refuse("n’écrivez pas « vous avez droit ». Écrivez « vous pouvez demander ».")
    if re.search(r"\d\s*(€|euros?\b)", text, re.IGNORECASE):
        raise refuse("n’écrivez pas de montant en euros : il change. Enlevez-le.")
    return text


def _short_step(text: str) -> str:
    if (length := count_words(text)) > MAX_STEP_WORDS:
        raise refuse(f"{length} mots, {MAX_STEP_WORDS} au plus. Coupez cette étape en deux.")
    return text


def _short_label(text: str) -> str:
    if (length := count_words(text)) > MAX_LABEL_WORDS:
        raise refuse(f"{length} mots, {MAX_LABEL_WORDS} au plus : c’est un bouton. Raccourcissez.")
    return text


def _picture(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,59}\.(png|jpg|jpeg)", text):
        raise refuse(
            f"« {text} » est refusé. Prenez des minuscules sans accent, et .png ou .jpg à la fin."
        )
    return text


def _language(text: str) -> str:
    if text not in LANGUAGES:
        raise refuse(f"« {text} » est inconnu. Écrivez {', '.join(LANGUAGES)}.")
    return text


def _file_id(text: str) -> str:
    if not re.fullmatch(r"[A-Za-z0-9_-]{8,200}", text):
        raise refuse("cette référence n’est pas de Telegram. Refaites l’enregistrement.")
    return text


# The longest a text may be, in characters, by its key in the files.
LONGEST = {
    "titre": 30,
    "question": 150,
    "formulation": 200,
    "reponse": 300,
    "source": 150,
    "auteur": 40,
}

Line = Annotated[str, ONE_LINE, at_most(LONGEST["question"]), AfterValidator(_no_promise)]
Title = Annotated[str, ONE_LINE, at_most(LONGEST["titre"]), AfterValidator(_no_promise)]
Phrasing = Annotated[str, ONE_LINE, at_most(LONGEST["formulation"])]
Answer = Annotated[str, at_most(LONGEST["reponse"]), AfterValidator(_no_promise)]
StepText = Annotated[
    str, ONE_LINE, at_most(200), AfterValidator(_no_promise), AfterValidator(_short_step)
]
Source = Annotated[str, ONE_LINE, at_most(LONGEST["source"])]
FirstName = Annotated[str, ONE_LINE, at_most(LONGEST["auteur"])]
Language = Annotated[str, AfterValidator(_language)]


class PicturedStep(FileModel):
    """One act to do; `picture` is the name of a file of the folder images/ beside the themes."""

    text: StepText = Field(alias="texte")
    picture: Annotated[str, AfterValidator(_picture)] | None = Field(default=None, alias="image")


def _step_of(value: Any) -> Any:
    """A step without a picture is written as its text alone."""
    return {"texte": value} if isinstance(value, str) else value


Step = Annotated[
    PicturedStep, BeforeValidator(_step_of, json_schema_input_type=StepText | PicturedStep)
]


class Link(FileModel):
    """A link button: what it says and where it goes (an official domain)."""

    label: Annotated[str, ONE_LINE, at_most(30), AfterValidator(_short_label)] = Field(
        alias="texte"
    )
    url: HttpsUrl


class Trials(FileModel):
    """Messages that must find this entry (`finds`), and messages that must not (`refuses`)."""

    finds: tuple[Phrasing, ...] = Field(default=(), alias="trouve")
    refuses: tuple[Phrasing, ...] = Field(default=(), alias="refuse")


class Translation(FileModel):
    """The answer in another language, read over by somebody who speaks it."""

    answer: Annotated[str, at_most(600)] | None = Field(default=None, alias="reponse")
    steps: tuple[Annotated[str, ONE_LINE, at_most(300)], ...] = Field(
        default=(), alias="etapes", max_length=5
    )
    read_over_by: FirstName = Field(alias="relu_par")
    read_over_on: Date = Field(alias="relu_le")

    @model_validator(mode="after")
    def _says_something(self) -> "Translation":
        if self.answer is None and not self.steps:
            raise refuse("écrivez « reponse » ou « etapes » (ou les deux).")
        return self


class Voice(FileModel):
    """The answer, said by a caseworker: a voice note that Telegram keeps."""

    file_id: Annotated[str, AfterValidator(_file_id)] = Field(alias="fichier")
    seconds: Annotated[Integer, Field(ge=1, le=LONGEST_VOICE)] = Field(alias="duree")
    author: FirstName = Field(alias="auteur")
