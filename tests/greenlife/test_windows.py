"""When an action can be claimed: neither before it happened nor too long afterwards, by the city's days."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from greenlife.actions import ActionClaim, Booked, ResidentRef, book_actions, window
from greenlife.errors import (
    ActionInFuture,
    ClaimTooOld,
    ConfigInvalid,
    GreenlifeError,
    MethodologyUnknown,
    StartAfterEnd,
    StartMissing,
    TooShort,
)
from greenlife.kinds import load_tiers
from greenlife.programme import Programme
from greenlife.scans import own_code
from greenlife.scans.own_code import ref_of
from tests.greenlife.test_caps import ruled
from tests.greenlife.test_kinds import DATA
from tests.greenlife.test_weighing import open_for, weigh
from tests.world import World

SECOND = timedelta(seconds=1)
BERLIN = "Europe/Berlin"
SUMMER_ENDS = date(2026, 10, 25)
"""A day of 25 hours in Berlin."""


@pytest.fixture
def ref(world: World) -> ResidentRef:
    return ref_of(world.resident())


def book(
    world: World, ref: ResidentRef, at: datetime, *, tier: str = "partner", programme: Programme | None = None
) -> Booked:
    number = f"{world.random.random()}"
    claim = ActionClaim(
        resident=ref, action="bus_ride", tier=tier, quantity=Decimal(1), unit="ride", occurred_at=at,
        evidence_key=number, reference=number,
    )  # fmt: skip
    with world.database.writing() as session:
        (booked,) = book_actions(
            session, programme or world.programme, [claim], now=world.now, entropy=world.entropy
        )  # fmt: skip
    return booked


def in_zone(world: World, zone: str, day: date) -> tuple[Programme, datetime]:
    """The programme in another zone, and the midnight with which the day begins there."""
    programme = replace(world.programme, city=replace(world.programme.city, zone=ZoneInfo(zone)))
    return programme, programme.midnight(day)


def test_what_has_not_happened_is_refused_and_clocks_may_differ_a_little(world: World, ref: ResidentRef) -> None:
    book(world, ref, world.now + window.CLOCKS_DIFFER)
    with pytest.raises(ActionInFuture) as refused:
        book(world, ref, world.now + window.CLOCKS_DIFFER + SECOND)
    assert refused.value.params == {"at": world.now + window.CLOCKS_DIFFER + SECOND}


@pytest.mark.parametrize(("zone", "hours"), [("Asia/Shanghai", 24), (BERLIN, 25)])
@pytest.mark.parametrize(("tier", "days"), [("partner", 60), ("rotating", 1), ("poster", 1)])
def test_the_window_ends_at_a_local_midnight(
    world: World, ref: ResidentRef, zone: str, hours: int, tier: str, days: int
) -> None:
    programme, today = in_zone(world, zone, SUMMER_ENDS)
    begins = programme.midnight(SUMMER_ENDS - timedelta(days=days))
    world.now = today + timedelta(hours=hours) - SECOND  # the last second of the day, however long it is
    book(world, ref, begins, tier=tier, programme=programme)
    with pytest.raises(ClaimTooOld) as refused:
        book(world, ref, begins - SECOND, tier=tier, programme=programme)
    assert refused.value.params == {"days": days}
    world.now += SECOND
    with pytest.raises(ClaimTooOld):
        book(world, ref, begins, tier=tier, programme=programme)
    book(world, ref, begins + timedelta(days=1, hours=1), tier=tier, programme=programme)


def test_an_action_may_have_a_window_of_its_own(world: World, ref: ResidentRef) -> None:
    today = world.programme.midnight(world.programme.local_day(world.now))
    programme = ruled(world, "bus_ride", "partner", claim_days=0)
    book(world, ref, today, programme=programme)
    with pytest.raises(ClaimTooOld):
        book(world, ref, today - SECOND, programme=programme)
    book(world, ref, today - SECOND)


def test_an_action_before_its_methodology_began_is_refused_with_the_day(world: World, ref: ResidentRef) -> None:
    world.now = world.programme.midnight(date(2026, 1, 1))
    book(world, ref, world.now)
    with pytest.raises(MethodologyUnknown) as refused:
        book(world, ref, world.now - SECOND)
    assert refused.value.params["on"] == date(2025, 12, 31)


def test_a_replay_is_answered_however_late_it_comes(world: World, ref: ResidentRef) -> None:
    claim = ActionClaim(
        resident=ref, action="bus_ride", tier="poster", quantity=Decimal(1), unit="ride", occurred_at=world.now,
        evidence_key="p", reference="p",
    )  # fmt: skip
    for replayed in (False, True):
        with world.database.writing() as session:
            (booked,) = book_actions(session, world.programme, [claim], now=world.now, entropy=world.entropy)
        assert booked.replayed is replayed
        world.later(days=300)


def test_what_is_refused_books_nothing_and_without_the_window_it_would(
    world: World, ref: ResidentRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same two claims are booked when nobody looks at the times."""
    times = (world.now + timedelta(days=1), world.now - timedelta(days=61))
    for at in times:
        with pytest.raises(GreenlifeError):
            book(world, ref, at)
    monkeypatch.setattr("greenlife.actions.booking.check_window", lambda *_, **__: None)
    assert [book(world, ref, at).replayed for at in times] == [False, False]


def trip(world: World, ref: ResidentRef, *, began: timedelta | None) -> Booked:
    """A minute is what a trip takes at least, by the rules; ``began`` is how long ago."""
    number = f"{world.random.random()}"
    claim = ActionClaim(
        resident=ref, action="shared_bike", tier="partner", quantity=Decimal(1), unit="km",
        started_at=None if began is None else world.now - began, occurred_at=world.now, evidence_key=number,
        reference=number,
    )  # fmt: skip
    with world.database.writing() as session:
        (booked,) = book_actions(session, world.programme, [claim], now=world.now, entropy=world.entropy)
    return booked


def test_what_is_over_too_quickly_is_refused_and_at_its_least_it_counts(world: World, ref: ResidentRef) -> None:
    trip(world, ref, began=60 * SECOND)
    for began in (59 * SECOND, timedelta()):
        with pytest.raises(TooShort) as refused:
            trip(world, ref, began=began)
        assert refused.value.params == {"seconds": 60}


def test_what_begins_after_its_end_is_refused(world: World, ref: ResidentRef) -> None:
    with pytest.raises(StartAfterEnd):
        trip(world, ref, began=-SECOND)


def test_leaving_the_beginning_out_is_no_way_around_it(
    world: World, ref: ResidentRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StartMissing):
        trip(world, ref, began=None)
    monkeypatch.setattr(window, "_check_dwell", lambda *_: None)
    assert trip(world, ref, began=None).points  # the control: what was refused is worth something


def test_where_nothing_is_asked_a_beginning_may_be_missing_but_not_wrong(world: World, ref: ResidentRef) -> None:
    world.programme = ruled(world, "shared_bike", "partner", dwell=None)
    trip(world, ref, began=None)
    trip(world, ref, began=SECOND)
    with pytest.raises(StartAfterEnd):
        trip(world, ref, began=-SECOND)


def test_a_scale_takes_a_moment_from_the_visits_opening(world: World) -> None:
    staff, resident = world.attendant(), world.resident()
    visit = open_for(world, staff, own_code(resident, city="huzhou", now=world.now).text)
    world.later(seconds=2)
    with pytest.raises(TooShort):
        weigh(world, staff, visit.id)
    world.later(seconds=1)
    assert not weigh(world, staff, visit.id).booked.replayed


@pytest.mark.parametrize("days", ["-1", "4000", '"60"'])
def test_a_wrong_window_of_a_tier_refuses_the_start(tmp_path: Path, days: str) -> None:
    text = (DATA.parent / "tiers.toml").read_text("utf-8")
    file = tmp_path / "tiers.toml"
    file.write_text(text.replace("claim_days = 60", f"claim_days = {days}"), "utf-8")
    with pytest.raises(ConfigInvalid) as refused:
        load_tiers(file)
    assert refused.value.params["key"] == "partner.claim_days"
