"""Tables `ticket` and `ticket_event`: the requests (« demandes ») and what happened to them."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from bot.domain import BeneficiaryId, MessageId, Reason, Ticket, TicketId, TicketStatus
from bot.store.database import Transaction, to_text, to_time

COLUMNS = (
    "id, beneficiary_id, status, reason, is_urgent, danger_category, opened_at, claimed_by,"
    " claimed_name, is_acknowledged, is_erased_on_close"
)


@dataclass(frozen=True)
class TicketEvent:
    """One thing that happened to a request; `words` only for a reply, masked."""

    ticket_id: TicketId
    kind: str
    at: datetime
    caseworker_name: str | None
    words: str | None


def _read(row: sqlite3.Row) -> Ticket:
    opened_at = to_time(row["opened_at"])
    assert opened_at is not None  # noqa: S101 - the column is NOT NULL
    return Ticket(
        id=TicketId(row["id"]),
        beneficiary_id=BeneficiaryId(row["beneficiary_id"]),
        status=TicketStatus(row["status"]),
        reason=Reason(row["reason"]),
        is_urgent=bool(row["is_urgent"]),
        danger_category=row["danger_category"],
        opened_at=opened_at,
        claimed_by=row["claimed_by"],
        claimed_name=row["claimed_name"],
        is_acknowledged=bool(row["is_acknowledged"]),
        is_erased_on_close=bool(row["is_erased_on_close"]),
    )


def _read_event(row: sqlite3.Row) -> TicketEvent:
    return TicketEvent(
        TicketId(row["ticket_id"]),
        row["kind"],
        datetime.fromisoformat(row["at"]),
        row["caseworker_name"],
        row["words"],
    )


async def get_open(tx: Transaction, beneficiary_id: BeneficiaryId) -> Ticket | None:
    """Her open request, or None: this is the whole answer to « is a human in charge? »."""
    row = await tx.one(
        f"SELECT {COLUMNS} FROM ticket WHERE beneficiary_id = ? AND status <> 'closed'",
        (beneficiary_id,),
    )
    return None if row is None else _read(row)


async def get_last(tx: Transaction, beneficiary_id: BeneficiaryId) -> Ticket | None:
    """Her newest request, open or ended, or None."""
    row = await tx.one(
        f"SELECT {COLUMNS} FROM ticket WHERE beneficiary_id = ? ORDER BY id DESC LIMIT 1",
        (beneficiary_id,),
    )
    return None if row is None else _read(row)


async def add(
    tx: Transaction,
    beneficiary_id: BeneficiaryId,
    reason: Reason,
    now: datetime,
    danger_category: str | None = None,
    is_urgent: bool = False,
) -> Ticket:
    """Open a request. The schema refuses a second open one for the same person."""
    row = await tx.one(
        "INSERT INTO ticket"
        " (beneficiary_id, status, reason, is_urgent, danger_category, opened_at)"
        f" VALUES (?, 'new', ?, ?, ?, ?) RETURNING {COLUMNS}",
        (beneficiary_id, reason.value, is_urgent, danger_category, to_text(now)),
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row
    return _read(row)


async def set_urgent(tx: Transaction, ticket_id: TicketId, danger_category: str) -> None:
    """Danger was recognised: the request goes to the top."""
    await tx.execute(
        "UPDATE ticket SET is_urgent = 1, danger_category = ? WHERE id = ?",
        (danger_category, ticket_id),
    )


async def claim(tx: Transaction, ticket_id: TicketId, user_id: int, first_name: str) -> bool:
    """Give the request to a caseworker if nobody has it; False when somebody does."""
    return bool(
        await tx.execute(
            "UPDATE ticket SET claimed_by = ?, claimed_name = ?, status = 'in_progress'"
            " WHERE id = ? AND claimed_by IS NULL AND status <> 'closed'",
            (user_id, first_name, ticket_id),
        )
    )


async def set_in_progress(tx: Transaction, ticket_id: TicketId) -> None:
    """A caseworker has replied: the request is no longer new."""
    await tx.execute("UPDATE ticket SET status = 'in_progress' WHERE id = ?", (ticket_id,))


async def set_acknowledged(tx: Transaction, ticket_id: TicketId, is_acknowledged: bool) -> None:
    """Whether she was told, since the last reply, that her messages arrive."""
    await tx.execute(
        "UPDATE ticket SET is_acknowledged = ? WHERE id = ?", (is_acknowledged, ticket_id)
    )


async def set_erased_on_close(tx: Transaction, ticket_id: TicketId) -> None:
    """She asked to be erased while the request was urgent: it happens when it ends."""
    await tx.execute("UPDATE ticket SET is_erased_on_close = 1 WHERE id = ?", (ticket_id,))


async def close(tx: Transaction, ticket_id: TicketId, now: datetime) -> None:
    """End a request."""
    await tx.execute(
        "UPDATE ticket SET status = 'closed', closed_at = ? WHERE id = ?",
        (to_text(now), ticket_id),
    )


async def reopen(tx: Transaction, ticket_id: TicketId) -> None:
    """An ended request starts again, with whoever had it."""
    await tx.execute(
        "UPDATE ticket SET closed_at = NULL, is_acknowledged = 0,"
        " status = CASE WHEN claimed_by IS NULL THEN 'new' ELSE 'in_progress' END WHERE id = ?",
        (ticket_id,),
    )


async def add_event(
    tx: Transaction,
    ticket_id: TicketId,
    kind: str,
    now: datetime,
    caseworker: tuple[int, str] | None = None,
    words: str | None = None,
    message: MessageId | None = None,
) -> None:
    """Write one event: opened, urgent, claimed, note, reply, closed, reopened…

    `message`: where a caseworker wrote a reply, in the team's group.
    """
    user_id, name = caseworker or (None, None)
    await tx.execute(
        "INSERT INTO ticket_event (ticket_id, kind, at, caseworker_id, caseworker_name, words,"
        " message_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (ticket_id, kind, to_text(now), user_id, name, words, message),
    )


async def get_reply(
    tx: Transaction, beneficiary_id: BeneficiaryId, message: MessageId
) -> TicketEvent | None:
    """What a caseworker wrote to her in that message of the group, or None."""
    row = await tx.one(
        "SELECT ticket_event.ticket_id, kind, at, caseworker_name, words FROM ticket_event"
        " JOIN ticket ON ticket.id = ticket_event.ticket_id"
        " WHERE beneficiary_id = ? AND kind = 'reply' AND message_id = ?",
        (beneficiary_id, message),
    )
    return None if row is None else _read_event(row)


async def set_reply_words(
    tx: Transaction, beneficiary_id: BeneficiaryId, message: MessageId, words: str | None
) -> None:
    """A caseworker has corrected that message; None: she took it back, it is no reply any more."""
    hers = "kind = 'reply' AND message_id = ? AND ticket_id IN (SELECT id FROM ticket WHERE"
    hers += " beneficiary_id = ?)"
    if words is None:
        await tx.execute(
            f"UPDATE ticket_event SET message_id = NULL WHERE {hers}", (message, beneficiary_id)
        )
    else:
        await tx.execute(
            f"UPDATE ticket_event SET words = ? WHERE {hers}", (words, message, beneficiary_id)
        )


async def get_last_reply(tx: Transaction, ticket_id: TicketId) -> TicketEvent | None:
    """The last thing the team told her in that request, or None."""
    row = await tx.one(
        "SELECT ticket_id, kind, at, caseworker_name, words FROM ticket_event"
        " WHERE ticket_id = ? AND kind = 'reply' ORDER BY id DESC LIMIT 1",
        (ticket_id,),
    )
    return None if row is None else _read_event(row)


async def has_event(tx: Transaction, ticket_id: TicketId, kind: str) -> bool:
    """Whether that has happened to the request."""
    found = "SELECT count(*) FROM ticket_event WHERE ticket_id = ? AND kind = ?"
    return bool(await tx.number(found, (ticket_id, kind)))


async def list_events(tx: Transaction, beneficiary_id: BeneficiaryId) -> list[TicketEvent]:
    """All that happened to her requests, oldest first."""
    rows = await tx.all(
        "SELECT ticket_id, kind, at, caseworker_name, words FROM ticket_event WHERE ticket_id IN"
        " (SELECT id FROM ticket WHERE beneficiary_id = ?) AND kind <> 'offered' ORDER BY id",
        (beneficiary_id,),
    )
    return [_read_event(row) for row in rows]


async def purge(tx: Transaction, before: datetime) -> int:
    """Delete requests ended before that time, with their events; returns how many."""
    return await tx.execute(
        "DELETE FROM ticket WHERE status = 'closed' AND closed_at < ?", (to_text(before),)
    )
