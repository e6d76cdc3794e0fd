"""The small FAQ that the tests of faq/ change and load."""

from pathlib import Path

import pytest

from faq.catalogue import Faq
from faq.danger import DangerFile
from faq.loader import load_document
from tests.faq.small_faq import SmallFaq

FAQ = Path(__file__).parents[2] / "faq"


@pytest.fixture
def small(tmp_path: Path) -> SmallFaq:
    """A FAQ of four entries, on disk, without a fault."""
    return SmallFaq(tmp_path)


@pytest.fixture(scope="session")
def faq(tmp_path_factory: pytest.TempPathFactory) -> Faq:
    """The small FAQ, loaded once, for those that only read it."""
    return SmallFaq(tmp_path_factory.mktemp("faq")).load()


@pytest.fixture(scope="session")
def known_categories() -> set[str]:
    """The ids of urgences.yml."""
    lines = load_document(FAQ / "urgences.yml", DangerFile)
    return {category.id for category in lines.categories}
