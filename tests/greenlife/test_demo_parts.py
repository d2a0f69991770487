"""The parts that the demo city is made of: homes, weather, habits, the clock, the shelf."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy.orm import Session

from greenlife.demo import ACCOUNTS, Size
from greenlife.demo.days import LEFT_OUT, make_calendar
from greenlife.demo.habits import HABITS
from greenlife.demo.occasions import MAKERS, MATERIALS
from greenlife.demo.people import list_homes, share_out
from greenlife.demo.places import add_places
from greenlife.demo.shelf import Shelf, add_shelf
from greenlife.demo.timeline import Timeline
from greenlife.demo.weather import make_weather
from greenlife.programme import load_programme
from greenlife.residents import parse_phone
from rewards import NewMerchant, NewOffer
from tests.world import World

PROGRAMME = load_programme("huzhou")
TODAY = date(2026, 11, 2)
DAYS = Size(days=28).days_until(TODAY)
NOON = datetime(2026, 11, 2, 4, 0, tzinfo=UTC)


def test_the_history_ends_today() -> None:
    assert (DAYS[0], DAYS[-1], len(DAYS)) == (date(2026, 10, 6), TODAY, 28)


def test_people_are_shared_out_whole_and_all() -> None:
    assert share_out(10, [1, 1, 1]) == [4, 3, 3]
    assert share_out(7, [0.5, 99.5]) == [0, 7]
    assert sum(share_out(1_999, [727, 545, 553, 678, 595, 309, 60])) == 1_999


def test_every_town_has_somebody_most_enough_to_be_shown_and_a_few_too_few() -> None:
    homes = Counter(town.id for town in list_homes(PROGRAMME.city, Size().residents - 1))
    towns = {town.id for district in PROGRAMME.city.districts for town in district.towns}
    few = [town for town, people in homes.items() if people < PROGRAMME.city.least_people]
    assert set(homes) == towns
    assert 2 <= len(few) <= 10


def test_phones_of_the_accounts_are_mobile_numbers_and_all_different() -> None:
    phones = [parse_phone(account.phone) for account in ACCOUNTS]
    assert len(set(phones)) == 6
    assert phones[0] == "+8613800000001"


def test_each_habit_is_an_action_on_a_tier_that_the_programme_has() -> None:
    assert set(MAKERS) == {(habit.action, habit.tier) for habit in HABITS}
    assert all(habit.tier in PROGRAMME.actions[habit.action].tiers for habit in HABITS)
    assert list(MATERIALS) == list(PROGRAMME.actions["recyclables"].materials)
    assert sum(habit.share for habit in HABITS) == pytest.approx(1)


def test_people_ride_less_in_the_rain_and_weigh_more_at_weekends() -> None:
    by_action = {habit.action: habit for habit in HABITS}
    monday, saturday = TODAY, TODAY - timedelta(days=2)
    bike, scale = by_action["shared_bike"], by_action["recyclables"]
    assert bike.pull(monday, 1.0) < 0.5 * bike.pull(monday, 0.0)
    assert scale.pull(saturday, 0.0) > 2 * scale.pull(monday, 0.0)
    assert bike.pull(monday, 0.0) > bike.pull(saturday, 0.0)


def test_rain_comes_on_some_days_and_wets_them_up_to_wholly() -> None:
    weather = make_weather(Size(days=365).days_until(TODAY), Random(1))
    wet = [wetness for wetness in weather.values() if wetness]
    assert 60 < len(wet) < 240
    assert 0.4 <= min(wet) <= max(wet) <= 1


def test_the_calendar_spreads_all_actions_over_the_days() -> None:
    size = Size(actions=10_000, days=28)
    calendar = make_calendar(size, DAYS, dict.fromkeys(DAYS, 0.0))
    occasions = sum(calendar.expected.values())
    visits = sum(count for (_, action, _), count in calendar.expected.items() if action == "recyclables")
    assert occasions + 0.75 * visits == pytest.approx(size.actions / (1 - LEFT_OUT))


def test_things_happen_in_the_order_of_the_clock_and_later_ones_wait() -> None:
    told: list[str] = []
    timeline = Timeline()

    def tell(word: str, then: Callable[[datetime], None] = lambda _: None) -> Callable[[Session, datetime], None]:
        def happening(_: Session, at: datetime) -> None:
            told.append(word)
            then(at)

        return happening

    timeline.add(NOON + timedelta(hours=2), tell("two"))
    timeline.add(NOON, tell("noon", lambda at: timeline.add(at + timedelta(hours=1), tell("one"))))
    timeline.add(NOON + timedelta(hours=9), tell("nine"))
    timeline.run(Session(), until=NOON + timedelta(hours=3))
    assert told == ["noon", "one", "two"]
    timeline.run(Session(), until=NOON + timedelta(hours=9))
    assert told[-1] == "nine"


def test_every_district_has_stops_shops_and_stations_with_posters_of_their_own(world: World) -> None:
    with world.database.writing() as session:
        places = add_places(session, PROGRAMME.city, entropy=world.entropy)
    for district in PROGRAMME.city.districts:
        for kind in ("stop", "shop", "station"):
            assert places.spots[kind, district.id]
            assert places.near(kind, district.id, "nowhere") == places.spots[kind, district.id]
    posted = [spot.poster for kind in ("stop", "shop") for spot in places.of_kind(kind)]
    assert len({code[:8] for code in posted}) == len(posted)
    names = [spot.names["zh-CN"] for kind in ("stop", "shop", "station") for spot in places.of_kind(kind)]
    assert len(set(names)) == len(names)


def test_there_are_forty_merchants_and_sixty_offers_in_all_districts(world: World) -> None:
    with world.database.writing() as session:
        shelf = add_shelf(session, PROGRAMME.city, today=TODAY, entropy=world.entropy)
    assert (len(shelf.merchants), len(shelf.offers)) == (40, 60)
    assert all(shelf.merchants_of(district.id) for district in PROGRAMME.city.districts)
    assert all(offer.notes["en"] and offer.titles["en"] for offer in shelf.offers.values())


def one_offer(**terms: object) -> Shelf:
    merchant = NewMerchant(names={"zh-CN": "店"}, district="huzhou-anji", town="dipu", address={"zh-CN": "街"})
    fields: dict[str, object] = {"points": 40, "value_cents": 200, "starts_on": TODAY, "ends_on": TODAY}
    offer = NewOffer(merchant_id="mer", titles={"zh-CN": "券"}, notes={}, **(fields | terms))  # type: ignore[arg-type]
    return Shelf({"mer": merchant}, {"off": offer})


def had(shelf: Shelf, *, points: int = 40, account: str = "a", today: date = TODAY) -> bool:
    return bool(shelf.choice(district="huzhou-anji", account=account, points=points, today=today))


def test_the_shelf_offers_what_can_be_had_and_nothing_else() -> None:
    assert had(one_offer())
    assert not had(one_offer(), points=39)
    assert not had(one_offer(), today=TODAY + timedelta(days=1))
    assert not had(one_offer(district="huzhou-deqing"))


def test_the_shelf_counts_stock_and_limits_and_what_is_given_back() -> None:
    limited, stocked = one_offer(per_person_limit=1), one_offer(stock=1)
    for shelf in (limited, stocked):
        shelf.take("off", "a")
    assert (had(limited), had(limited, account="b")) == (False, True)
    assert (had(stocked), had(stocked, account="b")) == (False, False)
    stocked.take("off", "a", by=-1)
    assert had(stocked)
