"""Who decides what, in which order, and what becomes of the points."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text, update

import ledger
from greenlife import chart
from greenlife.actions import CITY_FUND
from greenlife.cases import APPEAL_DAYS, FIRST, close_unappealed, decide_case, find_unappealed, forget_cases
from greenlife.errors import (
    AppealedAlready,
    AppealTooLate,
    BudgetEmpty,
    CaseDecided,
    CaseUnknown,
    DecisionInvalid,
    NothingToAppeal,
    OtherDistrict,
    OwnCase,
    RoleRequired,
    SameReviewer,
)
from greenlife.models import Resident, ReviewCase, Staff
from greenlife.scans import resident_summary
from greenlife.scheduler import end_appeals
from ledger import EntryUnknown
from tests.greenlife.life import mentions
from tests.held import (
    appeal,
    budget,
    case_of,
    decide,
    decide_again,
    hold_everything,
    let_everything_pass,
    points,
    record_of,
    reviewer,
    scan,
    weigh,
)
from tests.world import ANJI, DEQING, World


@pytest.fixture
def world(either_world: World) -> World:
    hold_everything(either_world)
    return either_world


def in_ledger(world: World, entry_id: str) -> bool:
    with world.database.reading() as session:
        try:
            ledger.get_entry(session, DEQING, entry_id)
        except EntryUnknown:
            return False
    return True


def close_all(world: World) -> int:
    with world.database.reading() as session:
        over = find_unappealed(session, now=world.now)
    closed = 0
    for case_id in over:
        with world.database.writing() as session:
            closed += close_unappealed(session, world.programme, case_id=case_id, now=world.now, entropy=world.entropy)
    return closed


def test_an_approval_books_the_action_as_it_would_have_been(world: World) -> None:
    resident, before = world.resident(), budget(world)
    booked = scan(world, resident)
    assert (booked.state, points(world, resident), budget(world)) == ("pending", 0, before - booked.points)

    world.later(days=2)
    case = decide(world, reviewer(world), case_of(world, booked))

    assert case.state == "approved"
    assert (points(world, resident), budget(world)) == (booked.points, before - booked.points)
    with world.database.reading() as session:
        entry = ledger.get_entry(session, DEQING, booked.entry_id)
    record = record_of(world, booked)
    assert record.state == "booked"
    assert (entry.local_day, entry.occurred_at) == (record.local_day, record.occurred_at)
    assert case.hold_entry is None


@pytest.mark.parametrize("decision", ["approved", "refused"])
def test_the_ledger_never_learns_which_action_was_held(world: World, decision: str) -> None:
    resident = world.resident()
    booked = scan(world, resident)
    case = case_of(world, booked)
    names = {"entry": booked.entry_id, "case": case.id, "resident": resident.id, "account": resident.account}
    assert not in_ledger_tables(world, names)

    decide(world, reviewer(world), case, decision)

    held = {place for place, name in in_ledger_tables(world, names) if name == "entry"}
    assert bool(held) is (decision == "approved")
    with world.database.reading() as session:
        told = session.execute(text("SELECT reference FROM ledger_entry")).scalars().all()
        paths = session.execute(text("SELECT path FROM ledger_account")).scalars().all()
    assert not any(booked.entry_id in name for name in (*told, *paths))
    assert any(name == f"review:{case.hold_entry}" for name in told)  # the control: it is there, under its own name


def in_ledger_tables(world: World, names: dict[str, str]) -> set[tuple[str, str]]:
    return {found for found in mentions(world, dict(names)) if found[0].startswith("ledger_")}


def test_a_refusal_books_nothing_and_keeps_the_points_for_an_appeal(world: World) -> None:
    resident, before = world.resident(), budget(world)
    booked = scan(world, resident)

    case = decide(world, reviewer(world), case_of(world, booked), "refused")

    assert (case.state, record_of(world, booked).state) == ("refused", "refused")
    assert (points(world, resident), budget(world)) == (0, before - booked.points)
    assert not in_ledger(world, booked.entry_id)


def test_an_appeal_that_is_won_finds_its_points_in_an_empty_budget(world: World) -> None:
    resident = world.resident()
    booked = scan(world, resident)
    case = decide(world, reviewer(world), case_of(world, booked), "refused")
    empty(world)

    appeal(world, resident, case)
    won = decide_again(world, reviewer(world), case)

    assert (won.state, record_of(world, booked).state) == ("approved", "booked")
    assert (points(world, resident), budget(world)) == (booked.points, 0)
    let_everything_pass(world)
    with pytest.raises(BudgetEmpty):  # the control: there is nothing else in it
        scan(world, resident, "form:2")


def empty(world: World) -> None:
    left = budget(world)
    legs = (ledger.Leg(chart.fund(CITY_FUND), -left), ledger.Leg(chart.sponsor("city"), left))
    entry = ledger.Entry(
        id=ledger.new_id("ent", world.entropy), book=DEQING, home="fund:city", reference="emptied", kind="deposit",
        occurred_at=world.now, local_day=world.programme.local_day(world.now), legs=legs, details={},
        salt=world.entropy(32), commitment=world.entropy(32),
    )  # fmt: skip
    with world.database.writing() as session:
        ledger.post(session, entry, now=world.now)


def test_an_appeal_that_is_lost_gives_the_points_back_to_the_budget(world: World) -> None:
    resident, before = world.resident(), budget(world)
    booked = scan(world, resident)
    case = decide(world, reviewer(world), case_of(world, booked), "refused")
    appeal(world, resident, case)

    lost = decide_again(world, reviewer(world), case, "refused")

    assert (lost.state, record_of(world, booked).state) == ("refused_finally", "refused")
    assert (points(world, resident), budget(world)) == (0, before)


def test_a_refusal_that_nobody_appeals_in_time_gives_the_points_back(world: World) -> None:
    resident, before = world.resident(), budget(world)
    booked = scan(world, resident)
    case = decide(world, reviewer(world), case_of(world, booked), "refused")

    world.later(days=APPEAL_DAYS, seconds=-1)
    assert close_all(world) == 0
    world.later(seconds=1)
    assert close_all(world) == 1
    assert close_all(world) == 0

    assert (case_of(world, booked).state, budget(world)) == ("refused_finally", before)
    with pytest.raises(AppealTooLate):
        appeal(world, resident, case)


def test_the_scheduled_job_ends_what_nobody_appealed(world: World, tmp_path: Path) -> None:
    before = budget(world)
    for number in range(3):
        decide(world, reviewer(world), case_of(world, scan(world, world.resident(), f"form:{number}")), "refused")
    world.later(days=APPEAL_DAYS)
    assert end_appeals(world.runtime(tmp_path)) == 3
    assert budget(world) == before


def test_a_decision_a_year_late_books_too(world: World) -> None:
    """Its points are over by then, as if they had been booked in time and not spent."""
    resident = world.resident()
    booked = scan(world, resident)
    world.later(days=400)
    assert decide(world, reviewer(world), case_of(world, booked)).state == "approved"
    assert in_ledger(world, booked.entry_id)


def test_an_appeal_comes_once_in_time_and_from_the_resident(world: World) -> None:
    resident = world.resident()
    case = case_of(world, scan(world, resident))
    with pytest.raises(NothingToAppeal):
        appeal(world, resident, case)
    decide(world, reviewer(world), case, "refused")
    with pytest.raises(CaseUnknown):
        appeal(world, world.resident(), case)
    world.later(days=APPEAL_DAYS, seconds=-1)
    assert appeal(world, resident, case).state == "appealed"
    with pytest.raises(AppealedAlready):
        appeal(world, resident, case)


def test_nobody_decides_on_their_own(world: World) -> None:
    attendant, resident = world.attendant(), world.resident()
    case = case_of(world, weigh(world, attendant, resident))
    same_phone, promoted = reviewer(world), attendant
    change(world, same_phone, phone=resident.phone)
    change(world, promoted, role="district_admin", scope=DEQING)

    for staff in (same_phone, promoted):
        with pytest.raises(OwnCase):
            decide(world, staff, case)
        assert case_of_id(world, case).state == "open"
    assert decide(world, reviewer(world), case).state == "approved"  # the control


def change(world: World, staff: Staff, **values: str) -> None:
    for name, value in values.items():
        setattr(staff, name, value)
    with world.database.writing() as session:
        session.execute(update(Staff).where(Staff.id == staff.id).values(**values))


def case_of_id(world: World, case: ReviewCase) -> ReviewCase:
    with world.database.reading() as session:
        return session.get_one(ReviewCase, case.id)


def test_the_second_look_is_another_persons(world: World) -> None:
    resident, first = world.resident(), reviewer(world)
    case = case_of(world, scan(world, resident))
    decide(world, first, case, "refused")
    appeal(world, resident, case)

    for decision in ("approved", "refused"):
        with pytest.raises(SameReviewer):
            decide_again(world, first, case, decision)
    assert decide_again(world, world.staff("city_admin", "huzhou"), case).state == "approved"


def test_who_has_no_desk_of_the_district_decides_nothing(world: World) -> None:
    case = case_of(world, scan(world, world.resident()))
    with pytest.raises(RoleRequired):
        decide(world, world.attendant(), case)
    with pytest.raises(OtherDistrict):
        decide(world, reviewer(world, ANJI), case)
    case.id = "rev_nothing"
    with pytest.raises(CaseUnknown):
        decide(world, reviewer(world), case)


@pytest.mark.parametrize(("decision", "reason"), [("approved", "not_possible"), ("maybe", ""), ("refused", "x")])
def test_a_decision_has_a_reason_of_its_own_list(world: World, decision: str, reason: str) -> None:
    case, staff = case_of(world, scan(world, world.resident())), reviewer(world)
    with pytest.raises(DecisionInvalid), world.database.writing() as session:
        decide_case(
            session, world.programme, look=FIRST, staff=staff, case_id=case.id, decision=decision, reason=reason,
            now=world.now, entropy=world.entropy,
        )  # fmt: skip


def test_the_same_decision_again_changes_nothing_and_another_one_is_refused(world: World) -> None:
    resident, staff = world.resident(), reviewer(world)
    booked = scan(world, resident)
    case = case_of(world, booked)
    first = decide(world, staff, case)
    world.later(minutes=1)

    assert decide(world, staff, case).decided_at == first.decided_at
    assert points(world, resident) == booked.points
    with pytest.raises(CaseDecided):
        decide(world, staff, case, "refused")
    with pytest.raises(CaseDecided):
        decide(world, reviewer(world), case)


def test_what_was_only_marked_is_booked_and_there_is_nothing_to_decide(world: World) -> None:
    hold_everything(world, "flag")
    resident = world.resident()
    booked = scan(world, resident)
    assert (booked.state, points(world, resident)) == ("booked", booked.points)
    with pytest.raises(CaseDecided):
        decide(world, reviewer(world), case_of(world, booked))
    with pytest.raises(CaseUnknown):
        appeal(world, resident, case_of(world, booked))


def test_the_years_grams_count_what_is_booked_only(world: World) -> None:
    resident, attendant = world.resident(), world.attendant()
    booked = weigh(world, attendant, resident)

    def year(resident: Resident) -> int:
        with world.database.reading() as session:
            return resident_summary(session, world.programme, resident=resident, now=world.now).carbon_year_mg

    assert (booked.mg > 0, year(resident)) == (True, 0)
    decide(world, reviewer(world), case_of(world, booked))
    assert year(resident) == booked.mg


def test_cases_are_forgotten_a_year_after_their_end_and_never_while_points_are_held(world: World) -> None:
    resident = world.resident()
    approved, waiting = scan(world, resident), scan(world, world.resident(), "form:2")
    decide(world, reviewer(world), case_of(world, approved))

    def forget() -> int:
        with world.database.writing() as session:
            return forget_cases(session, now=world.now)

    world.now += timedelta(days=365)
    assert forget() == 0
    world.later(seconds=1)
    assert forget() == 1
    assert case_of(world, waiting).state == "open"
