"""Table `draft`: changes of the FAQ that wait for a second caseworker, then to be written."""

import sqlite3
from datetime import datetime

from pydantic import TypeAdapter

from bot.domain import BeneficiaryId, Draft, DraftId, DraftStatus, UnansweredId
from bot.store.database import Transaction, to_text
from faq.changes import Change, NewEntry, NewPhrasing, NewVoice, Redraft

KINDS: dict[str, type[Change]] = {
    "entry": NewEntry,
    "phrasing": NewPhrasing,
    "voice": NewVoice,
    "wording": Redraft,
}
NAMES = {kind: name for name, kind in KINDS.items()}
COLUMNS = (
    "id, revision, status, kind, change, beneficiary_id, unanswered_id, worded_by, worded_name,"
    " approved_name"
)


def _write(change: Change) -> str:
    return TypeAdapter(type(change)).dump_json(change).decode()


def _read(row: sqlite3.Row) -> Draft:
    words = row["change"]
    return Draft(
        id=DraftId(row["id"]),
        revision=row["revision"],
        status=DraftStatus(row["status"]),
        change=None if words is None else TypeAdapter(KINDS[row["kind"]]).validate_json(words),
        beneficiary_id=row["beneficiary_id"],
        unanswered_id=row["unanswered_id"],
        worded_by=row["worded_by"],
        worded_name=row["worded_name"],
        approved_name=row["approved_name"],
    )


async def add(
    tx: Transaction,
    change: Change,
    by: tuple[int, str],
    now: datetime,
    *,
    beneficiary_id: BeneficiaryId | None = None,
    unanswered_id: UnansweredId | None = None,
) -> Draft:
    """A change that somebody proposes. `by`: her number at Telegram and her first name."""
    row = await tx.one(
        "INSERT INTO draft (status, kind, change, beneficiary_id, unanswered_id, worded_by,"
        f" worded_name, created_at) VALUES ('waiting', ?, ?, ?, ?, ?, ?, ?) RETURNING {COLUMNS}",
        (NAMES[type(change)], _write(change), beneficiary_id, unanswered_id, *by, to_text(now)),
    )
    assert row is not None  # noqa: S101 - RETURNING gives the row
    return _read(row)


async def get(tx: Transaction, draft_id: DraftId) -> Draft | None:
    """One draft, or None."""
    row = await tx.one(f"SELECT {COLUMNS} FROM draft WHERE id = ?", (draft_id,))
    return None if row is None else _read(row)


async def list_waiting(tx: Transaction) -> list[Draft]:
    """The drafts that nobody has approved yet, oldest first."""
    rows = await tx.all(f"SELECT {COLUMNS} FROM draft WHERE status = 'waiting' ORDER BY id")
    return [_read(row) for row in rows]


async def get_approved(tx: Transaction) -> Draft | None:
    """The oldest draft that is approved and not written, or None."""
    row = await tx.one(
        f"SELECT {COLUMNS} FROM draft WHERE status = 'approved' ORDER BY id LIMIT 1"
    )
    return None if row is None else _read(row)


async def reword(
    tx: Transaction, draft_id: DraftId, change: Change, by: tuple[int, str]
) -> Draft | None:
    """Another wording, by somebody; the buttons of the one before do nothing any more."""
    row = await tx.one(
        "UPDATE draft SET change = ?, worded_by = ?, worded_name = ?, revision = revision + 1"
        f" WHERE id = ? AND status = 'waiting' RETURNING {COLUMNS}",
        (_write(change), *by, draft_id),
    )
    return None if row is None else _read(row)


async def approve(tx: Transaction, draft_id: DraftId, name: str, change: Change) -> None:
    """It may be written, as `change` says."""
    await tx.execute(
        "UPDATE draft SET status = 'approved', approved_name = ?, change = ? WHERE id = ?",
        (name, _write(change), draft_id),
    )


async def send_back(tx: Transaction, draft_id: DraftId) -> Draft | None:
    """It could not be written: it waits again, under new buttons."""
    row = await tx.one(
        "UPDATE draft SET status = 'waiting', approved_name = NULL, revision = revision + 1"
        f" WHERE id = ? RETURNING {COLUMNS}",
        (draft_id,),
    )
    return None if row is None else _read(row)


async def end(tx: Transaction, draft_id: DraftId, status: DraftStatus) -> None:
    """Written or refused: its words leave this table."""
    await tx.execute(
        "UPDATE draft SET status = ?, change = NULL WHERE id = ?", (status.value, draft_id)
    )


async def purge(tx: Transaction, before: datetime) -> int:
    """Forget drafts made before that time, whatever became of them; returns how many."""
    return await tx.execute("DELETE FROM draft WHERE created_at < ?", (to_text(before),))
