"""The values behind the index, from daily aggregates in a database; few people are never told about."""

import dataclasses
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from greenlife.errors import PeriodInvalid
from greenlife.lifestyle_index import compute_index, indicator_values
from greenlife.models import DailyFact, DailyParticipant
from greenlife.models.base import Model
from greenlife.programme import load_programme

PROGRAMME = load_programme("huzhou")
DEQING, ANJI, CHANGHE = "huzhou-deqing", "huzhou-anji", "huzhou-changhe"
SINCE, UNTIL = date(2026, 10, 1), date(2026, 10, 30)  # thirty days: a month as the rates mean it
UNITS = {"recyclables": "kg", "shared_bike": "km", "own_bag": "bag", "bus_ride": "ride"}


@pytest.fixture
def session() -> Iterator[Session]:
    """The two tables of aggregates, which know nothing of the rest."""
    engine = create_engine("sqlite://")
    tables = [DailyFact.__table__, DailyParticipant.__table__]
    Model.metadata.create_all(engine, tables=tables)  # type: ignore[arg-type]
    with Session(engine) as session:
        yield session
    engine.dispose()


def did(
    session: Session,
    action: str,
    people: int,
    *,
    book: str = DEQING,
    town: str = "wukang",
    each: str = "1",
    tier: str = "attended",
    day: date = SINCE,
) -> None:
    """``people`` of one town did ``each`` of an action on a day; the same people each time."""
    session.add_all(
        DailyParticipant(book=book, local_day=day, account=f"acc_{town}_{n}", action=action, town=town)
        for n in range(people)
    )
    quantity = int(Decimal(each) * 1000) * people
    session.add(
        DailyFact(book=book, local_day=day, town=town, action=action, tier=tier, unit=UNITS[action], actions=people,
                  quantity=quantity, mg=1, points=1)
    )  # fmt: skip
    session.flush()


def values(session: Session, book: str = DEQING) -> dict[str, Decimal | None]:
    return indicator_values(session, PROGRAMME, since=SINCE, until=UNTIL)[book]


def test_rates_are_for_each_participant_and_thirty_days(session: Session) -> None:
    did(session, "recyclables", 20, each="3.2")
    did(session, "recyclables", 20, each="1.3", day=UNTIL)
    did(session, "shared_bike", 11, each="2.5", tier="partner")
    did(session, "own_bag", 40, tier="poster", day=SINCE + timedelta(days=1))
    found = values(session)
    assert found["recyclables_kg"] == Decimal("2.25")  # 90 kg, 40 people
    assert found["bike_km"] == Decimal("0.6875")  # 27.5 km, 40 people
    assert found["low_carbon_trips"] == Decimal("0.275")
    assert found["own_bag"] == Decimal(1)
    assert found["active_days"] == Decimal(2)  # 40 bag days, 20 + 20 others; the bikes fall on a day counted already
    assert found["verified_share"] == (Decimal(51) * 100 / 91).quantize(Decimal("0.000001"))
    assert found["participation_rate"] == (Decimal(40) * 100 / 553_000).quantize(Decimal("0.000001"))


def test_shorter_periods_give_the_same_rates_for_the_same_pace(session: Session) -> None:
    for day in range(30):
        did(session, "recyclables", 12, each="0.1", day=SINCE + timedelta(days=day))
    ten = indicator_values(session, PROGRAMME, since=SINCE, until=SINCE + timedelta(days=9))[DEQING]
    assert ten["recyclables_kg"] == values(session)["recyclables_kg"] == Decimal(3)


def test_days_outside_the_period_and_other_districts_do_not_count(session: Session) -> None:
    did(session, "recyclables", 11, each="1")
    did(session, "recyclables", 11, each="9", day=SINCE - timedelta(days=1))
    did(session, "recyclables", 11, each="9", day=UNTIL + timedelta(days=1))
    did(session, "recyclables", 30, each="9", book=ANJI, town="dipu")
    assert values(session)["recyclables_kg"] == Decimal(1)


def test_a_district_with_ten_people_has_no_values_and_with_eleven_it_has(session: Session) -> None:
    did(session, "own_bag", 10)
    did(session, "own_bag", 11, book=ANJI, town="dipu")
    assert set(values(session).values()) == {None}
    assert values(session, ANJI)["own_bag"] == Decimal(1)
    by_district = {one.district.id: one for one in compute_index(session, PROGRAMME, since=SINCE, until=UNTIL)}
    assert (by_district[DEQING].participants, by_district[DEQING].score.index) == (None, None)
    assert by_district[ANJI].participants == 11


def test_it_is_the_citys_threshold_that_hides_small_groups(session: Session) -> None:
    # The control to the two tests beside it: without the threshold the same figures are there.
    did(session, "own_bag", 10)
    did(session, "recyclables", 2, each="5")
    open_city = dataclasses.replace(PROGRAMME.city, least_people=2)
    shown = dataclasses.replace(PROGRAMME, city=open_city)
    found = indicator_values(session, shown, since=SINCE, until=UNTIL)[DEQING]
    assert (found["own_bag"], found["recyclables_kg"]) == (Decimal(1), Decimal(1))
    assert set(values(session).values()) == {None}


def test_what_only_a_few_of_many_did_is_missing_and_what_nobody_did_is_zero(session: Session) -> None:
    did(session, "own_bag", 40)
    did(session, "recyclables", 10, each="5")
    found = values(session)
    assert found["recyclables_kg"] is None
    assert found["bike_km"] == Decimal(0)


def test_a_town_counts_as_reached_from_eleven_people_on(session: Session) -> None:
    did(session, "own_bag", 11, town="wukang")
    did(session, "own_bag", 10, town="moganshan")
    assert values(session)["town_coverage"] == (Decimal(100) / 13).quantize(Decimal("0.000001"))


def test_a_zone_without_published_population_or_towns_is_not_held_against_it(session: Session) -> None:
    did(session, "own_bag", 20, book=CHANGHE, town="changhe")
    found = values(session, CHANGHE)
    assert (found["participation_rate"], found["town_coverage"]) == (None, None)
    assert found["own_bag"] == Decimal(1)


def test_every_district_has_an_answer_in_the_order_of_the_city(session: Session) -> None:
    did(session, "recyclables", 20, each="5")
    answers = compute_index(session, PROGRAMME, since=SINCE, until=UNTIL)
    assert [one.district for one in answers] == list(PROGRAMME.city.districts)
    deqing = next(one for one in answers if one.district.id == DEQING)
    assert deqing.score.index is not None
    assert deqing.score.index == sum(one.contribution for one in deqing.score.contributions)
    living = deqing.score.dimensions[0]
    assert (living.score, living.coverage, living.contribution) == (Decimal(50), Decimal("0.5"), Decimal(10))


def test_a_period_that_ends_before_it_begins_is_refused(session: Session) -> None:
    with pytest.raises(PeriodInvalid):
        compute_index(session, PROGRAMME, since=UNTIL, until=SINCE)
