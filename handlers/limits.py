"""Telegram's limits as sliding windows: no more than n calls in any span, never a burst on top."""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

HOUR = 3600.0


@dataclass(frozen=True)
class Rates:
    """How many calls the courier allows itself.

    Telegram's own figures: 30 a second overall, 1 a second per private chat, 20 a minute per
    group, every call that bears the group's id counted. `group_reserve` of the group's calls are
    kept for danger alerts.
    """

    overall_per_second: int = 30
    person_per_second: int = 1
    group_per_minute: int = 18
    group_reserve: int = 3


@dataclass
class Window:
    """At most `count` calls in any `seconds`."""

    count: int
    seconds: float
    times: deque[float] = field(default_factory=deque)

    def wait(self, now: float, reserve: int = 0) -> float:
        """Seconds until one more call may start, leaving `reserve` calls free; 0 when now."""
        while self.times and self.times[0] <= now - self.seconds:
            self.times.popleft()
        allowed = max(1, self.count - reserve)
        if len(self.times) < allowed:
            return 0.0
        return self.times[len(self.times) - allowed] + self.seconds - now

    def take(self, now: float) -> None:
        """One call starts now."""
        self.times.append(now)


class Limits:
    """All the windows, and the pauses that Telegram asked for. Times in seconds, monotonic."""

    def __init__(self, rates: Rates, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds that never go back."""
        self._rates = rates
        self._clock = clock
        self._overall = Window(rates.overall_per_second, 1.0)
        self._chats: dict[int, Window] = {}
        self._paused_until: dict[int, float] = {}

    def wait(self, chat: int, *, is_alert: bool = False, is_loose: bool = False) -> float:
        """Seconds until a call to that chat may start; 0 when now. A group's id is negative.

        `is_alert`: the reserve may be used. `is_loose`: as much again is left to the lanes.
        """
        now = self._clock()
        pause = self._paused_until.get(chat, 0.0) - now
        reserve = self._rates.group_reserve if chat < 0 and not is_alert else 0
        reserve += reserve if is_loose else 0
        own = self._window(chat).wait(now, reserve)
        return max(pause, own, self._overall.wait(now), 0.0)

    def take(self, chat: int) -> None:
        """A call to that chat starts now."""
        now = self._clock()
        self._overall.take(now)
        self._window(chat).take(now)
        if len(self._chats) > 10 * self._rates.overall_per_second:
            self._forget_idle(now)

    def note_earlier(self, chat: int, seconds_ago: float) -> None:
        """A call made before this program started counts too."""
        self._window(chat).take(self._clock() - seconds_ago)

    def pause(self, chat: int, seconds: float) -> None:
        """Telegram, or a failure, asks to leave that chat alone for a while."""
        until = self._clock() + min(seconds, HOUR)
        self._paused_until[chat] = max(until, self._paused_until.get(chat, 0.0))

    def resume(self, chat: int) -> None:
        """The reason for the pause is gone."""
        self._paused_until.pop(chat, None)

    def _window(self, chat: int) -> Window:
        if chat not in self._chats:
            group = Window(self._rates.group_per_minute, 60.0)
            self._chats[chat] = group if chat < 0 else Window(self._rates.person_per_second, 1.0)
        return self._chats[chat]

    def _forget_idle(self, now: float) -> None:
        idle = [chat for chat, window in self._chats.items() if window.wait(now) <= 0.0]
        for chat in idle:
            if not self._chats[chat].times:
                del self._chats[chat]
        for chat in [chat for chat, until in self._paused_until.items() if until <= now]:
            del self._paused_until[chat]
