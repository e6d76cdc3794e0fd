"""Parameters checked against the published contract of the Bot API, strictly.

The real server ignores a parameter that it does not know; this one refuses it and names it, so
that a misspelt name is found by the first test that sends it.

``contract.json`` was extracted by a throw-away script from the machine-readable description of
Bot API 10.1 (PaulSonOfLars/telegram-bot-api-spec, MIT, Paul Larsen): the methods that the
simulator supports, each parameter written ``"<types joined by |>"`` with a final ``!`` when it is
required, then every object type reachable from them. A ``type`` whose description says « must be
photo » or « always "emoji" » was written ``'photo'``, ``'emoji'``: the one value it may have.
"""

import json
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any, TypeAlias

from bot.simulator.errors import ApiError, bad_request

Converter: TypeAlias = Callable[[Any, str], Any]
"""From a wire value and its name to a Python value; raises ApiError 400 naming the value."""

Fields: TypeAlias = dict[str, tuple[Converter, bool]]
"""Of an object or a method: each field's converter, and whether the field is required."""


def _wrong(name: str, kind: str) -> ApiError:
    return bad_request(f'parameter "{name}" must be {kind}')


def _integer(value: Any, name: str) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lstrip("-").isdecimal():
        return int(value)
    raise _wrong(name, "an Integer")


def _float(value: Any, name: str) -> float:
    try:
        return float(value)
    except (TypeError, ValueError):
        raise _wrong(name, "a Float") from None


def _boolean(value: Any, name: str) -> bool:
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and value.lower() in ("true", "false"):
        return value.lower() == "true"
    raise _wrong(name, "a Boolean")


def _string(value: Any, name: str) -> str:
    if isinstance(value, str):
        return value
    raise _wrong(name, "a String")


def _chat(value: Any, name: str) -> int | str:
    """An id, or the @username of a chat (which no chat of the simulator has)."""
    if isinstance(value, str) and not value.lstrip("-").isdecimal():
        return value
    return _integer(value, name)


_SCALARS: dict[str, Converter] = {
    "Integer": _integer,
    "Float": _float,
    "Boolean": _boolean,
    "String": _string,
    "InputFile": _string,  # a file_id, or attach://<field>: the engine writes it for uploads
    "Integer|String": _chat,
    "InputFile|String": _string,
}


def _parsed(value: Any, name: str) -> Any:
    """Compound values travel as JSON text when the request is a form."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(f'can\'t parse parameter "{name}" as JSON') from None


class Contract:
    """The methods that exist, and for each the check of its parameters."""

    def __init__(self, path: Path) -> None:
        """Compiles every type of ``path`` into converters once, to keep each call cheap."""
        document = json.loads(path.read_text(encoding="utf-8"))
        self._types: dict[str, Any] = document["types"]
        self._objects: dict[str, Fields] = {}
        self.methods: dict[str, Fields] = {
            name: self._fields(fields) for name, fields in document["methods"].items()
        }

    def check(
        self, method: str, parameters: dict[str, Any], uploads: Collection[str] = ()
    ) -> dict[str, Any]:
        """The parameters as Python values; ``uploads`` are the names of the files sent along.

        Raises ApiError 400 naming an unknown, missing or mistyped parameter.
        """
        fields = self.methods[method]
        values = dict(parameters)
        for name in uploads:
            if name in fields:
                values[name] = f"attach://{name}"
            elif not any(f"attach://{name}" in str(value) for value in parameters.values()):
                raise bad_request(f'unknown parameter "{name}" of {method}')
        return _checked(fields, values, method, prefix="")

    def _fields(self, fields: dict[str, str]) -> Fields:
        return {
            name: (self._converter(kind.removesuffix("!")), kind.endswith("!"))
            for name, kind in fields.items()
        }

    def _converter(self, kind: str) -> Converter:
        if kind in _SCALARS:
            return _SCALARS[kind]
        if kind.startswith("'"):
            return _constant(kind.strip("'"))
        if kind.startswith("Array of "):
            return _array(self._array_items(kind.removeprefix("Array of ")))
        names = kind.split("|")
        if len(names) > 1:
            return self._one_of(names)
        definition = self._types[kind]
        if isinstance(definition, str):
            return self._one_of(definition.split("|"))
        return self._object(kind)

    def _array_items(self, kind: str) -> Converter:
        """« Array of A|Array of B » of the form means an array of A or B."""
        return self._converter(kind.replace("|Array of ", "|"))

    def _object(self, kind: str) -> Converter:
        if kind not in self._objects:
            self._objects[kind] = {}  # present before its fields: types may refer to themselves
            self._objects[kind].update(self._fields(self._types[kind]))
        fields = self._objects[kind]

        def convert(value: Any, name: str) -> dict[str, Any]:
            value = _parsed(value, name)
            if not isinstance(value, dict):
                raise _wrong(name, f"a {kind}")
            return _checked(fields, value, kind, prefix=f"{name}.")

        return convert

    def _one_of(self, names: list[str]) -> Converter:
        """A choice of types: by their ``type`` if they have one, else by what they need."""
        converters = [self._converter(name) for name in names]
        by_type = {
            self._types[kind].get("type", "").strip("'!"): converter
            for kind, converter in zip(names, converters, strict=True)
            if isinstance(self._types.get(kind), dict)
        }
        needs = [
            {name for name, (_, needed) in self._objects.get(kind, {}).items() if needed}
            for kind in names
        ]

        def convert(value: Any, name: str) -> Any:
            value = _parsed(value, name)
            if isinstance(value, dict) and value.get("type") in by_type:
                return by_type[value["type"]](value, name)
            for converter, needed in zip(converters, needs, strict=True):
                if isinstance(value, dict) and needed <= value.keys() and "type" not in needed:
                    return converter(value, name)
            raise _wrong(name, " or ".join(names))

        return convert


def _constant(expected: str) -> Converter:
    def convert(value: Any, name: str) -> str:
        if value != expected:
            raise _wrong(name, f'"{expected}"')
        return expected

    return convert


def _array(item: Converter) -> Converter:
    def convert(value: Any, name: str) -> list[Any]:
        value = _parsed(value, name)
        if not isinstance(value, list | tuple):
            raise _wrong(name, "an Array")
        return [item(one, name) for one in value]

    return convert


def _checked(fields: Fields, values: dict[str, Any], owner: str, prefix: str) -> dict[str, Any]:
    checked = {}
    for name, value in values.items():
        if name not in fields:
            raise bad_request(f'unknown parameter "{prefix}{name}" of {owner}')
        if value is not None:
            checked[name] = fields[name][0](value, prefix + name)
    for name, (_, needed) in fields.items():
        if needed and name not in checked:
            raise bad_request(f'missing required parameter "{prefix}{name}" of {owner}')
    return checked


CONTRACT = Contract(Path(__file__).with_name("contract.json"))
