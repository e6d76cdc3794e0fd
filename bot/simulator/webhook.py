"""Updates pushed to the bot's own address by real HTTP, as Telegram does.

Order is kept inside a lane (the messages of one chat; the presses of one person), not between
lanes. The next update of a lane leaves only after a 2xx for the one before; otherwise it is tried
again after 1, 2, 4 … 60 s (or the answer's Retry-After, up to an hour) until it expires.
"""

import asyncio
import json
from collections import deque
from typing import Any, TypeAlias

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest

from bot.simulator.updates import Entry, Updates

Json: TypeAlias = dict[str, Any]
Lane: TypeAlias = tuple[str, int]

LONGEST_WAIT = 60.0
"""Seconds between two tries, at most, when the bot names none."""


class Webhook:
    """The address that the bot gave with setWebhook, and what is on its way there."""

    def __init__(self, updates: Updates, retry_seconds: float = 1.0) -> None:
        """``retry_seconds`` is the first wait after a failure; tests make it short."""
        self.url = ""
        self.secret = ""
        self.retry_seconds = retry_seconds
        self.last_error = ""
        self._updates = updates
        self._lanes: dict[Lane, deque[Entry]] = {}
        self._tasks: dict[Lane, asyncio.Task[None]] = {}
        self._slots = asyncio.Semaphore(40)
        self._client: AsyncHTTPClient | None = None

    def set(self, url: str, secret: str, connections: int = 40) -> None:
        """Delivers from now on to ``url``, what waits included; an empty url ends it."""
        self.cancel()
        self.url, self.secret, self.last_error = url, secret, ""
        self._slots = asyncio.Semaphore(connections)
        self._updates.has_webhook = bool(url)
        self._updates.on_push = self._add if url else None
        if url:
            self._updates.end_poll("terminated by setWebhook request")
            for entry in list(self._updates.entries.values()):
                self._add(entry)

    def cancel(self) -> None:
        """Stops every delivery under way; the updates stay queued."""
        for task in self._tasks.values():
            task.cancel()
        self._tasks.clear()
        self._lanes.clear()

    async def join(self) -> None:
        """Waits until every update that was queued is delivered (or expired)."""
        while self._tasks:
            await asyncio.gather(*self._tasks.values())

    async def stop(self) -> None:
        """Stops, and waits until nothing is under way."""
        tasks = list(self._tasks.values())
        self.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._client is not None:
            self._client.close()
            self._client = None

    def info(self) -> Json:
        """The WebhookInfo object."""
        info: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates),
        }
        if self.last_error:
            info["last_error_message"] = self.last_error
        return info

    def _add(self, entry: Entry) -> None:
        self._lanes.setdefault(entry.lane, deque()).append(entry)
        if entry.lane in self._tasks:
            return
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:
            return  # an act outside the loop: the lane starts with the next act inside it
        self._tasks[entry.lane] = loop.create_task(self._run(entry.lane))

    async def _run(self, lane: Lane) -> None:
        queue = self._lanes[lane]
        while queue:
            await self._deliver(queue[0])
            queue.popleft()
        del self._lanes[lane], self._tasks[lane]

    async def _deliver(self, entry: Entry) -> None:
        wait = self.retry_seconds
        while self._updates.is_alive(entry) and entry.key in self._updates.entries:
            async with self._slots:
                delay = await self._post(entry.update)
            if delay is None:
                break
            await asyncio.sleep(max(wait, min(delay, 3600.0)))
            wait = min(2 * wait, LONGEST_WAIT)
        self._updates.forget(entry)

    async def _post(self, update: Json) -> float | None:
        """One try: None when the bot took it, else the seconds that it asked to wait (or 0)."""
        if self._client is None:
            self._client = AsyncHTTPClient(force_instance=True, max_clients=100)
        request = HTTPRequest(
            self.url,
            method="POST",
            headers={
                "Content-Type": "application/json",
                "X-Telegram-Bot-Api-Secret-Token": self.secret,
            },
            body=json.dumps(update),
            request_timeout=60.0,
        )
        try:
            response = await self._client.fetch(request, raise_error=False)
        except (OSError, HTTPClientError) as broken:
            self.last_error = f"Connection failed: {broken}"
            return 0.0
        if 200 <= response.code < 300:
            return None
        self.last_error = f"Wrong response from the webhook: {response.code} {response.reason}"
        asked = response.headers.get("Retry-After", "0")
        return float(asked) if asked.isdecimal() else 0.0
