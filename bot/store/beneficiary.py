"""Table `beneficiary`: who asks, and where her conversation stands."""

import sqlite3
from datetime import datetime

from bot.domain import Beneficiary, BeneficiaryId, ChatId, ExchangeId, MessageId, TopicId
from bot.store.database import Transaction, to_text, to_time

COLUMNS = (
    "id, chat_id, first_name, language, staff_group_id, topic_id, topic_title, card_message_id,"
    " is_card_pinned, is_topic_closed, misses, menu, pending_exchange_id, is_welcomed,"
    " is_mask_told, unreachable_at, last_seen_at"
)


def _read(row: sqlite3.Row) -> Beneficiary:
    last_seen_at = to_time(row["last_seen_at"])
    assert last_seen_at is not None  # noqa: S101 - the column is NOT NULL
    return Beneficiary(
        id=BeneficiaryId(row["id"]),
        chat_id=ChatId(row["chat_id"]),
        first_name=row["first_name"],
        language=row["language"],
        staff_group_id=row["staff_group_id"],
        topic_id=row["topic_id"],
        topic_title=row["topic_title"],
        card_message_id=row["card_message_id"],
        is_card_pinned=bool(row["is_card_pinned"]),
        is_topic_closed=bool(row["is_topic_closed"]),
        misses=row["misses"],
        menu=tuple(filter(None, row["menu"].split("\n"))),
        pending_exchange_id=row["pending_exchange_id"],
        is_welcomed=bool(row["is_welcomed"]),
        is_mask_told=bool(row["is_mask_told"]),
        unreachable_at=to_time(row["unreachable_at"]),
        last_seen_at=last_seen_at,
    )


async def get_or_add(
    tx: Transaction, chat_id: ChatId, first_name: str, language: str | None, now: datetime
) -> Beneficiary:
    """The person of that private chat, known from now on; her name and last visit follow.

    Updated first, because an insert that meets a conflict still uses up a number.
    """
    row = await tx.one(
        "UPDATE beneficiary SET first_name = ?, language = ?, last_seen_at = ?,"
        f" unreachable_at = NULL WHERE chat_id = ? RETURNING {COLUMNS}",
        (first_name, language, to_text(now), chat_id),
    )
    row = row or await tx.one(
        "INSERT INTO beneficiary (chat_id, first_name, language, created_at, last_seen_at)"
        f" VALUES (?, ?, ?, ?, ?) RETURNING {COLUMNS}",
        (chat_id, first_name, language, to_text(now), to_text(now)),
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row
    return _read(row)


async def get(tx: Transaction, beneficiary_id: BeneficiaryId) -> Beneficiary | None:
    """The person of that number, or None when she is unknown or erased."""
    row = await tx.one(f"SELECT {COLUMNS} FROM beneficiary WHERE id = ?", (beneficiary_id,))
    return None if row is None else _read(row)


async def get_by_chat(tx: Transaction, chat_id: ChatId) -> Beneficiary | None:
    """The person of that private chat, or None."""
    row = await tx.one(f"SELECT {COLUMNS} FROM beneficiary WHERE chat_id = ?", (chat_id,))
    return None if row is None else _read(row)


async def get_by_topic(
    tx: Transaction, staff_group_id: int, topic_id: TopicId
) -> Beneficiary | None:
    """The person of that topic in that group, or None."""
    row = await tx.one(
        f"SELECT {COLUMNS} FROM beneficiary WHERE staff_group_id = ? AND topic_id = ?",
        (staff_group_id, topic_id),
    )
    return None if row is None else _read(row)


async def set_topic(
    tx: Transaction,
    beneficiary_id: BeneficiaryId,
    staff_group_id: int | None,
    topic_id: TopicId | None,
    title: str | None = None,
) -> None:
    """Her topic is that one from now on, without a card yet; None when it is gone."""
    await tx.execute(
        "UPDATE beneficiary SET staff_group_id = ?, topic_id = ?, topic_title = ?,"
        " card_message_id = NULL, is_card_pinned = 0, is_topic_closed = 0 WHERE id = ?",
        (staff_group_id, topic_id, title, beneficiary_id),
    )


async def set_title(tx: Transaction, beneficiary_id: BeneficiaryId, title: str) -> None:
    """What Telegram shows as the title of her topic."""
    await tx.execute(
        "UPDATE beneficiary SET topic_title = ? WHERE id = ?", (title, beneficiary_id)
    )


async def set_card(
    tx: Transaction, beneficiary_id: BeneficiaryId, card_message_id: MessageId | None
) -> None:
    """The card of her topic is that message, not pinned yet."""
    await tx.execute(
        "UPDATE beneficiary SET card_message_id = ?, is_card_pinned = 0 WHERE id = ?",
        (card_message_id, beneficiary_id),
    )


async def set_card_pinned(tx: Transaction, beneficiary_id: BeneficiaryId) -> None:
    """Her card is pinned (or Telegram refused it for good)."""
    await tx.execute("UPDATE beneficiary SET is_card_pinned = 1 WHERE id = ?", (beneficiary_id,))


async def set_topic_closed(
    tx: Transaction, beneficiary_id: BeneficiaryId, is_closed: bool
) -> None:
    """Whether a caseworker has closed her topic at Telegram."""
    await tx.execute(
        "UPDATE beneficiary SET is_topic_closed = ? WHERE id = ?", (is_closed, beneficiary_id)
    )


async def set_misses(tx: Transaction, beneficiary_id: BeneficiaryId, misses: int) -> None:
    """How many questions in a row found no help."""
    await tx.execute("UPDATE beneficiary SET misses = ? WHERE id = ?", (misses, beneficiary_id))


async def set_menu(tx: Transaction, beneficiary_id: BeneficiaryId, menu: tuple[str, ...]) -> None:
    """The last menu shown: typed number n means its n-th choice."""
    await tx.execute(
        "UPDATE beneficiary SET menu = ? WHERE id = ?", ("\n".join(menu), beneficiary_id)
    )


async def set_pending_exchange(
    tx: Transaction, beneficiary_id: BeneficiaryId, exchange_id: ExchangeId | None
) -> None:
    """The answer she has said neither yes nor no to, or None."""
    await tx.execute(
        "UPDATE beneficiary SET pending_exchange_id = ? WHERE id = ?",
        (exchange_id, beneficiary_id),
    )


async def set_welcomed(tx: Transaction, beneficiary_id: BeneficiaryId) -> None:
    """She has been told who answers here, and what is kept."""
    await tx.execute("UPDATE beneficiary SET is_welcomed = 1 WHERE id = ?", (beneficiary_id,))


async def set_mask_told(tx: Transaction, beneficiary_id: BeneficiaryId) -> None:
    """She has been told, once, that private numbers are masked."""
    await tx.execute("UPDATE beneficiary SET is_mask_told = 1 WHERE id = ?", (beneficiary_id,))


async def set_unreachable(
    tx: Transaction, beneficiary_id: BeneficiaryId, at: datetime | None
) -> None:
    """She has blocked the robot since that time; None when she is back."""
    await tx.execute(
        "UPDATE beneficiary SET unreachable_at = ? WHERE id = ?",
        (None if at is None else to_text(at), beneficiary_id),
    )


async def delete(tx: Transaction, beneficiary_id: BeneficiaryId) -> None:
    """Erase her, with her requests, exchanges and message map (ON DELETE CASCADE).

    Her words leave the write-ahead log too, once this transaction is committed.
    """
    tx.forgets = True
    await tx.execute("DELETE FROM beneficiary WHERE id = ?", (beneficiary_id,))


async def list_idle(tx: Transaction, before: datetime) -> list[Beneficiary]:
    """Who has not written since that time and has no open request."""
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM beneficiary WHERE last_seen_at < ? AND NOT EXISTS"
        " (SELECT 1 FROM ticket WHERE beneficiary_id = beneficiary.id AND status <> 'closed')",
        (to_text(before),),
    )
    return [_read(row) for row in rows]
