"""After a reload, the promises that the entries no longer keep are told in General.

It takes seconds, so it comes after the new files serve: docs/decisions, page 28.
"""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable
from itertools import islice

from bot.domain import Priority, Words, join_words
from bot.helpdesk.context import Helpdesk
from bot.outgoing import GENERAL, SendText
from bot.store import DatabaseError, Store, Transaction, outbox
from bot.texts import fill
from faq.catalogue import Faq
from faq.findings import Finding
from faq.trials import broken_trials

MOST_TOLD = 5  # sentences of a message; the others are counted
KEY = "faq_trials"  # one waiting row at most

logger = logging.getLogger(__name__)

Promise = tuple[str | None, str]  # entry and sentence: the line moves when a file is edited


class FaqTrials:
    """The loop that looks at each new FAQ, the newest only."""

    def __init__(
        self,
        store: Store,
        first: Faq,
        open_helpdesk: Callable[[Transaction], Helpdesk],
        on_told: Callable[[], None],
    ) -> None:
        """`first`: the FAQ at the start, whose broken promises are old news."""
        self._store = store
        self._told_of = first
        self._newest = first
        self._known: frozenset[Promise] | None = None
        self._open_helpdesk = open_helpdesk
        self._on_told = on_told
        self._news = asyncio.Event()
        self._is_stopping = False

    def look_at(self, faq: Faq) -> None:
        """The files have changed."""
        self._newest = faq
        self._news.set()

    def stop(self) -> None:
        """End before the next entry."""
        self._is_stopping = True
        self._news.set()

    async def run(self) -> None:
        """Look at each new FAQ, until `stop`."""
        while True:
            await self._news.wait()
            self._news.clear()
            if self._is_stopping:
                return
            if self._newest is not self._told_of:
                try:
                    await self._look(self._newest)
                except Exception:  # news of the FAQ must not end the robot
                    logger.exception("trying the FAQ failed")

    async def _look(self, faq: Faq) -> None:
        if self._known is None:
            known = await self._try(self._told_of, lambda: not self._is_stopping)
            self._known = None if self._is_stopping else _promises(known)
        found = await self._try(faq, lambda: self._is_wanted(faq))
        if not self._is_wanted(faq) or self._known is None:
            return  # changed again meanwhile: that one is looked at next
        new = [one for one in found if (one.entry, one.sentence) not in self._known]
        self._known, self._told_of = _promises(found), faq
        if new:
            with contextlib.suppress(DatabaseError):
                await self._tell(new)

    def _is_wanted(self, faq: Faq) -> bool:
        return faq is self._newest and not self._is_stopping

    async def _try(self, faq: Faq, is_wanted: Callable[[], bool]) -> list[Finding]:
        return await asyncio.to_thread(broken_trials, faq, is_wanted=is_wanted)

    async def _tell(self, new: list[Finding]) -> None:
        async with self._store.transaction() as tx:
            desk = self._open_helpdesk(tx)
            await outbox.drop_coalesced(tx, KEY)
            body = SendText(word_trials(desk, new))
            await outbox.add(tx, GENERAL, body, Priority.OTHER, desk.now, coalesce_key=KEY)
        self._on_told()


def word_trials(desk: Helpdesk, new: list[Finding]) -> Words:
    """What no longer finds its entry, and what to do."""
    texts = desk.texts.team.faq
    lines = [fill(texts.trials), *(Words(f"– {one}") for one in islice(new, MOST_TOLD))]
    rest = len(new) - MOST_TOLD
    if rest > 0:
        lines.append(Words(texts.one_more if rest == 1 else texts.more.format(count=rest)))
    return join_words(lines)


def _promises(found: Iterable[Finding]) -> frozenset[Promise]:
    return frozenset((one.entry, one.sentence) for one in found)
