"""Dates and hours in French."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.helpdesk import hours
from bot.texts import load_texts

PARIS = ZoneInfo("Europe/Paris")


def test_dates() -> None:
    """Months in letters, « 1er » for the first."""
    texts = load_texts()
    assert hours.format_date(texts, date(2026, 12, 15)) == "15 décembre 2026"
    assert hours.format_date(texts, date(2026, 8, 1)) == "1er août 2026"


@pytest.mark.parametrize(
    ("hour", "minute", "said"), [(9, 0, "9 h"), (16, 30, "16 h 30"), (0, 5, "0 h 05")]
)
def test_hours(hour: int, minute: int, said: str) -> None:
    """« 9 h », « 16 h 30 »."""
    assert hours.format_hour(datetime(2026, 1, 1, hour, minute, tzinfo=PARIS)) == said


def test_moments_are_told_in_paris_time() -> None:
    """Stored in UTC, told as on the clock of the wall, in winter and in summer."""
    texts = load_texts()
    winter = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    summer = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
    assert hours.format_moment(texts, winter) == "1er janvier 2027 à 0 h 30"
    assert hours.format_moment(texts, summer) == "1er juillet 2026 à 10 h"


def test_days() -> None:
    """Today, tomorrow, or the day with its date."""
    texts = load_texts()
    now = datetime(2026, 11, 23, 23, 30, tzinfo=PARIS)
    for day, said in [(23, "aujourd'hui"), (24, "demain"), (25, "mercredi 25 novembre")]:
        there = datetime(2026, 11, day, 9, tzinfo=PARIS)
        assert hours.format_day(texts, there, now.astimezone(UTC)) == said
