"""Reloads, saves of every kind and searches at once: the FAQ is whole, or it is the one before."""

import asyncio
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from faq.catalogue import Faq
from faq.decision import Answered
from faq.errors import FaqErrors
from faq.live import LiveFaq, LoadedFaq, RefusedFaq
from faq.snapshot import take
from tests.faq.editing import PATIENCE, editing
from tests.faq.small_faq import SmallFaq, entry, theme

RELOADS = 1_000
WORDS_CHANGE = 25  # a version in that many has another phrasing too, so another index
ANSWER = "reponse: Voici la réponse."
NUMBER = re.compile(r"Version (\d+)")
BREAKAGES: tuple[Callable[[bytes], bytes], ...] = (
    lambda _: b"",
    lambda good: good[: len(good) // 2],
    lambda good: good.replace(b"titre: ", b"titre: [", 1),
    lambda good: good.replace(b"formulations", b"\tformulations", 1),
    lambda good: good.replace("é".encode(), b"\xe9", 1),
    lambda good: good.replace(b"www.caf.fr", b"www.piege.example", 1),
)


def numbered(number: int) -> dict[str, bytes]:
    """Both theme files of a version: each of the four answers bears its number."""
    files = {
        "comptes.yml": theme("comptes", "Comptes", 1, entry("mdp_caf"), entry("mdp_ameli")),
        "aides.yml": theme("aides", "Aides", 2, entry("apl"), entry("actualisation")),
    }
    own = f"numéro {number // WORDS_CHANGE}"
    return {
        name: text.replace(ANSWER, f"reponse: Version {number}.")
        .replace("code ameli perdu", f"code ameli perdu {own}")
        .encode()
        for name, text in files.items()
    }


def numbers_of(faq: Faq) -> set[str]:
    """The numbers that the answers of a FAQ bear: one, unless it is mixed."""
    return {NUMBER.findall(found.answer or "")[0] for found in faq.entries.values()}


@contextmanager
def searched(live: LiveFaq) -> Iterator[list[str]]:
    """Two threads ask and ask; yields what they found amiss. Fails if they asked nothing."""
    stop, amiss, asked = threading.Event(), [], []

    def ask() -> None:
        while not stop.wait(0.002):
            faq = live.current
            found = faq.decide("mot de passe caf oublié")
            if not isinstance(found, Answered) or found.match.entry_id != "mdp_caf":
                amiss.append(f"asked {faq.version}: {found}")
            if len(numbers_of(faq)) != 1 or len(faq.entries) != 4:
                amiss.append(f"mixed {faq.version}: {numbers_of(faq)} of {sorted(faq.entries)}")
            asked.append(1)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        yield amiss
    finally:
        stop.set()
        for thread in threads:
            thread.join(PATIENCE)
    assert asked


def save_all(small: SmallFaq, files: dict[str, bytes]) -> None:
    """Write whole files, in place."""
    for name, content in files.items():
        (small.directory / name).write_bytes(content)


def test_a_thousand_reloads_half_of_them_broken(small: SmallFaq) -> None:
    """While people ask, 500 good versions are taken whole, 500 broken ones refused whole."""
    save_all(small, numbered(0))
    live = LiveFaq(small.directory, small.service_file)
    good = 0
    with searched(live) as amiss:
        for turn in range(RELOADS):
            files = numbered(good + 1)
            if turn % 2:
                name = sorted(files)[turn // 2 % 2]
                files[name] = BREAKAGES[turn // 2 % len(BREAKAGES)](files[name])
            save_all(small, files)
            result = live.reload()
            assert isinstance(result, RefusedFaq if turn % 2 else LoadedFaq), result
            good += not turn % 2
            assert numbers_of(live.current) == {str(good)}
    assert amiss == []
    assert good == RELOADS // 2


def in_place(path: Path, content: bytes) -> None:
    """nano, Notepad: the same file, opened and written."""
    path.write_bytes(content)


def rename_over(path: Path, content: bytes) -> None:
    """VS Code on some disks, gedit, this project's own editor: a new file takes its place."""
    beside = path.with_name(f".{path.name}.tmp")
    beside.write_bytes(content)
    beside.replace(path)


def truncate_then_write(path: Path, content: bytes) -> None:
    """A file that stands empty, then half full, on the disk."""
    with path.open("wb", buffering=0) as file:
        os.fsync(file.fileno())
        file.write(content[: len(content) // 2])
        os.fsync(file.fileno())
        file.write(content[len(content) // 2 :])


def delete_and_recreate(path: Path, content: bytes) -> None:
    """A file that is missing for a moment."""
    path.unlink()
    path.write_bytes(content)


def keep_a_backup(path: Path, content: bytes) -> None:
    """vim: the old file is moved aside, the new one written, the old one deleted."""
    backup = path.with_name(f"{path.name}~")
    path.rename(backup)
    path.write_bytes(content)
    backup.unlink()


HABITS = (in_place, rename_over, truncate_then_write, delete_and_recreate, keep_a_backup)


async def test_editors_have_habits(small: SmallFaq) -> None:
    """However an editor saves, each version arrives whole, and nothing else is ever seen."""
    save_all(small, numbered(0))
    async with editing(small) as editor:
        with searched(editor.live) as amiss:
            for number, save in enumerate(HABITS * 2, 1):
                for name, content in numbered(number).items():
                    save(small.directory / name, content)
                async with asyncio.timeout(PATIENCE):
                    while numbers_of(editor.live.current) != {str(number)}:
                        await editor.heard.get()
        assert amiss == []


def test_threads_that_search_one_index_do_not_mix_their_words(small: SmallFaq) -> None:
    """A reload keeps the index when it can, so the editor and the robot may search it at once."""
    faq = small.load()
    texts = [f"zorglub{n} blixt{n} mot de passe caf wumpf{n}" for n in range(8)]
    alone = {text: faq.search(text) for text in texts}
    mixed: list[str] = []

    def search(text: str) -> None:
        mixed.extend(text for _ in range(150) if faq.search(text) != alone[text])

    threads = [threading.Thread(target=search, args=(text,)) for text in texts]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # seconds: threads take turns in the middle of anything
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(PATIENCE)
    finally:
        sys.setswitchinterval(interval)
    assert mixed == []


def test_files_that_change_together_are_read_together(small: SmallFaq, tmp_path: Path) -> None:
    """A folder is swapped for the next one while it is read: its two files are of one version."""
    place, stop = tmp_path / "live", threading.Event()

    def swap(number: int) -> None:
        version, link = tmp_path / f"v{number}", tmp_path / "next"
        version.mkdir()
        for name in ("a.yml", "b.yml"):
            (version / name).write_text(str(number))
        link.symlink_to(version)
        link.replace(place)

    def keep_swapping() -> None:
        number = 1
        while not stop.wait(0.002):
            swap(number)
            number += 1

    swap(0)
    swapping = threading.Thread(target=keep_swapping)
    swapping.start()
    seen: list[list[object]] = []
    try:
        while len(seen) < 300:
            try:
                found = take(place, small.service_file)
            except FaqErrors:
                continue  # it never rested: nothing is better than a mixture
            seen.append([found.contents[path] for path in found.themes])
    finally:
        stop.set()
        swapping.join()
    assert all(first == second for first, second in seen)
    assert len({str(pair) for pair in seen}) > 10
