"""Two people decide about points, and nothing that has begun is changed."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select

import ledger
from greenlife import chart
from greenlife.errors import (
    ActionUnknown,
    BudgetInvalid,
    CampaignNotOpen,
    DistrictUnknown,
    DraftSettled,
    DraftUnknown,
    GreenlifeError,
    MultiplierInvalid,
    OwnDraft,
    PointsInvalid,
    RoleRequired,
    RulesOverlap,
    StartsTooSoon,
    TierNotAccepted,
    TitlesMissing,
    WindowInvalid,
)
from greenlife.models import Campaign, CampaignUse, PolicyRule
from greenlife.policy import close_campaign, earliest_day, withdraw
from tests.greenlife.policy_world import (
    admins,
    approved,
    campaign_draft,
    days_on,
    live,
    proposed,
    rule_draft,
    today,
)
from tests.world import ANJI, DEQING, World


@pytest.fixture
def world(either_world: World) -> World:
    return either_world


def states(world: World) -> list[str]:
    with world.database.reading() as session:
        return [*session.scalars(select(PolicyRule.state)), *session.scalars(select(Campaign.state))]


def fund_of(world: World, campaign_id: str, book: str = DEQING) -> tuple[int, int]:
    """What the counter says is left, and what lies in the fund."""
    with world.database.reading() as session:
        campaign = session.get_one(Campaign, campaign_id)
        use = session.get_one(CampaignUse, (campaign_id, book))
        return use.points_left, ledger.balance(session, book, chart.fund(campaign.fund).path)


RULES: list[tuple[type[GreenlifeError], dict[str, Any]]] = [
    (ActionUnknown, {"action": "flying"}),
    (TierNotAccepted, {"tier": "hearsay"}),
    (TierNotAccepted, {"tier": "rotating", "action": "recyclables"}),
    (PointsInvalid, {"base": -1}),
    (PointsInvalid, {"per_unit": Decimal("-0.1")}),
    (PointsInvalid, {"per_unit": Decimal("NaN")}),
    (PointsInvalid, {"per_unit": Decimal("0.00001")}),
    (PointsInvalid, {"least": 0}),
    (PointsInvalid, {"least": 11}),
    (PointsInvalid, {"most": 10**30}),
    (PointsInvalid, {"action": "bus_ride", "per_unit": Decimal(1)}),
    (WindowInvalid, {"since": 3, "until": 2}),
    (StartsTooSoon, {"since": 0}),
    (StartsTooSoon, {"since": -30}),
]


@pytest.mark.parametrize(("error", "change"), RULES)
def test_a_wrong_rule_is_not_even_a_draft(world: World, error: type[GreenlifeError], change: dict[str, Any]) -> None:
    with pytest.raises(error):
        proposed(world, rule_draft(world, **change), admins(world)[0])
    assert states(world) == []


CAMPAIGNS: list[tuple[type[GreenlifeError], dict[str, Any]]] = [
    (MultiplierInvalid, {"multiplier": Decimal(0)}),
    (MultiplierInvalid, {"multiplier": Decimal(1)}),
    (MultiplierInvalid, {"multiplier": Decimal("10.01")}),
    (MultiplierInvalid, {"multiplier": Decimal("1.001")}),
    (MultiplierInvalid, {"multiplier": Decimal("Infinity")}),
    (BudgetInvalid, {"budget": 0}),
    (BudgetInvalid, {"budget": -5}),
    (BudgetInvalid, {"budget": 10**12}),
    (TitlesMissing, {"titles": {"zh-CN": "低碳周"}}),
    (TitlesMissing, {"titles": {"zh-CN": "低" * 41, "en": "Week"}}),
    (ActionUnknown, {"actions": ("own_bag", "flying")}),
    (TierNotAccepted, {"tiers": ("hearsay",)}),
    (DistrictUnknown, {"districts": ("atlantis",)}),
    (WindowInvalid, {"since": 3, "until": 2}),
    (StartsTooSoon, {"since": 0}),
]


@pytest.mark.parametrize(("error", "change"), CAMPAIGNS)
def test_a_wrong_campaign_is_not_even_a_draft(
    world: World, error: type[GreenlifeError], change: dict[str, Any]
) -> None:
    with pytest.raises(error):
        proposed(world, campaign_draft(world, **change), admins(world)[0])
    assert states(world) == []


@pytest.mark.parametrize("draft", [rule_draft, campaign_draft])
def test_who_proposes_does_not_approve(world: World, draft: Callable[[World], Any]) -> None:
    one, other = admins(world)
    draft_id = proposed(world, draft(world), one)
    with pytest.raises(OwnDraft):
        approved(world, draft_id, one)
    assert states(world) == ["draft"]
    approved(world, draft_id, other)  # the control
    assert states(world) == ["approved"]


@pytest.mark.parametrize("role", ["district_admin", "attendant", "clerk"])
def test_only_the_city_decides(world: World, role: str) -> None:
    one, other = admins(world)[0], world.staff(role, DEQING)
    with pytest.raises(RoleRequired):
        proposed(world, rule_draft(world), other)
    draft_id = proposed(world, rule_draft(world), one)
    with pytest.raises(RoleRequired):
        approved(world, draft_id, other)
    with world.database.writing() as session, pytest.raises(RoleRequired):
        withdraw(session, world.programme, staff=other, draft_id=draft_id, now=world.now)
    assert states(world) == ["draft"]


@pytest.mark.parametrize("draft_id", ["", "rul_nothing", "cam_nothing", "x" * 500, "rul_\x00"])
def test_what_nobody_proposed_is_not_approved(world: World, draft_id: str) -> None:
    with pytest.raises(DraftUnknown):
        approved(world, draft_id, admins(world)[1])


@pytest.mark.parametrize("draft", [rule_draft, campaign_draft])
def test_nothing_is_approved_twice(world: World, draft: Callable[[World], Any]) -> None:
    draft_id = live(world, draft(world))
    with pytest.raises(DraftSettled):
        approved(world, draft_id, admins(world)[1])


def test_what_was_withdrawn_is_not_approved_and_an_approval_can_be_taken_back_until_it_begins(world: World) -> None:
    one, other = admins(world)

    def take_back(draft_id: str) -> None:
        with world.database.writing() as session:
            withdraw(session, world.programme, staff=one, draft_id=draft_id, now=world.now)

    first = proposed(world, rule_draft(world), one)
    take_back(first)
    with pytest.raises(DraftSettled):
        approved(world, first, other)
    second = proposed(world, rule_draft(world), one)
    approved(world, second, other)
    take_back(second)
    third = live(world, rule_draft(world))
    world.later(days=1)
    with pytest.raises(DraftSettled):
        take_back(third)
    assert states(world).count("approved") == 1


def test_a_draft_that_waited_too_long_cannot_begin_in_the_past(world: World) -> None:
    one, other = admins(world)
    drafts = [proposed(world, rule_draft(world), one), proposed(world, campaign_draft(world), one)]
    world.later(days=1)
    for draft_id in drafts:
        with pytest.raises(StartsTooSoon) as refusal:
            approved(world, draft_id, other)
        assert refusal.value.params == {"earliest": days_on(world, 1)}


def test_in_the_last_minutes_of_a_day_tomorrow_is_too_soon(world: World) -> None:
    """A process that reads tomorrow's list at midnight has to find all of it, committed."""
    world.later(hours=14, minutes=49)  # 23:49 in the city
    assert earliest_day(world.programme, world.now) == days_on(world, 1)
    world.later(minutes=1)
    assert (today(world) - earliest_day(world.programme, world.now)) == timedelta(days=-2)


OVERLAPS: list[tuple[tuple[int, int | None], tuple[int, int | None], bool]] = [
    ((1, 5), (5, 9), True),
    ((1, 5), (6, 9), False),
    ((1, None), (1, None), True),
    ((1, None), (4, None), False),  # the later one follows
    ((4, None), (1, None), False),
    ((1, None), (4, 6), False),  # a week of other points within a rule without an end
    ((4, 6), (1, None), False),
    ((4, 6), (5, None), True),
    ((4, 6), (4, None), True),
    ((4, 6), (7, None), False),
    ((1, 9), (4, 6), True),
]


@pytest.mark.parametrize(("first", "second", "refused"), OVERLAPS)
def test_rules_that_overlap_are_refused_unless_one_lies_within_another_without_an_end(
    world: World, first: tuple[int, int | None], second: tuple[int, int | None], refused: bool
) -> None:
    one = live(world, rule_draft(world, since=first[0], until=first[1]))
    draft = rule_draft(world, since=second[0], until=second[1])
    if not refused:
        live(world, draft)
        return
    with pytest.raises(RulesOverlap) as refusal:
        live(world, draft)
    assert refusal.value.params == {"rule": one}
    assert sorted(states(world)) == ["approved", "draft"]


def race(count: int, approve_one: Callable[[int], object]) -> list[str]:
    def one(at: int) -> str:
        try:
            approve_one(at)
        except GreenlifeError as error:
            return error.code
        return "approved"

    with ThreadPoolExecutor(count) as pool:
        return sorted(pool.map(one, range(count)))


def race_of_overlapping_rules(world: World, since: int = 1) -> list[str]:
    one, other = admins(world)
    drafts = [proposed(world, rule_draft(world, since=since, until=since), one) for _ in range(6)]
    return race(6, lambda at: approved(world, drafts[at], other))


def test_of_overlapping_rules_approved_at_the_same_moment_one_is(world: World) -> None:
    assert race_of_overlapping_rules(world) == ["approved", *["rules_overlap"] * 5]


@pytest.mark.parametrize("either_world", ["postgresql"], indirect=True)
def test_without_the_turn_several_are(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control of the test above; SQLite writes one after the other anyway."""
    monkeypatch.setattr("greenlife.policy.decide._take_turn", lambda *_: None)
    assert any(race_of_overlapping_rules(world, day).count("approved") > 1 for day in range(1, 40))


def race_for_one_campaign(world: World) -> tuple[list[str], tuple[int, int]]:
    one, *others = (world.staff("city_admin", "huzhou") for _ in range(6))
    draft_id = proposed(world, campaign_draft(world, budget=40), one)
    outcome = race(5, lambda at: approved(world, draft_id, others[at]))
    return outcome, fund_of(world, draft_id)


def test_of_five_who_approve_a_campaign_one_does_and_it_is_paid_for_once(world: World) -> None:
    assert race_for_one_campaign(world) == (["approved", *["draft_settled"] * 4], (40, 40))


def test_without_the_condition_the_second_approval_is_not_noticed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The negative control: the decision that is not conditional goes on to pay, and only a key stops it."""
    monkeypatch.setattr("greenlife.policy.decide._decide", lambda *_, **__: True)
    one, other = admins(world)
    draft_id = proposed(world, campaign_draft(world), one)
    approved(world, draft_id, one)  # by the very same person
    with pytest.raises(Exception, match="campaign_use"):
        approved(world, draft_id, other)


def test_an_approved_campaign_has_its_budget_in_each_of_its_districts(world: World) -> None:
    everywhere = live(world, campaign_draft(world, budget=40, districts=None))
    here = live(world, campaign_draft(world, budget=70, districts=(DEQING, ANJI)))
    for district in world.programme.city.districts:
        assert fund_of(world, everywhere, district.id) == (40, 40)
    assert fund_of(world, here) == fund_of(world, here, ANJI) == (70, 70)
    with world.database.reading() as session:
        assert session.scalar(select(func.count()).where(CampaignUse.campaign_id == here)) == 2
        assert ledger.check_book(session, DEQING) is None


def test_what_a_closed_campaign_has_left_goes_back(world: World) -> None:
    campaign, admin = live(world, campaign_draft(world, budget=40, districts=(DEQING, ANJI))), admins(world)[0]

    def close(by: Any = admin) -> int:
        with world.database.writing() as session:
            return close_campaign(
                session, world.programme, staff=by, campaign_id=campaign, now=world.now, entropy=world.entropy
            )

    with pytest.raises(RoleRequired):
        close(world.attendant())
    assert close() == 80
    assert fund_of(world, campaign)[1] == 0
    with pytest.raises(CampaignNotOpen):
        close()
    with world.database.reading() as session:
        assert ledger.check_book(session, DEQING) is None
