"""The shipped urgences.yml, read once."""

from pathlib import Path

import pytest

from bot.safety import Triage
from faq.danger import DangerFile, DangerTable, build_table
from faq.directory import NumbersFile
from faq.loader import load_document, read_model

FAQ = Path(__file__).parents[3] / "faq"


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
