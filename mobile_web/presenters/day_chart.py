"""The chart of the days: bars from zero, weekends hollow, one label on the peak. Geometry only; the words are beside."""

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext

from greenlife.statistics import Panel
from mobile_web.presenters import dates, numbers

WIDTH, HEIGHT = 640, 220
LEFT, RIGHT, TOP, BOTTOM = 46, 8, 26, 24
GRID_LINES = 3
SATURDAY = 5
LABELS = 5


@dataclass(frozen=True)
class Bar:
    x: float
    y: float
    width: float
    height: float
    hollow: bool


@dataclass(frozen=True)
class Mark:
    """A text at a place."""

    x: float
    y: float
    text: str


@dataclass(frozen=True, kw_only=True)
class Chart:
    """Everything in the units of ``view_box``; ``summary`` says in a sentence what the picture shows."""

    view_box: str
    bars: list[Bar]
    grid: list[Mark]
    days: list[Mark]
    peak: Mark | None
    baseline: float
    left: float
    right: float
    summary: str


def draw(panel: Panel) -> Chart:
    """Actions by day; hidden days have no bar."""
    values = [(date.fromisoformat(row.key), row.actions) for row in panel.rows]
    top = _nice(max((value or 0 for _, value in values), default=0))
    pitch = (WIDTH - LEFT - RIGHT) / max(1, len(values))
    floor = HEIGHT - BOTTOM
    scale = (floor - TOP) / top
    bars = [
        Bar(
            round(LEFT + number * pitch + pitch * 0.14, 1),
            round(floor - value * scale, 1),
            round(pitch * 0.72, 1),
            round(value * scale, 1),
            day.weekday() >= SATURDAY,
        )
        for number, (day, value) in enumerate(values)
        if value
    ]
    every = max(1, len(values) // LABELS)
    return Chart(
        view_box=f"0 0 {WIDTH} {HEIGHT}",
        bars=bars,
        grid=[
            Mark(LEFT - 6, round(floor - top * line / GRID_LINES * scale, 1), numbers.integer(top * line // GRID_LINES))
            for line in range(GRID_LINES + 1)
        ],
        days=[
            Mark(round(LEFT + (number + 0.5) * pitch, 1), HEIGHT - 6, dates.short_day(day))
            for number, (day, _) in enumerate(values)
            if number % every == 0
        ],
        peak=_peak(values, pitch, floor, scale),
        baseline=floor,
        left=LEFT,
        right=WIDTH - RIGHT,
        summary=_summary(values),
    )


def _peak(values: list[tuple[date, int | None]], pitch: float, floor: float, scale: float) -> Mark | None:
    number, (day, value) = max(enumerate(values), key=lambda pair: pair[1][1] or 0)
    if not value:
        return None
    x = min(max(LEFT + (number + 0.5) * pitch, LEFT + 40), WIDTH - RIGHT - 50)
    text = gettext("%(day)s: %(figure)s", day=dates.short_day(day), figure=numbers.integer(value))
    return Mark(round(x, 1), round(floor - value * scale - 7, 1), text)


def _summary(values: list[tuple[date, int | None]]) -> str:
    day, value = max(values, key=lambda pair: pair[1] or 0)
    if not value:
        return gettext("No actions to show in this period")
    return gettext(
        "Actions by day. The most, %(figure)s, were on %(day)s.", figure=numbers.integer(value), day=dates.day(day)
    )


def _nice(most: int) -> int:
    """The end of the scale: at least ``most``, and divisible by the grid."""
    size = GRID_LINES
    while size < most:
        for factor in (2, 5, 10):
            if size * factor >= most or factor == 10:
                size *= factor
                break
    return size
