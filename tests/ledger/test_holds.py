"""Holds: captured in parts before the deadline, released at any time, each lot getting back what came from it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

import ledger
from ledger import CARBON, POINT, Account, Act, Entry
from tests.ledger.sample import (
    BOOK,
    DAY,
    FUND,
    GRAMS,
    HELD,
    LATER_LOT,
    LOT,
    MERCHANT,
    NATURE,
    NOW,
    SPONSOR,
    Scribe,
    everything,
)

DEADLINE = NOW + timedelta(days=2)
TICK = timedelta(microseconds=1)


@pytest.fixture
def hold(session: Session, scribe: Scribe) -> str:
    """Six points of one lot and four of a later one."""
    ledger.post(session, scribe.entry((FUND, -20), (LOT, 8), (LATER_LOT, 12)), now=NOW)
    return ledger.post(session, scribe.hold((LOT, 6), (LATER_LOT, 4)), now=NOW).entry_id


def lots(session: Session) -> tuple[int, int, int]:
    """What is on the two lots, and what is held."""
    first, second, held = (ledger.balance(session, BOOK, account.path) for account in (LOT, LATER_LOT, HELD))
    return first, second, held


def refused(session: Session, error: type[Exception], act: Any) -> ledger.LedgerError:
    """The refusal, and that nothing was written."""
    before = everything(session)
    with pytest.raises(ledger.LedgerError) as refusal:
        act()
    assert type(refusal.value) is error
    assert everything(session) == before
    return refusal.value


def test_what_is_held_is_no_longer_on_its_lots(session: Session, hold: str) -> None:
    assert lots(session) == (2, 8, 10)
    found = ledger.get_entry(session, BOOK, hold)
    assert (found.act, found.deadline, found.hold) == ("hold", DEADLINE, None)


def test_parts_are_captured_until_nothing_is_left(session: Session, scribe: Scribe, hold: str) -> None:
    for amount in (3, 5, None):
        scribe.capture(session, hold, MERCHANT, amount)

    assert lots(session) == (2, 8, 0)
    assert ledger.balance(session, BOOK, MERCHANT.path) == 10
    assert ledger.check_book(session, BOOK) is None


@pytest.mark.parametrize(("taken", "left"), [(1, (7, 12, 0)), (6, (2, 12, 0)), (7, (2, 11, 0)), (9, (2, 9, 0))])
def test_captures_use_up_the_lots_in_their_order_and_a_release_gives_back_the_rest(
    session: Session, scribe: Scribe, hold: str, taken: int, left: tuple[int, int, int]
) -> None:
    scribe.capture(session, hold, MERCHANT, taken)

    scribe.release(session, hold)

    assert lots(session) == left


def test_a_capture_may_be_shared_out(session: Session, scribe: Scribe, hold: str) -> None:
    entry = scribe.entry((HELD, -7), (MERCHANT, 5), (SPONSOR, 2), act=Act.CAPTURE, hold=hold)

    ledger.post(session, entry, now=NOW)
    scribe.release(session, hold)

    assert lots(session) == (2, 11, 0)


@pytest.mark.parametrize(("which", "back"), [(0, (6, 8)), (1, (4, 10)), (2, (2, 10))])
def test_a_capture_that_is_reversed_goes_back_into_the_lots_it_used(
    session: Session, scribe: Scribe, hold: str, which: int, back: tuple[int, int]
) -> None:
    captures = [scribe.capture(session, hold, MERCHANT, amount) for amount in (4, 4, 2)]

    refund = scribe.reverse(session, captures[which].entry_id, reference="undo:1")

    assert lots(session) == (*back, 0)
    assert scribe.reverse(session, captures[which].entry_id, reference="undo:1") == replace(refund, replayed=True)
    error = refused(session, ledger.AlreadyReversed, lambda: scribe.reverse(session, captures[which].entry_id))
    assert error.params == {"entry_id": captures[which].entry_id, "reversed_by": refund.entry_id}


def test_a_reversed_capture_does_not_come_back_to_the_hold(session: Session, scribe: Scribe, hold: str) -> None:
    capture = scribe.capture(session, hold, MERCHANT, 7)
    scribe.reverse(session, capture.entry_id)

    scribe.release(session, hold)

    assert lots(session) == (8, 12, 0)
    assert ledger.balance(session, BOOK, MERCHANT.path) == 0


@pytest.mark.parametrize("amount", [3, None])
def test_a_capture_sent_again_gives_the_first_answer_whatever_came_after(
    session: Session, scribe: Scribe, hold: str, amount: int | None
) -> None:
    first = scribe.capture(session, hold, MERCHANT, amount, reference="till:1")
    if amount is not None:
        scribe.release(session, hold)
    before = everything(session)

    second = scribe.capture(session, hold, MERCHANT, amount, reference="till:1", now=DEADLINE)

    assert second == replace(first, replayed=True)
    assert everything(session) == before


def test_a_release_sent_again_gives_the_first_answer(session: Session, scribe: Scribe, hold: str) -> None:
    scribe.capture(session, hold, MERCHANT, 7)
    first = scribe.release(session, hold, reference="back:1")

    assert scribe.release(session, hold, reference="back:1") == replace(first, replayed=True)


def test_the_same_reference_for_another_part_is_a_conflict(session: Session, scribe: Scribe, hold: str) -> None:
    scribe.capture(session, hold, MERCHANT, 3, reference="till:1")

    for amount in (4, 0, "3", 10**20):
        refused(
            session,
            ledger.ReferenceConflict,
            lambda amount=amount: scribe.capture(session, hold, MERCHANT, amount, reference="till:1"),
        )
    refused(session, ledger.ReferenceConflict, lambda: scribe.release(session, hold, reference="till:1"))


def test_a_hold_can_be_captured_before_its_deadline_and_not_from_then_on(
    session: Session, scribe: Scribe, hold: str
) -> None:
    scribe.capture(session, hold, MERCHANT, 1, now=DEADLINE - TICK)

    # The account moved at the last moment, so a clock that goes back cannot undo the deadline.
    for now in (DEADLINE, DEADLINE + timedelta(days=400), NOW):
        error = refused(
            session, ledger.HoldOverdue, lambda now=now: scribe.capture(session, hold, MERCHANT, 1, now=now)
        )
        assert error.params == {"hold": hold, "deadline": DEADLINE}


def test_what_is_overdue_can_be_released(session: Session, scribe: Scribe, hold: str) -> None:
    scribe.release(session, hold, now=DEADLINE + timedelta(days=400))

    assert lots(session) == (8, 12, 0)


def test_a_hold_that_ended_has_nothing_to_give(session: Session, scribe: Scribe, hold: str) -> None:
    last = scribe.capture(session, hold, MERCHANT)

    for act in (
        lambda: scribe.capture(session, hold, MERCHANT, 1),
        lambda: scribe.capture(session, hold, MERCHANT),
        lambda: scribe.release(session, hold),
    ):
        assert refused(session, ledger.HoldEnded, act).params == {"hold": hold, "ended_by": last.entry_id}


def test_a_released_hold_is_not_captured(session: Session, scribe: Scribe, hold: str) -> None:
    released = scribe.release(session, hold)

    error = refused(session, ledger.HoldEnded, lambda: scribe.capture(session, hold, MERCHANT, 1))

    assert error.params["ended_by"] == released.entry_id


def test_no_more_is_captured_than_is_held(session: Session, scribe: Scribe, hold: str) -> None:
    scribe.capture(session, hold, MERCHANT, 4)

    error = refused(session, ledger.BalanceTooLow, lambda: scribe.capture(session, hold, MERCHANT, 7))

    assert error.params["short_by"] == 1


@pytest.mark.parametrize("amount", [0, "3", 1.0, True])
def test_what_is_no_amount_is_not_captured(session: Session, scribe: Scribe, hold: str, amount: Any) -> None:
    refused(session, ledger.AmountInvalid, lambda: scribe.capture(session, hold, MERCHANT, amount))


@pytest.mark.parametrize("hold_id", ["ent_nobody", "a\x00b", "", "键", None, 5, b"x"])
def test_a_hold_that_nobody_knows(session: Session, scribe: Scribe, hold_id: Any) -> None:
    refused(session, ledger.HoldUnknown, lambda: scribe.capture(session, hold_id, MERCHANT, 1))
    refused(session, ledger.HoldUnknown, lambda: scribe.release(session, hold_id))


def test_an_entry_that_is_no_hold_is_not_acted_upon(session: Session, scribe: Scribe, hold: str) -> None:
    action = ledger.post(session, scribe.action(), now=NOW).entry_id
    capture = scribe.capture(session, hold, MERCHANT, 1).entry_id

    for other in (action, capture):
        refused(session, ledger.HoldUnknown, lambda other=other: scribe.capture(session, other, MERCHANT, 1))
    refused(session, ledger.HoldUnknown, lambda: scribe.release(session, hold, book="huzhou-anji"))


@pytest.mark.parametrize(
    ("act", "legs", "fields"),
    [
        (Act.CAPTURE, [(HELD, -1), (MERCHANT, 1)], {"home": "resident:acc_2"}),
        (Act.CAPTURE, [(FUND, -1), (MERCHANT, 1)], {}),
        (Act.CAPTURE, [(HELD, -1), (FUND, -1), (MERCHANT, 2)], {}),
        (Act.CAPTURE, [(HELD, -1), (MERCHANT, 1), (NATURE, -1), (GRAMS, 1)], {}),
        (Act.CAPTURE, [(LOT, -1), (HELD, 1)], {}),
        (Act.CAPTURE, [(HELD, -2), (MERCHANT, 1), (LOT, 1)], {}),
        (Act.CAPTURE, [(replace(HELD, floor=None), -1), (MERCHANT, 1)], {}),
        (Act.RELEASE, [(HELD, -10), (LOT, 6), (LATER_LOT, 4)], {"home": "resident:acc_2"}),
        (Act.RELEASE, [(HELD, -10), (LATER_LOT, 4), (LOT, 6)], {}),
        (Act.RELEASE, [(HELD, -10), (LOT, 5), (LATER_LOT, 5)], {}),
        (Act.RELEASE, [(HELD, -9), (LOT, 6), (LATER_LOT, 3)], {}),
        (Act.RELEASE, [(HELD, -10), (MERCHANT, 10)], {}),
    ],
)
def test_a_capture_or_a_release_that_is_none_of_this_hold(
    session: Session,
    scribe: Scribe,
    hold: str,
    act: Act,
    legs: list[tuple[Account, int]],
    fields: dict[str, Any],
) -> None:
    entry = scribe.entry(*legs, act=act, hold=hold, **fields)

    error = refused(session, ledger.NotOfHold, lambda: ledger.post(session, entry, now=NOW))

    assert error.params == {"hold": hold}


@pytest.mark.parametrize(
    "legs",
    [
        [(HELD, -1), (LOT, 1)],
        [(FUND, -1), (HELD, 1)],
    ],
)
def test_nothing_else_moves_what_is_held(
    session: Session, scribe: Scribe, hold: str, legs: list[tuple[Account, int]]
) -> None:
    error = refused(session, ledger.AccountHeld, lambda: ledger.post(session, scribe.entry(*legs), now=NOW))

    assert error.params == {"book": BOOK, "path": HELD.path, "hold": hold}


def test_another_hold_does_not_take_what_is_held(session: Session, scribe: Scribe, hold: str) -> None:
    other = Account("held:rdm_2", POINT)
    entry = scribe.entry((HELD, -1), (other, 1), act=Act.HOLD, deadline=DEADLINE)
    refused(session, ledger.AccountHeld, lambda: ledger.post(session, entry, now=NOW))

    ledger.post(session, scribe.entry((FUND, -1), (other, 1), act=Act.HOLD, deadline=DEADLINE), now=NOW)
    refused(session, ledger.AccountHeld, lambda: scribe.capture(session, hold, other, 1))


NEW = Account("held:rdm_2", POINT)


@pytest.mark.parametrize(
    "legs",
    [
        [(FUND, -2), (NEW, 1), (Account("held:rdm_3", POINT), 1)],
        [(FUND, -1), (replace(NEW, floor=-5), 1)],
        [(FUND, -1), (replace(NEW, floor=None), 1)],
        [(FUND, -1), (replace(NEW, ceiling=10), 1)],
        [(FUND, -1), (replace(NEW, expires_at=DEADLINE), 1)],
        [(FUND, -1), (NEW, 1), (NATURE, -1), (GRAMS, 1)],
        [(SPONSOR, -1), (NEW, 1)],
        [(FUND, -1), (HELD, 1)],
        [(FUND, -1), (LOT, 1)],
    ],
)
def test_a_hold_is_of_one_unit_from_accounts_with_a_floor_into_a_new_plain_one(
    session: Session, scribe: Scribe, legs: list[tuple[Account, int]]
) -> None:
    ledger.post(session, scribe.entry((FUND, -1), (LOT, 1)), now=NOW)
    ledger.post(session, scribe.entry((FUND, -1), (HELD, 1)), now=NOW)
    entry = scribe.entry(*legs, act=Act.HOLD, deadline=DEADLINE)

    refused(session, ledger.HoldInvalid, lambda: ledger.post(session, entry, now=NOW))


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"act": Act.HOLD}, "deadline"),
        ({"deadline": DEADLINE}, "deadline"),
        ({"act": Act.SWEEP, "deadline": DEADLINE}, "deadline"),
        ({"act": Act.CAPTURE}, "hold"),
        ({"act": Act.RELEASE}, "hold"),
        ({"act": Act.HOLD, "deadline": DEADLINE, "hold": "ent_1"}, "hold"),
        ({"hold": "ent_1"}, "hold"),
        ({"act": Act.SWEEP, "reverses": "ent_1"}, "reverses"),
        ({"act": "hold", "deadline": DEADLINE}, "act"),
    ],
)
def test_an_act_comes_with_what_it_needs_and_nothing_else(
    session: Session, scribe: Scribe, fields: dict[str, Any], why: str
) -> None:
    error = refused(session, ledger.ActInvalid, lambda: ledger.post(session, scribe.action(**fields), now=NOW))

    assert error.params == {"why": why}


def test_holds_and_releases_are_not_reversed(session: Session, scribe: Scribe, hold: str) -> None:
    refused(session, ledger.ReversalOfHold, lambda: scribe.reverse(session, hold))
    release = scribe.release(session, hold)

    error = refused(session, ledger.ReversalOfHold, lambda: scribe.reverse(session, release.entry_id))

    assert error.params == {"entry_id": release.entry_id}


def test_a_hold_and_all_that_becomes_of_it_can_be_one_batch(session: Session, scribe: Scribe) -> None:
    ledger.post(session, scribe.entry((FUND, -6), (LOT, 6)), now=NOW)
    hold = scribe.hold((LOT, 6))
    capture = scribe.entry((HELD, -4), (MERCHANT, 4), act=Act.CAPTURE, hold=hold.id)
    refund = scribe.entry((LOT, 4), (MERCHANT, -4), reverses=capture.id)
    release = scribe.entry((HELD, -2), (LOT, 2), act=Act.RELEASE, hold=hold.id)
    batch: list[Entry] = [hold, capture, refund, release]

    ledger.post_many(session, batch, now=NOW)

    assert lots(session) == (6, 0, 0)
    late = scribe.entry((HELD, -1), (MERCHANT, 1), act=Act.CAPTURE, hold=hold.id)
    refused(session, ledger.HoldEnded, lambda: ledger.post_many(session, [*batch, late], now=NOW))


def test_a_hold_is_named_in_the_statement_of_its_acts(session: Session, scribe: Scribe, hold: str) -> None:
    capture = scribe.capture(session, hold, MERCHANT, 1)

    found = ledger.get_entry(session, BOOK, capture.entry_id)

    assert (found.act, found.hold, found.local_day) == ("capture", hold, DAY)
    assert CARBON not in {line.unit for line in found.lines}
