"""When the team is there: the truth, at any hour, on any day, also when the clock changes."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from faq.holidays import easter, holidays
from faq.service import Closed, Closure, Open, Service
from tests.faq.small_faq import SmallFaq

PARIS = ZoneInfo("Europe/Paris")
NINE, NOON, TWO, FIVE = 9 * 60, 12 * 60, 14 * 60, 17 * 60
WEEK = {
    0: ((NINE, NOON), (TWO, FIVE)),
    1: ((NINE, NOON),),
    4: ((NINE, NOON),),
}
service = Service(name="Maison des Ponts", team="l’équipe", hours=WEEK)


def paris(text: str) -> datetime:
    """« 2026-11-23 10:00 », in Paris."""
    return datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-23 09:00", "2026-11-23 12:00"),
        ("2026-11-23 11:59", "2026-11-23 12:00"),
        ("2026-11-23 14:30", "2026-11-23 17:00"),
        ("2026-11-24 10:00", "2026-11-24 12:00"),
    ],
)
def test_open_until(now: str, until: str) -> None:
    """During a range the team is there, until its end."""
    assert service.opening(paris(now)) == Open(paris(until))


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-23 08:59", "2026-11-23 09:00"),
        ("2026-11-23 12:00", "2026-11-23 14:00"),
        ("2026-11-23 17:00", "2026-11-24 09:00"),
        ("2026-11-24 12:00", "2026-11-27 09:00"),  # Wednesday and Thursday are closed
        ("2026-11-27 23:59", "2026-11-30 09:00"),  # over a week-end
        ("2026-12-24 18:00", "2026-12-28 09:00"),  # Friday 25 December is Christmas
        ("2027-03-26 15:00", "2027-03-30 09:00"),  # Easter Monday is 29 March 2027
    ],
)
def test_closed_until_the_next_opening(now: str, opens: str) -> None:
    """Before, between and after: the next opening, over closed days and public holidays."""
    assert service.opening(paris(now)) == Closed(paris(opens))


def test_closures_are_skipped() -> None:
    """Both ends of the holidays of the team are closed days, and their reason is known."""
    away = Closure(date(2026, 11, 23), date(2026, 11, 30), "congés")
    closed = Service(name="x", team="y", hours=WEEK, closures=(away,))
    assert closed.opening(paris("2026-11-23 10:00")) == Closed(paris("2026-12-01 09:00"))
    assert closed.closure_on(date(2026, 11, 30)) == "congés"
    assert closed.closure_on(date(2026, 12, 1)) is None


def test_public_holidays_may_be_worked() -> None:
    """A service that opens on 11 November says so."""
    worked = Service(name="x", team="y", hours={2: ((NINE, NOON),)}, closed_on_holidays=False)
    assert worked.opening(paris("2026-11-11 10:00")) == Open(paris("2026-11-11 12:00"))


def test_no_hours_means_no_promise() -> None:
    """A service without hours never promises an opening."""
    assert Service(name="x", team="y").opening(paris("2026-11-23 10:00")) == Closed(None)


def test_the_hour_is_that_of_the_team() -> None:
    """A server that lives in UTC gives the hours of Paris, in summer and in winter."""
    winter = service.opening(datetime(2026, 11, 23, 8, 30, tzinfo=UTC))
    summer = service.opening(datetime(2026, 6, 29, 7, 30, tzinfo=UTC))
    assert winter == Open(paris("2026-11-23 12:00"))
    assert summer == Open(paris("2026-06-29 12:00"))
    assert isinstance(winter, Open)
    assert winter.until.utcoffset() == timedelta(hours=1)


def test_the_nights_when_the_clock_changes() -> None:
    """Opening hours around 2 and 3 in the morning stay true on both nights."""
    nights = Service(name="x", team="y", hours={6: ((60, 4 * 60),)}, closed_on_holidays=False)
    # 25 October 2026: at 3:00 it is 2:00 again. 00:30 UTC is 2:30 the first time.
    for instant in (
        datetime(2026, 10, 25, 0, 30, tzinfo=UTC),
        datetime(2026, 10, 25, 1, 30, tzinfo=UTC),
    ):
        found = nights.opening(instant)
        assert isinstance(found, Open)
        assert found.until.astimezone(UTC) == datetime(2026, 10, 25, 3, 0, tzinfo=UTC)
    # 28 March 2027: at 2:00 it is 3:00. 01:30 UTC is already 3:30.
    found = nights.opening(datetime(2027, 3, 28, 1, 30, tzinfo=UTC))
    assert isinstance(found, Open)
    assert found.until.astimezone(UTC) == datetime(2027, 3, 28, 2, 0, tzinfo=UTC)


def test_two_ranges_that_touch_are_one_opening() -> None:
    """09:00-12:00 and 12:00-14:00, or midnight between two days, do not close for a second."""
    noon = Service(name="x", team="y", hours={0: ((NINE, NOON), (NOON, TWO))})
    night = Service(name="x", team="y", hours={0: ((TWO, 24 * 60),), 1: ((0, NINE),)})
    assert noon.opening(paris("2026-11-23 10:00")) == Open(paris("2026-11-23 14:00"))
    assert night.opening(paris("2026-11-23 23:00")) == Open(paris("2026-11-24 09:00"))


def test_a_naive_time_is_refused() -> None:
    """A time without its zone would be a guess."""
    with pytest.raises(ValueError, match="aware"):
        service.opening(datetime(2026, 11, 23, 10, 0))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("year", "sunday"),
    [(2024, (3, 31)), (2025, (4, 20)), (2026, (4, 5)), (2027, (3, 28)), (2038, (4, 25))],
)
def test_easter(year: int, sunday: tuple[int, int]) -> None:
    """Easter falls when the calendar says."""
    assert easter(year) == date(year, *sunday)


def test_eleven_public_holidays() -> None:
    """France has eleven, Ascension and Whit Monday among them."""
    found = holidays(2026)
    assert len(found) == 11
    assert found[date(2026, 5, 14)] == "Ascension"
    assert found[date(2026, 5, 25)] == "lundi de Pentecôte"


def test_the_file_becomes_the_service(small: SmallFaq) -> None:
    """What service.yml says is what the robot will say."""
    extra = """\
fuseau: America/Martinique
jours_feries: ouvert
fermetures:
  - {date: 2026-12-24, raison: veille de Noël}
  - {du: 2027-08-02, au: 2027-08-13, raison: congés d’été}
conservation: {echanges_jours: 15, demandes_jours: 180}
seuils: {reponse: "0,6", suggestion: 0.3, ecart: 0.1}
"""
    small.write("service.yml", small.files["service.yml"] + extra)
    found = small.load().service
    assert (found.name, found.team, found.is_example) == (
        "Maison des Ponts",
        "l’équipe des Ponts",
        False,
    )
    assert found.hours[0] == ((NINE, NOON), (TWO, FIVE))
    assert found.timezone == ZoneInfo("America/Martinique")
    assert not found.closed_on_holidays
    assert [c.reason for c in found.closures] == ["veille de Noël", "congés d’été"]
    assert (found.retention.exchanges, found.retention.requests) == (15, 180)
    assert (found.thresholds.answer, found.thresholds.suggest) == (0.6, 0.3)


def test_an_example_says_what_to_fill_in(small: SmallFaq) -> None:
    """Each invented line is named, with its number, until the file is the organisation's own."""
    assert small.load().service.unfilled() == ()
    small.change("service.yml", "exemple: non", "exemple: oui")
    small.change("service.yml", "Maison des Ponts", "Association Exemple")
    small.change("service.yml", "la directrice", "à remplir\n  telephone: 01 99 00 12 34")
    assert small.load().service.unfilled() == (
        "service.yml, ligne 3 : remplissez « organisation › nom ».",
        "service.yml, ligne 4 : remplissez « organisation › responsable ».",
        "service.yml, ligne 5 : remplissez « organisation › telephone ».",
        "service.yml, ligne 8 : écrivez les horaires de votre équipe.",
        "service.yml, ligne 1 : écrivez « exemple: non » quand tout est rempli.",
    )


def test_the_shipped_service_is_an_example(pytestconfig: pytest.Config) -> None:
    """The service.yml of the repository names itself an example."""
    text = Path(pytestconfig.rootpath, "faq", "service.yml").read_text(encoding="utf-8")
    assert "\nexemple: oui\n" in text
