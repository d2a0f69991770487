"""Holds that end without a capture: the points come back, once, to where they were."""

from dataclasses import replace
from datetime import timedelta

import pytest

import ledger
import rewards
from tests.rewards.conftest import BOOK, HOLDER, WALLET, Shop


def test_giving_a_voucher_back_returns_points_stock_and_limit(shop: Shop) -> None:
    offer = shop.offer(points=30, stock=1, per_person_limit=1)
    shop.earn(20, month="2026-11")
    shop.earn(20, month="2027-02")
    before = shop.balances()
    voucher = shop.redeem(offer)

    released = shop.release(voucher.redemption_id)

    assert (released.state, released.closed_at) == ("released", shop.now)
    assert shop.balances() == before
    assert shop.redeem(offer, "form:again").state == "held"
    with shop.writing() as session:
        entry = ledger.get_entry(session, BOOK, str(released.closing_entry))
    assert (entry.kind, entry.act, entry.hold) == ("release", "release", voucher.hold_entry)
    shop.check_books()


def test_giving_back_twice_with_one_reference_gives_the_first_answer(shop: Shop) -> None:
    shop.earn(100)
    voucher = shop.redeem(shop.offer())
    first = shop.release(voucher.redemption_id, "form:2")
    shop.later(seconds=2)

    second = shop.release(voucher.redemption_id, "form:2")

    assert second == replace(first, replayed=True)
    assert shop.balances() == {f"{WALLET}:city:2027-06": 100}


def test_giving_back_again_with_another_reference_is_refused(shop: Shop) -> None:
    shop.earn(100)
    voucher = shop.redeem(shop.offer())
    shop.release(voucher.redemption_id, "form:2")

    with pytest.raises(rewards.VoucherReturned):
        shop.release(voucher.redemption_id, "form:3")


def test_a_captured_voucher_cannot_be_given_back(shop: Shop) -> None:
    shop.earn(100)
    merchant = shop.merchant()
    voucher = shop.redeem(shop.offer(merchant))
    shop.capture(voucher.code, merchant)

    with pytest.raises(rewards.VoucherUsed) as refusal:
        shop.release(voucher.redemption_id)

    assert refusal.value.params["at"] == shop.now


def test_nobody_gives_back_another_persons_voucher(shop: Shop) -> None:
    shop.earn(100)
    voucher = shop.redeem(shop.offer())

    with pytest.raises(rewards.RedemptionUnknown):
        shop.release(voucher.redemption_id, holder="resident:acc_2")

    assert shop.voucher(voucher.redemption_id).state == "held"


def test_the_sweep_gives_back_what_is_overdue_and_nothing_else(shop: Shop) -> None:
    shop.earn(100)
    short, long = shop.offer(voucher_days=1, stock=5), shop.offer(voucher_days=9)
    overdue, open_still = shop.redeem(short, "form:1"), shop.redeem(long, "form:2")
    shop.later(days=1)
    assert shop.expire() == 0
    shop.later(days=1)

    assert shop.expire() == 1

    assert shop.voucher(overdue.redemption_id).state == "expired"
    assert shop.voucher(open_still.redemption_id).state == "held"
    assert shop.balances() == {f"{WALLET}:city:2027-06": 70}
    assert [offer.stock for offer in shop.offers().items if offer.id == short] == [5]
    assert shop.expire() == 0
    shop.check_books()


def test_the_sweep_does_as_many_as_it_is_told_oldest_first(shop: Shop) -> None:
    shop.earn(500)
    offer = shop.offer(voucher_days=1)
    made = []
    for number in range(3):
        made.append(shop.redeem(offer, f"form:{number}"))
        shop.later(days=1)
    shop.later(days=5)

    assert shop.expire(limit=2) == 2

    assert [shop.voucher(voucher.redemption_id).state for voucher in made] == ["expired", "expired", "held"]


def test_points_go_back_to_their_lot_even_when_its_month_is_over(shop: Shop) -> None:
    shop.earn(30, month="2026-06")
    voucher = shop.redeem(shop.offer(points=30, voucher_days=40))
    shop.later(days=41)

    shop.expire()

    assert shop.voucher(voucher.redemption_id).state == "expired"
    assert shop.balances() == {f"{WALLET}:city:2026-06": 30}
    with shop.writing() as session:
        assert rewards.spendable_points(session, book=BOOK, wallet=WALLET, today=shop.today) == 0


def test_an_overdue_voucher_reads_as_expired_before_the_sweep(shop: Shop) -> None:
    shop.earn(100)
    voucher = shop.redeem(shop.offer(voucher_days=1))

    assert shop.voucher(voucher.redemption_id, today=voucher.last_day).state == "held"
    assert shop.voucher(voucher.redemption_id, today=voucher.last_day + timedelta(days=1)).state == "expired"


def test_vouchers_page_newest_first(shop: Shop) -> None:
    shop.earn(500)
    offer = shop.offer()
    made = []
    for number in range(5):
        made.append(shop.redeem(offer, f"form:{number}").redemption_id)
        shop.later(minutes=1)

    seen: list[str] = []
    before = None
    with shop.writing() as session:
        for _ in range(3):
            page = rewards.list_vouchers(session, book=BOOK, holder=HOLDER, before=before, limit=2)
            seen += [view.redemption_id for view in page.items]
            before = page.next
        found = rewards.find_vouchers(session, book=BOOK, holder=HOLDER, ids=[*made[:2], "rdm_nothing"])
        others = rewards.list_vouchers(session, book=BOOK, holder="resident:acc_2")

    assert (seen, before) == (made[::-1], None)
    assert set(found) == set(made[:2])
    assert others.items == ()
