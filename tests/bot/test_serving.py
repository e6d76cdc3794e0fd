"""`python -m bot run` from start to end, in this process."""

from pathlib import Path

import pytest

from bot.serving import serve
from bot.settings import Settings
from bot.texts import load_texts
from faq.live import LiveFaq
from tests.faq.small_faq import SmallFaq


async def test_changes_that_cannot_be_told_do_not_end_it_in_silence(tmp_path: Path) -> None:
    """The terminal refuses a line when a file changes: the robot ends with the reason."""
    small = SmallFaq(tmp_path)
    small.verify_today()
    said = [""]

    def say(text: str) -> None:
        said.append(text)
        if "127.0.0.1" in text:
            small.change("content/aides.yml", "titre: Aides", "titre: Les aides")
        elif "127.0.0.1" in said[-2]:
            raise BrokenPipeError

    settings = Settings(
        _env_file=None,
        telegram_token=None,
        database_path=tmp_path / "passerelle.db",
        faq_dir=small.directory,
        service_file=small.service_file,
        simulator_port=0,
    )
    live = LiveFaq(small.directory, small.service_file)
    with pytest.raises(BrokenPipeError):
        await serve(settings, load_texts(), live, say)
