"""Lots end with their month; the sweep says so in the ledger."""

from datetime import UTC, datetime, timedelta

import pytest

import ledger
import rewards
from tests.rewards.conftest import BOOK, HOLDER, WALLET, Shop

JULY = datetime(2026, 7, 1, tzinfo=UTC)
LOT = ledger.Account(f"{WALLET}:city:2026-06", ledger.POINT, expires_at=JULY)


def earn(shop: Shop, points: int) -> None:
    shop.count += 1
    legs = (ledger.Leg(ledger.Account("sponsor:city", ledger.POINT, floor=None), -points), ledger.Leg(LOT, points))
    entry = ledger.Entry(
        id=ledger.new_id("ent", shop.entropy), book=BOOK, home=HOLDER, reference=f"earn:{shop.count}", kind="action",
        occurred_at=shop.now, local_day=shop.today, legs=legs, details={}, salt=bytes(32), commitment=bytes(32),
    )  # fmt: skip
    with shop.writing() as session:
        ledger.post(session, entry, now=shop.now)


def sweep(shop: Shop) -> int:
    with shop.writing() as session:
        return rewards.expire_lots(session, book=BOOK, today=shop.today, now=shop.now, entropy=shop.entropy)


def test_a_lot_is_swept_when_its_month_is_over_and_not_before(shop: Shop) -> None:
    earn(shop, 50)
    shop.now = JULY - timedelta(seconds=1)
    assert sweep(shop) == 0
    shop.now = JULY

    assert sweep(shop) == 1
    assert sweep(shop) == 0
    assert shop.balances() == {}
    assert shop.balances("expired") == {"expired:city": 50}
    shop.check_books()


def test_nothing_is_spent_from_a_lot_whose_month_is_over_though_no_sweep_has_run(shop: Shop) -> None:
    earn(shop, 50)
    offer = shop.offer(points=30, ends_on=datetime(2026, 8, 1, tzinfo=UTC).date())
    shop.now = JULY

    with pytest.raises(rewards.PointsShort):
        shop.redeem(offer)


def test_points_given_back_after_their_month_expire_there(shop: Shop) -> None:
    earn(shop, 50)
    voucher = shop.redeem(shop.offer(points=30))
    shop.now = JULY
    assert sweep(shop) == 1

    shop.release(voucher.redemption_id)

    assert shop.balances() == {LOT.path: 30}
    shop.later(seconds=1)
    assert sweep(shop) == 1
    assert shop.balances("expired") == {"expired:city": 50}
    shop.check_books()
