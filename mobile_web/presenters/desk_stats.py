"""The four figures at the top of the desk: each with its denominator and the period before."""

from dataclasses import dataclass
from decimal import Decimal

from flask_babel import gettext, ngettext

from greenlife.statistics import Period, Row, Summary
from mobile_web.presenters import numbers
from mobile_web.presenters.desk_tables import hidden
from mobile_web.web import runtime

PERCENT = 100


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
