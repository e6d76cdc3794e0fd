"""A restart on files with mistakes: the last good FAQ answers, and the mistakes are told."""

from pathlib import Path

import pytest

from faq.errors import FaqErrors
from faq.live import LiveFaq, LoadedFaq
from tests.faq.small_faq import SmallFaq

OLD, NEW = "Voici la réponse.", "Demandez sur caf.fr."


def start(small: SmallFaq, archive: Path) -> LiveFaq:
    """A start of the robot."""
    return LiveFaq(small.directory, small.service_file, archive)


def answer_of(live: LiveFaq, entry_id: str) -> str | None:
    """What it answers."""
    return live.current.entries[entry_id].answer


def test_a_restart_on_broken_files(small: SmallFaq, tmp_path: Path) -> None:
    """The last version that was good serves, wherever it came from: the start or a reload."""
    archive = tmp_path / "data" / "bonne.zip"
    live = start(small, archive)
    small.change("content/aides.yml", OLD, NEW)
    assert isinstance(live.reload(), LoadedFaq)
    small.change("content/comptes.yml", "theme: comptes", "theme: 1")
    again = start(small, archive)
    assert answer_of(again, "apl") == NEW
    assert "content/comptes.yml" in str(again.start_errors[0])


def test_mended_files_serve_again(small: SmallFaq, tmp_path: Path) -> None:
    """Once mended, the files serve, and nothing is wrong any more."""
    archive = tmp_path / "bonne.zip"
    start(small, archive)
    small.change("content/comptes.yml", "theme: comptes", "theme: 1")
    live = start(small, archive)
    small.change("content/comptes.yml", "theme: 1", "theme: comptes")
    small.change("content/aides.yml", OLD, NEW)
    assert isinstance(live.reload(), LoadedFaq)
    assert answer_of(live, "apl") == NEW
    assert start(small, archive).start_errors == ()


@pytest.mark.parametrize("content", [None, b"", b"not an archive", b"PK\x05\x06" + b"\0" * 18])
def test_without_a_good_copy_nothing_starts(
    small: SmallFaq, tmp_path: Path, content: bytes | None
) -> None:
    """No copy, an empty one, a damaged one: the mistakes of the files are raised."""
    archive = tmp_path / "bonne.zip"
    if content is not None:
        archive.write_bytes(content)
    small.change("content/comptes.yml", "theme: comptes", "theme: 1")
    with pytest.raises(FaqErrors, match="comptes"):
        start(small, archive)


def test_a_disk_that_refuses_stops_nothing(
    small: SmallFaq, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The copy cannot be written: the robot starts all the same, and the log says so."""
    folder = tmp_path / "bonne.zip"
    folder.mkdir()
    (folder / "inside").touch()
    assert start(small, folder).start_errors == ()
    assert "could not be kept" in caplog.text
