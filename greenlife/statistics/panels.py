"""Panels: sums of the daily facts by day, town, action or district, with small groups hidden."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from greenlife.errors import PanelUnknown
from greenlife.models import DailyFact, DailyParticipant
from greenlife.programme import Programme
from greenlife.statistics.period import Period
from greenlife.statistics.small_groups import Row, hide_small, hide_total

Key = InstrumentedAttribute[str] | InstrumentedAttribute[date]
PANELS = ("by_day", "by_town", "by_action", "districts")


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Rows in the order of their keys' data; ``total`` counts each person once, whatever the rows do."""

    id: str
    rows: tuple[Row, ...]
    total: Row
    least_people: int
    period: Period
    district: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The period and the one before it; ``population`` is None where none is published."""

    now: Row
    before: Row
    population: int | None


def read_panel(session: Session, programme: Programme, panel: str, *, district: str | None, period: Period) -> Panel:
    """``district`` None is the whole city. Raises PanelUnknown and DistrictUnknown."""
    keys = _keys(programme, panel, district, period)
    columns: dict[str, tuple[Key, Key]] = {
        "by_day": (DailyFact.local_day, DailyParticipant.local_day),
        "by_town": (DailyFact.town, DailyParticipant.town),
        "by_action": (DailyFact.action, DailyParticipant.action),
        "districts": (DailyFact.book, DailyParticipant.book),
    }
    fact, participant = columns[panel]
    found = _grouped(session, fact, participant, district, period)
    least = programme.city.least_people
    rows = [found.get(key, Row(key, 0, 0, 0, 0)) for key in keys]
    return Panel(
        id=panel,
        rows=tuple(hide_small(rows, least)),
        total=hide_total(_total(session, district, period), least),
        least_people=least,
        period=period,
        district=district,
    )


def read_summary(session: Session, programme: Programme, *, district: str | None, period: Period) -> Summary:
    """The four figures of a period with those before it; raises DistrictUnknown."""
    least = programme.city.least_people
    places = [programme.city.district(district)] if district else list(programme.city.districts)
    known = [place.population for place in places if place.population is not None]
    return Summary(
        now=hide_total(_total(session, district, period), least),
        before=hide_total(_total(session, district, period.before()), least),
        population=sum(known) if known else None,
    )


def _keys(programme: Programme, panel: str, district: str | None, period: Period) -> Sequence[str]:
    places = [programme.city.district(district)] if district else list(programme.city.districts)
    match panel:
        case "by_day":
            return [day.isoformat() for day in period.each_day()]
        case "by_town":
            return [town.id for place in places for town in place.towns]
        case "by_action":
            return list(programme.actions)
        case "districts":
            return [place.id for place in places]
        case _:
            raise PanelUnknown(panel=panel[:40])


def _grouped(
    session: Session,
    fact: Key,
    participant: Key,
    district: str | None,
    period: Period,
) -> dict[str, Row]:
    sums = session.execute(_sums(fact).where(*_facts_of(district, period)).group_by(fact)).all()
    people = dict(
        session.execute(
            select(participant, func.count(DailyParticipant.account.distinct()))
            .where(*_people_of(district, period))
            .group_by(participant)
        )
        .tuples()
        .all()
    )
    return {str(key): Row(str(key), people.get(key, 0), int(a), int(mg), int(points)) for key, a, mg, points in sums}


def _total(session: Session, district: str | None, period: Period) -> Row:
    query = select(func.count(DailyParticipant.account.distinct())).where(*_people_of(district, period))
    people = session.scalar(query) or 0
    _, actions, mg, points = session.execute(_sums(func.min(DailyFact.book)).where(*_facts_of(district, period))).one()
    return Row("total", people, int(actions or 0), int(mg or 0), int(points or 0))


def _sums(key: Key | ColumnElement[str]) -> Select[Any, int, int, int]:
    return select(key, func.sum(DailyFact.actions), func.sum(DailyFact.mg), func.sum(DailyFact.points))


def _facts_of(district: str | None, period: Period) -> list[ColumnElement[bool]]:
    rules: list[ColumnElement[bool]] = [DailyFact.local_day.between(period.since, period.until)]
    return [*rules, DailyFact.book == district] if district else rules


def _people_of(district: str | None, period: Period) -> list[ColumnElement[bool]]:
    rules: list[ColumnElement[bool]] = [DailyParticipant.local_day.between(period.since, period.until)]
    return [*rules, DailyParticipant.book == district] if district else rules
