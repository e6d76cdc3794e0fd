"""Table `outbox`: what is to be sent, in order inside each lane, and what became of it."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from pydantic import Field, TypeAdapter

from bot.domain import (
    BeneficiaryId,
    ChatId,
    Destination,
    ExchangeId,
    MessageId,
    MessageRef,
    Priority,
)
from bot.outgoing import NOWHERE, Outgoing, SendCopy, SendText
from bot.store.database import Transaction, to_text

BODY: TypeAdapter[Outgoing] = TypeAdapter(Annotated[Outgoing, Field(discriminator="kind")])

COLUMNS = (
    "id, destination, priority, body, status, attempts, is_resend, is_forgotten, beneficiary_id,"
    " exchange_id, group_key, not_before, expires_at, created_at, sent_chat_id, sent_message_id"
)


@dataclass(frozen=True)
class OutboxRow:
    """One thing to send. `body` is None once it is sent or dropped."""

    id: int
    destination: Destination
    priority: Priority
    body: Outgoing | None
    status: str
    attempts: int
    is_resend: bool
    is_forgotten: bool
    beneficiary_id: BeneficiaryId | None
    exchange_id: ExchangeId | None
    group_key: str | None
    not_before: datetime
    expires_at: datetime | None
    created_at: datetime
    sent: MessageRef | None


@dataclass(frozen=True)
class Lane:
    """A destination with rows that wait: its oldest row, and its most urgent priority."""

    destination: Destination
    head_id: int
    urgency: Priority
    due_at: datetime


def _read(row: sqlite3.Row) -> OutboxRow:
    sent = None
    if row["sent_message_id"] is not None:
        sent = MessageRef(ChatId(row["sent_chat_id"]), MessageId(row["sent_message_id"]))
    return OutboxRow(
        id=row["id"],
        destination=Destination(row["destination"]),
        priority=Priority(row["priority"]),
        body=None if row["body"] is None else BODY.validate_json(row["body"]),
        status=row["status"],
        attempts=row["attempts"],
        is_resend=bool(row["is_resend"]),
        is_forgotten=bool(row["is_forgotten"]),
        beneficiary_id=row["beneficiary_id"],
        exchange_id=row["exchange_id"],
        group_key=row["group_key"],
        not_before=datetime.fromisoformat(row["not_before"]),
        expires_at=None
        if row["expires_at"] is None
        else datetime.fromisoformat(row["expires_at"]),
        created_at=datetime.fromisoformat(row["created_at"]),
        sent=sent,
    )


async def add(
    tx: Transaction,
    destination: Destination,
    body: Outgoing,
    priority: Priority,
    now: datetime,
    *,
    beneficiary_id: BeneficiaryId | None = None,
    exchange_id: ExchangeId | None = None,
    group_key: str | None = None,
    coalesce_key: str | None = None,
    delay: timedelta = timedelta(0),
    lifetime: timedelta | None = None,
    is_forgotten: bool = False,
) -> None:
    """Write what is to be sent; with a coalesce key, nothing when such a row waits already."""
    source = body.source if isinstance(body, SendCopy | SendText) else None
    if isinstance(body, SendCopy) and not body.is_followed:
        source = None
    await tx.execute(
        "INSERT INTO outbox (destination, priority, body, status, beneficiary_id, exchange_id,"
        " group_key, coalesce_key, source_key, not_before, expires_at, created_at, is_forgotten)"
        " VALUES (?, ?, ?, 'waiting', ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
        (
            destination,
            priority.value,
            BODY.dump_json(body).decode(),
            beneficiary_id,
            exchange_id,
            group_key,
            coalesce_key,
            None if source is None else _key(source),
            to_text(now + delay),
            None if lifetime is None else to_text(now + lifetime),
            to_text(now),
            is_forgotten,
        ),
    )


def _key(source: MessageRef) -> str:
    return f"{source.chat}:{source.message}"


async def list_lanes(tx: Transaction) -> list[Lane]:
    """Every lane that has rows waiting, with the id and due time of its head."""
    rows = await tx.all(
        "SELECT lane.destination, lane.head, lane.urgency, outbox.not_before FROM"
        " (SELECT destination, min(id) AS head, min(priority) AS urgency FROM outbox"
        "  WHERE status = 'waiting' AND destination <> ? GROUP BY destination) AS lane"
        " JOIN outbox ON outbox.id = lane.head",
        (NOWHERE,),
    )
    return [
        Lane(
            Destination(row["destination"]),
            row["head"],
            Priority(row["urgency"]),
            datetime.fromisoformat(row["not_before"]),
        )
        for row in rows
    ]


async def list_loose(tx: Transaction, limit: int) -> list[OutboxRow]:
    """The rows outside the lanes that wait, the most urgent first, then the oldest."""
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM outbox WHERE status = 'waiting' AND destination = 'loose'"
        " ORDER BY priority, id LIMIT ?",
        (limit,),
    )
    return [_read(row) for row in rows]


async def get(tx: Transaction, row_id: int) -> OutboxRow | None:
    """One row, or None."""
    row = await tx.one(f"SELECT {COLUMNS} FROM outbox WHERE id = ?", (row_id,))
    return None if row is None else _read(row)


async def get_copy_of(tx: Transaction, source: MessageRef) -> OutboxRow | None:
    """The newest row that copies that message, in whatever state, or None."""
    row = await tx.one(
        f"SELECT {COLUMNS} FROM outbox WHERE source_key = ? ORDER BY id DESC LIMIT 1",
        (_key(source),),
    )
    return None if row is None else _read(row)


async def list_group(tx: Transaction, group_key: str) -> list[OutboxRow]:
    """The rows of one album that wait, in order."""
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM outbox WHERE group_key = ? AND status = 'waiting' ORDER BY id",
        (group_key,),
    )
    return [_read(row) for row in rows]


async def list_left_of_group(tx: Transaction, group_key: str) -> list[MessageRef]:
    """The messages of an album whose copies have left, or may have, or may still be resent."""
    rows = await tx.all(
        "SELECT source_key FROM outbox WHERE group_key = ? AND source_key IS NOT NULL"
        " AND status IN ('sending', 'sent', 'unknown', 'failed') ORDER BY id",
        (group_key,),
    )
    keys = [row["source_key"].split(":") for row in rows]
    return [MessageRef(ChatId(int(chat)), MessageId(int(message))) for chat, message in keys]


async def list_resendable(tx: Transaction, group_key: str) -> list[OutboxRow]:
    """The rows of one album that failed or whose fate is unknown, in order."""
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM outbox WHERE group_key = ? AND status IN ('unknown', 'failed')"
        " ORDER BY id",
        (group_key,),
    )
    return [_read(row) for row in rows]


async def list_next(tx: Transaction, destination: Destination, limit: int) -> list[OutboxRow]:
    """The first rows of a lane that wait, in order."""
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM outbox WHERE destination = ? AND status = 'waiting'"
        " ORDER BY id LIMIT ?",
        (destination, limit),
    )
    return [_read(row) for row in rows]


async def list_sending(tx: Transaction) -> list[OutboxRow]:
    """Rows claimed and not answered for: in flight, or cut off by a crash."""
    rows = await tx.all(f"SELECT {COLUMNS} FROM outbox WHERE status = 'sending' ORDER BY id")
    return [_read(row) for row in rows]


async def set_body(tx: Transaction, row_id: int, body: Outgoing) -> None:
    """What is to be sent has changed before it left."""
    await tx.execute(
        "UPDATE outbox SET body = ? WHERE id = ?", (BODY.dump_json(body).decode(), row_id)
    )


async def set_group_due(tx: Transaction, group_key: str, due_at: datetime) -> None:
    """An album got one more item: all its items wait a little longer."""
    await tx.execute(
        "UPDATE outbox SET not_before = ? WHERE group_key = ? AND status = 'waiting'",
        (to_text(due_at), group_key),
    )


async def set_sending(tx: Transaction, row_id: int) -> None:
    """The row is claimed: the call follows, outside the lock."""
    await tx.execute(
        "UPDATE outbox SET status = 'sending', attempts = attempts + 1 WHERE id = ?", (row_id,)
    )


async def set_sent(
    tx: Transaction, row: OutboxRow, sent: MessageRef | None, now: datetime
) -> None:
    """The server has accepted it: its words leave this table."""
    if row.is_forgotten:
        await tx.execute("DELETE FROM outbox WHERE id = ?", (row.id,))
        tx.forgets = True  # her chat's number leaves the write-ahead log too
        return
    chat, message = (sent.chat, sent.message) if sent else (None, None)
    await tx.execute(
        "UPDATE outbox SET status = 'sent', body = NULL, sent_at = ?, sent_chat_id = ?,"
        " sent_message_id = ?, error = NULL WHERE id = ?",
        (to_text(now), chat, message, row.id),
    )


async def set_waiting(
    tx: Transaction, row_id: int, not_before: datetime, error: str | None, is_resend: bool
) -> None:
    """It goes again, not before that time; `is_resend` marks what may have arrived already."""
    await tx.execute(
        "UPDATE outbox SET status = 'waiting', not_before = ?, error = ?,"
        " is_resend = max(is_resend, ?) WHERE id = ?",
        (to_text(not_before), error, is_resend, row_id),
    )


async def set_unknown(tx: Transaction, row_id: int) -> None:
    """Nobody knows whether it arrived; the words stay until somebody decides."""
    await tx.execute("UPDATE outbox SET status = 'unknown' WHERE id = ?", (row_id,))


async def set_failed(tx: Transaction, row_id: int, error: str) -> None:
    """It cannot be sent; the words stay for « Renvoyer »."""
    await tx.execute(
        "UPDATE outbox SET status = 'failed', error = ? WHERE id = ?", (error, row_id)
    )


async def set_dropped(tx: Transaction, row_id: int) -> None:
    """It is not worth sending any more."""
    await tx.execute("UPDATE outbox SET status = 'dropped', body = NULL WHERE id = ?", (row_id,))


async def drop_coalesced(tx: Transaction, coalesce_key: str) -> bool:
    """What waits under that key is worth nothing any more; returns whether something did."""
    dropped = await tx.execute(
        "UPDATE outbox SET status = 'dropped', body = NULL"
        " WHERE coalesce_key = ? AND status = 'waiting'",
        (coalesce_key,),
    )
    return dropped > 0


async def drop_group(tx: Transaction, group_key: str) -> None:
    """No item of that album leaves."""
    await tx.execute(
        "UPDATE outbox SET status = 'dropped', body = NULL"
        " WHERE group_key = ? AND status = 'waiting'",
        (group_key,),
    )


async def drop_unknown_answers(tx: Transaction, beneficiary_id: BeneficiaryId) -> None:
    """She has written again: an answer of unknown fate needs no question any more.

    A caseworker's words (they copy a message) stay: a human decides whether they go again.
    """
    await tx.execute(
        "UPDATE outbox SET status = 'dropped', body = NULL WHERE destination = ? AND"
        " status = 'unknown' AND source_key IS NULL",
        (f"person:{beneficiary_id}",),
    )


async def hurry_waiting(tx: Transaction, destination_prefix: str, now: datetime) -> None:
    """What waits for those destinations may be tried at once: the obstacle is gone."""
    await tx.execute(
        "UPDATE outbox SET not_before = ? WHERE status = 'waiting' AND not_before > ?"
        " AND group_key IS NULL AND destination LIKE ?",
        (to_text(now), to_text(now), f"{destination_prefix}%"),
    )


async def delete_of_beneficiary(tx: Transaction, beneficiary_id: BeneficiaryId) -> None:
    """Nothing more is sent to her or about her."""
    await tx.execute("DELETE FROM outbox WHERE beneficiary_id = ?", (beneficiary_id,))


async def count(tx: Transaction, *statuses: str) -> int:
    """How many rows are in one of those states."""
    marks = ", ".join("?" for _ in statuses)
    return await tx.number(f"SELECT count(*) FROM outbox WHERE status IN ({marks})", statuses)


async def list_sent_since(tx: Transaction, since: datetime) -> list[tuple[ChatId, datetime]]:
    """Which chats were written to since that time: the limits start from it after a restart."""
    rows = await tx.all(
        "SELECT sent_chat_id, sent_at FROM outbox WHERE sent_at > ? AND sent_chat_id IS NOT NULL"
        " ORDER BY sent_at",
        (to_text(since),),
    )
    return [(ChatId(row["sent_chat_id"]), datetime.fromisoformat(row["sent_at"])) for row in rows]


async def purge(tx: Transaction, before: datetime) -> int:
    """Delete rows created before that time, but those that still wait; returns how many."""
    return await tx.execute(
        "DELETE FROM outbox WHERE status NOT IN ('waiting', 'sending') AND created_at < ?",
        (to_text(before),),
    )
