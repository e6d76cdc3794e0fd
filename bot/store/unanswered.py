"""Table `unanswered`: alike questions that no entry answered, counted by their exchanges.

A question has no words of its own here: they are those of its exchanges, so that what is erased or
purged there is gone here as well.
"""

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from bot.domain import BeneficiaryId, ExchangeId, TicketId, UnansweredId
from bot.store.database import Transaction, to_text

Status = Literal["open", "drafted", "settled", "ignored"]

COLUMNS = (
    "unanswered.id, unanswered.status, unanswered.chosen_entry_id,"
    " count(DISTINCT exchange.beneficiary_id) AS people, count(*) AS times,"
    " max(exchange.at) AS last_at,"
    " (SELECT first.question FROM exchange AS first WHERE first.unanswered_id = unanswered.id"
    "  ORDER BY first.id LIMIT 1) AS words,"
    " (SELECT first.beneficiary_id FROM exchange AS first WHERE first.unanswered_id ="
    "  unanswered.id ORDER BY first.id LIMIT 1) AS first_asker"
)
SEVERAL = "(unanswered.chosen_entry_id IS NULL OR count(DISTINCT exchange.beneficiary_id) > 1)"
FIRST = (10**9, 0, 0)  # before every question: people, times, number of the one before
JOINED = "unanswered JOIN exchange ON exchange.unanswered_id = unanswered.id"


@dataclass(frozen=True)
class Unanswered:
    """As the team reads it: the words of who asked first (masked), and how often it came."""

    id: UnansweredId
    status: Status
    words: str
    people: int
    times: int
    last_at: datetime
    first_asker: BeneficiaryId
    chosen_entry: str | None  # the entry that they chose for it among several, if it is that kind


def _read(row: sqlite3.Row) -> Unanswered:
    return Unanswered(
        UnansweredId(row["id"]),
        row["status"],
        row["words"],
        row["people"],
        row["times"],
        datetime.fromisoformat(row["last_at"]),
        BeneficiaryId(row["first_asker"]),
        row["chosen_entry_id"],
    )


async def add(tx: Transaction, now: datetime, chosen_entry: str | None = None) -> UnansweredId:
    """A question that is like none before."""
    return UnansweredId(
        await tx.number(
            "INSERT INTO unanswered (status, chosen_entry_id, opened_at) VALUES ('open', ?, ?)"
            " RETURNING id",
            (chosen_entry, to_text(now)),
        )
    )


async def attach(tx: Transaction, exchange_id: ExchangeId, unanswered_id: UnansweredId) -> None:
    """That exchange asked it."""
    await tx.execute(
        "UPDATE exchange SET unanswered_id = ? WHERE id = ?", (unanswered_id, exchange_id)
    )


async def detach(tx: Transaction, exchange_id: ExchangeId) -> None:
    """That exchange found its answer."""
    await tx.execute("UPDATE exchange SET unanswered_id = NULL WHERE id = ?", (exchange_id,))


async def has_of_ticket(tx: Transaction, ticket_id: TicketId) -> bool:
    """Whether a request brings such a question already."""
    return bool(
        await tx.number(
            "SELECT count(*) FROM exchange WHERE ticket_id = ? AND unanswered_id IS NOT NULL",
            (ticket_id,),
        )
    )


async def get(tx: Transaction, unanswered_id: UnansweredId) -> Unanswered | None:
    """One question that somebody still asks, or None."""
    row = await tx.one(
        f"SELECT {COLUMNS} FROM {JOINED} WHERE unanswered.id = ? GROUP BY unanswered.id",
        (unanswered_id,),
    )
    return None if row is None else _read(row)


async def get_open_of_exchange(tx: Transaction, exchange_id: ExchangeId) -> UnansweredId | None:
    """The question that an exchange asks, while it waits for somebody to settle it; or None."""
    row = await tx.one(
        "SELECT unanswered.id FROM unanswered JOIN exchange"
        " ON exchange.unanswered_id = unanswered.id"
        " WHERE exchange.id = ? AND unanswered.status = 'open'",
        (exchange_id,),
    )
    return None if row is None else UnansweredId(row["id"])


async def list_known(tx: Transaction, limit: int) -> list[Unanswered]:
    """The newest questions that are not settled, the ignored ones too."""
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM {JOINED} WHERE unanswered.status <> 'settled'"
        " GROUP BY unanswered.id ORDER BY unanswered.id DESC LIMIT ?",
        (limit,),
    )
    return [_read(row) for row in rows]


async def list_open(
    tx: Transaction, limit: int, after: tuple[int, int, int] = FIRST
) -> list[Unanswered]:
    """The questions to settle: those of most people first, then the newest.

    `after`: people, times and number of the last one of the page before. What one person alone
    chose an entry for is no question yet.
    """
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM {JOINED} WHERE unanswered.status = 'open' GROUP BY unanswered.id"
        f" HAVING {SEVERAL} AND (count(DISTINCT exchange.beneficiary_id), count(*), unanswered.id)"
        " < (?, ?, ?) ORDER BY people DESC, times DESC, unanswered.id DESC LIMIT ?",
        (*after, limit),
    )
    return [_read(row) for row in rows]


async def set_status(tx: Transaction, unanswered_id: UnansweredId, status: Status) -> None:
    """What became of it."""
    await tx.execute("UPDATE unanswered SET status = ? WHERE id = ?", (status, unanswered_id))


async def reopen_undrafted(tx: Transaction) -> None:
    """Questions whose draft left with somebody's words are to be settled again."""
    await tx.execute(
        "UPDATE unanswered SET status = 'open' WHERE status = 'drafted' AND id NOT IN"
        " (SELECT unanswered_id FROM draft WHERE unanswered_id IS NOT NULL"
        " AND status IN ('waiting', 'approved'))"
    )


async def purge(tx: Transaction) -> int:
    """Forget the questions that no exchange asks any more; returns how many."""
    return await tx.execute(
        "DELETE FROM unanswered WHERE id NOT IN"
        " (SELECT unanswered_id FROM exchange WHERE unanswered_id IS NOT NULL)"
    )
