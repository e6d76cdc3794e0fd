"""Writes approved drafts into the FAQ files, one at a time, outside any transaction.

Killed between the file and the database, it writes again at the next start: the writer knows a
change that is there already.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from typing import Protocol

from bot.domain import Draft
from bot.helpdesk.context import Helpdesk
from bot.helpdesk.teaching import drafts
from bot.store import DatabaseError, Store, Transaction
from bot.store import draft as table
from faq.changes import Change
from faq.disk import FAILED
from faq.writing import Outcome, Refused

LONGEST_SLEEP = 30.0  # seconds between two looks when nobody approves anything

logger = logging.getLogger(__name__)


class Writer(Protocol):
    """What writes a change into the files; blocking, and it never raises."""

    def why_not(self) -> str | None:
        """The French sentence that says why nothing can be written here; None when it can."""

    def write(self, change: Change, by: str) -> Outcome:
        """Write it, as approved by that first name."""


class Publisher:
    """The loop between « Valider » and the file."""

    def __init__(
        self,
        store: Store,
        writer: Writer,
        open_helpdesk: Callable[[Transaction], Helpdesk],
        on_written: Callable[[], None],
    ) -> None:
        """`on_written` is called after each result: something waits in the outbox."""
        self._store = store
        self._writer = writer
        self._open_helpdesk = open_helpdesk
        self._on_written = on_written
        self._news = asyncio.Event()
        self._is_stopping = False

    def wake(self) -> None:
        """A draft may have been approved."""
        self._news.set()

    def stop(self) -> None:
        """End after the draft in hand."""
        self._is_stopping = True
        self._news.set()

    async def run(self) -> None:
        """Write what is approved, until `stop`."""
        while not self._is_stopping:
            self._news.clear()
            try:
                while not self._is_stopping and (draft := await self._next()) is not None:
                    await self._write(draft)
            except DatabaseError:
                logger.exception("the database refuses; the drafts wait")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), LONGEST_SLEEP)

    async def _next(self) -> Draft | None:
        async with self._store.transaction() as tx:
            return await table.get_approved(tx)

    async def _write(self, draft: Draft) -> None:
        assert draft.change is not None  # noqa: S101 - an approved draft has its change
        by = draft.approved_name or draft.worded_name
        try:
            outcome = await asyncio.to_thread(self._writer.write, draft.change, by)
        except Exception as error:  # a mistake of ours must not end the robot, start after start
            logger.error("a draft was not written: %s", type(error).__name__)  # noqa: TRY400
            outcome = Refused((FAILED,))
        async with self._store.transaction() as tx:
            await drafts.on_outcome(self._open_helpdesk(tx), draft, outcome)
        self._on_written()
