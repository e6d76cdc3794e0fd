"""When the team reads, said truthfully, and dates and hours in French."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain import Words
from bot.helpdesk.context import Helpdesk
from bot.texts import Texts, fill
from faq.service import Open

PARIS = ZoneInfo("Europe/Paris")


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


async def say_when_read(desk: Helpdesk) -> Words:
    """When a caseworker will read: open until, next opening, or only that it is kept."""
    group = await desk.get_group()
    person = desk.texts.person
    if group is None or not group.can_receive:
        return Words(person.kept)
    team = capital(desk.team_name)
    if not desk.is_service_known:
        return fill(person.reads_later, team=team)
    opening = desk.faq.service.opening(desk.now)
    if isinstance(opening, Open):
        return fill(person.reads_until, team=team, until=format_hour(opening.until))
    if opening.opens_at is None:
        return fill(person.reads_later, team=team)
    day = format_day(desk.texts, opening.opens_at, desk.now)
    return fill(person.opens_at, team=team, day=day, hour=format_hour(opening.opens_at))


async def say_who_is_there(desk: Helpdesk) -> Words:
    """The last line of a danger message: whether a human is there now, never more."""
    group = await desk.get_group()
    person = desk.texts.person
    if group is None or not group.can_receive:
        return Words(person.danger_kept)
    team = capital(desk.team_name)
    if not desk.is_service_known:
        return fill(person.danger_told, team=team)
    opening = desk.faq.service.opening(desk.now)
    if isinstance(opening, Open):
        return fill(person.danger_present, team=team, until=format_hour(opening.until))
    if opening.opens_at is None:
        return fill(person.danger_told, team=team)
    day = format_day(desk.texts, opening.opens_at, desk.now)
    hour = format_hour(opening.opens_at)
    return fill(person.danger_closed, team=team, day=day, hour=hour)
