"""When the team reads, said truthfully, and dates and hours in French."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain import Ticket, Words
from bot.helpdesk.context import Helpdesk
from bot.store import ticket
from bot.texts import Texts, fill
from faq.service import Closed, Open

PARIS = ZoneInfo("Europe/Paris")
TALKING = timedelta(minutes=15)  # since a caseworker's last reply: she is not said to be away


def format_date(texts: Texts, moment: date) -> str:
    """« 15 décembre 2026 » (1er for the first of the month)."""
    day = "1er" if moment.day == 1 else str(moment.day)
    return f"{day} {texts.months[moment.month - 1]} {moment.year}"


def format_hour(moment: datetime) -> str:
    """« 9 h », « 16 h 30 »."""
    return f"{moment.hour} h {moment.minute:02d}" if moment.minute else f"{moment.hour} h"


def format_moment(texts: Texts, moment: datetime) -> str:
    """« 15 décembre 2026 à 16 h 30 », Paris time."""
    local = moment.astimezone(PARIS)
    return f"{format_date(texts, local)} à {format_hour(local)}"


def format_day(texts: Texts, day: datetime, now: datetime) -> str:
    """« aujourd'hui », « demain », or « lundi 23 novembre »."""
    away = day.date() - now.astimezone(day.tzinfo).date()
    if away == timedelta(0):
        return "aujourd'hui"
    if away == timedelta(days=1):
        return "demain"
    number = "1er" if day.day == 1 else day.day
    return f"{texts.days[day.weekday()]} {number} {texts.months[day.month - 1]}"


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


async def say_when_read(desk: Helpdesk, opened: Ticket | None) -> Words:
    """When a caseworker will read: open until, next opening, or only that it is kept."""
    said = desk.texts.person
    texts = (said.kept, said.reads_later, said.reads_until, said.opens_at)
    return await _say(desk, opened, *texts)


async def say_who_is_there(desk: Helpdesk, opened: Ticket | None) -> Words:
    """The last line of a danger message: whether a human is there now, never more."""
    said = desk.texts.person
    texts = (said.danger_kept, said.danger_told, said.danger_present, said.danger_closed)
    return await _say(desk, opened, *texts)


async def _is_talking(desk: Helpdesk, opened: Ticket | None) -> bool:
    """Whether somebody of the team has just written to her, whatever the hours say."""
    last = await ticket.get_last_reply(desk.tx, opened.id) if opened is not None else None
    return last is not None and desk.now - last.at < TALKING


async def _say(
    desk: Helpdesk, opened: Ticket | None, kept: str, later: str, until: str, opens_at: str
) -> Words:
    """The one sentence of the four that is true: out of reach, hours unknown, open, closed."""
    group = await desk.get_group()
    if group is None or not group.can_receive:
        return Words(kept)
    team = capital(desk.team_name)
    opening = desk.faq.service.opening(desk.now) if desk.is_service_known else Closed(None)
    if isinstance(opening, Open):
        return fill(until, team=team, until=format_hour(opening.until))
    if opening.opens_at is None or await _is_talking(desk, opened):
        return fill(later, team=team)
    day = format_day(desk.texts, opening.opens_at, desk.now)
    return fill(opens_at, team=team, day=day, hour=format_hour(opening.opens_at))
