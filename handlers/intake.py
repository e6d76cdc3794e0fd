"""What Telegram gives is kept before it is acknowledged: its own long poll on raw JSON."""

import asyncio
import contextlib
import hashlib
import json
import logging
import warnings
from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from telegram import Bot
from telegram.error import TelegramError
from telegram.warnings import PTBUserWarning

from bot.store import DatabaseError, Store, inbox
from handlers import failures

logger = logging.getLogger(__name__)

ALLOWED_UPDATES = [
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "chat_member",
    "message_reaction",
]
WRONG_TOKEN = "Telegram refuse le jeton. Vérifiez TELEGRAM_TOKEN, puis relancez."  # noqa: S105
CONFLICT_PATIENCE = 60.0  # seconds of 409 before the program gives up
LONGEST_WAIT = 30.0  # seconds between two tries after failures
READ_MARGIN = 10.0  # seconds that the connection outlives the long poll


class FatalError(Exception):
    """The program must end; the message is one French sentence for the terminal."""


class Redactor(Protocol):
    """Masks the private numbers of a raw update; names the kinds it found."""

    def redact_update(self, update: dict[str, Any]) -> tuple[dict[str, Any], frozenset[str]]:
        """A new update, and the kinds found in what was written now."""


def name_naturally(update: dict[str, Any], bot_id: int) -> str:
    """A key that lasts: `update_id` restarts after a quiet week, messages keep their numbers.

    Edits made within one second bear the same date: their content tells them apart.
    """
    try:
        if message := update.get("message"):
            return f"m:{message['chat']['id']}:{message['message_id']}"
        if edited := update.get("edited_message"):
            place = f"{edited['chat']['id']}:{edited['message_id']}:{edited.get('edit_date')}"
            return f"e:{place}:{_digest(edited)}"
        if query := update.get("callback_query"):
            return f"c:{query['id']}"
    except (AttributeError, KeyError, TypeError):
        pass  # an update of no known shape: its whole content is its key
    return f"u:{bot_id}:{update.get('update_id')}:{_digest(update)}"


def _digest(raw: object) -> str:
    return hashlib.sha256(json.dumps(raw, sort_keys=True).encode()).hexdigest()[:16]


class Intake:
    """Accepts raw updates into the inbox, from the long poll or from the webhook."""

    def __init__(
        self,
        store: Store,
        redactor: Redactor,
        bot_id: int,
        now: Callable[[], datetime],
        on_accepted: Callable[[], None],
    ) -> None:
        """`on_accepted` wakes the dispatch."""
        self._store = store
        self.redactor = redactor  # replaced when the numbers that anybody may know change
        self._bot_id = bot_id
        self._now = now
        self._on_accepted = on_accepted

    async def accept(self, updates: list[dict[str, Any]]) -> None:
        """Keep these updates, masked, in one commit; raises DatabaseError when it cannot."""
        rows = [self._mask(update) for update in updates]
        async with self._store.transaction() as tx:
            for key, payload, masked in rows:
                await inbox.add(tx, key, payload, masked, self._now())
        self._on_accepted()

    def _mask(self, update: dict[str, Any]) -> tuple[str, str, frozenset[str]]:
        key = name_naturally(update, self._bot_id)
        try:
            masked_update, kinds = self.redactor.redact_update(update)
            payload = json.dumps(masked_update, ensure_ascii=False)
            payload.encode()  # half a surrogate pair is JSON, and nothing that a file can hold
        except Exception as error:
            logger.critical("an update cannot be masked: %s", type(error).__name__)
            return key, json.dumps(keep_places(update)), frozenset()
        return key, payload, kinds


def keep_places(update: dict[str, Any]) -> dict[str, Any]:
    """An update without anybody's words: where its message stands, so that it can be copied."""
    kept: dict[str, Any] = {"update_id": update.get("update_id")}
    for name in ("message", "edited_message"):
        message = update.get(name)
        if isinstance(message, dict) and isinstance(message.get("chat"), dict):
            chat = {field: message["chat"].get(field) for field in ("id", "type")}
            kept[name] = {"message_id": message.get("message_id"), "chat": chat}
    return kept


class Poller:
    """The long poll: ask, keep, and only then ask for what follows."""

    def __init__(
        self,
        bot: Bot,
        intake: Intake,
        timeout: int = 50,
        conflict_patience: float = CONFLICT_PATIENCE,
    ) -> None:
        """`timeout`: seconds that Telegram holds an empty answer (50 at most)."""
        # Raw JSON is wanted: an update that PTB cannot parse must not make the robot deaf.
        warnings.filterwarnings("ignore", "Please use 'Bot.getUpdates'", PTBUserWarning)
        self._bot = bot
        self._intake = intake
        self._timeout = timeout
        self._conflict_patience = conflict_patience
        self._offset: int | None = None  # never kept: the inbox knows what it has
        self._wait = 0.0
        self._conflict_since: float | None = None
        self._stopping = asyncio.Event()
        self._request: asyncio.Future[object] | None = None

    async def run(self) -> None:
        """Poll until `stop`. Raises FatalError for a wrong token or a second program."""
        while not self._stopping.is_set():
            try:
                await self._keep(await self._ask())
                self._wait, self._conflict_since = 0.0, None
                continue
            except TelegramError as error:
                self._judge(error)
            except DatabaseError:
                logger.exception("inbox refused: nothing is acknowledged until it accepts again")
                self._lengthen()
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), self._wait)

    def stop(self) -> None:
        """End at once: only the waiting call is cut, never the keeping."""
        self._stopping.set()
        if self._request is not None:
            self._request.cancel()

    async def _ask(self) -> object:
        parameters: dict[str, Any] = {
            "timeout": self._timeout,
            "allowed_updates": ALLOWED_UPDATES,
        }
        if self._offset is not None:
            parameters["offset"] = self._offset
        call = self._bot.do_api_request(
            "getUpdates", parameters, read_timeout=self._timeout + READ_MARGIN
        )
        self._request = asyncio.ensure_future(call)
        try:
            return await self._request
        except asyncio.CancelledError:
            if self._stopping.is_set():
                return []
            raise
        finally:
            self._request = None

    async def _keep(self, updates: object) -> None:
        if not isinstance(updates, list) or not updates:
            return
        readable = [update for update in updates if isinstance(update, dict)]
        await self._intake.accept(readable)
        numbers = [u["update_id"] for u in readable if isinstance(u.get("update_id"), int)]
        if numbers:
            self._offset = max(numbers) + 1

    def _judge(self, error: TelegramError) -> None:
        if failures.is_wrong_token(error):
            raise FatalError(WRONG_TOKEN) from error
        now = asyncio.get_running_loop().time()
        if failures.is_conflict(error):
            self._conflict_since = now if self._conflict_since is None else self._conflict_since
            if now - self._conflict_since > self._conflict_patience:
                raise FatalError("Un autre programme utilise ce robot. Arrêtez-le, puis relancez.")
        failure = failures.classify(error)
        logger.warning("getUpdates: %s", failure.name)
        self._lengthen()
        self._wait = max(self._wait, failure.retry_after)

    def _lengthen(self) -> None:
        self._wait = min(max(1.0, self._wait * 2), LONGEST_WAIT)
