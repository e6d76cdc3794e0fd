"""The schema of each file, for editors: completion, help and mistakes while one types.

Made from the models by `python -m bot schema`, which writes faq/schemas/ (draft 7, the one that
all editors read). An editor sees YAML's own types where the strict loader sees strings, so a text
may be a number there. The schemas accept more than the loader: what takes two keys or two files
to know is not in them.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from faq.danger import DangerFile
from faq.directory import DomainsFile, NumbersFile
from faq.entry import Theme
from faq.golden import TrialFile
from faq.schema_words import DESCRIPTIONS, FILES
from faq.service_file import ServiceFile
from faq.small_talk import WelcomeFile
from faq.synonyms import SynonymsFile

FOLDER = "schemas"  # beside service.yml
MODELS: Mapping[str, type[BaseModel]] = MappingProxyType(
    {
        "fiches": Theme,
        "numeros": NumbersFile,
        "domaines": DomainsFile,
        "urgences": DangerFile,
        "accueil": WelcomeFile,
        "service": ServiceFile,
        "synonymes": SynonymsFile,
        "essais": TrialFile,
    }
)
NOT_FOR_PEOPLE = ("title", "description", "default")  # of pydantic, in English
BOUNDS = {"ge": "minimum", "le": "maximum"}  # of a number that a function converts


def write_schemas(folder: Path) -> list[Path]:
    """Write every schema into `folder`, and give their paths."""
    folder.mkdir(exist_ok=True)
    paths = []
    for name in MODELS:
        path = folder / f"{name}.json"
        path.write_text(schema_text(name), encoding="utf-8")
        paths.append(path)
    return paths


def schema_text(name: str) -> str:
    """The text of the file `<name>.json`."""
    return json.dumps(schema_of(name), ensure_ascii=False, indent=1) + "\n"


def schema_of(name: str) -> dict[str, Any]:
    """The schema of a key of MODELS, with a French description of every key."""
    model = MODELS[name]
    schema = model.model_json_schema(by_alias=True, schema_generator=_AsWritten)
    parts = {model.__name__: schema, **schema.get("$defs", {})}
    for part, content in parts.items():
        _tidy(content)
        for key, value in content.get("properties", {}).items():
            if (words := DESCRIPTIONS.get(part, {}).get(key)) is not None:
                value["description"] = words
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": FILES[name],
        **schema,
    }


def _tidy(schema: Any) -> None:
    """Take off what pydantic says in English, and say its bounds as JSON Schema does.

    Never inside the keys of the file: one of them may be called « title ».
    """
    if isinstance(schema, list):
        for part in schema:
            _tidy(part)
    if not isinstance(schema, dict):
        return
    for word in NOT_FOR_PEOPLE:
        schema.pop(word, None)
    for ours, theirs in BOUNDS.items():
        if ours in schema:
            schema[theirs] = schema.pop(ours)
    for word, value in schema.items():
        for part in value.values() if word in ("properties", "$defs") else (value,):
            _tidy(part)


class _AsWritten(GenerateJsonSchema):
    """What an editor sees in a file, rather than what the models make of it."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """« 115 » and « vrai » without quotes are texts all the same."""
        return super().str_schema(schema) | {"type": ["string", "number", "boolean"]}

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:  # noqa: ARG002
        """Oui, non, and what means the same."""
        return {"enum": ["oui", "non", "vrai", "faux", "true", "false", True, False]}

    def int_schema(self, schema: core_schema.IntSchema) -> JsonSchemaValue:
        """With or without quotes."""
        return super().int_schema(schema) | {"type": ["integer", "string"]}

    def float_schema(self, schema: core_schema.FloatSchema) -> JsonSchemaValue:
        """With a point or, as a text, with a comma."""
        return super().float_schema(schema) | {"type": ["number", "string"]}

    def date_schema(self, schema: core_schema.DateSchema) -> JsonSchemaValue:  # noqa: ARG002
        """Year, month, day."""
        return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """A key that may be absent is never empty."""
        return self.generate_inner(schema["schema"])
