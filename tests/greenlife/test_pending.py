"""Actions that wait: points kept in the budget, nothing of the resident in the ledger, and one end of three."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import ledger
from greenlife import chart
from greenlife.actions import (
    ActionClaim,
    Booked,
    ResidentRef,
    book_actions,
    confirm_pending,
    end_hold,
    pending,
    refuse_pending,
    withdraw_all,
)
from greenlife.errors import BudgetEmpty, CaseDecided
from greenlife.models import ActionRecord, Campaign, CampaignUse, CapUse, ReviewCase
from greenlife.programme import Programme
from greenlife.review import Rulebook
from greenlife.scans import undo_weighing
from greenlife.scans.own_code import ref_of
from tests.greenlife.policy_world import campaign_draft, live
from tests.world import DEQING, World

MINUTE = timedelta(minutes=1)


@pytest.fixture
def world(either_world: World) -> World:
    return either_world


@pytest.fixture
def ref(world: World) -> ResidentRef:
    return ref_of(world.resident())


def watched(world: World) -> Programme:
    """The programme in which every weighing has to be seen by somebody."""
    kind = world.programme.actions["recyclables"]
    rule = replace(kind.tiers["attended"], review=True)
    changed = replace(kind, tiers={"attended": rule})
    return replace(world.programme, actions={**world.programme.actions, "recyclables": changed})


def claim(world: World, ref: ResidentRef, number: int = 1, **changes: object) -> ActionClaim:
    plain = ActionClaim(
        resident=ref, action="recyclables", tier="attended", quantity=Decimal(3), unit="kg", material="cardboard",
        occurred_at=world.now, started_at=world.now - MINUTE, evidence_key=f"w:{number}:{ref.account}",
        reference=f"w:{number}",
    )  # fmt: skip
    return replace(plain, **changes)  # type: ignore[arg-type]


def book(world: World, programme: Programme, *claims: ActionClaim) -> list[Booked]:
    with world.database.writing() as session:
        return book_actions(session, programme, claims, now=world.now, entropy=world.entropy)


def fund(world: World) -> int:
    with world.database.reading() as session:
        return ledger.balance(session, DEQING, chart.fund("city").path)


def purse(world: World, ref: ResidentRef) -> dict[str, int]:
    with world.database.reading() as session:
        return ledger.balances(session, ref.book, chart.holder(ref.account))


def case_of(world: World, booked: Booked) -> ReviewCase:
    with world.database.reading() as session:
        return session.scalars(select(ReviewCase).where(ReviewCase.entry_id == booked.entry_id)).one()


Ending = Callable[..., object]


def end(world: World, ending: Ending, booked: Booked) -> None:
    with world.database.writing() as session:
        case = session.scalars(select(ReviewCase).where(ReviewCase.entry_id == booked.entry_id)).one()
        day = world.programme.local_day(world.now)
        ending(session, case=case, local_day=day, now=world.now, entropy=world.entropy)


def refuse_for_good(session: Session, *, case: ReviewCase, **when: Any) -> None:
    """The refusal, and the end of the time in which it could have been appealed."""
    refuse_pending(session, case=case)
    end_hold(session, case=case, **when)


def sound(world: World) -> None:
    with world.database.reading() as session:
        assert ledger.check_book(session, DEQING) is None


def test_what_is_held_takes_its_points_from_the_budget_and_gives_them_to_nobody(world: World, ref: ResidentRef) -> None:
    before = fund(world)
    (booked,) = book(world, watched(world), claim(world, ref))
    assert (booked.state, booked.points) == ("pending", 15)
    assert fund(world) == before - 15
    assert purse(world, ref) == {}
    case = case_of(world, booked)
    assert (case.state, [one["code"] for one in case.reasons]) == ("open", ["to_be_seen"])
    sound(world)


def test_the_ledger_learns_nothing_of_the_resident_while_it_waits(world: World, ref: ResidentRef) -> None:
    (booked,) = book(world, watched(world), claim(world, ref))
    with world.database.reading() as session:
        entries = ledger.entries_on(session, DEQING, world.programme.local_day(world.now))
        told = [(entry.kind, entry.home, dict(entry.details)) for entry in entries if entry.kind != "deposit"]
        assert told == [("review", "fund:city", {})]
        paths = [line.path for entry in entries for line in entry.lines]
        assert not any(ref.account in path for path in paths)
        with pytest.raises(ledger.EntryUnknown):
            ledger.get_entry(session, DEQING, booked.entry_id)


def test_approved_it_is_booked_as_if_nothing_had_been(world: World, ref: ResidentRef) -> None:
    twin = ref_of(world.resident())
    (plain,) = book(world, world.programme, claim(world, twin))
    before, at = fund(world), world.now
    (booked,) = book(world, watched(world), claim(world, ref))
    world.later(days=3)
    end(world, confirm_pending, booked)
    assert fund(world) == before - 15
    mine, others = (sorted(purse(world, one).items()) for one in (ref, twin))
    assert [(path.replace(ref.account, twin.account), amount) for path, amount in mine] == others
    with world.database.reading() as session:
        entry, model = (ledger.get_entry(session, DEQING, one.entry_id) for one in (booked, plain))
        assert (entry.kind, entry.occurred_at, entry.local_day) == (model.kind, at, model.local_day)
        assert entry.details == model.details
        assert entry.recorded_at - world.now < timedelta(milliseconds=1)  # after the release of the same moment
        record = session.get_one(ActionRecord, (DEQING, booked.entry_id))
        assert (record.state, record.recorded_at) == ("booked", at)
    sound(world)


def test_refused_its_points_are_the_budgets_and_its_evidence_stays_used_up(world: World, ref: ResidentRef) -> None:
    before = fund(world)
    (booked,) = book(world, watched(world), claim(world, ref))
    end(world, refuse_for_good, booked)
    assert fund(world) == before
    assert purse(world, ref) == {}
    (again,) = book(world, watched(world), claim(world, ref))
    assert (again.replayed, again.state, again.entry_id) == (True, "refused", booked.entry_id)
    with world.database.reading() as session:
        assert session.scalars(select(CapUse.used).where(CapUse.account == ref.account)).all() == [1]
    sound(world)


@pytest.mark.parametrize("first", [confirm_pending, refuse_for_good])
@pytest.mark.parametrize("second", [confirm_pending, refuse_for_good])
def test_there_is_one_end(world: World, ref: ResidentRef, first: Ending, second: Ending) -> None:
    (booked,) = book(world, watched(world), claim(world, ref))
    end(world, first, booked)
    after = fund(world), purse(world, ref)
    with pytest.raises(CaseDecided):
        end(world, second, booked)
    assert (fund(world), purse(world, ref)) == after


def test_without_the_guard_what_was_refused_is_booked(
    world: World, ref: ResidentRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the hold's second end is answered as a repetition, so nothing but the guard stands in between."""
    (booked,) = book(world, watched(world), claim(world, ref))
    end(world, refuse_for_good, booked)
    monkeypatch.setattr(pending, "_end", lambda *_: None)
    end(world, confirm_pending, booked)
    assert sum(purse(world, ref).values()) > 0


def test_a_budget_keeps_what_waits(world: World, ref: ResidentRef) -> None:
    """Of a budget for two, one waits and one is booked; a third finds it empty, and the approval does not."""
    leave_in_fund(world, 30)
    (waits,) = book(world, watched(world), claim(world, ref, 1))
    book(world, world.programme, claim(world, ref, 2))
    with pytest.raises(BudgetEmpty):
        book(world, world.programme, claim(world, ref, 3))
    with pytest.raises(BudgetEmpty):
        book(world, watched(world), claim(world, ref, 4))
    end(world, confirm_pending, waits)
    assert fund(world) == 0
    sound(world)


def leave_in_fund(world: World, points: int) -> None:
    out = fund(world) - points
    legs = (ledger.Leg(chart.fund("city"), -out), ledger.Leg(chart.sponsor("city"), out))
    entry = ledger.Entry(
        id=ledger.new_id("ent", world.entropy), book=DEQING, home="fund:city", reference="back", kind="deposit",
        occurred_at=world.now, local_day=world.programme.local_day(world.now), legs=legs, details={},
        salt=world.entropy(32), commitment=world.entropy(32),
    )  # fmt: skip
    with world.database.writing() as session:
        ledger.post(session, entry, now=world.now)


def test_the_counter_takes_back_what_waits(world: World) -> None:
    before, resident, staff = fund(world), world.resident(), world.attendant()
    ref = ref_of(resident)
    (booked,) = book(world, watched(world), claim(world, ref, staff_id=staff.id, site_id=staff.scope))
    for reference in ("u:1", "u:1", "u:2"):
        with world.database.writing() as session:
            undone = undo_weighing(
                session, world.programme, staff=staff, entry_id=booked.entry_id, reason="wrong_weight",
                reference=reference, now=world.later(minutes=1), entropy=world.entropy,
            )  # fmt: skip
        assert (undone.state, undone.mg, undone.points) == ("withdrawn", 0, 0)
    assert fund(world) == before
    assert case_of(world, booked).state == "withdrawn"
    with world.database.reading() as session:
        assert session.scalars(select(CapUse.used).where(CapUse.account == ref.account)).all() == [0]
    with pytest.raises(CaseDecided):
        end(world, confirm_pending, booked)
    sound(world)


def test_who_leaves_leaves_the_budget_whole(world: World, ref: ResidentRef) -> None:
    before = fund(world)
    book(world, watched(world), claim(world, ref, 1), claim(world, ref, 2))
    with world.database.writing() as session:
        day = world.programme.local_day(world.now)
        assert withdraw_all(session, ref.id, local_day=day, now=world.now, entropy=world.entropy) == 2
    assert fund(world) == before
    sound(world)


def test_a_batch_is_judged_in_its_order(world: World, ref: ResidentRef) -> None:
    """The eighth alike little weighing is held because of the seven before it in the same batch."""
    start = world.now + MINUTE
    world.later(hours=1)
    doses = [
        claim(
            world, ref, number, quantity=Decimal("0.1"), started_at=start, occurred_at=start + number * MINUTE + MINUTE
        )
        for number in range(9)
    ]
    together = [booked.state for booked in book(world, world.programme, *doses)]
    other = ref_of(world.resident())
    singly = [
        book(world, world.programme, replace(one, resident=other, evidence_key=f"o:{number}"))[0].state
        for number, one in enumerate(doses)
    ]
    assert together == singly
    assert together[0] == "booked"
    assert together[-1] == "pending"


def test_without_rules_nothing_waits(world: World, ref: ResidentRef) -> None:
    """The control of all above."""
    programme = replace(world.programme, rulebook=Rulebook((), frozenset()))
    doses = [claim(world, ref, number, quantity=Decimal("0.1")) for number in range(9)]
    assert {booked.state for booked in book(world, programme, *doses)} == {"booked"}
    with world.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ReviewCase)) == 0


@pytest.mark.parametrize(("ending", "left"), [(confirm_pending, 85), (refuse_for_good, 100)])
def test_a_bonus_waits_with_its_action_and_goes_back_with_it(
    world: World, ref: ResidentRef, ending: Ending, left: int
) -> None:
    campaign = live(world, campaign_draft(world))
    world.later(days=1)
    (booked,) = book(world, watched(world), claim(world, ref))
    assert (booked.state, booked.points) == ("pending", 30)
    end(world, ending, booked)
    with world.database.reading() as session:
        use = session.get_one(CampaignUse, (campaign, DEQING))
        paid_from = session.get_one(Campaign, campaign).fund
        assert use.points_left == left == ledger.balance(session, DEQING, chart.fund(paid_from).path)
    sound(world)
