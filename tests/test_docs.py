"""The documentation says what the program does: settings, commands, links and examples."""

import re
import tomllib
from pathlib import Path
from urllib.parse import unquote

import pytest
import yaml

from bot.__main__ import cli
from bot.settings import Settings
from faq.decision import Answered
from faq.entry import Theme
from faq.errors import FaqErrors
from faq.loader import load, load_document

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
SETTINGS = {name.upper() for name in Settings.model_fields}

LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#{1,6} +(.+)$", re.MULTILINE)
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def readable(document: Path) -> str:
    """The document without its blocks of code."""
    return FENCE.sub("", document.read_text(encoding="utf-8"))


def anchors(document: Path) -> set[str]:
    """The names that a link may give after « # », as forges make them from headings."""
    headings = (heading.lower() for heading in HEADING.findall(readable(document)))
    return {re.sub(r"[^\w\- ]", "", heading).strip().replace(" ", "-") for heading in headings}


def settings_rows() -> dict[str, str]:
    """The settings table of the README: name → default, as it is written."""
    return dict(re.findall(r"^\| `([A-Z_]+)` \| ([^|]+?) \|", README, re.MULTILINE))


def test_readme_lists_every_setting_and_no_other() -> None:
    """Whoever runs the program finds each of its settings in the table of the README."""
    assert set(settings_rows()) == SETTINGS


def test_env_example_lists_every_setting_and_no_other() -> None:
    """Whoever copies `.env.example` has each setting at hand, and none that does nothing."""
    assert set(re.findall(r"^#?([A-Z_]+)=", EXAMPLE, re.MULTILINE)) == SETTINGS


@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_readme_gives_the_true_default(name: str) -> None:
    """A default that changes in the code changes in the README."""
    default = Settings.model_fields[name.lower()].default
    written = {None: "absent", False: "0"}.get(default, str(default))

    assert settings_rows()[name].strip("`") == written


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_every_command_is_documented(name: str) -> None:
    """No command of the program is a secret."""
    assert f"| `python -m bot {name}" in README


def test_no_document_names_a_command_that_does_not_exist() -> None:
    """What a reader types after `python -m bot` works."""
    texts = [path.read_text(encoding="utf-8") for path in DOCUMENTS]
    named = {name for text in texts for name in re.findall(r"python -m bot ([a-z]+)", text)}

    assert named == set(cli.commands)


def test_every_make_target_is_documented_and_exists() -> None:
    """`make <word>` in a document is a target of the Makefile, and each target is told."""
    targets = set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, re.MULTILINE))
    texts = [path.read_text(encoding="utf-8") for path in DOCUMENTS]
    named = {name for text in texts for name in re.findall(r"^make ([a-z-]+)", text, re.MULTILINE)}
    named |= {name for text in texts for name in re.findall(r"`make ([a-z-]+)", text)}

    assert named == targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(document: Path) -> None:
    """A link to a file of the repository, or to a heading, is not broken."""
    broken = []
    for link in LINK.findall(readable(document)):
        if link.startswith(("https://", "http://")):
            continue
        name, _, anchor = unquote(link).partition("#")
        target = (document.parent / name).resolve() if name else document
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)

    assert broken == []


def test_faq_example_of_the_readme_is_a_true_entry(tmp_path: Path) -> None:
    """What the README shows is refused for its too few phrasings, as it says, and nothing else."""
    (block,) = re.findall(r"^```yaml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    file = tmp_path / "exemple.yml"
    file.write_text("theme: exemple\ntitre: Exemple\nposition: 1\nfiches:\n" + block)

    with pytest.raises(FaqErrors) as found:
        load_document(file, Theme)

    (error,) = found.value.errors
    assert "formulations" in str(error)


def test_question_of_the_tour_is_answered() -> None:
    """Who follows the README sees what it says: an answer, not a menu."""
    (question,) = re.findall(r"you are Awa\. Write\s+`([^`]+)`", README)

    decision = load(ROOT / "faq" / "content", ROOT / "faq" / "service.yml").decide(question)

    assert isinstance(decision, Answered)


def test_decisions_are_listed_and_have_their_three_parts() -> None:
    """Each decision is a page with its context and consequences, named in the list."""
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    for page in DECISIONS:
        text = page.read_text(encoding="utf-8")
        assert HEADING.findall(text)[1:] == ["Context", "Decision", "Consequences"], page.name
        assert f"({page.name})" in index


def test_changelog_tells_the_current_version() -> None:
    """The version that is installed has its chapter, under a place for what is next."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"]
    chapters = re.findall(r"^## \[([^\]]+)\]", CHANGELOG, re.MULTILINE)

    assert chapters[0] == "Unreleased"
    assert version in chapters


def test_guide_names_every_line_of_the_service_file() -> None:
    """A team that fills in service.yml finds each of its lines in the guide."""
    guide = (ROOT / "docs" / "guide-equipe.md").read_text(encoding="utf-8")
    lines = yaml.safe_load((ROOT / "faq" / "service.yml").read_text(encoding="utf-8"))

    assert [name for name in lines if f"`{name}`" not in guide] == []
