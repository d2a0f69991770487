"""Days and times of the city, in the language of the page. The patterns are texts of the catalogues."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date as babel_date
from babel.dates import format_datetime as babel_datetime
from flask_babel import get_locale, gettext, pgettext

from mobile_web.web import now, runtime


def zone() -> ZoneInfo:
    return runtime().programme.zone


def today() -> date:
    """The city's day at the moment of the request."""
    return runtime().programme.local_day(now())


def local(instant: datetime) -> datetime:
    """The instant on the city's clock."""
    return instant.astimezone(zone())


def clock(instant: datetime) -> str:
    """17:36"""
    return babel_datetime(local(instant), pgettext("date pattern", "HH:mm"), locale=get_locale())


def day(value: date) -> str:
    """21 October; with its year when that is another one."""
    if value.year == today().year:
        return babel_date(value, pgettext("date pattern", "d MMMM"), locale=get_locale())
    return babel_date(value, pgettext("date pattern", "d MMMM y"), locale=get_locale())


def moment(instant: datetime) -> str:
    """21 October 17:36"""
    return gettext("%(day)s %(time)s", day=day(local(instant).date()), time=clock(instant))


def moment_to_second(instant: datetime) -> str:
    """21 October 11:06:32"""
    time = babel_datetime(local(instant), pgettext("date pattern", "HH:mm:ss"), locale=get_locale())
    return gettext("%(day)s %(time)s", day=day(local(instant).date()), time=time)


def when(instant: datetime) -> str:
    """17:36 for today, else with the day: for sentences."""
    return clock(instant) if local(instant).date() == today() else moment(instant)


def month(value: date) -> str:
    """October 2026"""
    return babel_date(value, pgettext("date pattern", "MMMM y"), locale=get_locale())


def end_of_month(month_text: str) -> str:
    """The last day of a month (YYYY-MM), as people say it."""
    year, number = int(month_text[:4]), int(month_text[5:7])
    first_after = date(year + number // 12, number % 12 + 1, 1)
    return day(date.fromordinal(first_after.toordinal() - 1))


def weekdays() -> list[str]:
    """The shortest names of the days of the week, from Monday."""
    names = get_locale().days["stand-alone"]["narrow"]
    return [names[number] for number in range(7)]


def short_day(value: date) -> str:
    """10/21, for the axis of a chart."""
    return babel_date(value, pgettext("date pattern", "d MMM"), locale=get_locale())
