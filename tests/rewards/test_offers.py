"""Offers: listed with what stands in the way, refused when they are not well-formed."""

from datetime import date
from typing import Any

import pytest

import ledger
import rewards
from tests.rewards.conftest import BOOK, HOLDER, Shop


@pytest.mark.parametrize(
    ("terms", "points", "obstacle"),
    [
        ({}, 30, None),
        ({}, 29, "points_short"),
        ({"stock": 0}, 29, "sold_out"),
        ({"starts_on": date(2026, 6, 6)}, 30, "not_yet"),
        ({"ends_on": date(2026, 6, 4)}, 30, "over"),
    ],
)
def test_an_offer_that_cannot_be_had_says_why(
    shop: Shop, terms: dict[str, Any], points: int, obstacle: str | None
) -> None:
    offer = shop.offer(**terms)

    (view,) = shop.offers(points).items

    assert (view.id, view.obstacle, view.short_by) == (offer, obstacle, 30 - points)
    assert view.merchant_names == {"zh-CN": "竹乡小店"}


def test_an_offer_that_the_person_has_had_often_enough_says_so(shop: Shop) -> None:
    offer = shop.offer(per_person_limit=1)
    shop.earn(100)
    voucher = shop.redeem(offer)

    (view,) = shop.offers().items
    assert (view.obstacle, view.used) == ("limit_reached", 1)

    shop.release(voucher.redemption_id)
    assert shop.offers().items[0].obstacle is None


def test_the_list_leaves_out_what_is_not_for_this_person(shop: Shop) -> None:
    shop.offer(district="huzhou-anji")
    shop.offer(active=False)
    shop.offer(shop.merchant(active=False))
    shop.offer(starts_on=date(2026, 1, 1), ends_on=date(2026, 5, 1))
    here = shop.offer(district=BOOK)

    assert [view.id for view in shop.offers().items] == [here]


def test_offers_page_by_price(shop: Shop) -> None:
    merchant = shop.merchant()
    made = {shop.offer(merchant, points=points) for points in (50, 10, 30, 10, 20)}

    seen: list[rewards.OfferView] = []
    after = None
    for _ in range(3):
        page = shop.offers(after=after, limit=2)
        seen += page.items
        after = page.next

    assert after is None
    assert [view.points for view in seen] == [10, 10, 20, 30, 50]
    assert {view.id for view in seen} == made


@pytest.mark.parametrize("cursor", ["", "x", "10", "10.off_", "-1.off_" + "0" * 26, "9" * 30 + ".off_" + "0" * 26])
def test_a_forged_cursor_is_refused(shop: Shop, cursor: str) -> None:
    with pytest.raises(ledger.CursorInvalid):
        shop.offers(after=cursor)


def test_one_offer_is_found_with_and_without_a_person(shop: Shop) -> None:
    offer = shop.offer()
    person: dict[str, Any] = {"district": BOOK, "holder": HOLDER, "points": 10, "today": shop.today}

    with shop.writing() as session:
        assert rewards.get_offer(session, offer).obstacle is None
        assert rewards.get_offer(session, offer, **person).obstacle == "points_short"
        with pytest.raises(rewards.OfferUnknown):
            rewards.get_offer(session, "off_nothing")


@pytest.mark.parametrize(
    ("field", "terms"),
    [
        ("titles", {"titles": {"en": "Coaster"}}),
        ("points", {"points": 0}),
        ("points", {"points": 10**30}),
        ("stock", {"stock": -1}),
        ("per_person_limit", {"per_person_limit": 0}),
        ("ends_on", {"ends_on": date(2026, 5, 1)}),
        ("voucher_days", {"voucher_days": -1}),
        ("voucher_days", {"voucher_days": 10**9}),
        ("value_cents", {"value_cents": None}),
        ("value_cents", {"value_cents": 0}),
        ("kind", {"kind": "lottery"}),
    ],
)
def test_an_offer_that_is_not_well_formed_names_the_field(shop: Shop, field: str, terms: dict[str, Any]) -> None:
    with pytest.raises(rewards.OfferInvalid) as refusal:
        shop.offer(**terms)

    assert refusal.value.params == {"field": field}


def test_merchants_are_called_by_their_names(shop: Shop) -> None:
    merchant = shop.merchant(names={"zh-CN": "竹乡小店", "en": "Bamboo Corner"})

    with shop.writing() as session:
        names = rewards.merchant_names(session, [merchant, "mer_nothing"])
        view = rewards.get_merchant(session, merchant)
        with pytest.raises(rewards.MerchantUnknown):
            rewards.get_merchant(session, "mer_nothing")

    assert names == {merchant: {"zh-CN": "竹乡小店", "en": "Bamboo Corner"}}
    assert (view.town, view.active) == ("wukang", True)


@pytest.mark.parametrize("field", ["names", "address"])
def test_a_merchant_needs_chinese_text(shop: Shop, field: str) -> None:
    with pytest.raises(rewards.MerchantInvalid) as refusal:
        shop.merchant(**{field: {"en": "Bamboo Corner"}})

    assert refusal.value.params == {"field": field}
