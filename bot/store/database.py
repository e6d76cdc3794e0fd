"""One SQLite file, one connection, one way to write: `async with store.transaction()`."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiosqlite

MIGRATIONS = Path(__file__).parent / "migrations"

# FULL: an acknowledged message survives a power cut. secure_delete: erased words leave the file.
PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",
    "PRAGMA secure_delete=ON",
    "PRAGMA foreign_keys=ON",
    "PRAGMA busy_timeout=5000",
)

Parameters = Iterable[Any] | Mapping[str, Any]


class DatabaseError(Exception):
    """The file cannot be used; the message is one French sentence for the terminal."""

    @property
    def is_refusal(self) -> bool:
        """Whether the disk or the file refuses (it may accept later), not one statement alone."""
        return isinstance(self.__cause__, sqlite3.OperationalError)


def to_text(moment: datetime) -> str:
    """An aware time as ISO-8601 UTC text with milliseconds; texts sort like times."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def to_time(text: str | None) -> datetime | None:
    """The time written by `to_text`, or None."""
    return None if text is None else datetime.fromisoformat(text)


class Transaction:
    """What may be asked of the database between BEGIN IMMEDIATE and COMMIT."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self.forgets = False  # set by an erasure: the write-ahead log is emptied after COMMIT

    async def execute(self, sql: str, parameters: Parameters = ()) -> int:
        """Run one statement and return how many rows it changed."""
        cursor = await self._connection.execute(sql, parameters)
        return cursor.rowcount

    async def one(self, sql: str, parameters: Parameters = ()) -> sqlite3.Row | None:
        """The first row, or None."""
        rows = await self._connection.execute_fetchall(sql, parameters)
        return next(iter(rows), None)

    async def all(self, sql: str, parameters: Parameters = ()) -> list[sqlite3.Row]:
        """Every row, in the order of the query."""
        return list(await self._connection.execute_fetchall(sql, parameters))

    async def number(self, sql: str, parameters: Parameters = ()) -> int:
        """The single number that the query gives (a count, a new id), 0 when it is NULL."""
        row = await self.one(sql, parameters)
        return int(row[0] or 0) if row else 0


class Store:
    """The open database. Make it with `Store.open`, end it with `close`."""

    def __init__(self, connection: aiosqlite.Connection) -> None:
        self._connection = connection
        self._lock = asyncio.Lock()
        self._holder: asyncio.Task[Any] | None = None

    @classmethod
    async def open(cls, path: Path | str) -> "Store":
        """Open or create the file (":memory:" for none), check it, bring its schema up to date.

        Raises DatabaseError when the file is damaged, locked or newer than this program.
        """
        try:
            connection = await aiosqlite.connect(path, isolation_level=None)
        except sqlite3.Error as error:
            raise DatabaseError(
                f"La base « {path} » ne s'ouvre pas. Vérifiez le dossier."
            ) from error
        try:
            connection.row_factory = sqlite3.Row
            for pragma in PRAGMAS:
                await connection.execute(pragma)
            await _check(connection, path)
            await _migrate(connection, path)
        except sqlite3.Error as error:
            await connection.close()
            raise DatabaseError(
                f"La base « {path} » est illisible ou abîmée. Rien n'a été changé. "
                "Remettez une copie de sauvegarde, puis relancez."
            ) from error
        except DatabaseError:
            await connection.close()
            raise
        return cls(connection)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Transaction]:
        """The one writer's lock, from BEGIN IMMEDIATE to COMMIT; rolled back on any exception.

        Raises DatabaseError when SQLite refuses (a full disk, a locked file). Nothing but SQLite
        may be awaited inside, and transactions are never nested.
        """
        task = asyncio.current_task()
        if self._holder is task and task is not None:
            raise RuntimeError("transactions are never nested")
        async with self._lock:
            self._holder = task
            try:
                await self._connection.execute("BEGIN IMMEDIATE")
                transaction = Transaction(self._connection)
                yield transaction
                await self._connection.execute("COMMIT")
                if transaction.forgets:
                    with suppress(sqlite3.Error):  # it is done; the daily purge empties it too
                        await self._empty_log()
            except BaseException as error:
                if self._connection.in_transaction:
                    await self._connection.execute("ROLLBACK")
                if isinstance(error, sqlite3.Error):
                    raise DatabaseError(f"La base refuse : {error}") from error
                raise
            finally:
                self._holder = None

    async def forget_deleted_pages(self) -> None:
        """Empty the write-ahead log into the file, so that deleted words are in neither."""
        async with self._lock:
            await self._empty_log()

    async def _empty_log(self) -> None:
        await self._connection.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")

    async def close(self) -> None:
        """Close the connection; the write-ahead log is folded into the file."""
        async with self._lock:
            await self._connection.close()


async def _check(connection: aiosqlite.Connection, path: Path | str) -> None:
    rows = list(await connection.execute_fetchall("PRAGMA quick_check(1)"))
    if not rows or rows[0][0] != "ok":
        raise DatabaseError(
            f"La base « {path} » est abîmée. Rien n'a été changé. "
            "Remettez une copie de sauvegarde, puis relancez."
        )


async def _migrate(connection: aiosqlite.Connection, path: Path | str) -> None:
    version = next(iter(await connection.execute_fetchall("PRAGMA user_version")))[0]
    scripts = sorted(MIGRATIONS.glob("*.sql"))
    if version > len(scripts):
        raise DatabaseError(
            f"La base « {path} » vient d'une version plus récente. Mettez le programme à jour."
        )
    for number, script in enumerate(scripts[version:], start=version + 1):
        # executescript commits first, so the transaction stands inside the script.
        sql = script.read_text(encoding="utf-8")
        await connection.executescript(f"BEGIN; {sql}\nPRAGMA user_version = {number}; COMMIT;")
