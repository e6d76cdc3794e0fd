"""Table `inbox`: updates kept before Telegram is told that they arrived."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from bot.store.database import Transaction, to_text

LONGEST_KEY_LIFE_HOURS = 72  # Telegram delivers again for 24 h; its numbers restart after 7 days


@dataclass(frozen=True)
class InboxRow:
    """One update that waits: raw JSON (masked) and the kinds of numbers masked in it."""

    id: int
    payload: str
    masked: frozenset[str]
    attempts: int


async def add(
    tx: Transaction, natural_key: str, payload: str, masked: frozenset[str], now: datetime
) -> bool:
    """Keep an update; False when the same one is here already.

    Only a digest of the key is stored, so that a finished row names nobody.
    """
    digest = hashlib.sha256(natural_key.encode()).hexdigest()[:40]
    return bool(
        await tx.execute(
            "INSERT INTO inbox (natural_key, payload, masked, status, received_at)"
            " VALUES (?, ?, ?, 'new', ?) ON CONFLICT (natural_key) DO NOTHING",
            (digest, payload, ",".join(sorted(masked)), to_text(now)),
        )
    )


async def get_next(tx: Transaction) -> InboxRow | None:
    """The oldest update that waits, or None."""
    row = await tx.one(
        "SELECT id, payload, masked, attempts FROM inbox WHERE status = 'new' ORDER BY id LIMIT 1"
    )
    if row is None:
        return None
    masked = frozenset(filter(None, row["masked"].split(",")))
    return InboxRow(row["id"], row["payload"], masked, row["attempts"])


async def set_done(tx: Transaction, row_id: int) -> None:
    """The update is handled; its words leave this table."""
    await tx.execute("UPDATE inbox SET status = 'done', payload = NULL WHERE id = ?", (row_id,))


async def set_failed_once(tx: Transaction, row_id: int, error: str) -> None:
    """Remember one failure (the class of the exception, never its words)."""
    await tx.execute(
        "UPDATE inbox SET attempts = attempts + 1, error = ? WHERE id = ?", (error, row_id)
    )


async def set_dead(tx: Transaction, row_id: int, error: str) -> None:
    """The update is put aside for good; the raw JSON is emptied, a human has been told."""
    await tx.execute(
        "UPDATE inbox SET status = 'dead', payload = NULL, error = ?, attempts = attempts + 1"
        " WHERE id = ?",
        (error, row_id),
    )


async def count(tx: Transaction, status: str) -> int:
    """How many rows are 'new', 'done' or 'dead'."""
    return await tx.number("SELECT count(*) FROM inbox WHERE status = ?", (status,))


async def purge(tx: Transaction, before: datetime) -> int:
    """Delete finished rows received before that time; returns how many."""
    return await tx.execute(
        "DELETE FROM inbox WHERE status <> 'new' AND received_at < ?", (to_text(before),)
    )
