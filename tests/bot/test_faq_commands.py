"""What the commands for FAQ editors say."""

from pathlib import Path

import pytest

from bot.faq_commands import try_golden
from faq.catalogue import Faq
from faq.loader import load

FAQ = Path(__file__).parents[2] / "faq"


@pytest.fixture(name="faq", scope="module")
def _faq() -> Faq:
    return load(FAQ / "content", FAQ / "service.yml")


def test_the_golden_set_is_told_group_by_group(faq: Faq) -> None:
    """A line per group: how many messages, how many went well, and what happened to them."""
    lines = try_golden(faq)
    assert len(lines) == 12
    assert all("messages" in line and "% bien" in line for line in lines)
