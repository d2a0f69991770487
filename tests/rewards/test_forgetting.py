"""A holder is forgotten: what is open is given back, what was taken is nobody's, and no salt is left."""

from typing import Any

import pytest
from sqlalchemy import select, update

import rewards
from rewards import forgetting
from rewards.commitments import commit_to_redemption
from rewards.forgetting import NOBODY
from rewards.models import Offer, OfferUse, Redemption
from tests.rewards.conftest import BOOK, HOLDER, Shop

OTHER = "resident:acc_2"


def forget(shop: Shop, holder: str = HOLDER) -> int:
    with shop.writing() as session:
        return rewards.forget_holder(
            session, book=BOOK, holder=holder, today=shop.today, now=shop.now, entropy=shop.entropy
        )


def redemptions(shop: Shop) -> list[dict[str, Any]]:
    with shop.writing() as session:
        table = Redemption.__table__
        return [dict(row) for row in session.connection().execute(select(table).order_by("id")).mappings()]


def busy(shop: Shop) -> tuple[str, str, rewards.VoucherView]:
    """A shop, its offer, and a holder with a voucher taken, one given back, one run out and one open."""
    merchant = shop.merchant()
    offer = shop.offer(merchant, points=10, stock=20)
    shop.earn(100)
    overdue = shop.redeem(offer, "form:overdue")
    shop.later(days=40)
    offer = shop.offer(merchant, points=10, stock=20, ends_on=shop.today)
    assert shop.expire() == 1
    assert overdue.state == "held"
    taken, back, open_ = (shop.redeem(offer, f"form:{name}") for name in ("taken", "back", "open"))
    shop.later(minutes=1)
    shop.capture(taken.code, merchant)
    shop.release(back.redemption_id)
    return merchant, offer, open_


def stock(shop: Shop, offer: str) -> int:
    with shop.writing() as session:
        return int(session.connection().execute(select(Offer.stock).where(Offer.id == offer)).scalar_one() or 0)


def test_what_is_open_is_given_back_and_what_was_taken_is_nobodys(shop: Shop) -> None:
    merchant, offer, open_ = busy(shop)
    assert stock(shop, offer) == 18

    assert forget(shop) == 1

    assert stock(shop, offer) == 19
    (left,) = redemptions(shop)
    assert (left["state"], left["holder"], left["reference"]) == ("captured", NOBODY, left["id"])
    assert left["held_at"] == left["closed_at"]
    assert sum(shop.balances().values()) == 90
    assert shop.balances("held") == {}
    with pytest.raises(rewards.VoucherUnknown):
        shop.capture(open_.code, merchant)
    shop.check_books()


def test_no_salt_is_left_that_opens_a_commitment(shop: Shop) -> None:
    busy(shop)
    opened = redemptions(shop)
    assert all(row["c2_salt"] for row in opened)
    (taken,) = (row for row in opened if row["state"] == "captured")
    told = {"offer_id": taken["offer_id"], "merchant_id": taken["merchant_id"]}
    assert commit_to_redemption(taken["c2_salt"], at=taken["held_at"], **told) in commitments(shop)  # the control

    forget(shop)

    (left,) = redemptions(shop)
    assert (left["c2_salt"], left["closing_c2_salt"]) == (b"", None)
    assert commit_to_redemption(left["c2_salt"], at=taken["held_at"], **told) not in commitments(shop)


def commitments(shop: Shop) -> set[bytes]:
    with shop.writing() as session:
        return {bytes(row[0]) for row in session.connection().exec_driver_sql("SELECT commitment FROM ledger_entry")}


def test_the_merchant_sees_the_same_day_and_the_clerk_is_told_who_came_first(shop: Shop) -> None:
    merchant, _, _ = busy(shop)
    (taken,) = (row for row in redemptions(shop) if row["state"] == "captured")

    forget(shop)

    assert shop.capture(taken["code"], merchant).replayed
    with pytest.raises(rewards.VoucherUsed):
        shop.capture(taken["code"], merchant, reference="till:2")


def test_others_keep_their_vouchers_and_their_shares(shop: Shop) -> None:
    _, offer, _ = busy(shop)
    shop.earn(100, holder=OTHER)
    theirs = shop.redeem(offer, holder=OTHER)

    forget(shop)

    (kept,) = (row for row in redemptions(shop) if row["holder"] == OTHER)
    assert (kept["id"], kept["state"]) == (theirs.redemption_id, "held")
    assert kept["c2_salt"]
    with shop.writing() as session:
        assert session.connection().execute(select(OfferUse.holder)).scalars().all() == [OTHER]
    assert shop.release(theirs.redemption_id, holder=OTHER).state == "released"


def test_two_who_leave_do_not_meet_among_the_nobodies(shop: Shop) -> None:
    merchant, offer, _ = busy(shop)
    shop.earn(100, holder=OTHER)
    shop.capture(shop.redeem(offer, "form:taken", holder=OTHER).code, merchant, reference="till:other")
    forget(shop)

    assert forget(shop, OTHER) == 0  # both had used the reference form:taken

    assert [row["holder"] for row in redemptions(shop)] == [NOBODY, NOBODY]


def test_a_second_time_and_a_stranger_change_nothing(shop: Shop) -> None:
    busy(shop)
    forget(shop)
    before = redemptions(shop)
    assert (forget(shop), forget(shop, "resident:acc_9")) == (0, 0)
    assert redemptions(shop) == before


def test_control_without_giving_back_points_would_stay_held(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    busy(shop)
    monkeypatch.setattr(forgetting, "release_held", lambda *_, **__: 0)
    forget(shop)
    assert sum(shop.balances("held").values()) == 10


def test_control_without_the_erasure_the_salt_opens_it_still(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    busy(shop)
    monkeypatch.setattr(forgetting, "update", lambda model: update(model).where(Redemption.id == "nobody's"))
    forget(shop)
    (left,) = redemptions(shop)
    told = {"offer_id": left["offer_id"], "merchant_id": left["merchant_id"]}
    assert left["holder"] == HOLDER
    assert commit_to_redemption(left["c2_salt"], at=left["held_at"], **told) in commitments(shop)
