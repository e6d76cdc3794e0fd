"""The kinds of value a file may hold, converted from strings by us, with French errors.

Nothing is guessed: « 010 » is not 8, « 12:30 » is not 750, « no » is not false.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints
from pydantic_core import PydanticCustomError, PydanticUndefined

YES = {"oui", "true", "vrai"}
NO = {"non", "false", "faux"}


class FileModel(BaseModel):
    """A part of a file: frozen, strict, French keys by alias, and no unknown key."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", validate_by_name=True)


def refuse(sentence: str) -> PydanticCustomError:
    """An error whose text is already the French sentence (without the name of the key)."""
    return PydanticCustomError("french", "{sentence}", {"sentence": sentence})


def _converter(convert: Callable[[str], Any], written: Any = PydanticUndefined) -> BeforeValidator:
    """Convert what the file says; what is already typed (built in Python) passes unchanged.

    `written`: the type of what the file says, for the schema of editors (`faq.schema`).
    """
    return BeforeValidator(
        lambda value: convert(value) if isinstance(value, str) else value,
        json_schema_input_type=written,
    )


def _bool(text: str) -> bool:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise refuse(f"« {text} » n’est pas compris. Écrivez oui ou non.")


def _integer(text: str) -> int:
    if not re.fullmatch(r"0|[1-9][0-9]{0,8}", text):
        raise refuse(
            f"« {text} » n’est pas un nombre entier. Écrivez-le en chiffres, sans 0 devant."
        )
    return int(text)


def _decimal(text: str) -> float:
    if not re.fullmatch(r"[0-9]{1,3}([.,][0-9]{1,6})?", text):
        raise refuse(f"« {text} » n’est pas un nombre. Écrivez par exemple 0.70.")
    return float(text.replace(",", "."))


def _date(text: str) -> date:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass  # a day that does not exist: same sentence
    raise refuse(f"« {text} » n’est pas une date. Écrivez année-mois-jour, comme 2026-11-22.")


def _url(text: str) -> str:
    if not _web_address(text).startswith("https://"):
        raise refuse("l’adresse doit commencer par https://.")
    return text


def _web_address(text: str) -> str:
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", None
    plain = re.fullmatch(r"([a-z0-9-]+\.)+[a-z]{2,}", host) and port is None
    if not plain or parts.scheme not in ("http", "https") or "@" in parts.netloc:
        raise refuse(f"« {text} » n’est pas une adresse de site.")
    if not re.fullmatch(r"[!-~]+", text):
        raise refuse("l’adresse contient un espace ou un accent. Copiez-la depuis le navigateur.")
    return text


def _identifier(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]{1,39}", text):
        raise refuse(
            f"« {text} » est refusé. Prenez des minuscules sans accent, des chiffres et « _ » "
            "(2 à 40 caractères)."
        )
    return text


def _number_key(text: str) -> str:
    if text[:1] in "+0123456789":
        raise refuse(f"« {text} » est un numéro. Écrivez ici sa clé, prise dans numeros.yml.")
    return text


def _phone(text: str) -> str:
    if not re.fullmatch(r"(\+33 ?)?[0-9](?: ?[0-9]){1,14}", text):
        raise refuse(f"« {text} » n’est pas un numéro. Écrivez des chiffres et des espaces.")
    return text


def _username(text: str) -> str:
    if not re.fullmatch(r"@[A-Za-z][A-Za-z0-9_]{4,31}", text):
        raise refuse(f"« {text} » n’est pas un nom Telegram. Écrivez par exemple @claire_martin.")
    return text


def _host(text: str) -> str:
    if not re.fullmatch(r"([a-z0-9-]+\.)+[a-z]{2,}", text):
        raise refuse(f"« {text} » n’est pas un domaine. Écrivez par exemple caf.fr.")
    return text


def _range(text: str) -> tuple[int, int]:
    """« 09:00-12:00 » as minutes since midnight; 24:00 is the end of the day."""
    found = re.fullmatch(r"([01][0-9]|2[0-3]):([0-5][0-9])-([01][0-9]|2[0-4]):([0-5][0-9])", text)
    if found:
        hours = [int(part) for part in found.groups()]
        start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
        if start < end <= 24 * 60:
            return start, end
    raise refuse(f"« {text} » n’est pas un horaire. Écrivez par exemple 09:00-12:00.")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def at_most(characters: int) -> StringConstraints:
    """1 to that many characters, the spaces around not counted."""
    return StringConstraints(min_length=1, max_length=characters, strip_whitespace=True)


ONE_LINE = _converter(_one_line)  # runs of spaces and line ends become one space

Bool = Annotated[bool, _converter(_bool)]
Integer = Annotated[int, _converter(_integer)]
Decimal = Annotated[float, _converter(_decimal)]
Date = Annotated[date, _converter(_date)]
HttpsUrl = Annotated[str, AfterValidator(_url)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
Identifier = Annotated[str, AfterValidator(_identifier)]
NumberKey = Annotated[str, AfterValidator(_number_key), AfterValidator(_identifier)]
Phone = Annotated[str, AfterValidator(_phone)]
Username = Annotated[str, AfterValidator(_username)]
Host = Annotated[str, AfterValidator(_host)]
MinuteRange = Annotated[tuple[int, int], _converter(_range, str)]
