"""A month of leaves: one leaf is one entry. Filled: carbon booked; hollow: points only."""

from calendar import Calendar
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import ngettext

from greenlife.scans import Record
from mobile_web.presenters import dates, numbers
from mobile_web.presenters.numbers import Mass

MOST_LEAVES = 3
"""More become one leaf and a number."""


@dataclass(frozen=True)
class Cell:
    """A day; ``leaves`` has True for a filled leaf, ``number`` stands beside the only leaf when there are many."""

    number: int
    leaves: tuple[bool, ...]
    count: str
    label: str
    is_today: bool
    is_future: bool


@dataclass(frozen=True, kw_only=True)
class Month:
    """``weeks`` has None for days of other months; ``before`` and ``after`` are YYYY-MM or empty."""

    title: str
    weekdays: list[str]
    weeks: list[list[Cell | None]]
    times: int
    mass: Mass
    points: str
    before: str
    after: str


def month(first: date, records: Sequence[Record], *, oldest: date) -> Month:
    """The month that begins on ``first``; ``oldest`` is the day of the resident's beginning."""
    done = [record for record in records if record.entry.kind == "action" and record.entry.reversed_by is None]
    filled = Counter(record.entry.local_day for record in done if record.mg)
    hollow = Counter(record.entry.local_day for record in done if not record.mg)
    today = dates.today()
    weeks = [
        [_cell(day, filled[day], hollow[day], today) if day.month == first.month else None for day in week]
        for week in Calendar().monthdatescalendar(first.year, first.month)
    ]
    return Month(
        title=dates.month(first),
        weekdays=dates.weekdays(),
        weeks=weeks,
        times=len(done),
        mass=numbers.mass(sum(record.mg for record in done)),
        points=numbers.signed_points(sum(record.points for record in done)),
        before=f"{_shift(first, -1):%Y-%m}" if first > oldest.replace(day=1) else "",
        after=f"{_shift(first, 1):%Y-%m}" if _shift(first, 1) <= today else "",
    )


def _shift(first: date, months: int) -> date:
    index = first.year * 12 + first.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def parse_month(text: str) -> date:
    """The first day of a month YYYY-MM; of the present one for anything else."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        return dates.today().replace(day=1)
    return min(first, dates.today().replace(day=1))


def _cell(day: date, filled: int, hollow: int, today: date) -> Cell:
    total = filled + hollow
    many = total > MOST_LEAVES
    label = ngettext("%(day)s, %(count)s record", "%(day)s, %(count)s records", total, day=dates.day(day), count=total)
    return Cell(
        number=day.day,
        leaves=(filled > 0,) if many else (True,) * filled + (False,) * hollow,
        count=numbers.integer(total) if many else "",
        label=label,
        is_today=day == today,
        is_future=day > today,
    )
