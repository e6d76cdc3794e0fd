"""From the inbox to the handlers: one update at a time, in order, each in one transaction."""

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

from telegram import Message, Update

from bot.domain import ChatId, MessageId, MessageRef
from bot.helpdesk import failure
from bot.helpdesk.context import Helpdesk
from bot.helpdesk.incoming import Incoming, Sender
from bot.store import DatabaseError, Store, Transaction, inbox
from bot.store.inbox import InboxRow
from handlers import translate
from handlers.context import DeskApplication, Turn

logger = logging.getLogger(__name__)

MOST_TRIES = 2  # a failure may be an accident; the second one parks the update
PAUSE_AFTER_REFUSAL = 5.0  # seconds before trying again when the database refuses to write


class Dispatch:
    """Takes inbox rows, runs the handlers, and parks what fails twice."""

    def __init__(
        self,
        store: Store,
        application: DeskApplication,
        open_helpdesk: Callable[[Transaction], Helpdesk],
        on_handled: Callable[[], None],
    ) -> None:
        """`on_handled` wakes the courier."""
        self._store = store
        self._application = application
        self._open_helpdesk = open_helpdesk
        self._on_handled = on_handled
        self._news = asyncio.Event()
        self._is_stopping = False

    def wake(self) -> None:
        """Something may be waiting in the inbox."""
        self._news.set()

    async def run(self) -> None:
        """Handle what waits, until `stop`."""
        while not self._is_stopping:
            self._news.clear()
            try:
                while not self._is_stopping and await self._handle_next():
                    self._on_handled()
            except DatabaseError:
                logger.exception("the database refuses; the update waits")
                await asyncio.sleep(PAUSE_AFTER_REFUSAL)
                continue
            if not self._is_stopping:
                await self._news.wait()

    def stop(self) -> None:
        """End after the update in hand."""
        self._is_stopping = True
        self._news.set()

    async def _handle_next(self) -> bool:
        """Handle the oldest row; False when none waits."""
        async with self._store.transaction() as tx:
            row = await inbox.get_next(tx)
        if row is None:
            return False
        await self._handle(row)
        return True

    async def _handle(self, row: InboxRow) -> None:
        name = ""
        for _ in range(MOST_TRIES - min(row.attempts, 1)):
            error = await self._try(row)
            if error is None:
                return
            name = _name(error)
            logger.error("update in row %d failed: %s", row.id, name)
            async with self._store.transaction() as tx:
                await inbox.set_failed_once(tx, row.id, name)
        await self._park(row, name)

    async def _try(self, row: InboxRow) -> BaseException | None:
        """One transaction for all the effects of an update, rolled back whole on failure."""
        try:
            async with self._store.transaction() as tx:
                await self._process(tx, row)
                await inbox.set_done(tx, row.id)
        except DatabaseError as error:
            if error.is_refusal:
                raise
            return error
        except Exception as error:
            return error
        return None

    async def _process(self, tx: Transaction, row: InboxRow) -> None:
        update = Update.de_json(json.loads(row.payload), self._application.bot)
        turn = Turn(self._open_helpdesk(tx), row.masked)
        self._application.bot_data["turn"] = turn
        try:
            await self._application.process_update(update)
        finally:
            turn.desk = None
        if turn.error is not None:
            raise turn.error

    async def _park(self, row: InboxRow, error: str) -> None:
        """Put the row aside and write, in the same breath, what a human needs."""
        try:
            async with self._store.transaction() as tx:
                await self._tell_human(self._open_helpdesk(tx), row)
                await inbox.set_dead(tx, row.id, error)
        except Exception as second:
            if isinstance(second, DatabaseError) and second.is_refusal:
                raise
            logger.critical("row %d: nobody could be told: %s", row.id, _name(second))
            async with self._store.transaction() as tx:
                await failure.tell_general(self._open_helpdesk(tx))
                await inbox.set_dead(tx, row.id, error)
        self._on_handled()

    async def _tell_human(self, desk: Helpdesk, row: InboxRow) -> None:
        raw = json.loads(row.payload)
        message = next((raw[k] for k in ("message", "edited_message") if k in raw), None)
        chat = message.get("chat", {}) if isinstance(message, dict) else {}
        if isinstance(message, dict) and chat.get("type") == "private":
            sender, incoming = _read_raw(message, row.masked)
            await failure.tell_person(desk, sender, incoming)
            return
        group = await desk.get_group()
        parsed = Message.de_json(message, self._application.bot) if message else None
        if parsed is not None and group is not None and group.chat_id == chat.get("id"):
            said = translate.incoming(parsed, row.masked)
            await failure.tell_team(desk, group, translate.staff_sender(parsed), said)
        else:
            await failure.tell_general(desk)


def _name(error: BaseException) -> str:
    """The class of an error: its text may hold a person's words."""
    return type(error).__name__


def _read_raw(message: dict[str, Any], masked: frozenset[str]) -> tuple[Sender, Incoming]:
    """The least that is needed of a message that could not be parsed or handled."""
    chat = message["chat"]
    user = message.get("from") or {}
    name = str(user.get("first_name") or chat.get("first_name") or "?")
    language = user.get("language_code")
    text = str(message.get("text") or message.get("caption") or "")
    source = MessageRef(ChatId(int(chat["id"])), MessageId(int(message["message_id"])))
    sender = Sender(ChatId(int(chat["id"])), name, str(language) if language else None)
    kind = "text" if message.get("text") else "other"
    return sender, Incoming(source, text, kind=kind, masked=masked, reply_to=None)
