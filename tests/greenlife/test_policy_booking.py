"""Actions are booked by the rules of their day, and campaigns pay until their budget is spent, exactly."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import event, select

import ledger
from greenlife import chart
from greenlife.actions import ActionClaim, Booked, book_actions
from greenlife.errors import BudgetEmpty, GreenlifeError
from greenlife.models import ActionRecord, Campaign, CampaignUse, Resident
from greenlife.policy import Grant, close_campaign
from greenlife.scans import UNDO_REASONS, preview_scan, record_scan, resident_record, resident_summary, undo_weighing
from greenlife.scans.own_code import ref_of
from tests.greenlife.policy_world import admins, campaign_draft, live, rule_draft
from tests.world import ANJI, DEQING, HOSTS, World

MINUTE = timedelta(minutes=1)


@pytest.fixture
def world(either_world: World) -> World:
    return either_world


def claim(world: World, resident: Resident, reference: str = "r1", **change: Any) -> ActionClaim:
    """An own bag at a poster: two points by its file."""
    return ActionClaim(**{
        "resident": ref_of(resident), "action": "own_bag", "tier": "poster", "quantity": Decimal(1), "unit": "bag",
        "started_at": world.now - MINUTE, "occurred_at": world.now, "evidence_key": f"poster:{resident.id}:{reference}", "reference": reference,
    } | change)  # fmt: skip


def book(world: World, *claims: ActionClaim) -> list[Booked]:
    with world.database.writing() as session:
        return book_actions(session, world.programme, claims, now=world.now, entropy=world.entropy)


def one_point(world: World, resident: Resident, **change: Any) -> int:
    return book(world, claim(world, resident, **change))[0].points


def details(world: World, booked: Booked) -> dict[str, Any]:
    with world.database.reading() as session:
        return dict(ledger.get_entry(session, booked.book, booked.entry_id).details)


def left(world: World, campaign_id: str, district: str = DEQING) -> int:
    """What the counter says, which is what the fund has."""
    with world.database.reading() as session:
        campaign = session.get_one(Campaign, campaign_id)
        counted = session.get_one(CampaignUse, (campaign_id, district)).points_left
        assert counted == ledger.balance(session, district, chart.fund(campaign.fund).path)
    return counted


def test_a_rule_is_in_force_on_its_days_and_the_file_on_all_others(world: World) -> None:
    resident, rule = world.resident(), live(world, rule_draft(world, since=1, until=2))
    points, rules = [], []
    for at in range(4):
        (booked,) = book(world, claim(world, resident, f"r{at}"))
        points.append(booked.points)
        rules.append(details(world, booked)["policy"])
        world.later(days=1)
    assert (points, rules) == ([2, 5, 5, 2], ["file", rule, rule, "file"])


def test_a_later_rule_begins_within_one_that_has_no_end(world: World) -> None:
    live(world, rule_draft(world, since=1))
    live(world, rule_draft(world, since=3, until=3, base=9))
    live(world, rule_draft(world, since=5, base=7))
    resident, points = world.resident(), []
    for at in range(6):
        points.append(one_point(world, resident, reference=f"r{at}"))
        world.later(days=1)
    assert points == [2, 5, 5, 9, 5, 7]


def test_a_day_that_a_feed_reports_later_has_the_points_of_that_day(world: World) -> None:
    resident, before = world.resident(), world.now
    live(world, rule_draft(world, since=1))
    world.later(days=1)
    assert one_point(world, resident, reference="late", started_at=before, occurred_at=before) == 2
    assert one_point(world, resident, reference="now") == 5


def test_a_process_that_read_the_day_before_an_approval_goes_by_the_same_rules_as_one_that_reads_after(
    world: World,
) -> None:
    resident = world.resident()
    assert one_point(world, resident) == 2  # read now
    live(world, rule_draft(world, since=1))
    world.later(hours=14)  # an hour before midnight
    assert one_point(world, resident, reference="r2") == 2
    world.later(hours=1)
    assert one_point(world, resident, reference="r3") == 5


def test_the_rules_are_read_once_a_day_and_a_booking_without_a_campaign_asks_no_counter(world: World) -> None:
    resident, seen = world.resident(), []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.extend(table for table in ("points_rule", "campaign_use", "campaign ") if table in statement)

    event.listen(world.database.engine, "before_cursor_execute", note)
    for at in range(3):
        one_point(world, resident, reference=f"r{at}", tier="attended", evidence_key=f"w{at}")
    assert seen == ["points_rule", "campaign "]


def test_a_campaign_pays_its_part_from_its_own_fund_into_a_lot_of_its_own(world: World) -> None:
    resident, campaign = world.resident(), live(world, campaign_draft(world, multiplier=Decimal("2.5")))
    world.later(days=1)
    (booked,) = book(world, claim(world, resident))
    assert booked.points == 5  # two, and half as much again beside them
    assert left(world, campaign) == 97
    frozen = details(world, booked)
    assert (frozen["policy"], frozen["campaign"], frozen["bonus"]) == ("file", campaign, 3)
    with world.database.reading() as session:
        lots = ledger.balances(session, DEQING, chart.wallet(resident.account))
        record = resident_record(session, world.programme, resident=resident, entry_id=booked.entry_id)
        summary = resident_summary(session, world.programme, resident=resident, now=world.now)
        fund = session.get_one(Campaign, campaign).fund
        assert ledger.check_book(session, DEQING) is None
    assert {path.split(":")[3]: points for path, points in lots.items()} == {"city": 2, fund: 3}
    assert record.campaign is not None
    assert (record.campaign.titles["en"], record.points) == ("Low-carbon week, double points", 5)
    assert record.quote is not None
    assert record.quote.bonus == Grant(fund=fund, points=3, campaign=campaign)
    assert summary.points == 5


def test_a_bonus_is_rounded_down_and_none_of_zero_points_is_paid(world: World) -> None:
    resident, campaign = world.resident(), live(world, campaign_draft(world, multiplier=Decimal("1.4")))
    world.later(days=1)
    (booked,) = book(world, claim(world, resident))
    assert (booked.points, left(world, campaign)) == (2, 100)
    assert "bonus" not in details(world, booked)


@pytest.mark.parametrize(
    ("change", "points"),
    [
        ({}, 4),
        ({"actions": ("own_bag",), "tiers": ("poster",)}, 4),
        ({"actions": ("bus_ride",)}, 2),
        ({"tiers": ("partner", "attended")}, 2),
        ({"districts": (ANJI,)}, 2),
        ({"since": 2}, 2),
    ],
)
def test_a_campaign_pays_for_what_it_names(world: World, change: dict[str, Any], points: int) -> None:
    resident = world.resident()
    live(world, campaign_draft(world, **change))
    world.later(days=1)
    assert one_point(world, resident) == points


def test_a_campaign_ends_with_its_last_day(world: World) -> None:
    resident = world.resident()
    live(world, campaign_draft(world, since=1, until=1))
    world.later(days=1)
    assert one_point(world, resident) == 4
    world.later(days=1)
    assert one_point(world, resident, reference="r2") == 2


def test_one_action_has_one_bonus_of_the_most_generous_that_can_pay(world: World) -> None:
    small = live(world, campaign_draft(world, multiplier=Decimal(2)))
    large = live(world, campaign_draft(world, multiplier=Decimal(4), budget=8))
    world.later(days=1)
    points = [one_point(world, world.resident()) for _ in range(4)]
    # Six, then the last two of eight, then those of the other one.
    assert points == [8, 4, 4, 4]
    assert (left(world, large), left(world, small)) == (0, 96)


def test_in_a_batch_the_budget_ends_where_it_ends_in_single_bookings(world: World) -> None:
    people = [world.resident() for _ in range(5)]
    campaign = live(world, campaign_draft(world, budget=5))
    world.later(days=1)
    assert [one.points for one in book(world, *(claim(world, one) for one in people))] == [4, 4, 3, 2, 2]
    assert left(world, campaign) == 0


def test_a_booking_that_is_refused_gives_its_bonus_back(world: World) -> None:
    poor = world.resident(ANJI)  # the city's fund is empty there
    campaign = live(world, campaign_draft(world, districts=(ANJI,)))
    world.later(days=1)
    with pytest.raises(BudgetEmpty):
        book(world, claim(world, poor))
    assert left(world, campaign, ANJI) == 100


def test_the_same_request_again_takes_no_second_bonus(world: World) -> None:
    resident, campaign = world.resident(), live(world, campaign_draft(world))
    world.later(days=1)
    assert [one_point(world, resident) for _ in range(2)] == [4, 4]
    assert left(world, campaign) == 98


def test_what_is_undone_is_in_the_fund_and_on_the_counter_again(world: World) -> None:
    campaign = live(world, campaign_draft(world, budget=3))
    world.later(days=1)
    resident, attendant = world.resident(), world.attendant()
    (booked,) = book(
        world,
        claim(
            world, resident, action="recyclables", tier="attended", unit="kg", quantity=Decimal(3), material="pet",
            site_id=attendant.scope, staff_id=attendant.id,
        ),
    )  # fmt: skip
    assert left(world, campaign) == 0
    for _ in range(2):  # the second click changes nothing
        undo(world, attendant, booked)
        assert left(world, campaign) == 3
    assert one_point(world, resident, reference="next") == 4


def undo(world: World, attendant: Any, booked: Booked) -> None:
    with world.database.writing() as session:
        undo_weighing(
            session, world.programme, staff=attendant, entry_id=booked.entry_id, reason=UNDO_REASONS[0],
            reference="undo", now=world.now, entropy=world.entropy,
        )  # fmt: skip


def test_a_closed_campaign_pays_nothing_even_where_its_day_was_read_before(world: World) -> None:
    campaign = live(world, campaign_draft(world))
    world.later(days=1)
    assert one_point(world, world.resident()) == 4
    admin = admins(world)[0]
    with world.database.writing() as session:
        returned = close_campaign(
            session, world.programme, staff=admin, campaign_id=campaign, now=world.now, entropy=world.entropy
        )
    assert returned == 98
    assert one_point(world, world.resident()) == 2


def test_looking_shows_the_bonus_and_takes_nothing(world: World) -> None:
    resident, poster = world.resident(), world.poster()
    campaign = live(world, campaign_draft(world, budget=3))
    world.later(days=1)

    def look() -> int:
        with world.database.reading() as session:
            seen = preview_scan(
                session, world.programme, resident=resident, code=poster.code, hosts=HOSTS, now=world.now
            )
        return seen.quote.points

    assert [look(), look()] == [4, 4]
    assert left(world, campaign) == 3
    with world.database.writing() as session:
        receipt = record_scan(
            session, world.programme, resident=resident, code=poster.code, hosts=HOSTS, reference="r1", now=world.now,
            entropy=world.entropy,
        )  # fmt: skip
    assert receipt.booked.points == 4
    assert look() == 3  # for somebody else there is one point left


BUDGET, PEOPLE = 25, 20
"""Two points each by the file and three as a bonus: enough for eight, and one point more."""


def race(world: World) -> tuple[list[int | str], int]:
    """The points of each of those who book at the same moment, or why they got none; and what the campaign paid."""
    people = [world.resident() for _ in range(PEOPLE)]

    def one(resident: Resident) -> int | str:
        try:
            return one_point(world, resident)
        except GreenlifeError as error:
            return error.code

    with ThreadPoolExecutor(PEOPLE) as pool:
        answers = list(pool.map(one, people))
    with world.database.reading() as session:
        paid = sum(session.scalars(select(ActionRecord.bonus)))
    return answers, paid


def running(world: World) -> str:
    campaign = live(world, campaign_draft(world, budget=BUDGET, multiplier=Decimal("2.5")))
    world.later(days=1)
    return campaign


def test_however_many_book_at_once_the_budget_is_spent_exactly_and_nobody_is_refused(world: World) -> None:
    campaign = running(world)
    answers, paid = race(world)
    assert paid == BUDGET
    assert sorted(map(str, answers)) == sorted([*["5"] * 8, "3", *["2"] * 11])
    assert left(world, campaign) == 0
    with world.database.reading() as session:
        assert ledger.check_book(session, DEQING) is None


def _unguarded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("greenlife.policy.bonus._take", lambda _session, _campaign, _book, points: points)


def test_without_the_counter_bookings_are_refused_because_a_campaign_is_spent(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A negative control: the ledger's floor holds, and people go without the points that they had earned."""
    running(world)
    _unguarded(monkeypatch)
    answers, paid = race(world)
    assert answers.count("budget_empty") == PEOPLE - BUDGET // 3
    assert paid == BUDGET - 1


def test_without_counter_and_floor_the_budget_is_passed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other negative control: nothing else would stop it."""
    real = chart.fund
    monkeypatch.setattr(
        chart, "fund", lambda fund: ledger.Account(real(fund).path, ledger.POINT, floor=None)
        if fund.startswith("campaign") else real(fund),
    )  # fmt: skip
    running(world)
    _unguarded(monkeypatch)
    answers, paid = race(world)
    assert (answers, paid) == ([5] * PEOPLE, 3 * PEOPLE)
    assert paid > BUDGET


def test_undoing_and_booking_at_once_never_grants_a_point_twice(world: World) -> None:
    campaign = running(world)
    attendant = world.attendant()
    weighed = [
        book(
            world,
            claim(
                world, world.resident(), f"w{at}", action="recyclables", tier="attended", unit="kg", material="pet",
                quantity=Decimal(1), site_id=attendant.scope, staff_id=attendant.id,
            ),
        )[0]
        for at in range(4)
    ]  # fmt: skip
    people = [world.resident() for _ in range(12)]
    with ThreadPoolExecutor(16) as pool:
        undone = [pool.submit(undo, world, attendant, one) for one in weighed]
        booked = [pool.submit(one_point, world, one) for one in people]
        for future in (*undone, *booked):
            future.result()
    with world.database.reading() as session:
        standing = sum(session.scalars(select(ActionRecord.bonus).where(ActionRecord.undone_at.is_(None))))
        assert ledger.check_book(session, DEQING) is None
    assert standing + left(world, campaign) == BUDGET
