"""Sliding windows: never more than allowed in any span, whatever the rhythm."""

import random
from bisect import bisect_left

from bot.simulator.limits import Limits as TelegramsLimits
from handlers.limits import HOUR, Limits, Rates
from tests.handlers.faults import FaultyWorld

GROUP, AWA, KARIM = -100, 1, 2


class Watch:
    """A clock that only a test moves."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def most_in(times: list[float], span: float) -> int:
    """The most calls in any span of that length; `times` in order."""
    ends = [bisect_left(times, start + span) for start in times]
    return max(end - start for start, end in enumerate(ends))


def test_no_span_ever_holds_more_than_telegram_allows() -> None:
    """At real rates, under pressure: 18 a minute in the group, 30 a second overall, 1 each."""
    watch, chance = Watch(), random.Random(7)  # noqa: S311 - chance, not a secret
    limits = Limits(Rates(), watch)
    calls: dict[int, list[float]] = {}
    for _ in range(6000):
        chat = chance.choice([GROUP, *range(1, 60)])
        if limits.wait(chat, is_alert=chance.random() < 0.2) <= 0:
            limits.take(chat)
            calls.setdefault(chat, []).append(watch.now)
        watch.now += chance.choice([0, 0, 0.001, 0.2])
    assert most_in(calls[GROUP], 60) <= 18
    assert max(most_in(times, 1) for chat, times in calls.items() if chat > 0) == 1
    assert most_in(sorted(t for times in calls.values() for t in times), 1) <= 30


def test_what_the_wait_says_is_enough_and_not_too_much() -> None:
    """After exactly that wait the call may leave; a moment earlier it may not."""
    watch = Watch()
    limits = Limits(Rates(), watch)
    for _ in range(15):
        limits.take(GROUP)
        watch.now += 2
    wait = limits.wait(GROUP)
    assert wait == 30
    watch.now += wait - 0.01
    assert limits.wait(GROUP) > 0
    watch.now += 0.02
    assert limits.wait(GROUP) == 0


def test_three_calls_a_minute_are_kept_for_danger() -> None:
    """A busy group still hears an alert at once, three times in a minute."""
    limits = Limits(Rates(), Watch())
    for _ in range(15):
        limits.take(GROUP)
    assert limits.wait(GROUP) > 0
    for _ in range(3):
        assert limits.wait(GROUP, is_alert=True) <= 1
        limits.take(GROUP)
    assert limits.wait(GROUP, is_alert=True) > 50


def test_a_pause_is_of_one_chat_and_never_beyond_an_hour() -> None:
    """Telegram's retry_after stops that chat alone; a senseless one is cut."""
    watch = Watch()
    limits = Limits(Rates(), watch)
    limits.pause(AWA, 30)
    limits.pause(AWA, 5)
    assert limits.wait(AWA) == 30
    assert limits.wait(KARIM) == 0
    limits.pause(KARIM, 10**9)
    assert limits.wait(KARIM) == HOUR
    limits.resume(KARIM)
    assert limits.wait(KARIM) == 0


def test_calls_before_a_restart_count() -> None:
    """A robot that starts again does not begin a new minute."""
    limits = Limits(Rates(), Watch())
    for ago in range(55, 40, -1):
        limits.note_earlier(GROUP, ago)
    assert 4 < limits.wait(GROUP) <= 5


async def test_telegram_never_has_to_say_no(asleep: FaultyWorld) -> None:
    """At the real rates, with Telegram's own limits enforced: not one 429 is seen."""
    asleep.rates = Rates()
    asleep.engine.limits = TelegramsLimits()
    people = [asleep.person(name) for name in ("Awa", "Karim")]
    await asleep.start()
    for person in people:
        asleep.engine.say(person.user, person.chat, "Parler à quelqu'un")
        asleep.engine.say(person.user, person.chat, "J'ai une lettre")
    texts = asleep.engine.ledger
    await asleep.until(lambda: len(texts.of("copyMessage")) >= 2)
    assert not [call for call in texts if call.status == 429]
