"""Lots: from their time on nothing is spent from them; what is left is swept; first to expire is spent first."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy.orm import Session

import ledger
from ledger import POINT, Account, Act, Leg
from tests.ledger.sample import BAD_TIMES, BOOK, EXPIRED, FUND, HELD, HOME, MERCHANT, NOW, Scribe, everything

TICK = timedelta(microseconds=1)
JUNE = Account(f"{HOME}:points:city:2026-06", POINT, expires_at=NOW + timedelta(days=10))
JULY = Account(f"{HOME}:points:city:2026-07", POINT, expires_at=NOW + timedelta(days=40))
NEVER = Account(f"{HOME}:points:city:never", POINT)
END = NOW + timedelta(days=10)


@pytest.fixture
def lots(session: Session, scribe: Scribe) -> Session:
    ledger.post(session, scribe.entry((FUND, -30), (JUNE, 10), (JULY, 10), (NEVER, 10)), now=NOW)
    return session


def spend(session: Session, scribe: Scribe, lot: Account, now: datetime, **fields: Any) -> ledger.Posted:
    return ledger.post(session, scribe.entry((lot, -1), (MERCHANT, 1), **fields), now=now)


def sweep(session: Session, scribe: Scribe, lot: Account, amount: int, now: datetime) -> ledger.Posted:
    return ledger.post(session, scribe.entry((lot, -amount), (EXPIRED, amount), act=Act.SWEEP), now=now)


@pytest.mark.parametrize("swept", [False, True])
def test_nothing_is_spent_from_its_time_on_whether_or_not_it_was_swept(
    lots: Session, scribe: Scribe, swept: bool
) -> None:
    spend(lots, scribe, JUNE, END - TICK)
    if swept:
        sweep(lots, scribe, JUNE, 9, END)
    before = everything(lots)

    for now in (END, END + timedelta(days=1)):
        with pytest.raises(ledger.AccountExpired) as refusal:
            spend(lots, scribe, JUNE, now)
        assert refusal.value.params == {"book": BOOK, "path": JUNE.path, "expires_at": END}
    assert everything(lots) == before


def test_an_expired_lot_is_not_held(lots: Session, scribe: Scribe) -> None:
    before = everything(lots)

    with pytest.raises(ledger.AccountExpired):
        ledger.post(lots, scribe.hold((JUNE, 1)), now=END)

    assert everything(lots) == before


def test_the_sweep_takes_what_is_left(lots: Session, scribe: Scribe) -> None:
    sweep(lots, scribe, JUNE, 10, END)

    assert ledger.balance(lots, BOOK, JUNE.path) == 0
    assert ledger.balance(lots, BOOK, EXPIRED.path) == 10


@pytest.mark.parametrize("lot", [JUNE, NEVER])
def test_a_lot_is_not_swept_before_its_time(lots: Session, scribe: Scribe, lot: Account) -> None:
    before = everything(lots)

    with pytest.raises(ledger.ActInvalid) as refusal:
        sweep(lots, scribe, lot, 1, END - TICK)

    assert refusal.value.params == {"why": "sweep"}
    assert everything(lots) == before


def test_a_sweep_may_be_reversed(lots: Session, scribe: Scribe) -> None:
    swept = sweep(lots, scribe, JUNE, 10, END)

    scribe.reverse(lots, swept.entry_id, now=END)

    assert ledger.balance(lots, BOOK, JUNE.path) == 10


def test_what_was_given_into_a_lot_can_be_taken_back_after_its_time(session: Session, scribe: Scribe) -> None:
    given = ledger.post(session, scribe.entry((FUND, -10), (JUNE, 10)), now=NOW)

    scribe.reverse(session, given.entry_id, now=END)

    assert ledger.balance(session, BOOK, FUND.path) == 1000


def test_a_hold_is_released_into_a_lot_that_expired_meanwhile(lots: Session, scribe: Scribe) -> None:
    hold = ledger.post(lots, scribe.hold((JUNE, 4), deadline=END + timedelta(days=9)), now=NOW).entry_id
    sweep(lots, scribe, JUNE, 6, END)

    scribe.release(lots, hold, now=END)

    assert ledger.balance(lots, BOOK, JUNE.path) == 4
    assert [one.account for one in ledger.expired_accounts(lots, BOOK, at=END)] == [JUNE]


def test_what_was_held_in_time_is_captured_after_the_lots_time(lots: Session, scribe: Scribe) -> None:
    hold = ledger.post(lots, scribe.hold((JUNE, 4), deadline=END + timedelta(days=9)), now=NOW).entry_id

    scribe.capture(lots, hold, MERCHANT, now=END)

    assert ledger.balance(lots, BOOK, MERCHANT.path) == 4


def test_expired_lots_are_listed_the_oldest_first_while_something_is_on_them(lots: Session, scribe: Scribe) -> None:
    def found(at: datetime, **asked: int) -> list[tuple[Account, int]]:
        return [(one.account, one.balance) for one in ledger.expired_accounts(lots, BOOK, at=at, **asked)]

    late = NOW + timedelta(days=99)
    assert found(END - TICK) == []
    assert found(END) == [(JUNE, 10)]
    assert found(late) == [(JUNE, 10), (JULY, 10)]
    assert found(late, limit=1) == [(JUNE, 10)]
    sweep(lots, scribe, JUNE, 10, END)
    assert found(late) == [(JULY, 10)]


def test_a_lot_of_several_rows_is_listed_once(session: Session, scribe: Scribe) -> None:
    shared = Account("bonus:june", POINT, floor=None, expires_at=END)
    for home, amount in (("resident:1", 7), ("resident:2", -3), ("resident:9", 2)):
        ledger.post(session, scribe.entry((FUND, -amount), (shared, amount), home=home), now=NOW)

    assert ledger.expired_accounts(session, BOOK, at=END) == (ledger.Standing(shared, 6, None),)


@pytest.mark.parametrize("at", BAD_TIMES)
def test_expired_lots_are_asked_for_at_an_instant(session: Session, at: Any) -> None:
    with pytest.raises(ledger.TimeInvalid):
        ledger.expired_accounts(session, BOOK, at=at)


def standings(session: Session) -> tuple[ledger.Standing, ...]:
    return ledger.standings(session, BOOK, f"{HOME}:points")


def test_first_to_expire_is_spent_first(lots: Session) -> None:
    assert ledger.spend(standings(lots), 25, at=NOW) == (Leg(JUNE, -10), Leg(JULY, -10), Leg(NEVER, -5))
    assert ledger.spend(standings(lots), 10, at=NOW) == (Leg(JUNE, -10),)


def test_an_expired_lot_is_passed_over(lots: Session) -> None:
    assert ledger.spend(standings(lots), 15, at=END) == (Leg(JULY, -10), Leg(NEVER, -5))
    assert [one.account for one in ledger.spendable(standings(lots), at=END)] == [JULY, NEVER]


def test_closed_and_empty_lots_and_those_of_another_floor_are_passed_over(lots: Session, scribe: Scribe) -> None:
    debt = Account(f"{HOME}:points:debt", POINT, floor=-5)
    ledger.post(lots, scribe.entry((JUNE, -10), (debt, 10), closes=(JUNE.path,)), now=NOW)

    assert [one.account for one in ledger.spendable(standings(lots), at=NOW)] == [JULY, NEVER]


def test_more_than_the_lots_hold_is_not_spent(lots: Session) -> None:
    with pytest.raises(ledger.BalanceTooLow) as refusal:
        ledger.spend(standings(lots), 33, at=NOW)

    assert refusal.value.params == {"short_by": 3}


@pytest.mark.parametrize("amount", [0, -5, True, 1.0, "1", None])
def test_only_an_amount_is_spent(lots: Session, amount: Any) -> None:
    with pytest.raises(ledger.AmountInvalid):
        ledger.spend(standings(lots), amount, at=NOW)


def test_what_spend_says_is_what_a_post_takes(lots: Session, scribe: Scribe) -> None:
    legs = ledger.spend(standings(lots), 25, at=NOW)

    ledger.post(lots, scribe.hold(*((leg.account, -leg.amount) for leg in legs)), now=NOW)

    assert ledger.balances(lots, BOOK, f"{HOME}:points") == {NEVER.path: 5}
    assert ledger.balance(lots, BOOK, HELD.path) == 25


def test_a_lot_is_always_given_with_its_time(lots: Session, scribe: Scribe) -> None:
    before = everything(lots)

    for other in (None, END + TICK):
        with pytest.raises(ledger.ExpiryMismatch) as refusal:
            spend(lots, scribe, replace(JUNE, expires_at=other), NOW)
        assert refusal.value.params == {"book": BOOK, "path": JUNE.path, "expires_at": END}
    assert everything(lots) == before


def test_the_time_of_a_lot_may_be_said_in_any_zone(lots: Session, scribe: Scribe) -> None:
    spend(lots, scribe, replace(JUNE, expires_at=END.astimezone(timezone(timedelta(hours=8)))), NOW)


@pytest.mark.parametrize("fold", [0, 1])
def test_a_time_that_comes_twice_on_the_clock_is_one_instant(session: Session, scribe: Scribe, fold: int) -> None:
    twice = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"), fold=fold)
    lot = Account("lot:berlin", POINT, expires_at=twice)

    for _ in range(2):
        ledger.post(session, scribe.entry((FUND, -1), (lot, 1)), now=NOW)

    assert ledger.balance(session, BOOK, lot.path) == 2


def test_a_lot_may_expire_as_late_as_every_zone_can_say(session: Session, scribe: Scribe) -> None:
    lot = Account("lot:far", POINT, expires_at=datetime(9999, 12, 30, tzinfo=NOW.tzinfo))

    for _ in range(2):
        ledger.post(session, scribe.entry((FUND, -1), (lot, 1)), now=NOW)

    assert ledger.standings(session, BOOK, lot.path)[0].account == lot
