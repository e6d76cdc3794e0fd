"""Table `meaning`: what a reply to a message of the robot is for, in the team's group."""

from datetime import datetime

from bot.domain import MessageRef
from bot.store.database import Transaction, to_text


async def add(tx: Transaction, message: MessageRef, act: str, now: datetime) -> None:
    """A reply to that message does `act` (« draft:12 », « entry:mdp_caf »…)."""
    await tx.execute(
        "INSERT INTO meaning (chat_id, message_id, act, created_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (chat_id, message_id) DO UPDATE SET act = excluded.act",
        (message.chat, message.message, act, to_text(now)),
    )


async def get(tx: Transaction, message: MessageRef) -> str | None:
    """The act of a reply to that message, or None."""
    row = await tx.one(
        "SELECT act FROM meaning WHERE chat_id = ? AND message_id = ?",
        (message.chat, message.message),
    )
    return None if row is None else str(row["act"])


async def purge(tx: Transaction, before: datetime) -> int:
    """Forget what was written before that time; returns how many."""
    return await tx.execute("DELETE FROM meaning WHERE created_at < ?", (to_text(before),))
