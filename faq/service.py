"""The organisation that runs the robot: who it is, when it is open, how long it keeps things.

Opening hours are wall-clock hours of the organisation's time zone; comparisons are made in UTC, so
the two nights a year when the clock changes are like any other.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from faq.decision import Thresholds
from faq.holidays import holidays

MAX_DAYS_AHEAD = 400  # an organisation that does not open in a year has no next opening

PARIS = ZoneInfo("Europe/Paris")

Minutes = tuple[int, int]  # start and end of a range, in minutes since midnight (0 to 1440)


@dataclass(frozen=True)
class Open:
    """The team is there now, until that hour (local time)."""

    until: datetime


@dataclass(frozen=True)
class Closed:
    """The team is away; `opens_at` (local time) is None when no opening is known."""

    opens_at: datetime | None


@dataclass(frozen=True)
class Closure:
    """Days, both included, when the service is closed."""

    first: date
    last: date
    reason: str


@dataclass(frozen=True)
class Retention:
    """How many days things are kept."""

    exchanges: int = 30
    requests: int = 365


@dataclass(frozen=True)
class Service:
    """What faq/service.yml says. While `is_example`, its names and hours are invented."""

    name: str
    team: str
    is_example: bool = False
    on_duty: tuple[str, ...] = ()  # « @name » of those whom an urgent alert mentions
    address: str | None = None
    phone: str | None = None
    email: str | None = None
    responsible: str | None = None
    data_officer: str | None = None
    website: str | None = None
    timezone: ZoneInfo = PARIS
    hours: Mapping[int, tuple[Minutes, ...]] = field(default_factory=dict)  # 0 = Monday
    closed_on_holidays: bool = True
    closures: tuple[Closure, ...] = ()
    retention: Retention = field(default_factory=Retention)
    thresholds: Thresholds = field(default_factory=Thresholds)
    approves_alone: bool = False  # a draft needs no second caseworker: a team of one
    to_fill: tuple[str, ...] = ()  # sentences, one per line that is still the example's

    def opening(self, now: datetime) -> Open | Closed:
        """Open until when, or closed until when. `now` is aware; answers are in local time."""
        if now.tzinfo is None:
            raise ValueError("now must be aware")
        moment = now.astimezone(UTC)
        end: datetime | None = None
        for starts_at, ends_at in self._ranges(now.astimezone(self.timezone).date()):
            if end is None:
                if ends_at <= moment:
                    continue
                if starts_at > moment:
                    return Closed(starts_at.astimezone(self.timezone))
                end = ends_at
            elif starts_at == end:  # 09:00-12:00 then 12:00-14:00 is one opening
                end = ends_at
            else:
                break
        return Open(end.astimezone(self.timezone)) if end else Closed(None)

    def closure_on(self, day: date) -> str | None:
        """Why the service is closed that day, whatever the hours; None when it is not."""
        if self.closed_on_holidays and day in holidays(day.year):
            return holidays(day.year)[day]
        return next((c.reason for c in self.closures if c.first <= day <= c.last), None)

    def unfilled(self) -> tuple[str, ...]:
        """One French sentence for each line of service.yml still to fill in."""
        return self.to_fill

    def _ranges(self, first: date) -> Iterator[tuple[datetime, datetime]]:
        """The openings, as UTC instants, from that day on."""
        for offset in range(MAX_DAYS_AHEAD):
            day = first + timedelta(days=offset)
            if self.closure_on(day) is None:
                for start, end in self.hours.get(day.weekday(), ()):
                    yield self._instant(day, start), self._instant(day, end)

    def _instant(self, day: date, minutes: int) -> datetime:
        if minutes == 24 * 60:
            day, minutes = day + timedelta(days=1), 0
        clock = time(minutes // 60, minutes % 60)
        return datetime.combine(day, clock, self.timezone).astimezone(UTC)
