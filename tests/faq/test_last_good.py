"""A restart on files with mistakes: the last good FAQ answers, and the mistakes are told."""

import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

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


def rewritten(archive: Path, prefix: str = "content/", **extra: bytes) -> None:
    """The same files, under another folder, with others besides."""
    with ZipFile(archive) as files:
        kept = {name: files.read(name) for name in files.namelist()}
    with ZipFile(archive, "w", ZIP_DEFLATED) as files:
        for name, data in (kept | extra).items():
            files.writestr(name.replace("content/", prefix), data)


def test_the_folder_of_the_themes_may_have_another_name(small: SmallFaq, tmp_path: Path) -> None:
    """FAQ_DIR was moved between two starts: the copy serves, by the names of today."""
    archive = tmp_path / "bonne.zip"
    start(small, archive)
    rewritten(archive, "fiches/")
    small.change("content/comptes.yml", "theme: comptes", "theme: 1")
    live = start(small, archive)
    assert answer_of(live, "apl") == OLD
    assert live.current.places["apl"].file == "content/aides.yml"


def test_what_is_no_theme_in_the_archive_is_left_there(small: SmallFaq, tmp_path: Path) -> None:
    """A folder, a path that climbs, a hidden file: nothing is written, nothing is lost."""
    archive = tmp_path / "bonne.zip"
    start(small, archive)
    rewritten(archive, **{"content/": b"", "../../mal.txt": b"x", "../../.mal.yml": b"x"})
    small.change("content/comptes.yml", "theme: comptes", "theme: 1")
    before = sorted(tmp_path.rglob("*"))
    assert answer_of(start(small, archive), "apl") == OLD
    assert sorted(tmp_path.rglob("*")) == before


def _as_of(place: int, in_directory: int, value: int) -> Callable[[bytes], bytes]:
    """A field of the first file of an archive, in both its headers."""

    def change(archive: bytes) -> bytes:
        data = bytearray(archive)
        data[data.find(b"PK\x03\x04") + place] = value
        data[data.find(b"PK\x01\x02") + in_directory] = value
        return bytes(data)

    return change


@pytest.mark.parametrize(
    "damage",
    [
        _as_of(8, 10, 93),  # a way to compress of the future
        _as_of(6, 8, 1),  # encrypted
        lambda archive: archive[:60] + b"\xff" * 10 + archive[70:],
    ],
    ids=["unknown", "encrypted", "damaged"],
)
def test_an_archive_that_cannot_be_read_is_no_copy(
    small: SmallFaq,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    damage: Callable[[bytes], bytes],
) -> None:
    """The editor reads the mistakes of the files; the log says what the archive had."""
    archive = tmp_path / "bonne.zip"
    start(small, archive)
    rewritten(archive)
    archive.write_bytes(damage(archive.read_bytes()))
    small.change("content/comptes.yml", "theme: comptes", "theme: 1")
    with pytest.raises(FaqErrors, match="comptes"):
        start(small, archive)
    assert "could not be read" in caplog.text


def test_an_archive_does_not_fill_the_memory(small: SmallFaq, tmp_path: Path) -> None:
    """A file of the archive that unfolds to 200 MB is read no further than a file of the FAQ."""
    archive = tmp_path / "bonne.zip"
    start(small, archive)
    rewritten(archive, **{"content/gros.yml": bytes(200_000_000)})
    small.change("content/comptes.yml", "theme: comptes", "theme: 1")
    tracemalloc.start()
    with pytest.raises(FaqErrors, match="comptes"):
        start(small, archive)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 50_000_000


def test_a_clock_that_was_never_set_stops_nothing(
    small: SmallFaq, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small machine says 1970 until the network tells it the time: the copy is made."""
    monkeypatch.setattr("zipfile.time.localtime", lambda *_: time.gmtime(0))
    start(small, tmp_path / "bonne.zip")
    small.change("content/comptes.yml", "theme: comptes", "theme: 1")
    assert answer_of(start(small, tmp_path / "bonne.zip"), "apl") == OLD


def test_a_disk_that_refuses_stops_nothing(
    small: SmallFaq, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The copy cannot be written: the robot starts all the same, and the log says so."""
    folder = tmp_path / "bonne.zip"
    folder.mkdir()
    (folder / "inside").touch()
    assert start(small, folder).start_errors == ()
    assert "could not be kept" in caplog.text
