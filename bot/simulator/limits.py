"""Telegram's limits, enforced when a test asks for it: so that the courier can be judged.

Each limit is a sliding window: never more than so many calls in any second, or any minute.
Figures: core.telegram.org/bots/faq#my-bot-is-hitting-limits.
"""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from bot.simulator.errors import ApiError

FREE: Final = frozenset(
    {
        "getMe",
        "getUpdates",
        "setWebhook",
        "deleteWebhook",
        "getWebhookInfo",
        "getFile",
        "getChat",
        "getChatMember",
        "getChatAdministrators",
        "getChatMemberCount",
        "answerCallbackQuery",
        "sendChatAction",
        "getForumTopicIconStickers",
    }
)
"""Methods that no limit counts."""


@dataclass(slots=True)
class _Window:
    most: int
    seconds: float
    times: deque[float] = field(default_factory=deque)

    def wait(self, now: float, count: int) -> float:
        """Seconds until ``count`` more calls fit; 0 when they fit now."""
        while self.times and self.times[0] <= now - self.seconds:
            self.times.popleft()
        over = len(self.times) + count - self.most
        if over <= 0 or not self.times:
            return 0.0
        return self.times[min(over, len(self.times)) - 1] + self.seconds - now


class Limits:
    """Counts the calls of the bot; set as ``engine.limits`` to enforce."""

    def __init__(
        self,
        overall_per_second: int = 30,
        private_per_second: int = 1,
        group_per_minute: int = 20,
        clock: Callable[[], float] | None = None,
    ) -> None:
        """``clock`` in seconds; None takes the engine's."""
        self.clock = clock
        self._private = private_per_second
        self._group = group_per_minute
        self._overall = _Window(overall_per_second, 1.0)
        self._chats: dict[int, _Window] = {}

    def take(self, method: str, parameters: dict[str, Any], now: float) -> None:
        """Counts one call; raises ApiError 429 with retry_after when it is one too many.

        An album or several copies count as many; a refused call does not count.
        """
        chat_id = parameters.get("chat_id")
        if method in FREE or not isinstance(chat_id, int):
            return
        count = len(parameters.get("message_ids") or parameters.get("media") or "1")
        if method == "editMessageMedia" or method.startswith("delete"):
            count = 1
        windows = (self._overall, self._chat(chat_id))
        wait = max(window.wait(now, count) for window in windows)
        if wait > 0:
            seconds = max(1, math.ceil(wait))
            text = f"Too Many Requests: retry after {seconds}"
            raise ApiError(429, text, {"retry_after": seconds})
        for window in windows:
            window.times.extend([now] * count)

    def _chat(self, chat_id: int) -> _Window:
        if chat_id not in self._chats:
            self._chats[chat_id] = (
                _Window(self._private, 1.0) if chat_id > 0 else _Window(self._group, 60.0)
            )
        return self._chats[chat_id]
