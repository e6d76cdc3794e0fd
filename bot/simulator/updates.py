"""The queue of updates: kept until confirmed, given by getUpdates or pushed to a webhook.

Rules read in the reference server: an update lives 24 h (a button press 150 s); what the bot did
not allow when it happened is never queued; the ``allowed_updates`` of one call stay in force until
another call changes them; a newer getUpdates ends the older one.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from bot.simulator.errors import ApiError, bad_request

DAY = 86_400
PRESS_LIFETIME = 150
"""Seconds that a button press waits for the bot."""
LONGEST_POLL = 50
"""Seconds after which the server answers a getUpdates, whatever timeout was asked."""
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

_ENDED = "terminated by other getUpdates request; make sure that only one bot instance is running"
_WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
    "webhook first"
)


@dataclass(slots=True)
class Entry:
    """One queued update. ``lane`` orders webhook deliveries; ``expires_at`` is in seconds."""

    key: int
    update: dict[str, Any]
    lane: tuple[str, int]
    expires_at: float


class Updates:
    """Everything that happened and that the bot has not confirmed yet."""

    def __init__(self, clock: Callable[[], float], first_id: int = 100_000_001) -> None:
        """``clock`` gives seconds since 1970."""
        self._clock = clock
        self.next_id = first_id
        self.entries: OrderedDict[int, Entry] = OrderedDict()
        self.allowed: frozenset[str] | None = None  # None: the server's default
        self.has_webhook = False
        self.on_push: Callable[[Entry], None] | None = None  # the webhook's ear
        self.on_queued: Callable[[], None] | None = None  # the state file's
        self._poll: asyncio.Future[None] | None = None

    def __len__(self) -> int:
        """How many updates are not confirmed."""
        return len(self.entries)

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Remembers ``allowed_updates``: None changes nothing, an empty list is the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds) or None

    def wants(self, kind: str) -> bool:
        """Whether the bot asked for this kind of update."""
        return kind in self.allowed if self.allowed else kind not in NOT_BY_DEFAULT

    def push(
        self, kind: str, payload: dict[str, Any], lane: tuple[str, int], lifetime: int = DAY
    ) -> None:
        """Queues ``payload`` as an update of this kind, if the bot wants that kind."""
        if self.wants(kind):
            self.push_raw({"update_id": self.next_id, kind: payload}, lane, lifetime)

    def push_raw(
        self, update: dict[str, Any], lane: tuple[str, int] = ("raw", 0), lifetime: int = DAY
    ) -> None:
        """Queues any JSON; an ``update_id`` that is missing is given, one that is there is kept
        (so an update may come twice, or with an id that makes no sense)."""
        if "update_id" not in update:
            update = {"update_id": self.next_id, **update}
        given = update["update_id"]
        key = given if isinstance(given, int) and given >= self.next_id else self.next_id
        self.next_id = key + 1
        entry = self.entries[key] = Entry(key, update, lane, self._clock() + lifetime)
        if self.on_push is not None:
            self.on_push(entry)
        if self.on_queued is not None:
            self.on_queued()
        self.release_poll()

    def renumber(self, first_id: int) -> None:
        """Numbers restart elsewhere, as Telegram does after a week of silence."""
        self.entries = OrderedDict(
            (first_id + position, _renumbered(entry, first_id + position))
            for position, entry in enumerate(self.entries.values())
        )
        self.next_id = first_id + len(self.entries)

    async def get(self, offset: int, limit: int, timeout_seconds: int) -> list[dict[str, Any]]:
        """Confirms what is below ``offset``, then up to ``limit`` updates, waiting for a first.

        Raises ApiError 409 when a newer call begins, or while a webhook is set.
        """
        if self.has_webhook:
            raise ApiError(409, f"Conflict: {_WEBHOOK_ACTIVE}")
        if not 1 <= limit <= 100:
            limit = 100
        self.end_poll()
        self._confirm(offset)
        batch = self._batch(limit)
        if not batch and timeout_seconds > 0:
            await self._wait(min(timeout_seconds, LONGEST_POLL))
            batch = self._batch(limit)
        return batch

    def end_poll(self, why: str = _ENDED) -> None:
        """The getUpdates that waits, if any, is answered 409."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_exception(ApiError(409, f"Conflict: {why}"))

    def release_poll(self) -> None:
        """The getUpdates that waits, if any, is answered with what there is."""
        if self._poll is not None and not self._poll.done():
            self._poll.set_result(None)

    def drop(self) -> None:
        """Forgets every update (drop_pending_updates)."""
        self.entries.clear()

    def forget(self, entry: Entry) -> None:
        """One update was delivered to the webhook."""
        self.entries.pop(entry.key, None)

    def is_alive(self, entry: Entry) -> bool:
        """Whether the update may still be delivered."""
        return entry.expires_at > self._clock()

    async def _wait(self, seconds: float) -> None:
        poll = self._poll = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                await poll
        except TimeoutError:
            pass
        finally:
            if self._poll is poll:
                self._poll = None

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            for _ in range(len(self.entries) + offset):
                self.entries.popitem(last=False)
            return
        if offset > self.next_id + 10:
            return  # an offset of another numbering is treated as if it was not given
        while self.entries:
            head = next(iter(self.entries.values()))
            if head.key >= offset and not _is_below(head.update["update_id"], offset):
                return
            del self.entries[head.key]

    def _batch(self, limit: int) -> list[dict[str, Any]]:
        batch: list[dict[str, Any]] = []
        expired = []
        for key, entry in self.entries.items():
            if not self.is_alive(entry):
                expired.append(key)
                continue
            batch.append(entry.update)
            if len(batch) == limit:
                break
        for key in expired:
            del self.entries[key]
        return batch


def _renumbered(entry: Entry, update_id: int) -> Entry:
    update = {**entry.update, "update_id": update_id}
    return Entry(update_id, update, entry.lane, entry.expires_at)


def _is_below(update_id: Any, offset: int) -> bool:
    """An update put in by hand under an old number is confirmed by that number."""
    return isinstance(update_id, int) and update_id < offset


def checked_timeout(seconds: int) -> int:
    """The long poll's length; raises ApiError 400 when it is negative."""
    if seconds < 0:
        raise bad_request("timeout must not be negative")
    return seconds
