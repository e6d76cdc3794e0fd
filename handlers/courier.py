"""The courier: chooses what goes next, sends it outside the lock, and writes the result."""

import asyncio
import contextlib
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from telegram.error import TelegramError

from bot.domain import BeneficiaryId, ChatId, Destination, StaffGroup
from bot.helpdesk.context import Helpdesk
from bot.outgoing import (
    FAQ,
    GENERAL,
    AnswerPress,
    DeleteTopic,
    InspectGroup,
    LeaveChat,
    Receipt,
    RefreshCard,
    RefreshTitle,
    VerifyMember,
)
from bot.store import DatabaseError, Store, Transaction, outbox
from bot.store import beneficiary as people
from bot.store.outbox import OutboxRow
from handlers import failures, outcomes
from handlers.failures import Failure, Fate
from handlers.intake import WRONG_TOKEN, FatalError
from handlers.limits import Limits
from handlers.planning import Job, Step, is_alert, plan_lane, plan_refresh
from handlers.sending import Sending, Sent

logger = logging.getLogger(__name__)

MOST_IN_FLIGHT = 10  # httpx slows down beyond
MOST_LOOSE = 50  # rows outside the lanes looked at in one round
PAUSE_AFTER_REFUSAL = 5.0  # seconds before trying again when the database refuses to write
LONGEST_SLEEP = 30.0  # seconds between two rounds when nothing happens
UNREACHABLE_PAUSE = 30.0  # seconds that a group which cannot be written to is left alone
GROUP_WINDOW = timedelta(seconds=60)
ANSWER_PLACE = ChatId(0)  # answers to presses belong to no chat and to no limit


@dataclass
class _Round:
    """One round of claiming: what to start, and how long until something else is due."""

    jobs: list[Job]
    wait: float = LONGEST_SLEEP

    def note(self, seconds: float) -> None:
        self.wait = min(self.wait, max(seconds, 0.001))


class Courier:
    """One FIFO lane per destination, at most one call in flight in each."""

    def __init__(
        self,
        store: Store,
        sending: Sending,
        limits: Limits,
        open_helpdesk: Callable[[Transaction], Helpdesk],
    ) -> None:
        """`sending` and `limits` are the courier's alone."""
        self._store = store
        self._sending = sending
        self._limits = limits
        self._open_helpdesk = open_helpdesk
        self._news = asyncio.Event()
        self._in_flight: dict[str, asyncio.Task[None]] = {}
        self._chats: dict[Destination, ChatId] = {}
        self._fatal: FatalError | None = None
        self._is_stopping = False

    def wake(self) -> None:
        """Something may be waiting in the outbox."""
        self._news.set()

    async def run(self) -> None:
        """Send what waits, until `stop`; raises FatalError when the token is refused."""
        await self._recover()
        while not self._is_stopping:
            self._news.clear()
            try:
                found = await self._claim()
            except DatabaseError:
                logger.exception("the database refuses; the outbox waits")
                await asyncio.sleep(PAUSE_AFTER_REFUSAL)
                continue
            for job in found.jobs:
                self._start(job)
            if self._fatal is not None:
                raise self._fatal
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), found.wait)
        while self._in_flight:
            # Nothing is left unknown: what has left is waited for, and its result written.
            await asyncio.wait(self._in_flight.values())

    def stop(self) -> None:
        """Claim nothing more, and end when what is in flight has ended."""
        self._is_stopping = True
        self._news.set()

    async def _recover(self) -> None:
        """After a crash: what was in flight is of unknown fate, and the limits go on."""
        async with self._store.transaction() as tx:
            desk = self._open_helpdesk(tx)
            for row in await outbox.list_sending(tx):
                await outcomes.write_interrupted(desk, row)
            for chat, sent_at in await outbox.list_sent_since(tx, desk.now - GROUP_WINDOW):
                if chat < 0:
                    self._limits.note_earlier(chat, (desk.now - sent_at).total_seconds())

    async def _claim(self) -> _Round:
        """Choose, in one transaction, every call that may start now."""
        found = _Round([])
        async with self._store.transaction() as tx:
            desk = self._open_helpdesk(tx)
            group = await desk.get_group()
            lanes = await outbox.list_lanes(tx)
            for lane in sorted(lanes, key=lambda lane: (lane.urgency, lane.head_id)):
                if self._is_full(found) or lane.destination in self._in_flight:
                    continue
                due = (lane.due_at - desk.now).total_seconds()
                if due > 0:
                    found.note(due)
                    continue
                urgent = is_alert(lane.destination, lane.urgency)
                await self._claim_lane(desk, lane.destination, group, found, urgent=urgent)
            await self._claim_loose(desk, group, found)
        return found

    def _is_full(self, found: _Round) -> bool:
        return len(self._in_flight) + len(found.jobs) >= MOST_IN_FLIGHT

    async def _claim_lane(
        self,
        desk: Helpdesk,
        destination: Destination,
        group: StaffGroup | None,
        found: _Round,
        *,
        urgent: bool,
    ) -> None:
        chat = await self._find_chat(desk, destination, group)
        if chat is None:
            return
        wait = self._limits.wait(chat, is_alert=urgent)
        if wait > 0:
            found.note(wait)
            return
        job = await plan_lane(desk, destination, chat, group)
        if job is None:
            found.note(0)  # the head is settled without a call: look at what follows it
            return
        await self._take(desk, job, found)

    async def _take(self, desk: Helpdesk, job: Job, found: _Round) -> None:
        if job.step is Step.SEND:
            for row in job.rows:
                await outbox.set_sending(desk.tx, row.id)
        if job.chat != ANSWER_PLACE:
            is_album = job.head.group_key is not None  # Telegram counts each of its items
            for _ in job.rows if is_album else (job.head,):
                self._limits.take(job.chat)
        found.jobs.append(job)

    async def _find_chat(
        self, desk: Helpdesk, destination: Destination, group: StaffGroup | None
    ) -> ChatId | None:
        """The chat of a lane, for the limits; None while it has none (no group yet)."""
        kind, _, number = destination.partition(":")
        if destination in (GENERAL, FAQ) or kind == "desk":
            return group.chat_id if group is not None else None
        if kind == "chat":
            return ChatId(int(number))
        if destination not in self._chats:
            person = await people.get(desk.tx, BeneficiaryId(int(number)))
            if person is None:
                return None
            self._chats[destination] = person.chat_id
        return self._chats[destination]

    async def _claim_loose(self, desk: Helpdesk, group: StaffGroup | None, found: _Round) -> None:
        """What stands outside the lanes takes what the limits leave; stale rows are dropped."""
        for row in await outbox.list_loose(desk.tx, MOST_LOOSE):
            if self._key(row) in self._in_flight:
                continue
            if row.expires_at is not None and row.expires_at < desk.now:
                await outbox.set_dropped(desk.tx, row.id)
                continue
            if self._is_full(found):
                return
            due = (row.not_before - desk.now).total_seconds()
            if due > 0:
                found.note(due)
                continue
            await self._claim_loose_row(desk, row, group, found)

    async def _claim_loose_row(
        self, desk: Helpdesk, row: OutboxRow, group: StaffGroup | None, found: _Round
    ) -> None:
        chat = _chat_of(row, group)
        is_free = not chat or isinstance(row.body, InspectGroup)  # or nobody sees that it is back
        wait = 0.0 if is_free or chat is None else self._limits.wait(chat, is_loose=True)
        if wait > 0:
            found.note(wait)
            return
        job: Job | None = None
        if isinstance(row.body, RefreshCard | RefreshTitle):
            job = await plan_refresh(desk, row, group)
        elif chat is not None:
            job = Job(row.destination, (row,), chat, beneficiary_id=row.beneficiary_id)
        if job is None:
            await outbox.set_dropped(desk.tx, row.id)
        else:
            await self._take(desk, job, found)

    def _key(self, row: OutboxRow) -> str:
        return f"row:{row.id}"

    def _start(self, job: Job) -> None:
        is_loose = job.destination == "loose"
        key = self._key(job.head) if is_loose else str(job.destination)
        task = asyncio.create_task(self._deliver(job))
        self._in_flight[key] = task
        task.add_done_callback(lambda _: self._end(key))

    def _end(self, key: str) -> None:
        self._in_flight.pop(key, None)
        self.wake()

    async def _deliver(self, job: Job) -> None:
        """The call, outside the lock; then its result, in one transaction."""
        try:
            result: Sent | Failure = await self._sending.perform(job)
        except TelegramError as error:
            result = failures.classify(error)
        except Exception as error:
            result = Failure(Fate.REFUSED, type(error).__name__)
        if isinstance(result, Failure):
            level = logging.DEBUG if result.fate is Fate.DONE else logging.WARNING
            logger.log(level, "%s %d: %s", job.step.name, job.head.id, result.name)
            self._heed(job, result)
        elif result.inspection is not None and "unreachable" not in result.inspection.problems:
            self._limits.resume(job.chat)  # seen again: what waits for the group may leave
        await self._write(job, result)

    def _heed(self, job: Job, failure: Failure) -> None:
        """What a failure means for the calls that follow."""
        if failure.fate is Fate.FLOOD:
            self._limits.pause(job.chat, failure.retry_after)
        elif failure.fate is Fate.UNREACHABLE and job.chat < 0:
            self._limits.pause(job.chat, UNREACHABLE_PAUSE)
        elif failure.fate is Fate.FATAL:
            self._fatal = FatalError(WRONG_TOKEN)

    async def _write(self, job: Job, result: Sent | Failure) -> None:
        """Write the result, and insist when the disk is full: forgetting it could send twice."""
        while True:
            try:
                async with self._store.transaction() as tx:
                    desk = self._open_helpdesk(tx)
                    if isinstance(result, Failure):
                        await outcomes.write_failure(desk, job, result)
                    else:
                        await outcomes.write_success(desk, job, result)
            except DatabaseError as error:
                logger.exception("the database refuses; the result waits")
                if not error.is_refusal:
                    await self._give_up(job)
                    return
                if self._is_stopping:
                    return  # found in flight at the next start: of unknown fate, and shown so
                await asyncio.sleep(PAUSE_AFTER_REFUSAL)
            except Exception:
                logger.exception("%s %d: its result cannot be written", job.step.name, job.head.id)
                await self._give_up(job)
                return
            else:
                return

    async def _give_up(self, job: Job) -> None:
        """What follows a call cannot be written: its rows must not stay in flight for ever."""
        async with self._store.transaction() as tx:
            for row in job.rows:
                await outbox.set_failed(tx, row.id, "result")


def _chat_of(row: OutboxRow, group: StaffGroup | None) -> ChatId | None:
    """Which chat's limit a row outside the lanes counts in; None when it has lost its place."""
    match row.body:
        case AnswerPress():
            return ANSWER_PLACE
        case Receipt(message=message):
            return message.chat
        case LeaveChat(chat=chat) | InspectGroup(chat=chat) | VerifyMember(chat=chat):
            return chat
        case DeleteTopic(chat=chat):
            return chat
        case _:
            return group.chat_id if group is not None else None
