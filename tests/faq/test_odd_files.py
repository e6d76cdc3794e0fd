"""What disks and other programs leave beside the themes never ends the robot."""

import asyncio
import os
from pathlib import Path

import pytest

from faq.disk import UNREAD
from faq.live import LiveFaq, LoadedFaq, RefusedFaq, Reload
from faq.snapshot import NO_FILE, UNREADABLE_NAME
from tests.faq.editing import PATIENCE, editing
from tests.faq.small_faq import SmallFaq


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Looks come soon, with news or without."""
    monkeypatch.setattr("faq.live.QUIET_MS", 50)
    monkeypatch.setattr("faq.live.LOOK_MS", 100)


def name_in_latin_1(small: SmallFaq) -> bytes:
    """A copy from an old disk, whose name is no UTF-8."""
    return os.path.join(os.fsencode(small.directory), b"sant\xe9.yml")  # noqa: PTH118 (bytes)


async def test_a_name_that_is_not_utf_8_is_told(small: SmallFaq) -> None:
    """The watch goes on: the name is told as it can be written, and the old FAQ answers."""
    async with editing(small) as editor:
        before, path = editor.live.current, name_in_latin_1(small)
        os.link(small.directory / "aides.yml", path)
        refused = await editor.next_result()
        assert isinstance(refused, RefusedFaq)
        assert str(refused.errors[0]) == f"content/sant?.yml : {UNREADABLE_NAME}"
        assert editor.live.current is before
        os.unlink(path)  # noqa: PTH108 (bytes)
        assert isinstance(await editor.next_result(), LoadedFaq)


def test_a_name_that_is_not_utf_8_at_the_start(small: SmallFaq, tmp_path: Path) -> None:
    """The last good FAQ serves, as for any other mistake."""
    LiveFaq(small.directory, small.service_file, tmp_path / "bonne.zip")
    os.link(small.directory / "aides.yml", name_in_latin_1(small))
    live = LiveFaq(small.directory, small.service_file, tmp_path / "bonne.zip")
    assert [error.sentence for error in live.start_errors] == [UNREADABLE_NAME]


def test_what_is_no_file_is_told_in_french(small: SmallFaq) -> None:
    """A folder, a pipe that nobody feeds, a file that fails: nothing waits, nothing is English."""
    live = LiveFaq(small.directory, small.service_file)
    (small.directory / "dossier.yml").mkdir()
    os.mkfifo(small.directory / "tuyau.yml")
    (small.directory / "panne.yml").symlink_to("/proc/self/mem")
    refused = live.reload()
    assert isinstance(refused, RefusedFaq)
    assert [(error.file, error.sentence) for error in refused.errors] == [
        ("content/dossier.yml", NO_FILE),
        ("content/panne.yml", UNREAD),
        ("content/tuyau.yml", NO_FILE),
    ]


def test_hidden_files_are_not_themes(small: SmallFaq) -> None:
    """Emacs locks what it edits, macOS copies its own notes: nobody has to hear of it."""
    live = LiveFaq(small.directory, small.service_file)
    (small.directory / ".#aides.yml").symlink_to("claire@poste.1234:1764100000")
    (small.directory / "._aides.yml").write_bytes(b"\x00\x05\x16\x07")
    assert live.reload() == LoadedFaq(live.current)


async def test_a_picture_that_cannot_be_read_ends_nothing(small: SmallFaq) -> None:
    """No step names it: the next edit is read as ever."""
    images = small.directory / "images"
    images.mkdir()
    async with editing(small) as editor:
        (images / "illisible.png").symlink_to("/proc/self/mem")  # a file whose reading fails
        small.change("content/aides.yml", "titre: Aides", "titre: Les aides")
        while editor.live.current.themes[1].title != "Les aides":
            await editor.next_result()


async def test_without_any_watch_files_are_looked_at(
    small: SmallFaq, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The system has no watch left to give: edits are seen all the same."""

    def none_left(*_: object, **__: object) -> None:
        raise OSError(28, "OS file watch limit reached.")

    monkeypatch.setattr("faq.live.awatch", none_left)
    live, heard = LiveFaq(small.directory, small.service_file), asyncio.Queue[Reload]()
    stop = asyncio.Event()
    watching = asyncio.create_task(live.watch(heard.put, stop))
    small.change("content/aides.yml", "titre: Aides", "titre: Les aides")
    result = await asyncio.wait_for(heard.get(), PATIENCE)
    assert isinstance(result, LoadedFaq)
    assert result.faq.themes[1].title == "Les aides"
    stop.set()
    await asyncio.wait_for(watching, PATIENCE)
    assert "cannot be watched" in caplog.text
