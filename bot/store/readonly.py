"""The same file, opened for reading only, beside the running bot."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.store.database import DatabaseError

Row = sqlite3.Row


@contextmanager
def open_database(path: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection; raises DatabaseError when there is no readable database."""
    if not path.exists():
        raise DatabaseError(f"Il n'y a pas de base « {path} ».")
    try:
        connection = sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True)
    except sqlite3.Error as error:
        raise DatabaseError(f"La base « {path} » ne s'ouvre pas.") from error
    connection.row_factory = sqlite3.Row
    try:
        yield connection
    except sqlite3.Error as error:
        raise DatabaseError(f"La base « {path} » est illisible.") from error
    finally:
        connection.close()


def is_in_use(path: Path) -> bool:
    """Whether a robot has ever used that file."""
    try:
        with open_database(path) as connection:
            found = connection.execute("SELECT 1 FROM fact WHERE name = 'bot_id'").fetchone()
    except DatabaseError:
        return False
    return found is not None


def get_salt(connection: sqlite3.Connection) -> bytes:
    """The secret of this database behind its pseudonyms."""
    row = connection.execute("SELECT value FROM fact WHERE name = 'salt'").fetchone()
    return row["value"].encode() if row else b""


def iterate_exchanges(connection: sqlite3.Connection) -> Iterator[sqlite3.Row]:
    """Every exchange, oldest first."""
    yield from connection.execute(
        "SELECT at, beneficiary_id, question, outcome, entry_id, score, faq_version, feedback,"
        " ticket_id FROM exchange ORDER BY id"
    )
