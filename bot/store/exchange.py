"""Table `exchange`: the journal, one line per question and what became of it."""

import sqlite3
from datetime import datetime

from bot.domain import BeneficiaryId, Exchange, ExchangeId, TicketId
from bot.store.database import Transaction, to_text

COLUMNS = (
    "id, beneficiary_id, at, question, outcome, entry_id, score, proposals, refused, feedback,"
    " ticket_id"
)


def _split(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(",")))


def _read(row: sqlite3.Row) -> Exchange:
    return Exchange(
        id=ExchangeId(row["id"]),
        beneficiary_id=BeneficiaryId(row["beneficiary_id"]),
        at=datetime.fromisoformat(row["at"]),
        question=row["question"],
        outcome=row["outcome"],
        entry_id=row["entry_id"],
        score=row["score"],
        proposals=_split(row["proposals"]),
        refused=_split(row["refused"]),
        feedback=row["feedback"],
        ticket_id=row["ticket_id"],
    )


async def add(
    tx: Transaction,
    beneficiary_id: BeneficiaryId,
    question: str,
    outcome: str,
    now: datetime,
    *,
    entry_id: str | None = None,
    score: float | None = None,
    faq_version: str | None = None,
    proposals: tuple[str, ...] = (),
    refused: tuple[str, ...] = (),
    ticket_id: TicketId | None = None,
) -> ExchangeId:
    """Write one exchange (the question already masked); returns its number."""
    return ExchangeId(
        await tx.number(
            "INSERT INTO exchange (beneficiary_id, at, question, outcome, entry_id, score,"
            " faq_version, proposals, refused, ticket_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id",
            (
                beneficiary_id,
                to_text(now),
                question,
                outcome,
                entry_id,
                score,
                faq_version,
                ",".join(proposals),
                ",".join(refused),
                ticket_id,
            ),
        )
    )


async def get(
    tx: Transaction, beneficiary_id: BeneficiaryId, exchange_id: ExchangeId
) -> Exchange | None:
    """One of her exchanges, or None: a forged number never shows somebody else's words."""
    row = await tx.one(
        f"SELECT {COLUMNS} FROM exchange WHERE id = ? AND beneficiary_id = ?",
        (exchange_id, beneficiary_id),
    )
    return None if row is None else _read(row)


async def set_feedback(tx: Transaction, exchange_id: ExchangeId, feedback: str) -> None:
    """What she said of the answer: oui, non, aucune, choisi:<entry>."""
    await tx.execute("UPDATE exchange SET feedback = ? WHERE id = ?", (feedback, exchange_id))


async def set_proposals(
    tx: Transaction, exchange_id: ExchangeId, proposals: tuple[str, ...], refused: tuple[str, ...]
) -> None:
    """What was shown next for the same question, and what she has refused so far."""
    await tx.execute(
        "UPDATE exchange SET proposals = ?, refused = ? WHERE id = ?",
        (",".join(proposals), ",".join(refused), exchange_id),
    )


async def set_ticket(tx: Transaction, exchange_ids: list[ExchangeId], ticket_id: TicketId) -> None:
    """These exchanges belong to that request."""
    for exchange_id in exchange_ids:
        await tx.execute(
            "UPDATE exchange SET ticket_id = ? WHERE id = ?", (ticket_id, exchange_id)
        )


async def list_without_ticket(tx: Transaction, beneficiary_id: BeneficiaryId) -> list[Exchange]:
    """What she wrote since her last request, oldest first: the material of a card."""
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM exchange WHERE beneficiary_id = ? AND ticket_id IS NULL"
        " ORDER BY id",
        (beneficiary_id,),
    )
    return [_read(row) for row in rows]


async def list_of_ticket(tx: Transaction, ticket_id: TicketId) -> list[Exchange]:
    """The exchanges of a request, oldest first."""
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM exchange WHERE ticket_id = ? ORDER BY id",
        (ticket_id,),
    )
    return [_read(row) for row in rows]


async def list_of_beneficiary(tx: Transaction, beneficiary_id: BeneficiaryId) -> list[Exchange]:
    """All her exchanges, oldest first."""
    rows = await tx.all(
        f"SELECT {COLUMNS} FROM exchange WHERE beneficiary_id = ? ORDER BY id",
        (beneficiary_id,),
    )
    return [_read(row) for row in rows]


async def purge(tx: Transaction, before: datetime) -> int:
    """Delete exchanges before that time that belong to no request; returns how many.

    Those of a request live as long as it: purge the requests first.
    """
    return await tx.execute(
        "DELETE FROM exchange WHERE ticket_id IS NULL AND at < ?", (to_text(before),)
    )
