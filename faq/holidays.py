"""The eleven public holidays of France, computed."""

from datetime import date, timedelta
from functools import cache

FIXED = {
    (1, 1): "jour de l’an",
    (5, 1): "fête du travail",
    (5, 8): "8 mai",
    (7, 14): "14 juillet",
    (8, 15): "15 août",
    (11, 1): "Toussaint",
    (11, 11): "11 novembre",
    (12, 25): "Noël",
}
AFTER_EASTER = {1: "lundi de Pâques", 39: "Ascension", 50: "lundi de Pentecôte"}


def easter(year: int) -> date:
    """Easter Sunday, Gregorian calendar (anonymous algorithm of 1876, after Nature)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)


@cache
def holidays(year: int) -> dict[date, str]:
    """Day → name, for one year."""
    fixed = {date(year, *month_day): name for month_day, name in FIXED.items()}
    sunday = easter(year)
    return fixed | {sunday + timedelta(days=n): name for n, name in AFTER_EASTER.items()}
