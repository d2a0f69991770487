"""Sixteen at once: one wins. Each race is run again without its protection, and then more than one does."""

from collections import Counter
from typing import Any

import pytest
from sqlalchemy import bindparam, event, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import IntegrityError

import ledger
import rewards
from rewards import captures, holds, stock
from rewards.models import Offer, OfferUse, Redemption
from tests.rewards.conftest import PLACE, THREADS, WALLET, Shop, at_once


def outcomes(results: list[object]) -> Counter[str]:
    return Counter(type(result).__name__ for result in results)


def race_for_the_last_item(shop: Shop) -> Counter[str]:
    offer = shop.offer(points=30, stock=1)
    for person in range(THREADS):
        shop.earn(100, holder=f"resident:acc_{person}")
    return outcomes(at_once(lambda person: shop.redeem(offer, holder=f"resident:acc_{person}")))


def stock_left(shop: Shop) -> int:
    with shop.writing() as session:
        return session.connection().exec_driver_sql("SELECT stock FROM offer").scalar_one()


def test_the_last_item_in_stock_goes_to_one(shop: Shop) -> None:
    assert race_for_the_last_item(shop) == {"VoucherView": 1, "SoldOut": THREADS - 1}
    assert stock_left(shop) == 0
    assert len(shop.balances("held")) == 1
    shop.check_books()


UNGUARDED_ITEM = update(Offer).where(Offer.id == bindparam("of_offer")).values(stock=Offer.stock - 1)


def test_control_without_the_stock_guard_the_check_below_it_stops_them(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stock, "_TAKE_ITEM", UNGUARDED_ITEM)

    assert race_for_the_last_item(shop) == {"VoucherView": 1, IntegrityError.__name__: THREADS - 1}


def test_control_without_guard_and_check_the_last_item_is_sold_to_all(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stock, "_TAKE_ITEM", UNGUARDED_ITEM)

    def ignore_checks(connection: Any, *_: object) -> None:
        connection.execute("PRAGMA ignore_check_constraints=ON")

    event.listen(shop.engine, "checkout", ignore_checks)

    assert race_for_the_last_item(shop) == {"VoucherView": THREADS}
    assert stock_left(shop) == 1 - THREADS


def race_of_one_person(shop: Shop) -> Counter[str]:
    offer = shop.offer(points=30, per_person_limit=1)
    shop.earn(30 * THREADS)
    return outcomes(at_once(lambda number: shop.redeem(offer, f"form:{number}")))


def test_one_persons_limit_is_not_passed(shop: Shop) -> None:
    assert race_of_one_person(shop) == {"VoucherView": 1, "LimitReached": THREADS - 1}
    assert shop.balances() == {f"{WALLET}:city:2027-06": 30 * (THREADS - 1)}


def test_control_without_the_limits_guard_it_is_passed(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    unguarded = sqlite.insert(OfferUse).on_conflict_do_update(
        index_elements=["book", "holder", "offer_id"],
        set_={"used": OfferUse.used + 1},
        where=stock._LIMIT.is_not(None),
    )
    monkeypatch.setitem(stock._COUNT_USE, "sqlite", unguarded)

    assert race_of_one_person(shop) == {"VoucherView": THREADS}


def test_points_for_one_voucher_make_one(shop: Shop) -> None:
    offer = shop.offer(points=30)
    shop.earn(59)

    results = outcomes(at_once(lambda number: shop.redeem(offer, f"form:{number}")))

    assert results == {"VoucherView": 1, "PointsShort": THREADS - 1}
    assert shop.balances() == {f"{WALLET}:city:2027-06": 29}


def test_a_click_repeated_sixteen_times_makes_one_voucher(shop: Shop) -> None:
    offer = shop.offer(points=30)
    shop.earn(500)

    vouchers = at_once(lambda _: shop.redeem(offer, "form:1"))

    assert {voucher.redemption_id for voucher in vouchers if isinstance(voucher, rewards.VoucherView)} == {
        next(iter(shop.balances("held"))).removeprefix("held:")
    }
    assert shop.balances() == {f"{WALLET}:city:2027-06": 470}


def race_at_the_tills(shop: Shop) -> list[object]:
    merchant = shop.merchant()
    shop.earn(100)
    voucher = shop.redeem(shop.offer(merchant))
    return at_once(lambda till: shop.capture(voucher.code, merchant, reference=f"till:{till}", clerk_id=f"stf_{till}"))


def test_one_voucher_at_sixteen_tills_is_captured_once(shop: Shop) -> None:
    results = race_at_the_tills(shop)

    assert outcomes(results) == {"CaptureReceipt": 1, "VoucherUsed": THREADS - 1}
    refusals = [result.params for result in results if isinstance(result, rewards.VoucherUsed)]
    assert all(params == {"at": shop.now, "place": PLACE} for params in refusals)
    shop.check_books()


def test_control_without_the_state_in_the_update_every_till_accepts(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_code, of_merchant, _held, in_time = captures._CAN_BE_CAPTURED
    monkeypatch.setattr(captures, "_CAPTURE", captures._MARK_CAPTURED.where(of_code, of_merchant, in_time))

    assert outcomes(race_at_the_tills(shop)) == {"CaptureReceipt": THREADS}


def test_control_without_the_day_in_the_update_the_ledger_below_it_refuses_an_overdue_voucher(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_code, of_merchant, held, _in_time = captures._CAN_BE_CAPTURED
    any_day = Redemption.held_at.is_not(None) & bindparam("today", type_=Redemption.last_day.type).is_not(None)
    monkeypatch.setattr(captures, "_CAPTURE", captures._MARK_CAPTURED.where(of_code, of_merchant, held, any_day))
    merchant = shop.merchant()
    shop.earn(100)
    voucher = shop.redeem(shop.offer(merchant, voucher_days=1))
    shop.later(days=2)

    with pytest.raises(ledger.HoldOverdue):
        shop.capture(voucher.code, merchant)


def race_to_close(shop: Shop) -> Counter[str]:
    merchant = shop.merchant()
    shop.earn(100)
    voucher = shop.redeem(shop.offer(merchant))

    def close(number: int) -> object:
        if number % 2:
            return shop.capture(voucher.code, merchant, reference=f"till:{number}")
        return shop.release(voucher.redemption_id, f"form:{number}")

    return outcomes(at_once(close))


def test_a_voucher_is_either_captured_or_given_back(shop: Shop) -> None:
    results = race_to_close(shop)

    assert results["CaptureReceipt"] + results["VoucherView"] == 1
    assert shop.balances("held") == {}
    shop.check_books()


def test_control_without_the_state_in_the_giving_back_the_ledger_below_it_stops_them(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holds, "_CLOSE", holds._MARK_CLOSED.where(*holds._CAN_BE_CLOSED[:2]))

    results = race_to_close(shop)

    assert results["HoldEnded"] > 0
    assert shop.balances("held") == {}
