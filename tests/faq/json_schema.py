"""As much of JSON Schema as our schemas use: no library of the project validates one.

A keyword that is not known here fails the test, so that nothing is passed over in silence.
"""

import re
from collections.abc import Iterator
from typing import Any

TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str,
    "number": (int, float),
    "integer": int,
    "boolean": bool,
    "array": list,
    "object": dict,
}
TEXTS = {"$schema", "title", "description", "$defs"}


def faults(value: Any, schema: dict[str, Any], root: dict[str, Any], place: str = "") -> list[str]:
    """Where the value is not as the schema says; empty when it is."""
    return [f"{place}: {fault}" for fault in _faults(value, schema, root, place)]


def _faults(value: Any, schema: dict[str, Any], root: dict[str, Any], place: str) -> Iterator[str]:
    for word, wanted in schema.items():
        match word:
            case "$ref":
                yield from faults(value, root["$defs"][wanted.rsplit("/", 1)[1]], root, place)
            case "type":
                names = wanted if isinstance(wanted, list) else [wanted]
                if not any(_is_a(value, name) for name in names):
                    yield f"{value!r} is no {wanted}"
            case "enum":
                if value not in wanted:
                    yield f"{value!r} is not in {wanted}"
            case "anyOf":
                if all(faults(value, one, root, place) for one in wanted):
                    yield f"{value!r} is none of {len(wanted)}"
            case "properties" if isinstance(value, dict):
                for key, inner in wanted.items():
                    if key in value:
                        yield from faults(value[key], inner, root, f"{place}/{key}")
            case "additionalProperties" if isinstance(value, dict):
                for key in value.keys() - schema.get("properties", {}).keys():
                    if wanted is False:
                        yield f"{key} is unknown"
                    else:
                        yield from faults(value[key], wanted, root, f"{place}/{key}")
            case "required" if isinstance(value, dict):
                yield from (f"{key} is missing" for key in wanted if key not in value)
            case "items" if isinstance(value, list):
                for rank, item in enumerate(value):
                    yield from faults(item, wanted, root, f"{place}/{rank}")
            case _ if word not in TEXTS and not _is_within(word, wanted, value):
                yield f"{value!r} breaks {word} {wanted}"


def _is_a(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    return isinstance(value, TYPES[name])


def _is_within(word: str, wanted: Any, value: Any) -> bool:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    match word:
        case "minLength":
            return not isinstance(value, str) or len(value) >= wanted
        case "maxLength":
            return not isinstance(value, str) or len(value.strip()) <= wanted
        case "pattern":
            return not isinstance(value, str) or re.search(wanted, value) is not None
        case "minItems":
            return not isinstance(value, list) or len(value) >= wanted
        case "maxItems":
            return not isinstance(value, list) or len(value) <= wanted
        case "minimum":
            return not is_number or value >= wanted
        case "maximum":
            return not is_number or value <= wanted
        case "properties" | "additionalProperties" | "required" | "items":
            return True  # of another type than the value's
        case _:
            raise AssertionError(f"{word} is not read by this validator")
