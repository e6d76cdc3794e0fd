"""Where writing would be for nothing, said before anybody works on an entry."""

import errno
import os
from pathlib import Path

import pytest

from faq import disk

MOUNTS = """\
22 28 0:20 / /proc rw,nosuid shared:12 - proc proc rw
28 1 253:1 / / rw,relatime shared:1 - ext4 /dev/vda1 rw
40 28 0:35 / {forgetful} rw,nosuid master:3 - tmpfs tmpfs rw,size=65536k
41 40 253:2 / {forgetful}/kept rw - xfs /dev/vdb rw
"""
CONTAINER = "600 500 0:50 / / rw,relatime - overlay overlay rw,lowerdir=/a,upperdir=/b\n"


def mounts(forgetful: Path) -> str:
    """A machine whose folder `forgetful` is in memory, but for its folder `kept`."""
    return MOUNTS.format(forgetful=str(forgetful).replace(" ", r"\040"))


def test_a_disk_of_its_own_is_kept(tmp_path: Path) -> None:
    """On an ordinary machine, or one that tells nothing of its disks, entries may be written."""
    assert disk.thrown_away(tmp_path, {}, mounts(tmp_path / "else")) is None
    assert disk.thrown_away(tmp_path, {}, "") is None
    assert disk.thrown_away(tmp_path, {}, "nothing like\nmount lines - \n\n") is None


@pytest.mark.parametrize(
    ("environ", "said"), [({"DYNO": "worker.1"}, "Heroku"), ({"K_SERVICE": "bot"}, "Cloud Run")]
)
def test_a_host_that_erases_its_disk_is_named(
    environ: dict[str, str], said: str, tmp_path: Path
) -> None:
    """Claire learns which host would lose her entry, and where to put the files instead."""
    reason = disk.thrown_away(tmp_path, environ, mounts(tmp_path / "else"))
    assert reason is not None
    assert said in reason
    assert "dépôt" in reason


def test_a_folder_in_memory_is_lost(tmp_path: Path) -> None:
    """A tmpfs is named, also under a folder whose name has a space; a disk inside it is not."""
    folder = tmp_path / "en mémoire"
    (folder / "kept" / "faq").mkdir(parents=True)
    (folder / "faq").mkdir()
    assert disk.thrown_away(folder / "faq", {}, mounts(folder)) == disk.LOST
    assert disk.thrown_away(folder, {}, mounts(folder)) == disk.LOST
    assert disk.thrown_away(folder / "kept" / "faq", {}, mounts(folder)) is None


def test_the_layer_of_a_container_is_lost_but_not_its_volume(tmp_path: Path) -> None:
    """Files of the image vanish with the container; those of a volume stay."""
    volume = f"601 600 253:1 / {tmp_path}/volume rw - ext4 /dev/vda1 rw\n"
    (tmp_path / "volume").mkdir()
    assert disk.thrown_away(tmp_path, {}, CONTAINER + volume) == disk.LOST
    assert disk.thrown_away(tmp_path / "volume", {}, CONTAINER + volume) is None


def test_a_link_is_followed(tmp_path: Path) -> None:
    """What counts is where the files are, not the name by which they are reached."""
    (tmp_path / "memory").mkdir()
    (tmp_path / "faq").symlink_to(tmp_path / "memory")
    assert disk.thrown_away(tmp_path / "faq", {}, mounts(tmp_path / "memory")) == disk.LOST


def test_the_last_mount_on_a_folder_hides_the_others(tmp_path: Path) -> None:
    """Two disks on one folder: files are on the one mounted last."""
    first = f"50 28 0:40 / {tmp_path} rw - tmpfs tmpfs rw\n"
    second = f"51 50 253:3 / {tmp_path} rw - ext4 /dev/vdc rw\n"
    assert disk.thrown_away(tmp_path, {}, first + second) is None
    assert disk.thrown_away(tmp_path, {}, second + first) == disk.LOST


def test_a_folder_without_the_right_to_write_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A read-only folder is told before anything is tried."""
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert disk.thrown_away(tmp_path, {}, "") == disk.READ_ONLY


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (errno.ENOSPC, disk.FULL),
        (errno.EDQUOT, disk.FULL),
        (errno.EROFS, disk.FORBIDDEN),
        (errno.EACCES, disk.FORBIDDEN),
        (errno.EIO, disk.FAILED),
    ],
)
def test_what_a_disk_refuses_is_said_in_french(code: int, said: str) -> None:
    """No English, no number: a sentence and what to do."""
    assert disk.why_failed(OSError(code, os.strerror(code))) == said


def test_sentences_are_short() -> None:
    """At most twelve words a sentence."""
    told = [disk.HEROKU, disk.CLOUD_RUN, disk.LOST, disk.READ_ONLY, disk.FULL, disk.FORBIDDEN]
    for sentence in ". ".join(told).split(". "):
        assert len(sentence.split()) <= 12, sentence
