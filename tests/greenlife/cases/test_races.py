"""Two at once: two who decide, an undo, a leaving, an appeal that comes with the end of its time."""

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from sqlalchemy.orm import Session

import rewards
from greenlife.actions import withdraw_all
from greenlife.cases import APPEAL_DAYS, FIRST, LOOKS, SECOND, appeal_case, close_unappealed, decide_case
from greenlife.cases import deciding as deciding_module
from greenlife.errors import SameReviewer
from greenlife.models import Resident, ReviewCase, Staff
from greenlife.residents import forget_resident
from greenlife.scans import undo_weighing
from tests.greenlife.test_leaving_meets import in_turn
from tests.held import (
    REASONS,
    appeal,
    budget,
    case_of,
    decide,
    decide_again,
    hold_everything,
    points,
    record_of,
    reviewer,
    scan,
    weigh,
)
from tests.world import World

Act = Callable[[Session], object]


@pytest.fixture
def world(either_world: World) -> World:
    hold_everything(either_world)
    return either_world


def deciding(world: World, staff: Staff, case: ReviewCase, decision: str, look: str = FIRST) -> Act:
    return lambda session: decide_case(
        session, world.programme, look=look, staff=staff, case_id=case.id, decision=decision, reason=REASONS[decision],
        now=world.now, entropy=world.entropy,
    )  # fmt: skip


def leaving(world: World, resident: Resident) -> Act:
    today = world.programme.local_day(world.now)
    at: dict[str, Any] = {"now": world.now, "entropy": world.entropy}

    def leave(session: Session) -> object:
        return forget_resident(
            session, resident=resident, remember=lambda _: None,
            forget_vouchers=partial(rewards.forget_holder, session, today=today, **at),
            withdraw=partial(withdraw_all, session, local_day=today, **at),
        )  # fmt: skip

    return leave


def at_once(world: World, *acts: Act) -> list[str]:
    """What each act came to when all begin together: ``done``, or the code of its refusal."""
    begin, came_to = threading.Barrier(len(acts)), ["" for _ in acts]

    def run(number: int, act: Act) -> None:
        begin.wait()
        try:
            with world.database.writing() as session:
                act(session)
            came_to[number] = "done"
        except Exception as error:
            came_to[number] = str(getattr(error, "code", repr(error)))

    threads = [threading.Thread(target=run, args=one) for one in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    return came_to


@pytest.mark.parametrize(("one", "other"), [("approved", "refused"), ("approved", "approved"), ("refused", "refused")])
def test_of_two_who_decide_at_once_one_wins(world: World, one: str, other: str) -> None:
    for number in range(4):
        resident, before = world.resident(), budget(world)
        booked = scan(world, resident, f"form:{number}")
        case = case_of(world, booked)
        staff = reviewer(world), reviewer(world)
        came_to = at_once(world, deciding(world, staff[0], case, one), deciding(world, staff[1], case, other))
        assert sorted(came_to) == ["case_decided", "done"]
        won = (one, other)[came_to.index("done")]
        assert case_of(world, booked).state == won
        assert points(world, resident) == (booked.points if won == "approved" else 0)
        assert budget(world) == before - booked.points


def test_control_without_the_looks_at_states_both_win(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """An action that stands refused and is booked: that is what looking once, before writing, comes to."""
    seen = threading.Barrier(2, timeout=2)

    def look(*_: object) -> None:
        """The looks of both come first."""
        if not world.database.is_sqlite:
            seen.wait()

    def move(session: Session, case: ReviewCase, _: str, to_state: str, **values: Any) -> None:
        session.query(ReviewCase).filter_by(id=case.id).update({"state": to_state, **values})

    resident = world.resident()
    booked = scan(world, resident)
    case = case_of(world, booked)
    monkeypatch.setattr("greenlife.cases.moving.lock_case", look)
    monkeypatch.setattr(deciding_module, "move_case", move)
    anything = type("Any", (str,), {"__ne__": lambda *_: False})()
    monkeypatch.setattr(deciding_module, "LOOKS", {FIRST: replace(LOOKS[FIRST], waits=anything)})
    monkeypatch.setattr("greenlife.actions.pending._end", lambda *_: None)
    acts = [deciding(world, reviewer(world), case, decision) for decision in ("approved", "refused")]
    assert at_once(world, *acts) == ["done", "done"]
    assert points(world, resident) == booked.points


@pytest.mark.parametrize("decision", ["approved", "refused"])
def test_an_undo_and_a_decision_at_once(world: World, decision: str) -> None:
    for number in range(4):
        attendant, resident, before = world.attendant(), world.resident(), budget(world)
        booked = weigh(world, attendant, resident, f"w{number}")
        case = case_of(world, booked)

        def undo(session: Session, staff: Staff = attendant, entry: str = booked.entry_id) -> object:
            return undo_weighing(
                session, world.programme, staff=staff, entry_id=entry, reason="wrong_weight", reference=entry,
                now=world.now, entropy=world.entropy,
            )  # fmt: skip

        undone, decided = at_once(world, undo, deciding(world, reviewer(world), case, decision))
        state = record_of(world, booked).state
        if decided == "case_decided":
            assert (undone, state, case_of(world, booked).state) == ("done", "withdrawn", "withdrawn")
        elif decision == "refused":
            assert (undone, decided, state) == ("case_decided", "done", "refused")
        else:  # approved first, and what is booked can be undone
            assert (undone, decided, state) == ("done", "done", "booked")
        assert points(world, resident) == 0
        assert budget(world) == before - (booked.points if state == "refused" else 0)


@pytest.mark.parametrize("decision", ["approved", "refused"])
def test_leaving_and_a_decision_at_once(world: World, decision: str) -> None:
    for number in range(4):
        resident, before = world.resident(), budget(world)
        booked = scan(world, resident, f"form:{number}")
        case = case_of(world, booked)
        left, decided = at_once(world, leaving(world, resident), deciding(world, reviewer(world), case, decision))
        assert left == "done"
        assert decided in {"done", "resident_gone", "case_unknown"}
        with world.database.reading() as session:
            assert session.get(ReviewCase, case.id) is None
        # What was approved before belongs to the account that is nobody's now; all else is the budget's again.
        earned = booked.points if (decision, decided) == ("approved", "done") else 0
        assert (points(world, resident), budget(world)) == (earned, before - earned)


def test_leaving_gives_free_what_is_kept_for_an_appeal(world: World) -> None:
    for appealed in (False, True):
        resident, before = world.resident(), budget(world)
        case = case_of(world, scan(world, resident, f"form:{appealed}"))
        decide(world, reviewer(world), case, "refused")
        if appealed:
            appeal(world, resident, case)
        assert budget(world) < before
        assert at_once(world, leaving(world, resident)) == ["done"]
        assert budget(world) == before


def test_two_second_looks_at_once(world: World) -> None:
    resident, before = world.resident(), budget(world)
    booked = scan(world, resident)
    case = case_of(world, booked)
    decide(world, reviewer(world), case, "refused")
    appeal(world, resident, case)
    came_to = at_once(world, *(
        deciding(world, reviewer(world), case, decision, SECOND) for decision in ("approved", "refused")
    ))  # fmt: skip
    assert sorted(came_to) == ["case_decided", "done"]
    won = came_to[0] == "done"
    assert points(world, resident) == (booked.points if won else 0)
    assert budget(world) == before - (booked.points if won else 0)


def test_who_refused_does_not_slip_in_while_the_appeal_is_written(world: World) -> None:
    """The look at who decided first comes after the wait, not before."""
    resident, first = world.resident(), reviewer(world)
    booked = scan(world, resident)
    case = case_of(world, booked)
    decide(world, first, case, "refused")

    met = in_turn(
        world,
        lambda session: appeal_case(session, resident=resident, case_id=case.id, now=world.now),
        lambda: decide_again(world, first, case),
    )

    assert isinstance(met, SameReviewer)
    assert case_of(world, booked).state == "appealed"


def test_an_appeal_that_meets_the_end_of_its_time_is_heard_or_told_so(world: World) -> None:
    """By two clocks: the appeal's is a moment behind that of the job."""
    for number in range(4):
        resident, before = world.resident(), budget(world)
        booked = scan(world, resident, f"form:{number}")
        case = case_of(world, booked)
        decide(world, reviewer(world), case, "refused")
        behind = world.later(days=APPEAL_DAYS, seconds=-1)
        ahead = world.later(seconds=1)
        appealed, _ = at_once(
            world,
            lambda session, case=case, resident=resident, at=behind: appeal_case(
                session, resident=resident, case_id=case.id, now=at
            ),
            lambda session, case=case, at=ahead: close_unappealed(
                session, world.programme, case_id=case.id, now=at, entropy=world.entropy
            ),
        )  # fmt: skip
        state = case_of(world, booked).state
        assert (appealed, state) in {("done", "appealed"), ("appeal_too_late", "refused_finally")}
        assert budget(world) == before - (booked.points if state == "appealed" else 0)
