"""Redeeming: what it holds, what it refuses, and that it happens once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

import ledger
import rewards
from tests.rewards.conftest import BOOK, HOLDER, WALLET, Shop


def test_redeeming_holds_the_points_and_makes_a_voucher(shop: Shop) -> None:
    offer = shop.offer(points=30, value_cents=300, voucher_days=10)
    shop.earn(100)

    voucher = shop.redeem(offer)

    assert shop.balances() == {f"{WALLET}:city:2027-06": 70}
    assert shop.balances("held") == {f"held:{voucher.redemption_id}": 30}
    assert (voucher.state, voucher.points, voucher.value_cents) == ("held", 30, 300)
    assert voucher.last_day == shop.today + timedelta(days=10)
    assert voucher.shown_code == f"{voucher.code[:4]} {voucher.code[4:]}"
    with shop.writing() as session:
        entry = ledger.get_entry(session, BOOK, voucher.hold_entry)
    assert (entry.kind, entry.home, entry.details) == ("hold", HOLDER, {"redemption": voucher.redemption_id})
    shop.check_books()


def test_points_that_expire_first_are_spent_first(shop: Shop) -> None:
    offer = shop.offer(points=30)
    shop.earn(20, month="2027-02")
    shop.earn(20, month="2026-11")
    shop.earn(5, month="2027-02", fund="bank")

    shop.redeem(offer)

    assert shop.balances() == {f"{WALLET}:city:2027-02": 15}


def test_points_are_good_through_the_last_day_of_their_month_and_no_longer(shop: Shop) -> None:
    offer = shop.offer(points=30, ends_on=date(2026, 12, 31))
    shop.earn(60, month="2026-06")
    shop.later(days=25)
    assert shop.today == date(2026, 6, 30)
    shop.redeem(offer, "form:last-day")
    shop.later(days=1)

    with pytest.raises(rewards.PointsShort) as refusal:
        shop.redeem(offer, "form:next-day")

    assert refusal.value.params == {"short_by": 30}
    assert shop.balances() == {f"{WALLET}:city:2026-06": 30}


def test_the_same_reference_gives_the_first_voucher_again(shop: Shop) -> None:
    offer = shop.offer(points=30)
    shop.earn(100)
    first = shop.redeem(offer, "form:1")
    shop.later(seconds=2)

    second = shop.redeem(offer, "form:1")

    assert second == replace(first, replayed=True)
    assert shop.balances() == {f"{WALLET}:city:2027-06": 70}


def test_a_replay_is_answered_even_when_the_offer_is_sold_out_and_over(shop: Shop) -> None:
    offer = shop.offer(stock=1)
    shop.earn(30)
    first = shop.redeem(offer)
    shop.later(days=60)

    assert shop.redeem(offer).redemption_id == first.redemption_id


def test_a_reference_used_for_another_offer_is_a_conflict(shop: Shop) -> None:
    one, other = shop.offer(), shop.offer()
    shop.earn(100)
    shop.redeem(one, "form:1")

    with pytest.raises(ledger.ReferenceConflict):
        shop.redeem(other, "form:1")


def test_a_reference_used_for_something_else_in_the_ledger_is_a_conflict(shop: Shop) -> None:
    offer = shop.offer()
    shop.earn(100)

    with pytest.raises(ledger.ReferenceConflict):
        shop.redeem(offer, "earn:1")

    assert shop.balances("held") == {}


@pytest.mark.parametrize(
    ("terms", "why"),
    [
        ({"starts_on": date(2026, 6, 6)}, "not_yet"),
        ({"ends_on": date(2026, 6, 4)}, "over"),
        ({"active": False}, "paused"),
        ({"district": "huzhou-anji"}, "elsewhere"),
    ],
)
def test_an_offer_that_is_not_open_says_why(shop: Shop, terms: dict[str, object], why: str) -> None:
    offer = shop.offer(**terms)
    shop.earn(100)

    with pytest.raises(rewards.OfferNotOpen) as refusal:
        shop.redeem(offer)

    assert refusal.value.params["why"] == why


def test_an_offer_of_a_merchant_who_has_left_is_not_open(shop: Shop) -> None:
    offer = shop.offer(shop.merchant(active=False))
    shop.earn(100)

    with pytest.raises(rewards.OfferNotOpen):
        shop.redeem(offer)


def test_an_offer_that_does_not_exist_is_unknown(shop: Shop) -> None:
    with pytest.raises(rewards.OfferUnknown):
        shop.redeem("off_nothing")


def test_too_few_points_say_how_many_are_missing_and_take_nothing(shop: Shop) -> None:
    offer = shop.offer(points=30, stock=1)
    shop.earn(29)

    with pytest.raises(rewards.PointsShort) as refusal:
        shop.redeem(offer)

    assert refusal.value.params == {"short_by": 1}
    assert shop.balances() == {f"{WALLET}:city:2027-06": 29}
    assert shop.offers().items[0].stock == 1


def test_a_person_cannot_pass_the_limit_and_another_still_can(shop: Shop) -> None:
    offer = shop.offer(per_person_limit=2)
    shop.earn(500)
    shop.earn(500, holder="resident:acc_2")
    shop.redeem(offer, "form:1")
    shop.redeem(offer, "form:2")

    with pytest.raises(rewards.LimitReached) as refusal:
        shop.redeem(offer, "form:3")

    assert refusal.value.params == {"limit": 2}
    assert shop.balances() == {f"{WALLET}:city:2027-06": 440}
    assert shop.redeem(offer, "form:1", holder="resident:acc_2").state == "held"


def test_the_last_item_sold_is_sold_out_and_takes_nothing(shop: Shop) -> None:
    offer = shop.offer(stock=1)
    shop.earn(500)
    shop.redeem(offer, "form:1")

    with pytest.raises(rewards.SoldOut):
        shop.redeem(offer, "form:2")

    assert shop.balances() == {f"{WALLET}:city:2027-06": 470}
    assert shop.balances("held") != {}
    shop.check_books()


def test_a_voucher_keeps_the_terms_of_the_day_it_was_made(shop: Shop) -> None:
    offer = shop.offer(points=30, value_cents=300)
    shop.earn(100)
    voucher = shop.redeem(offer)

    with shop.writing() as session:
        session.connection().exec_driver_sql("UPDATE offer SET points = 99, value_cents = 990")

    assert (shop.voucher(voucher.redemption_id).points, shop.voucher(voucher.redemption_id).value_cents) == (30, 300)
