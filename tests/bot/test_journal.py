"""The export of the journal, file by file."""

import io
from pathlib import Path

import pytest

from bot import journal
from bot.store import DatabaseError, Store


async def test_a_folder_with_strange_signs(tmp_path: Path) -> None:
    """A path with « # », « ? », « % » or spaces is read all the same."""
    folder = tmp_path / "base #1 100% prête ?"
    folder.mkdir()
    store = await Store.open(folder / "passerelle.db")
    await store.close()
    assert journal.export(folder / "passerelle.db", io.StringIO()) == 0


def test_no_file(tmp_path: Path) -> None:
    """No database: one French sentence, and no file is created."""
    with pytest.raises(DatabaseError, match="Il n'y a pas de base"):
        journal.export(tmp_path / "rien.db", io.StringIO())
    assert not list(tmp_path.iterdir())


def test_not_a_database(tmp_path: Path) -> None:
    """Another kind of file: one French sentence."""
    other = tmp_path / "photo.db"
    other.write_bytes(b"\x89PNG" * 1000)
    with pytest.raises(DatabaseError, match="illisible"):
        journal.export(other, io.StringIO())
