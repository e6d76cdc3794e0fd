"""Table `fact`: single facts about this database, by name."""

from bot.store.database import Transaction


async def get(tx: Transaction, name: str) -> str | None:
    """The value of a fact, or None."""
    row = await tx.one("SELECT value FROM fact WHERE name = ?", (name,))
    return None if row is None else str(row["value"])


async def set_value(tx: Transaction, name: str, value: str) -> None:
    """Write a fact, in place of an older one of that name."""
    await tx.execute(
        "INSERT INTO fact (name, value) VALUES (?, ?)"
        " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )


async def delete(tx: Transaction, name: str) -> None:
    """Forget a fact."""
    await tx.execute("DELETE FROM fact WHERE name = ?", (name,))


async def list_by_prefix(tx: Transaction, prefix: str) -> list[tuple[str, str]]:
    """The facts whose names begin so, with their values, by name."""
    rows = await tx.all(
        "SELECT name, value FROM fact WHERE substr(name, 1, ?) = ? ORDER BY name",
        (len(prefix), prefix),
    )
    return [(row["name"], row["value"]) for row in rows]


async def purge_passing(tx: Transaction) -> int:
    """Forget the facts that served a moment; returns how many.

    Albums that held a note, and words held for a look-up that nothing waits for any more.
    """
    return await tx.execute(
        "DELETE FROM fact WHERE name LIKE 'album_note:%' OR (name LIKE 'held:%' AND NOT EXISTS"
        " (SELECT 1 FROM outbox WHERE destination = 'loose' AND status IN ('waiting', 'sending')))"
    )
