"""The schemas that editors read: as the models are, in French, and true of every file."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from faq.schema import MODELS, schema_of, schema_text, write_schemas
from faq.schema_words import DESCRIPTIONS, FILES
from tests.faq.json_schema import faults
from tests.faq.small_faq import SmallFaq

FAQ = Path(__file__).parents[2] / "faq"
FILES_OF_THE_FAQ = sorted(
    [*FAQ.glob("*.yml"), *FAQ.glob("content/*.yml"), *FAQ.glob("essais/*.yml")]
)
MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")


def as_an_editor_sees_it(text: str) -> Any:
    """YAML's own types; a date stays a text, as in YAML 1.2."""

    def plain(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: plain(value) for key, value in node.items()}
        if isinstance(node, list):
            return [plain(value) for value in node]
        return node.isoformat() if isinstance(node, date) else node

    return plain(yaml.safe_load(text))


@pytest.mark.parametrize("name", MODELS)
def test_the_committed_schema_is_what_the_command_makes(name: str) -> None:
    """A model that changes and a schema left behind would teach editors wrong keys."""
    committed = (FAQ / "schemas" / f"{name}.json").read_text(encoding="utf-8")
    assert committed == schema_text(name), "run: python -m bot schema"


def test_writing_makes_every_file(tmp_path: Path) -> None:
    """The folder is made when it is missing."""
    paths = write_schemas(tmp_path / "schemas")
    assert [path.stem for path in paths] == list(MODELS) == list(FILES)
    assert all(path.read_text(encoding="utf-8") == schema_text(path.stem) for path in paths)


@pytest.mark.parametrize("path", FILES_OF_THE_FAQ, ids=lambda path: path.name)
def test_every_file_names_its_schema_and_follows_it(path: Path) -> None:
    """An editor finds the schema by the first line, and underlines nothing in our files."""
    text = path.read_text(encoding="utf-8")
    modeline = MODELINE.match(text)
    assert modeline is not None
    target = path.parent / modeline[1]
    assert target.resolve().is_file()
    schema = schema_of(target.stem)
    assert faults(as_an_editor_sees_it(text), schema, schema) == []


@pytest.mark.parametrize("name", MODELS)
def test_every_key_is_explained_in_french(name: str) -> None:
    """Whoever types a key reads what it is; nothing of the program's English shows."""
    schema = schema_of(name)
    for part in (schema, *schema.get("$defs", {}).values()):
        for key, value in part.get("properties", {}).items():
            assert value["description"].endswith((".", "]", "…")), key
    assert not re.search(r"\b(the|of|and|default)\b", schema_text(name))


def test_no_word_is_kept_for_a_key_that_is_gone() -> None:
    """The list of explanations and the models name the same keys."""
    keys: dict[str, set[str]] = {}
    for name, model in MODELS.items():
        schema = schema_of(name)
        for part, content in {model.__name__: schema, **schema.get("$defs", {})}.items():
            keys[part] = set(content.get("properties", {}))
    assert {part: set(words) for part, words in DESCRIPTIONS.items()} == keys


@pytest.mark.parametrize(
    ("name", "old", "new", "fault"),
    [
        ("content/aides.yml", "titre: Aides", "titr: Aides", "titr is unknown"),
        ("content/aides.yml", "titre: Aides", "titre: [Aides]", "is no"),
        ("content/aides.yml", "2026-08-14", "14/08/2026", "breaks pattern"),
        ("content/aides.yml", "    source: caf.fr\n", "", "source is missing"),
        ("service.yml", "exemple: non", "exemple: peut-être", "is not in"),
        ("accueil.yml", "ok:\n", "oki:\n", "ok is missing"),
    ],
)
def test_a_mistake_is_underlined(
    small: SmallFaq, name: str, old: str, new: str, fault: str
) -> None:
    """What the strict loader refuses for its shape, the editor shows while one types."""
    small.change(name, old, new)
    schema = schema_of("fiches" if name.startswith("content") else name.removesuffix(".yml"))
    found = faults(as_an_editor_sees_it(small.files[name]), schema, schema)
    assert any(fault in line for line in found), found
    assert small.errors()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("position: 2", 'position: "2"'),
        ("- dossier apl étudiant", "- 2042"),
        ("source: caf.fr", "source: caf.fr\n    toujours_humain: true"),
        ("reponse: Voici la réponse.", "etapes: [Ouvrez caf.fr, {texte: Signez}]"),
    ],
)
def test_what_people_write_is_accepted(small: SmallFaq, old: str, new: str) -> None:
    """YAML's own types, where the strict loader sees a text."""
    small.change("content/aides.yml", old, new)
    schema = schema_of("fiches")
    text = small.files["content/aides.yml"]
    assert faults(as_an_editor_sees_it(text), schema, schema) == []
    assert small.errors() == []
