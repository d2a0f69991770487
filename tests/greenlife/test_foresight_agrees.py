"""Looking ahead and counting are made of one table, and agree whatever was counted before."""

from dataclasses import dataclass, fields, replace
from datetime import timedelta
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from greenlife.actions import ActionClaim, ResidentRef, caps, foresee_refusals
from greenlife.actions.caps import Cap, Limit, count_towards_caps
from greenlife.actions.households import name_households
from greenlife.db import primary_key
from greenlife.errors import GreenlifeError, PlaceFull
from greenlife.kinds import TierRule
from greenlife.models import PlaceUse
from greenlife.programme import Programme
from greenlife.scans.own_code import ref_of
from tests.greenlife.test_caps import claim, ruled
from tests.greenlife.test_households import household
from tests.world import World

KINDS = {
    "daily_cap": st.integers(1, 3),
    "daily_quantity": st.none() | st.decimals("1", "4", places=1),
    "place_cap": st.none() | st.integers(1, 4),
    "household_cap": st.none() | st.integers(1, 4),
    "interval": st.none() | st.timedeltas(timedelta(minutes=1), timedelta(hours=20)),
}
"""What a rule can limit."""
NO_LIMITS = {"weight", "places", "points", "claim_days", "dwell", "review"}


@dataclass(frozen=True)
class Use:
    """Who did it where, so much of it, so many hours after the first one."""

    who: int
    place: int | None
    quantity: Decimal
    hours: int


USES = st.lists(
    st.builds(
        Use,
        who=st.integers(0, 2),
        place=st.none() | st.integers(0, 1),
        quantity=st.decimals("0.05", "2", places=2),
        hours=st.integers(0, 40),
    ),
    min_size=4,
    max_size=14,
)


@pytest.fixture
def world(either_world: World) -> World:
    return either_world


@pytest.fixture
def refs(world: World) -> list[ResidentRef]:
    """Two who live together, and one who lives alone."""
    return [ref_of(one) for one in (*household(world, 2), world.resident())]


def counted(session: Session, programme: Programme, one: ActionClaim) -> GreenlifeError | None:
    """What counting raises; what was refused counts nothing."""
    (named,) = name_households(session, programme, [one])
    rule = programme.actions[one.action].tiers[one.tier]
    try:
        with session.begin_nested():
            count_towards_caps(session, [(named, programme.local_day(one.occurred_at), rule)])
    except GreenlifeError as refusal:
        return refusal
    return None


def said(refusal: GreenlifeError | None) -> tuple[object, ...]:
    return (refusal and refusal.code, refusal and dict(refusal.params))


def agree(world: World, refs: list[ResidentRef], rule: dict[str, Any], uses: list[Use]) -> set[object]:
    """Looks and counts, one use after the other; answers which refusals there were."""
    programme, met = ruled(world, "recyclables", "attended", **rule), set[object]()
    with world.database.writing() as session:
        for number, use in enumerate(uses):
            at = world.now + timedelta(hours=use.hours)
            one = claim(world, refs[use.who], number, at=at, quantity=use.quantity)
            one = replace(one, site_id=None if use.place is None else f"sit_{use.place}")
            refusals = foresee_refusals(session, programme, one, day=programme.local_day(at))
            refused = counted(session, programme, one)
            assert said(next(iter(refusals), None)) == said(refused), (rule, uses[: number + 1])
            met.add(said(refused)[0])
        session.rollback()
    return met


def test_a_caps_key_is_its_tables() -> None:
    for cap in caps.CAPS:
        assert cap.key == tuple(column.key for column in primary_key(cap.table))
        assert {limit.column for limit in cap.limits} == {*cap.table.__table__.columns.keys()} - {*cap.key}


def test_a_rule_limits_nothing_that_is_not_tried_here() -> None:
    assert {field.name for field in fields(TierRule)} - NO_LIMITS == set(KINDS)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rule=st.fixed_dictionaries(KINDS), uses=USES)
def test_what_is_foreseen_is_what_refuses(
    world: World, refs: list[ResidentRef], rule: dict[str, Any], uses: list[Use]
) -> None:
    agree(world, refs, rule, uses)


def test_each_refusal_is_met(world: World, refs: list[ResidentRef]) -> None:
    """The control of the test above: one that never met a cap would agree as well."""
    one = Use(0, 0, Decimal(1), 0)
    met = set[object]()
    for name, most in {"daily_cap": 1, "daily_quantity": Decimal(1), "interval": timedelta(hours=1)}.items():
        met |= agree(world, refs, {"daily_cap": 9} | {name: most}, [one, one])
    for name in ("place_cap", "household_cap"):
        met |= agree(world, refs, {name: 1, "interval": None}, [one, replace(one, who=1)])
    assert met == {None, "cap_reached", "quantity_cap_reached", "too_soon", "place_full", "household_cap_reached"}


def test_a_look_that_forgets_a_cap_is_found_out(
    world: World, refs: list[ResidentRef], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of both: as it was when a new cap had to be told in two places."""
    whole = caps.foresee_caps
    monkeypatch.setattr(
        "greenlife.actions.foresight.foresee_caps",
        lambda *told: (one for one in whole(*told) if not isinstance(one, PlaceFull)),
    )
    with pytest.raises(AssertionError):
        agree(world, refs, {"place_cap": 1, "interval": None}, [Use(who, 0, Decimal(1), 0) for who in (0, 1)])


def test_a_new_cap_is_told_in_one_place(world: World, refs: list[ResidentRef], monkeypatch: pytest.MonkeyPatch) -> None:
    kilograms = Limit("used", int, lambda _: 3, lambda _, __: PlaceFull(cap=3))
    monkeypatch.setattr(caps, "CAPS", (*caps.CAPS, Cap(PlaceUse, caps.CAPS[1].key, (kilograms,))))
    uses = [Use(who, 0, Decimal(2), 0) for who in (0, 1, 2)]
    assert agree(world, refs, {"place_cap": None, "interval": None}, uses) == {None, "place_full"}


def test_many_at_once_are_refused_where_one_by_one_they_would_be(world: World, refs: list[ResidentRef]) -> None:
    programme = ruled(world, "recyclables", "attended", daily_cap=2, place_cap=3, household_cap=3, interval=None)
    rule = programme.actions["recyclables"].tiers["attended"]
    day = programme.local_day(world.now)
    for times in product(range(4), repeat=3):
        batch = [claim(world, refs[who], n, site_id="sit_0") for who in range(3) for n in range(times[who])]
        with world.database.writing() as session:
            named = name_households(session, programme, batch)
            alone = {counted(session, programme, one) for one in batch}
            session.rollback()
        with world.database.writing() as session:
            try:
                count_towards_caps(session, [(one, day, rule) for one in named])
                together: GreenlifeError | None = None
            except GreenlifeError as refusal:
                together = refusal
            session.rollback()
        assert (together is None) == (alone <= {None}), times
