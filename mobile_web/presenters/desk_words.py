"""Figures of the desk in words: stats with denominator and the period before, tables, tiles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext, ngettext

from greenlife.city import City
from greenlife.statistics import Panel, Period, Row, Summary
from mobile_web.languages import pick
from mobile_web.presenters import actions, dates, numbers
from mobile_web.web import runtime

PERCENT = 100
TILE_STEPS = 5


@dataclass(frozen=True, kw_only=True)
class Stat:
    """``change`` is ▲ 6.2 %, ▼ or =; ``trend`` is up, down or level."""

    label: str
    figure: str
    unit: str
    share: str
    before: str
    change: str
    trend: str


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row of a table; ``width`` of its bar is 0 to 100; figures are empty where it is hidden."""

    key: str
    name: str
    residents: str
    actions: str
    mass: str
    points: str
    share: str
    width: float
    hidden: str


@dataclass(frozen=True, kw_only=True)
class Table:
    id: str
    headings: Sequence[str]
    lines: list[Line]
    total: Line


@dataclass(frozen=True, kw_only=True)
class Tile:
    """``row`` and ``column`` on the schematic map, columns in half tiles; ``step`` 1 to 5 is how dark, 0 is no figure."""

    key: str
    name: str
    figure: str
    note: str
    row: int
    column: int
    step: int


def stats(summary: Summary, period: Period) -> list[Stat]:
    """Residents, actions, kilograms, points: in this order."""
    now, before = summary.now, summary.before
    least = runtime().programme.city.least_people
    shown = [
        (
            gettext("Residents who took part"),
            now.residents,
            before.residents,
            ngettext("person", "people", 2),
            _of_population(summary),
        ),
        (gettext("Actions"), now.actions, before.actions, gettext("times"), _per_person(now)),
        (gettext("Avoided"), now.mg, before.mg, "", _per_action(now)),
        (gettext("Points given"), now.points, before.points, gettext("pts"), ""),
    ]
    return [
        _stat(label, value, earlier, unit, share, mass=number == 2, days=period.days, least=least)
        for number, (label, value, earlier, unit, share) in enumerate(shown)
    ]


def table(panel: Panel) -> Table:
    """Rows in the data's order; towns with the busiest first, hidden and empty ones last."""
    most = max((row.actions or 0 for row in panel.rows), default=0)
    rows = list(panel.rows)
    if panel.id in {"by_town", "by_action", "districts"}:
        rows.sort(key=lambda row: -(row.actions if row.actions is not None else -1))
    whole = panel.total.actions or 0
    return Table(
        id=panel.id,
        headings=headings(panel.id),
        lines=[_line(row, label(panel.id, row.key), most, whole, panel.least_people) for row in rows],
        total=_line(panel.total, gettext("Total"), most, whole, panel.least_people),
    )


def headings(panel: str) -> list[str]:
    """Five: key, residents, actions, kilograms, points."""
    first = {
        "by_day": gettext("Day"),
        "by_town": gettext("Town or street"),
        "by_action": gettext("Action"),
        "districts": gettext("District"),
    }.get(panel, "")
    return [first, gettext("Residents"), gettext("Actions"), gettext("Avoided, kg CO₂e"), gettext("Points")]


def label(panel: str, key: str, *, exact: bool = False) -> str:
    """A row's name; ``exact`` days are ISO dates, for machines."""
    city = runtime().programme.city
    match panel:
        case "by_day":
            return key if exact else dates.day(date.fromisoformat(key))
        case "by_town":
            return pick(dict(city.town(key).names))
        case "districts":
            return pick(dict(city.district(key).names))
        case _:
            return actions.subject(key, None)


def hidden(least: int) -> str:
    return gettext("fewer than %(least)s people", least=numbers.integer(least))


def people_tiles(city: City, panel: Panel) -> list[Tile]:
    """The share of the population that took part, where a population is published."""
    rows = {row.key: row for row in panel.rows}
    shares = {
        place.id: Decimal(rows[place.id].residents or 0) * PERCENT / place.population if place.population else None
        for place in city.districts
    }
    return [
        Tile(
            key=place.id,
            name=pick(dict(place.names)),
            figure=hidden(panel.least_people)
            if rows[place.id].hidden
            else numbers.integer(rows[place.id].residents or 0),
            note=_share_of_population(shares[place.id]),
            row=place.tile[0],
            column=place.tile[1],
            step=step(shares[place.id], list(shares.values())),
        )
        for place in city.districts
    ]


def step(value: Decimal | None, among: Sequence[Decimal | None]) -> int:
    """How dark a tile is: fifths of the way from the least to the largest figure; 0 where there is none."""
    known = [one for one in among if one is not None]
    if value is None or not known:
        return 0
    span = max(known) - min(known)
    return min(TILE_STEPS, int((value - min(known)) / span * TILE_STEPS) + 1) if span else TILE_STEPS


def _share_of_population(share: Decimal | None) -> str:
    if share is None:
        return gettext("no published population")
    return gettext("%(share)s of residents", share=f"{numbers.decimal(share, 3)}%")


def _stat(
    label_: str, value: int | None, before: int | None, unit: str, share: str, *, mass: bool, days: int, least: int
) -> Stat:
    figure, of = _figure(value, mass)
    earlier, earlier_unit = _figure(before, mass)
    change, trend = _change(value, before)
    return Stat(
        label=label_,
        figure=hidden(least) if value is None else figure,
        unit="" if value is None else (of or unit),
        share=share,
        before=gettext(
            "%(days)s days before: %(figure)s",
            days=numbers.integer(days),
            figure=hidden(least) if before is None else f"{earlier} {earlier_unit}".strip(),
        ),
        change=change,
        trend=trend,
    )


def _figure(value: int | None, mass: bool) -> tuple[str, str]:
    if value is None:
        return "", ""
    if not mass:
        return numbers.integer(value), ""
    whole = numbers.mass(value, total=True)
    return whole.figure, f"{whole.unit} CO₂e"


def _change(value: int | None, before: int | None) -> tuple[str, str]:
    if value is None or not before:
        return "", "level"
    percent = (Decimal(value - before) * PERCENT / before).quantize(Decimal("0.1"))
    trend = "up" if percent > 0 else "down" if percent < 0 else "level"
    sign = {"up": "▲", "down": "▼", "level": "="}[trend]
    return f"{sign}{numbers.NBSP}{numbers.decimal(abs(percent))}%", trend


def _of_population(summary: Summary) -> str:
    if summary.population is None or summary.now.residents is None:
        return ""
    share = (Decimal(summary.now.residents) * PERCENT / summary.population).quantize(Decimal("0.001"))
    return gettext(
        "%(share)s of %(people)s residents",
        share=f"{numbers.decimal(share)}%",
        people=numbers.integer(summary.population),
    )


def _per_person(row: Row) -> str:
    if not row.residents or row.actions is None:
        return ""
    each = (Decimal(row.actions) / row.residents).quantize(Decimal("0.1"))
    return gettext("%(each)s for each of them", each=numbers.decimal(each))


def _per_action(row: Row) -> str:
    if not row.actions or row.mg is None:
        return ""
    return gettext("%(each)s an action", each=numbers.mass(row.mg // row.actions).text)


def _line(row: Row, name: str, most: int, whole: int, least: int) -> Line:
    if row.residents is None or row.actions is None or row.mg is None or row.points is None:
        return Line(
            key=row.key,
            name=name,
            residents="",
            actions="",
            mass="",
            points="",
            share="",
            width=0,
            hidden=hidden(least),
        )
    share = (Decimal(row.actions) * PERCENT / whole).quantize(Decimal("0.1")) if whole else Decimal(0)
    return Line(
        key=row.key,
        name=name,
        residents=numbers.integer(row.residents),
        actions=numbers.integer(row.actions),
        mass=numbers.kilograms(row.mg),
        points=numbers.integer(row.points),
        share=f"{numbers.decimal(share)}%",
        width=round(row.actions * PERCENT / most, 1) if most else 0,
        hidden="",
    )
