"""What LISEZMOI.md tells caseworkers is true."""

import re
import shutil
from pathlib import Path

import pytest

from faq.catalogue import Faq
from faq.loader import load
from faq.schema import MODELS, schema_of
from faq.trials import broken_trials

FAQ = Path(__file__).parents[2] / "faq"
README = (FAQ / "LISEZMOI.md").read_text(encoding="utf-8")
TINY_PICTURE = b"\x89PNG\r\n\x1a\n"


@pytest.fixture(name="example", scope="module")
def _example(tmp_path_factory: pytest.TempPathFactory) -> Faq:
    """The shipped FAQ, with the example as one more theme."""
    folder = tmp_path_factory.mktemp("faq")
    for path in FAQ.glob("*.yml"):
        shutil.copy(path, folder)
    shutil.copytree(FAQ / "content", folder / "content")
    (block,) = re.findall(r"^```yaml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    (folder / "content" / "exemple.yml").write_text(block, encoding="utf-8")
    (folder / "content" / "images").mkdir(exist_ok=True)
    (folder / "content" / "images" / "caf-mot-de-passe.png").write_bytes(TINY_PICTURE)
    return load(folder / "content", folder / "service.yml")


def test_the_example_passes_the_strict_loader(example: Faq) -> None:
    """Whoever copies it starts from a file without a fault, where every key is shown."""
    entry = example.entries["exemple_code_caf"]
    written = type(entry).model_fields.keys() - {"theme"}
    assert entry.model_fields_set >= written


def test_the_example_keeps_its_own_promises(example: Faq) -> None:
    """Its phrasings find it and its tests hold, among all the real entries."""
    broken = broken_trials(example, ["exemple_code_caf"])  # real entries may lose to it
    assert [trial.sentence for trial in broken if trial.entry == "fiche exemple_code_caf"] == []


@pytest.mark.parametrize("name", MODELS)
def test_every_key_of_every_file_is_named(name: str) -> None:
    """No line that an editor may write is a secret."""
    schema = schema_of(name)
    keys = {
        key
        for part in (schema, *schema.get("$defs", {}).values())
        for key in part.get("properties", {})
    }
    assert [key for key in sorted(keys) if f"`{key}`" not in README] == []


def test_every_file_of_the_folder_is_told() -> None:
    """A caseworker knows what each file is for."""
    names = {path.name for path in FAQ.glob("*.yml")}
    names |= {f"{path.name}/" for path in FAQ.iterdir() if path.is_dir() and path.name[0] != "_"}
    assert [name for name in sorted(names) if f"| `{name}`" not in README] == []


def test_its_sentences_are_short() -> None:
    """Twelve words at most, as in the answers: the rule is kept by who gives it."""
    prose = re.sub(r"^```.*?^```|^\|.*?$|^#.*?$", "", README, flags=re.MULTILINE | re.DOTALL)
    sentences = re.split(r"(?<=[.!?:])\s+|\n+", prose)
    long = [s for s in sentences if sum(any(c.isalnum() for c in w) for w in s.split()) > 12]
    assert long == []
