"""The shipped urgences.yml and the shipped model, read once."""

from pathlib import Path

import pytest

from bot.safety import Triage
from faq.danger import DangerFile, DangerTable, build_table
from faq.danger_training import Example, read_examples, without_known
from faq.directory import NumbersFile
from faq.loader import load_document, read_model

FAQ = Path(__file__).parents[3] / "faq"
BLIND = Path(__file__).with_name("blind")


@pytest.fixture(scope="session")
def table() -> DangerTable:
    """The categories of danger, as shipped."""
    numbers = load_document(FAQ / "numeros.yml", NumbersFile)
    lines, document = read_model(FAQ / "urgences.yml", "urgences.yml", DangerFile)
    built, errors = build_table(lines, document, numbers.root)
    assert errors == []
    return built


@pytest.fixture(scope="session")
def triage(table: DangerTable) -> Triage:
    """The triage as the bot uses it."""
    return Triage(table)


@pytest.fixture(scope="session")
def known() -> list[Example]:
    """The examples that the model has learned from."""
    return read_examples()


@pytest.fixture(scope="session")
def unseen(known: list[Example]) -> list[Example]:
    """Messages that nothing was trained or tuned on, and never must be."""
    return without_known(read_examples(BLIND), known)
