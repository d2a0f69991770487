"""Tables of the desk in words: headings, names, figures, and what stands where a row is hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from flask_babel import gettext

from greenlife.statistics import Panel, Row
from mobile_web.languages import pick
from mobile_web.presenters import actions, dates, numbers
from mobile_web.web import runtime

PERCENT = 100


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


def table(panel: Panel) -> Table:
    """Rows in the data's order; towns with the busiest first, hidden and empty ones last.

    Actions that nobody did are left out: there are dozens, and an empty row says nothing. Exports and the API have them.
    """
    most = max((row.actions or 0 for row in panel.rows), default=0)
    rows = list(panel.rows)
    if panel.id in {"by_town", "by_action", "districts"}:
        rows.sort(key=lambda row: -(row.actions if row.actions is not None else -1))
    if panel.id == "by_action":
        rows = [row for row in rows if row.actions != 0]
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
