"""Table `message_map`: which message is the copy of which, in both directions."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain import BeneficiaryId, ChatId, MessageId, MessageRef
from bot.store.database import Transaction, to_text

Form = Literal["copy", "text", "merged"]


@dataclass(frozen=True)
class Copy:
    """A copy: where it stands, whose conversation, and how it was made."""

    message: MessageRef
    beneficiary_id: BeneficiaryId
    form: Form


async def add(
    tx: Transaction,
    source: MessageRef,
    copy: MessageRef,
    beneficiary_id: BeneficiaryId,
    form: Form,
    now: datetime,
) -> None:
    """Remember one copy."""
    await tx.execute(
        "INSERT INTO message_map VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            source.chat,
            source.message,
            copy.chat,
            copy.message,
            beneficiary_id,
            form,
            to_text(now),
        ),
    )


async def get_copy(tx: Transaction, source: MessageRef) -> Copy | None:
    """The newest copy of a message, or None."""
    row = await tx.one(
        "SELECT copy_chat_id, copy_message_id, beneficiary_id, form FROM message_map"
        " WHERE source_chat_id = ? AND source_message_id = ? ORDER BY rowid DESC LIMIT 1",
        (source.chat, source.message),
    )
    if row is None:
        return None
    message = MessageRef(ChatId(row["copy_chat_id"]), MessageId(row["copy_message_id"]))
    return Copy(message, BeneficiaryId(row["beneficiary_id"]), row["form"])


async def get_source(tx: Transaction, copy: MessageRef) -> MessageRef | None:
    """The message that this one is a copy of, or None."""
    row = await tx.one(
        "SELECT source_chat_id, source_message_id FROM message_map"
        " WHERE copy_chat_id = ? AND copy_message_id = ? ORDER BY rowid LIMIT 1",
        (copy.chat, copy.message),
    )
    if row is None:
        return None
    return MessageRef(ChatId(row["source_chat_id"]), MessageId(row["source_message_id"]))


async def get_counterpart(tx: Transaction, message: MessageRef) -> MessageRef | None:
    """The same message on the other side, whichever side it was written on, or None."""
    copy = await get_copy(tx, message)
    return copy.message if copy else await get_source(tx, message)


async def delete(tx: Transaction, source: MessageRef) -> None:
    """Its copies are gone: nothing follows them any more."""
    await tx.execute(
        "DELETE FROM message_map WHERE source_chat_id = ? AND source_message_id = ?",
        (source.chat, source.message),
    )


async def purge(tx: Transaction, before: datetime) -> int:
    """Forget copies made before that time; returns how many."""
    return await tx.execute("DELETE FROM message_map WHERE created_at < ?", (to_text(before),))
