"""The local days that a panel is about."""

from dataclasses import dataclass
from datetime import date, timedelta

from greenlife.errors import PeriodInvalid

USUAL_DAYS = 30
MOST_DAYS = 366


@dataclass(frozen=True, slots=True)
class Period:
    """Local days, both included."""

    since: date
    until: date

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    def before(self) -> "Period":
        """The equally long period that ends the day before."""
        return Period(self.since - timedelta(days=self.days), self.since - timedelta(days=1))

    def each_day(self) -> list[date]:
        return [self.since + timedelta(days=number) for number in range(self.days)]


def parse_period(since: str | None, until: str | None, *, today: date) -> Period:
    """ISO dates; without them the last 30 days. Raises PeriodInvalid: no dates, reversed, too long, not begun."""
    try:
        last = date.fromisoformat(until) if until else today
        first = date.fromisoformat(since) if since else last - timedelta(days=USUAL_DAYS - 1)
        period = Period(first, min(last, today))
    except (ValueError, OverflowError):
        raise PeriodInvalid from None
    if not 1 <= period.days <= MOST_DAYS or first > today or first.year < 2000:
        raise PeriodInvalid
    return period
