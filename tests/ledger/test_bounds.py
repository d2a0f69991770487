"""Bounds: no balance passes its floor or its ceiling, and what is fixed at the opening stays so."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

import ledger
from ledger import CARBON, LARGEST_AMOUNT, LARGEST_BALANCE, POINT, Account
from ledger.accounts import STRIPES
from tests.ledger.sample import BOOK, FUND, LOT, NATURE, NOW, SPONSOR, Scribe, everything

CREDIT = Account("credit", POINT, floor=-10)
CAPPED = Account("capped", POINT, ceiling=10)
OWED = Account("owed", POINT, floor=None, ceiling=10)


def move(session: Session, scribe: Scribe, account: Account, amount: int, **fields: Any) -> ledger.Posted:
    return ledger.post(session, scribe.entry((SPONSOR, -amount), (account, amount), **fields), now=NOW)


@pytest.mark.parametrize(("account", "least"), [(LOT, 0), (CREDIT, -10), (CAPPED, 0)])
def test_a_balance_reaches_its_floor_and_does_not_pass_it(
    session: Session, scribe: Scribe, account: Account, least: int
) -> None:
    move(session, scribe, account, 3)
    move(session, scribe, account, least - 3)
    before = everything(session)

    with pytest.raises(ledger.BalanceTooLow) as refusal:
        move(session, scribe, account, -2)

    assert refusal.value.params == {"book": BOOK, "path": account.path, "short_by": 2}
    assert ledger.balance(session, BOOK, account.path) == least
    assert everything(session) == before


@pytest.mark.parametrize("account", [CAPPED, OWED])
def test_a_balance_reaches_its_ceiling_and_does_not_pass_it(session: Session, scribe: Scribe, account: Account) -> None:
    move(session, scribe, account, 10)
    before = everything(session)

    with pytest.raises(ledger.BalanceTooHigh) as refusal:
        move(session, scribe, account, 2)

    assert refusal.value.params == {"book": BOOK, "path": account.path, "over_by": 2}
    assert everything(session) == before


def test_without_a_floor_a_balance_falls_as_far_as_it_likes(session: Session, scribe: Scribe) -> None:
    move(session, scribe, OWED, -(10**15))

    assert ledger.balance(session, BOOK, OWED.path) == -(10**15)


@pytest.mark.parametrize(
    "account", [replace(LOT, floor=-LARGEST_AMOUNT, ceiling=LARGEST_AMOUNT), replace(LOT, ceiling=0)]
)
def test_bounds_may_be_as_wide_as_an_amount_or_none_at_all(session: Session, scribe: Scribe, account: Account) -> None:
    amount = min(account.ceiling or 0, 5) or account.floor
    if amount:
        move(session, scribe, account, amount)
    with pytest.raises(ledger.BalanceTooHigh):
        move(session, scribe, account, LARGEST_AMOUNT)


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"floor": 1}, ledger.AmountOutOfRange),
        ({"ceiling": -1}, ledger.AmountOutOfRange),
        ({"floor": -LARGEST_AMOUNT - 1}, ledger.AmountOutOfRange),
        ({"ceiling": LARGEST_AMOUNT + 1}, ledger.AmountOutOfRange),
        ({"ceiling": 2**63}, ledger.AmountOutOfRange),
        ({"floor": False}, ledger.AmountInvalid),
        ({"floor": -1.0}, ledger.AmountInvalid),
        ({"ceiling": "10"}, ledger.AmountInvalid),
    ],
)
def test_zero_lies_within_bounds_that_are_integers(
    session: Session, scribe: Scribe, fields: dict[str, Any], error: type[Exception]
) -> None:
    before = everything(session)

    with pytest.raises(ledger.LedgerError) as refusal:
        move(session, scribe, replace(LOT, **fields), 1)

    assert type(refusal.value) is error
    assert everything(session) == before


@pytest.mark.parametrize(
    ("fields", "error", "param"),
    [
        ({"unit": CARBON}, ledger.UnitMismatch, "unit"),
        ({"floor": None}, ledger.FloorMismatch, "floor"),
        ({"floor": -1}, ledger.FloorMismatch, "floor"),
        ({"ceiling": 10**6}, ledger.CeilingMismatch, "ceiling"),
        ({"expires_at": NOW + timedelta(days=1)}, ledger.ExpiryMismatch, "expires_at"),
    ],
)
@pytest.mark.parametrize("account", [FUND, SPONSOR])
def test_an_account_is_always_given_as_it_was_opened(
    session: Session, scribe: Scribe, account: Account, fields: dict[str, Any], error: type[Exception], param: str
) -> None:
    if fields == {"floor": None} and account is SPONSOR:
        fields = {"floor": 0}
    other = replace(account, **fields)
    before = everything(session)

    for home in ("fund:city", "resident:1", "resident:2"):  # of another row, and of one that is there
        with pytest.raises(ledger.LedgerError) as refusal:
            entry = scribe.entry((NATURE if other.unit == CARBON else LOT, -1), (other, 1), home=home)
            ledger.post(session, entry, now=NOW)
        assert type(refusal.value) in (error, ledger.BalanceTooLow)
    entry = scribe.entry((other, 1), (NATURE if other.unit == CARBON else LOT, -1))
    with pytest.raises(ledger.LedgerError) as refusal:
        ledger.post(session, entry, now=NOW)
    assert type(refusal.value) is error
    assert refusal.value.params == {"book": BOOK, "path": account.path, param: getattr(account, param)}
    assert everything(session) == before


def test_two_ways_to_open_an_account_do_not_fit_into_one_batch(session: Session, scribe: Scribe) -> None:
    before = everything(session)

    with pytest.raises(ledger.FloorMismatch):
        ledger.post_many(
            session,
            [scribe.entry((FUND, -1), (account, 1)) for account in (LOT, replace(LOT, floor=-5))],
            now=NOW,
        )

    assert everything(session) == before


def test_an_account_of_another_book_is_another_account(session: Session, scribe: Scribe) -> None:
    ledger.post(session, scribe.entry((SPONSOR, -1), (replace(FUND, floor=-5), 1), book="huzhou-anji"), now=NOW)

    assert ledger.balance(session, "huzhou-anji", FUND.path) == 1


RICH, POOR = Account("rich", POINT, floor=None), Account("poor", POINT, floor=None)


def test_the_rows_of_an_account_together_stay_within_what_it_can_hold(session: Session, scribe: Scribe) -> None:
    """Each row has a part of it, so that the sum of all cannot overflow."""
    part = LARGEST_BALANCE // STRIPES
    homes = [f"resident:{number}" for number in range(60)]
    times = part // LARGEST_AMOUNT
    full = [
        scribe.entry((POOR, -LARGEST_AMOUNT), (RICH, LARGEST_AMOUNT), home=home) for home in homes for _ in range(times)
    ]
    for start in range(0, len(full), times):
        try:
            ledger.post_many(session, full[start : start + times], now=NOW)
        except ledger.BalanceOutOfRange as refusal:
            assert refusal.params["most"] == part

    total = STRIPES * times * LARGEST_AMOUNT
    assert ledger.balance(session, BOOK, RICH.path) == total <= LARGEST_BALANCE
    assert ledger.balances(session, BOOK, POOR.path) == {POOR.path: -total}
    assert type(ledger.balance(session, BOOK, RICH.path)) is int


def test_a_bounded_account_holds_no_more_than_fits(session: Session, scribe: Scribe) -> None:
    most = LARGEST_BALANCE // LARGEST_AMOUNT
    for home in range(1 + most // 16):
        batch = [
            scribe.entry((POOR, -LARGEST_AMOUNT), (LOT, LARGEST_AMOUNT), home=f"resident:{home}-{number}")
            for number in range(16)
        ]
        try:
            ledger.post_many(session, batch, now=NOW)
        except ledger.BalanceOutOfRange as refusal:
            if refusal.params["path"] == LOT.path:
                assert refusal.params == {"book": BOOK, "path": LOT.path, "most": LARGEST_BALANCE}
                break
    assert ledger.balance(session, BOOK, LOT.path) <= LARGEST_BALANCE
