"""Closing: an empty account takes nothing more, and says which entry closed it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

import ledger
from ledger import POINT, Account, Act, core
from tests.ledger.sample import (
    BOOK,
    FUND,
    HELD,
    LATER_LOT,
    LOT,
    MERCHANT,
    NOW,
    SPONSOR,
    Scribe,
    everything,
)

CAPPED = Account("owed:mill", POINT, floor=None, ceiling=100)


@pytest.fixture
def lot(session: Session, scribe: Scribe) -> Session:
    ledger.post(session, scribe.entry((FUND, -5), (LOT, 5)), now=NOW)
    return session


def test_an_account_is_closed_by_the_entry_that_empties_it(lot: Session, scribe: Scribe) -> None:
    last = ledger.post(lot, scribe.entry((LOT, -5), (FUND, 5), closes=(LOT.path,)), now=NOW)

    (standing,) = ledger.standings(lot, BOOK, LOT.path)
    assert (standing.balance, standing.closed_by) == (0, last.entry_id)


def test_an_entry_without_legs_closes_empty_accounts(lot: Session, scribe: Scribe) -> None:
    ledger.post(lot, scribe.entry((LOT, -5), (LATER_LOT, 5)), now=NOW)

    closing = ledger.post(lot, scribe.entry(closes=(LOT.path,)), now=NOW)

    assert ledger.get_entry(lot, BOOK, closing.entry_id).lines == ()
    assert ledger.standings(lot, BOOK, LOT.path)[0].closed_by == closing.entry_id
    assert ledger.check_book(lot, BOOK) is None


def test_a_closing_is_recorded_after_all_that_moved_the_account_whatever_the_clock_says(
    lot: Session, scribe: Scribe
) -> None:
    moved = ledger.post(lot, scribe.entry((LOT, -5), (FUND, 5)), now=NOW + timedelta(hours=1))

    closing = ledger.post(lot, scribe.entry(closes=(LOT.path,)), now=NOW)

    assert closing.recorded_at > moved.recorded_at


@pytest.mark.parametrize("amount", [1, -1])
def test_a_closed_account_takes_nothing_more(lot: Session, scribe: Scribe, amount: int) -> None:
    closing = ledger.post(lot, scribe.entry((LOT, -5), (FUND, 5), closes=(LOT.path,)), now=NOW)
    before = everything(lot)

    with pytest.raises(ledger.AccountClosed) as refusal:
        ledger.post(lot, scribe.entry((LOT, amount), (FUND, -amount)), now=NOW)

    assert refusal.value.params == {"book": BOOK, "path": LOT.path, "closed_by": closing.entry_id}
    assert everything(lot) == before


def test_a_closed_account_is_not_closed_again(lot: Session, scribe: Scribe) -> None:
    ledger.post(lot, scribe.entry((LOT, -5), (FUND, 5), closes=(LOT.path,)), now=NOW)
    before = everything(lot)

    with pytest.raises(ledger.AccountClosed):
        ledger.post(lot, scribe.entry(closes=(LOT.path,)), now=NOW)

    assert everything(lot) == before


def test_a_closing_sent_again_gives_the_first_answer(lot: Session, scribe: Scribe) -> None:
    closing = scribe.entry((LOT, -5), (FUND, 5), closes=(LOT.path,))
    first = ledger.post(lot, closing, now=NOW)

    again = ledger.post(lot, closing, now=NOW + timedelta(hours=1))

    assert again.replayed and again.recorded_at == first.recorded_at


def test_an_account_with_something_on_it_is_not_closed(lot: Session, scribe: Scribe) -> None:
    before = everything(lot)

    for legs in ((), ((LOT, -4), (FUND, 4)), ((LOT, 1), (FUND, -1))):
        with pytest.raises(ledger.AccountNotEmpty) as refusal:
            ledger.post(lot, scribe.entry(*legs, closes=(LOT.path,)), now=NOW)
        assert refusal.value.params["path"] == LOT.path
        assert everything(lot) == before


def test_an_account_that_was_never_used_is_not_closed(lot: Session, scribe: Scribe) -> None:
    before = everything(lot)

    with pytest.raises(ledger.AccountUnknown) as refusal:
        ledger.post(lot, scribe.entry(closes=("nobody",)), now=NOW)

    assert (refusal.value.kind, refusal.value.params) == ("not_found", {"book": BOOK, "path": "nobody"})
    assert everything(lot) == before


def test_an_account_without_bounds_is_not_closed(lot: Session, scribe: Scribe) -> None:
    before = everything(lot)

    with pytest.raises(ledger.ActInvalid) as refusal:
        ledger.post(lot, scribe.entry(closes=(SPONSOR.path,)), now=NOW)

    assert refusal.value.params == {"why": "closes"}
    assert everything(lot) == before


def test_a_ceiling_alone_is_a_bound(session: Session, scribe: Scribe) -> None:
    ledger.post(session, scribe.entry((CAPPED, -3), (FUND, 3)), now=NOW)

    ledger.post(session, scribe.entry((CAPPED, 3), (FUND, -3), closes=(CAPPED.path,)), now=NOW)

    assert ledger.standings(session, BOOK, CAPPED.path)[0].closed_by


@pytest.mark.parametrize("closes", [("a", "a"), tuple(f"a:{n}" for n in range(21)), "ab", ["a"], None, {"a"}, 5, True])
def test_what_an_entry_closes_is_a_short_tuple_without_repeats(session: Session, scribe: Scribe, closes: Any) -> None:
    before = everything(session)

    with pytest.raises(ledger.ActInvalid) as refusal:
        ledger.post(session, scribe.action(closes=closes), now=NOW)

    assert refusal.value.params == {"why": "closes"}
    assert everything(session) == before


def test_the_account_of_a_hold_that_ended_can_be_closed(lot: Session, scribe: Scribe) -> None:
    hold = ledger.post(lot, scribe.hold((LOT, 5)), now=NOW).entry_id
    with pytest.raises(ledger.AccountNotEmpty):
        ledger.post(lot, scribe.entry(closes=(HELD.path,)), now=NOW)
    scribe.capture(lot, hold, MERCHANT)

    ledger.post(lot, scribe.entry(closes=(HELD.path,)), now=NOW)

    assert ledger.standings(lot, BOOK, HELD.path)[0].closed_by


def test_an_account_is_not_closed_while_some_of_it_is_held(lot: Session, scribe: Scribe) -> None:
    hold = ledger.post(lot, scribe.hold((LOT, 5)), now=NOW).entry_id
    before = everything(lot)

    with pytest.raises(ledger.AccountHasHold) as refusal:
        ledger.post(lot, scribe.entry(closes=(LOT.path,)), now=NOW)

    assert refusal.value.params == {"book": BOOK, "path": LOT.path, "hold": hold}
    assert everything(lot) == before
    scribe.release(lot, hold)
    ledger.post(lot, scribe.entry((LOT, -5), (FUND, 5), closes=(LOT.path,)), now=NOW)
    assert ledger.check_book(lot, BOOK) is None


def test_without_that_refusal_what_is_held_can_never_be_released(
    lot: Session, scribe: Scribe, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control; and the audit names the entry that closed it."""
    hold = ledger.post(lot, scribe.hold((LOT, 5)), now=NOW).entry_id
    with monkeypatch.context() as careless:
        careless.setattr(core, "find_hold", lambda *_: None)
        closing = ledger.post(lot, scribe.entry(closes=(LOT.path,)), now=NOW)

    with pytest.raises(ledger.AccountClosed):
        scribe.release(lot, hold)
    difference = ledger.check_book(lot, BOOK)
    assert difference is not None
    assert (difference.key, difference.column) == ((BOOK, closing.entry_id), "closes")


def test_a_lot_whose_part_of_a_hold_is_used_up_can_be_closed(lot: Session, scribe: Scribe) -> None:
    """A release gives back to the lots that are left, and this is none of them."""
    ledger.post(lot, scribe.entry((FUND, -5), (LATER_LOT, 5)), now=NOW)
    hold = ledger.post(lot, scribe.hold((LOT, 5), (LATER_LOT, 5)), now=NOW).entry_id
    scribe.capture(lot, hold, MERCHANT, amount=4)
    for path in (LOT.path, LATER_LOT.path):
        with pytest.raises(ledger.AccountHasHold):
            ledger.post(lot, scribe.entry(closes=(path,)), now=NOW)
    scribe.capture(lot, hold, MERCHANT, amount=2)

    ledger.post(lot, scribe.entry(closes=(LOT.path,)), now=NOW)

    with pytest.raises(ledger.AccountHasHold):
        ledger.post(lot, scribe.entry(closes=(LATER_LOT.path,)), now=NOW)
    scribe.release(lot, hold)
    assert ledger.balance(lot, BOOK, LATER_LOT.path) == 4
    assert ledger.check_book(lot, BOOK) is None


def test_an_entry_that_ends_the_hold_may_close_and_one_that_begins_it_may_not(lot: Session, scribe: Scribe) -> None:
    with pytest.raises(ledger.AccountHasHold):
        ledger.post(lot, replace(scribe.hold((LOT, 5)), closes=(LOT.path,)), now=NOW)
    hold = scribe.hold((LOT, 5))
    last = scribe.entry((HELD, -5), (MERCHANT, 5), act=Act.CAPTURE, hold=hold.id, closes=(LOT.path, HELD.path))

    ledger.post_many(lot, [hold, last], now=NOW)

    assert {one.closed_by for one in ledger.standings(lot, BOOK, LOT.path)} == {last.id}
    assert ledger.check_book(lot, BOOK) is None


def test_a_batch_may_open_move_and_close_an_account(session: Session, scribe: Scribe) -> None:
    batch = [
        scribe.entry((FUND, -5), (LOT, 5)),
        scribe.entry((LOT, -5), (FUND, 5), closes=(LOT.path,)),
    ]
    ledger.post_many(session, batch, now=NOW)

    assert ledger.standings(session, BOOK, LOT.path)[0].closed_by == batch[1].id
    with pytest.raises(ledger.AccountClosed):
        ledger.post_many(session, [scribe.entry((FUND, -5), (LOT, 5))], now=NOW)
