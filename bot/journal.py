"""Reading the log beside the running bot: the export of exchanges as CSV, and counts."""

import csv
import hashlib
import hmac
from pathlib import Path
from typing import TextIO

from bot.store import readonly

HEADER = (
    "date",
    "personne",
    "question",
    "devenir",
    "fiche",
    "score",
    "version_faq",
    "avis",
    "demande",
)


def export(database: Path, output: TextIO) -> int:
    """Write every exchange as CSV, oldest first; returns how many.

    Persons are named by a pseudonym that only this database can compute, never by a Telegram id.
    Raises bot.store.DatabaseError when the file is missing or unreadable.
    """
    writer = csv.writer(output)
    writer.writerow(HEADER)
    count = 0
    with readonly.open_database(database) as connection:
        salt = readonly.get_salt(connection)
        cries: set[tuple[object, object]] = set()
        for row in readonly.iterate_exchanges(connection):
            said = (row["beneficiary_id"], row["question"])
            if row["outcome"].startswith("danger:"):
                cries.add(said)
            # « J'ai une question » asks the FAQ the very words that were a danger.
            writer.writerow(_line(row, salt, "" if said in cries else row["question"]))
            count += 1
    return count


def _line(row: readonly.Row, salt: bytes, question: str) -> tuple[object, ...]:
    """`question`: empty for words of danger, which are for the team and not for figures."""
    person = hmac.new(salt, str(row["beneficiary_id"]).encode(), hashlib.sha256).hexdigest()[:12]
    return (
        row["at"],
        person,
        _harmless(question),
        row["outcome"],
        row["entry_id"] or "",
        "" if row["score"] is None else f"{row['score']:.3f}",
        row["faq_version"] or "",
        row["feedback"] or "",
        row["ticket_id"] or "",
    )


def _harmless(text: str) -> str:
    """A cell that a spreadsheet will not run as a formula."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text
