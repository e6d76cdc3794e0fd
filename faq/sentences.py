"""Errors of YAML and of pydantic, said in French to somebody who has never heard of either."""

from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from faq.document import Document, Place
from faq.errors import FaqError

EMPTY_VALUE = "il n’y a rien après « : ». Écrivez une valeur ou enlevez cette ligne."

UNFINISHED_KEY = "expected ':'"

# What libyaml and PyYAML say, by a piece of it, and what to do.
SYNTAX = {
    "mapping values are not allowed": "« : » coupe ce texte. Mettez-le entre guillemets.",
    "cannot start any token": "ce texte commence mal. Mettez-le entre guillemets.",
    "unexpected end of stream": "un guillemet est ouvert, mais jamais fermé.",
    "unexpected document indicator": "un guillemet est ouvert, mais jamais fermé.",
    "unknown escape character": "« \\ » est mal compris ici. Prenez des guillemets simples (').",
    "expected ',' or": "il manque une virgule, ou un crochet qui ferme.",
    "expected the node content": "il manque quelque chose avant ce signe.",
    UNFINISHED_KEY: "il manque « : » et un espace après le nom.",
    "expected <document start>": "ce texte n’est pas à sa place. Vérifiez le début de la ligne.",
    "expected key": "la ligne est mal décalée. Vérifiez les espaces du début.",
    "expected '-' indicator": "la ligne est mal décalée. Vérifiez les espaces du début.",
    "expected <block end>": "la ligne est mal décalée. Vérifiez les espaces du début.",
    "block sequence entries are not allowed": "le tiret n’est pas à sa place. Allez à la ligne.",
}
SYNTAX_DEFAULT = "cette ligne est mal écrite. Vérifiez les espaces du début et les guillemets."


def syntax_sentence(problem: str | None, context: str | None) -> str:
    """What to do about an error of the YAML parser."""
    said = f"{problem or ''} {context or ''}"
    if "quoted scalar" in said and "end of" in said:
        return SYNTAX["unexpected end of stream"]
    return next((french for piece, french in SYNTAX.items() if piece in said), SYNTAX_DEFAULT)


def validation_errors(
    error: ValidationError, document: Document, model: type[BaseModel]
) -> list[FaqError]:
    """Each error of pydantic, at its line."""
    known = _known_keys(model)
    return [
        document.error(place, _sentence(details, place, known))
        for details in error.errors(include_url=False)
        if not _counts_valid_items_only(details)
        for place in [_as_written(tuple(details["loc"]), document)]
    ]


def _as_written(place: Place, document: Document) -> Place:
    """A step written as a text alone is read as `texte: …`: its place is the line's."""
    while len(place) > 1 and isinstance(document.value_at(place[:-1]), str):
        place = place[:-1]
    return place


def _counts_valid_items_only(details: ErrorDetails) -> bool:
    """A list is called too short because some of its items are wrong: those are said already."""
    written = details["input"]
    if details["type"] != "too_short" or not isinstance(written, tuple):
        return False
    return len(written) >= int(details["ctx"]["min_length"])


def quoted_key(place: Place) -> str:
    """How an error calls a place: « etapes », 3e."""
    names = [step for step in place if isinstance(step, str)]
    name = f"« {names[-1]} »" if names else "le fichier"
    if place and isinstance(place[-1], int):
        rank = "1er" if place[-1] == 0 else f"{place[-1] + 1}e"
        return f"{name}, {rank}"
    return name


def _sentence(details: ErrorDetails, place: Place, known: list[str]) -> str:
    context: dict[str, Any] = details.get("ctx") or {}
    key = quoted_key(place)
    match details["type"]:
        case "french":  # written by faq.fields and the models
            return f"{key} : {details['msg']}"
        case "missing":
            return f"il manque {key}. Ajoutez cette ligne."
        case "extra_forbidden":
            return _unknown_key(place, known)
        case "string_too_long" | "too_long" if isinstance(details["input"], str):
            length = len(details["input"])
            return f"{key} : {length} caractères, {context['max_length']} au plus. Raccourcissez."
        case "string_too_short" | "too_short" if isinstance(details["input"], str):
            return f"{key} : c’est vide. Écrivez un texte ou enlevez cette ligne."
        case "string_type":
            return f"{key} : il faut un seul texte. Vérifiez les tirets et les « : »."
        case "too_short":
            return _too_few(key, context)
        case "too_long":
            actual, most = context["actual_length"], context["max_length"]
            return f"{key} : {actual} lignes, {most} au plus. Enlevez-en."
        case "literal_error":
            return f"{key} : « {details['input']} » est inconnu. Écrivez {_choices(context)}."
        case "tuple_type":
            return f"{key} : il faut une liste, avec un tiret devant chaque ligne."
        case "model_type" | "dict_type" | "model_attributes_type":
            return f"{key} : il faut des lignes « nom: valeur », décalées de deux espaces."
        case "greater_than_equal" | "less_than_equal" | "greater_than" | "less_than":
            bound = next(iter(context.values()))
            word = "au moins" if details["type"].startswith("greater") else "au plus"
            return f"{key} : « {details['input']} » est refusé. Écrivez {word} {bound}."
        case _:
            return f"{key} : « {details['input']} » est mal écrit."


def _too_few(key: str, context: dict[str, Any]) -> str:
    least, actual = context["min_length"], context["actual_length"]
    return f"{key} : il en faut au moins {least}, il y en a {actual}. Ajoutez-en {least - actual}."


def _choices(context: dict[str, Any]) -> str:
    return str(context["expected"]).replace(" or ", " ou ").replace("'", "")


def _unknown_key(place: Place, known: list[str]) -> str:
    near = get_close_matches(str(place[-1]), known, n=1)
    hint = f"Vouliez-vous écrire « {near[0]} » ?" if near else "Enlevez cette ligne."
    return f"« {place[-1]} » n’existe pas ici. {hint}"


def _known_keys(model: type[BaseModel]) -> list[str]:
    """Every key that the file may hold, as it is written there."""
    schema = model.model_json_schema(by_alias=True)
    parts = [schema, *schema.get("$defs", {}).values()]
    return [key for part in parts for key in part.get("properties", {})]
