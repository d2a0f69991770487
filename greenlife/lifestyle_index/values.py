"""The values of the indicators, from the daily aggregates (Handbook step 2), for each district and period.

A value is missing where the aggregates do not give it, and where it would tell about fewer people than the city shows
figures about: fewer taking part at all, or fewer doing what the indicator counts (none at all is a true zero).
Rates are for 30 days, so that periods of different lengths compare.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from greenlife.city import City, District
from greenlife.lifestyle_index.framework import Framework, Measure
from greenlife.models import DailyFact, DailyParticipant

MONTH_DAYS = 30
VERIFIED_TIERS = ("attended", "partner")
SIX_PLACES = Decimal("0.000001")

Values = dict[str, Decimal | None]


class Measured(Protocol):
    """What is needed of a programme; it lies above this package."""

    @property
    def city(self) -> City: ...

    @property
    def framework(self) -> Framework: ...


@dataclass(frozen=True, kw_only=True)
class Period:
    """Local days, both included; ``people`` counts those who took part, by district."""

    session: Session
    city: City
    since: date
    until: date
    people: Mapping[str, int]

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1


def indicator_values(session: Session, programme: Measured, *, since: date, until: date) -> dict[str, Values]:
    """District → indicator → value, None where missing; both days are included."""
    period = open_period(session, programme.city, since=since, until=until)
    columns = {
        indicator.id: _measured(period, indicator.measure)
        for indicator in programme.framework.indicators
        if indicator.measure is not None
    }
    return {
        district.id: {
            indicator.id: columns.get(indicator.id, {}).get(district.id)
            if period.people.get(district.id, 0) >= period.city.least_people
            else None
            for indicator in programme.framework.indicators
        }
        for district in programme.city.districts
    }


def open_period(session: Session, city: City, *, since: date, until: date) -> Period:
    """The period with the number of people who took part in each district."""
    people = _people(session, since, until)
    return Period(session=session, city=city, since=since, until=until, people=people)


def _people(session: Session, since: date, until: date, *only: ColumnElement[bool]) -> dict[str, int]:
    query = select(DailyParticipant.book, func.count(DailyParticipant.account.distinct()))
    query = query.where(DailyParticipant.local_day.between(since, until), *only).group_by(DailyParticipant.book)
    return dict(session.execute(query).tuples().all())


def _measured(period: Period, measure: Measure) -> Values:
    match measure.kind:
        case "quantity_per_participant":
            return _quantity_per_participant(period, measure)
        case "actions_per_participant":
            return _actions_per_participant(period, measure)
        case "days_per_participant":
            return _days_per_participant(period)
        case "participation_rate":
            return _participation_rate(period)
        case "verified_share":
            return _verified_share(period)
        case "town_coverage":
            return _town_coverage(period)
        case _:
            raise ValueError(measure.kind)


def _quantity_per_participant(period: Period, measure: Measure) -> Values:
    total = func.sum(DailyFact.quantity)
    thousandths = _facts(period, total, DailyFact.action.in_(measure.actions), DailyFact.unit == measure.unit)
    return _per_participant(period, measure, {book: Decimal(n) / 1000 for book, n in thousandths.items()})


def _actions_per_participant(period: Period, measure: Measure) -> Values:
    counted = _facts(period, func.sum(DailyFact.actions), DailyFact.action.in_(measure.actions))
    return _per_participant(period, measure, {book: Decimal(n) for book, n in counted.items()})


def _days_per_participant(period: Period) -> Values:
    days = (
        select(DailyParticipant.book, DailyParticipant.account, DailyParticipant.local_day)
        .where(DailyParticipant.local_day.between(period.since, period.until))
        .distinct()
        .subquery()
    )
    rows = period.session.execute(select(days.c.book, func.count()).group_by(days.c.book))
    return {book: _monthly(period, Decimal(n), period.people[book]) for book, n in rows}


def _participation_rate(period: Period) -> Values:
    return {
        district.id: _percent(period.people.get(district.id, 0), district.population)
        for district in period.city.districts
        if district.population
    }


def _verified_share(period: Period) -> Values:
    every = _facts(period, func.sum(DailyFact.actions))
    verified = _facts(period, func.sum(DailyFact.actions), DailyFact.tier.in_(VERIFIED_TIERS))
    return {book: _percent(verified.get(book, 0), n) for book, n in every.items()}


def _town_coverage(period: Period) -> Values:
    # A town counts from the number of people on about whom figures may be shown.
    per_town = (
        select(DailyParticipant.book, DailyParticipant.town)
        .where(DailyParticipant.local_day.between(period.since, period.until))
        .group_by(DailyParticipant.book, DailyParticipant.town)
        .having(func.count(DailyParticipant.account.distinct()) >= period.city.least_people)
        .subquery()
    )
    rows = period.session.execute(select(per_town.c.book, func.count()).group_by(per_town.c.book))
    reached: dict[str, int] = dict(rows.tuples().all())
    return {district.id: _reached(district, reached) for district in period.city.districts}


def _reached(district: District, reached: Mapping[str, int]) -> Decimal | None:
    # A district of one town is covered or not, which says nothing.
    return _percent(reached.get(district.id, 0), len(district.towns)) if len(district.towns) > 1 else None


def _facts(period: Period, total: ColumnElement[int], *only: ColumnElement[bool]) -> dict[str, int]:
    query = select(DailyFact.book, total).where(DailyFact.local_day.between(period.since, period.until), *only)
    return {book: int(n) for book, n in period.session.execute(query.group_by(DailyFact.book)).tuples()}


def _per_participant(period: Period, measure: Measure, totals: Mapping[str, Decimal]) -> Values:
    by_action = DailyParticipant.action.in_(measure.actions)
    doers = _people(period.session, period.since, period.until, by_action)
    return {
        book: None
        if 0 < doers.get(book, 0) < period.city.least_people
        else _monthly(period, totals.get(book, Decimal(0)), people)
        for book, people in period.people.items()
    }


def _monthly(period: Period, total: Decimal, people: int) -> Decimal:
    return (total * MONTH_DAYS / period.days / people).quantize(SIX_PLACES)


def _percent(part: int, whole: int | None) -> Decimal | None:
    return (Decimal(part) * 100 / whole).quantize(SIX_PLACES) if whole else None
