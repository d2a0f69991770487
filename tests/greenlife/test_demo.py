"""The demo city: the same from the same seed, whole, plausible, and with a place for each of its accounts."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

import ledger
import rewards
from greenlife import chart
from greenlife.actions import CITY_FUND
from greenlife.db import Database, open_database, upgrade
from greenlife.demo import ACCOUNTS, Size, build_demo
from greenlife.demo.habits import HABITS
from greenlife.errors import CapReached, EvidenceClaimed, PlaceCapReached
from greenlife.kinds import GROUPS
from greenlife.models import ActionRecord, Installation, Poster, Resident, Site, Staff
from greenlife.policy import list_policy
from greenlife.programme import load_programme
from greenlife.residents import PRIVACY_VERSION, parse_phone
from greenlife.scans import preview_scan, resident_summary

PROGRAMME = load_programme("huzhou")
NOW = datetime(2026, 11, 2, 7, 17, tzinfo=UTC)
"""A Monday, a quarter past three in the afternoon in the city."""
WHOLE = Size(residents=160, days=60, actions=1_600, redemptions=200)
TINY = Size(residents=75, days=3, actions=200, redemptions=10)
DEQING = "huzhou-deqing"


def silent(_what: str, _done: int, _of: int) -> None:
    pass


def built(
    folder: Path,
    size: Size,
    *,
    seed: int = 2026,
    now: datetime = NOW,
    progress: Callable[[str, int, int], None] = silent,
) -> Database:
    database = open_database(f"sqlite:///{folder / 'demo.db'}")
    upgrade(database)
    build_demo(database, PROGRAMME, seed=seed, now=now, progress=progress, size=size)
    return database


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = built(tmp_path_factory.mktemp("demo"), WHOLE)
    yield database
    database.engine.dispose()


def leaves(database: Database) -> list[bytes]:
    """The hashes of all entries: equal where the cities are equal."""
    with database.reading() as session:
        return list(session.scalars(text("SELECT leaf_hash FROM ledger_entry ORDER BY book, id")))


def staff(database: Database, role: str) -> Staff:
    with database.reading() as session:
        phones = [parse_phone(account.phone) for account in ACCOUNTS[:5]]
        return session.scalars(select(Staff).where(Staff.phone.in_(phones), Staff.role == role)).one()


def host(database: Database) -> Resident:
    with database.reading() as session:
        return session.scalars(select(Resident).where(Resident.phone == parse_phone(ACCOUNTS[0].phone))).one()


def test_the_same_seed_and_time_give_the_same_city(tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("one", "two", "other")]
    one, two = (leaves(built(folder, TINY)) for folder in folders[:2])
    other = leaves(built(folders[2], TINY, seed=7))
    assert one == two
    assert len(one) > 100
    assert not set(one) & set(other)


def test_the_books_are_as_their_entries_say_and_no_fund_runs_dry(city: Database) -> None:
    with city.reading() as session:
        for district in PROGRAMME.city.districts:
            assert ledger.check_book(session, district.id) is None
            given = ledger.balance(session, district.id, chart.sponsor("city").path)
            assert ledger.balance(session, district.id, chart.fund(CITY_FUND).path) > -given / 2


def test_nothing_lies_in_the_future_and_nothing_is_recorded_before_it_occurred(city: Database) -> None:
    with city.reading() as session:
        first, last = session.execute(
            select(func.min(ActionRecord.occurred_at), func.max(ActionRecord.recorded_at))
        ).one()
        early = session.scalar(select(func.count()).where(ActionRecord.recorded_at < ActionRecord.occurred_at))
    assert PROGRAMME.midnight(PROGRAMME.local_day(NOW) - timedelta(days=59)) <= first
    assert last <= NOW
    assert early == 0


def test_each_day_up_to_today_and_each_habit_have_their_entries(city: Database) -> None:
    with city.reading() as session:
        days = session.scalar(select(func.count(ActionRecord.local_day.distinct())))
        kinds = set(session.execute(select(ActionRecord.action, ActionRecord.tier).distinct()).tuples())
        actions = session.scalar(select(func.count()).select_from(ActionRecord))
    assert days == WHOLE.days
    assert kinds == {(habit.action, habit.tier) for habit in HABITS}
    assert {PROGRAMME.actions[code].group for code, _ in kinds} == set(GROUPS) - {"sinks"}  # nobody plants in autumn
    assert actions is not None
    assert actions > WHOLE.actions


def test_residents_have_a_home_and_an_accepted_notice(city: Database) -> None:
    with city.reading() as session:
        residents = list(session.scalars(select(Resident)))
    assert len(residents) == WHOLE.residents
    assert all(resident.town and resident.privacy_version == PRIVACY_VERSION for resident in residents)


def test_vouchers_end_in_every_way_and_some_offers_cannot_be_had(city: Database) -> None:
    today, account = PROGRAMME.local_day(NOW), host(city).account
    with city.reading() as session:
        states = {
            voucher.state
            for resident in session.scalars(select(Resident))
            for voucher in rewards.list_vouchers(
                session, book=resident.book or "", holder=chart.holder(resident.account)
            ).items
        }
        offers = rewards.list_offers(
            session, district=DEQING, holder=chart.holder(account), points=1_300, today=today, limit=200
        ).items
    assert states == {"held", "captured", "released", "expired"}
    assert {None, "not_yet", "over", "points_short"} <= {offer.obstacle for offer in offers}


def test_the_accounts_sign_in_in_the_order_of_the_roles(city: Database) -> None:
    roles = ["attendant", "clerk", "district_admin", "city_admin"]
    assert [staff(city, role).phone for role in roles] == [parse_phone(account.phone) for account in ACCOUNTS[1:5]]
    assert [account.path for account in ACCOUNTS] == ["/sign-in", *["/staff/sign-in"] * 5]


def test_two_administrators_of_the_city_have_decided_something_and_have_something_to_decide(city: Database) -> None:
    with city.reading() as session:
        found = list_policy(session, PROGRAMME, today=PROGRAMME.local_day(NOW))
        admins = set(session.scalars(select(Staff.id).where(Staff.role == "city_admin")))
        paid = session.scalar(select(func.sum(ActionRecord.bonus)))
    (running,) = [view for view in found.campaigns if view.phase == "running"]
    assert len(admins) == 2
    assert {running.campaign.proposed_by, running.campaign.decided_by} == admins
    assert {one.proposed_by for one in (*found.rules, *(view.campaign for view in found.campaigns))} == admins
    assert paid == sum(running.campaign.budget - left for left in running.left.values())
    assert paid


def test_station_merchant_and_desk_of_the_accounts_are_in_the_residents_district(city: Database) -> None:
    with city.reading() as session:
        station = session.get_one(Site, staff(city, "attendant").scope)
        merchant = rewards.get_merchant(session, staff(city, "clerk").scope)
    assert (station.kind, station.district, merchant.district) == ("station", DEQING, DEQING)
    assert (host(city).book, staff(city, "district_admin").scope) == (DEQING, DEQING)
    assert staff(city, "city_admin").scope == PROGRAMME.city.id


def test_each_counter_of_the_city_has_somebody(city: Database) -> None:
    with city.reading() as session:
        stations = set(session.scalars(select(Site.id).where(Site.kind == "station")))
        attended = set(session.scalars(select(Staff.scope).where(Staff.role == "attendant")))
        desks = set(session.scalars(select(Staff.scope).where(Staff.role == "district_admin")))
    assert stations == attended
    assert desks == {district.id for district in PROGRAMME.city.districts}


def test_the_resident_has_weighed_cardboard_today_and_can_spend_over_a_thousand_points(city: Database) -> None:
    resident = host(city)
    with city.reading() as session:
        summary = resident_summary(session, PROGRAMME, resident=resident, now=NOW)
        weighed = session.scalars(
            select(ActionRecord).where(ActionRecord.resident_id == resident.id, ActionRecord.material == "cardboard")
        ).all()
    assert 1_000 < summary.points < 1_500
    assert len(weighed) > 20
    assert max(record.local_day for record in weighed) == PROGRAMME.local_day(NOW)
    assert {record.staff_id for record in weighed} == {staff(city, "attendant").id}


def test_the_clerk_can_take_the_residents_open_voucher(city: Database) -> None:
    resident, clerk, today = host(city), staff(city, "clerk"), PROGRAMME.local_day(NOW)
    with city.writing() as session:
        vouchers = rewards.list_vouchers(session, book=DEQING, holder=chart.holder(resident.account)).items
        assert [voucher.state for voucher in vouchers] == ["held", "captured", "captured", "captured"]
        taken = rewards.capture_voucher(
            session, code=vouchers[0].code, merchant_id=clerk.scope, clerk_id=clerk.id, place=clerk.label,
            reference="till:1", today=today, now=NOW, entropy=bytes,
        )  # fmt: skip
    assert taken.points == 100


def test_the_resident_can_afford_something_at_the_clerks_merchant(city: Database) -> None:
    holder, today = chart.holder(host(city).account), PROGRAMME.local_day(NOW)
    with city.reading() as session:
        offers = rewards.list_offers(
            session, district=DEQING, holder=holder, points=1_000, today=today, limit=200
        ).items
    assert any(offer.merchant_id == staff(city, "clerk").scope and offer.obstacle is None for offer in offers)


def test_every_poster_near_the_resident_can_still_be_scanned_today(city: Database) -> None:
    with city.reading() as session:
        posters = session.scalars(
            select(Poster).join(Site, Site.id == Poster.site_id).where(Site.district == DEQING)
        ).all()
        previews = [
            preview_scan(session, PROGRAMME, resident=host(city), code=poster.short, hosts=(), now=NOW)
            for poster in posters
        ]
    assert {preview.action for preview in previews} == {"bus_ride", "own_bag"}
    assert all(preview.here_at is None and preview.used == 0 for preview in previews)


def test_a_city_built_just_after_midnight_has_no_entries_of_the_new_day(tmp_path: Path) -> None:
    midnight = PROGRAMME.midnight(PROGRAMME.local_day(NOW))
    database = built(tmp_path, TINY, now=midnight + timedelta(minutes=4))
    with database.reading() as session:
        assert session.scalar(select(func.max(ActionRecord.recorded_at))) < midnight


def test_a_crowded_city_keeps_within_the_caps(tmp_path: Path) -> None:
    built(tmp_path, Size(residents=74, days=2, actions=4_000, redemptions=20))


def test_without_its_guard_a_crowded_city_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control of the test above."""
    monkeypatch.setattr("greenlife.demo.days._Guard.lets", lambda *_: True)
    with pytest.raises((CapReached, EvidenceClaimed, PlaceCapReached)):
        built(tmp_path, Size(residents=74, days=2, actions=4_000, redemptions=20))


def test_an_interrupted_build_is_not_ready(tmp_path: Path) -> None:
    def interrupt(_what: str, done: int, _of: int) -> None:
        if done > 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        built(tmp_path, TINY, progress=interrupt)
    with open_database(f"sqlite:///{tmp_path / 'demo.db'}").reading() as session:
        installation = session.scalars(select(Installation)).one()
    assert (installation.demo_seed, installation.demo_ready) == (2026, False)


def test_a_finished_build_is_ready_and_its_progress_went_from_nothing_to_all(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    database = built(tmp_path, TINY, progress=lambda *step: told.append(step))
    with database.reading() as session:
        assert session.scalars(select(Installation)).one().demo_ready
    assert [step for step in told if step[0] == "Actions and rewards"] == [
        ("Actions and rewards", done, TINY.days) for done in range(TINY.days + 1)
    ]
