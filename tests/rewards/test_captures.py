"""Capturing: a voucher is accepted once, by its own merchant, in time."""

from datetime import UTC, datetime, timedelta

import pytest

import ledger
import rewards
from tests.rewards.conftest import BOOK, HOLDER, PLACE, Shop


@pytest.fixture
def merchant(shop: Shop) -> str:
    return shop.merchant()


@pytest.fixture
def voucher(shop: Shop, merchant: str) -> rewards.VoucherView:
    shop.earn(500)
    return shop.redeem(shop.offer(merchant, points=30, value_cents=300, voucher_days=10))


def test_capturing_pays_the_merchant(shop: Shop, merchant: str, voucher: rewards.VoucherView) -> None:
    shop.later(hours=2)

    receipt = shop.capture(voucher.code, merchant)

    assert (receipt.points, receipt.value_cents, receipt.replayed) == (30, 300, False)
    assert (receipt.captured_at, receipt.place, receipt.titles) == (shop.now, PLACE, voucher.titles)
    assert shop.balances("held") == {}
    assert shop.balances(f"merchant:{merchant}") == {f"merchant:{merchant}": 30}
    seen = shop.voucher(voucher.redemption_id)
    assert (seen.state, seen.closed_at, seen.captured_place) == ("captured", shop.now, PLACE)
    with shop.writing() as session:
        entry = ledger.get_entry(session, BOOK, str(seen.closing_entry))
    assert (entry.kind, entry.home, entry.occurred_at) == ("capture", HOLDER, shop.now)
    shop.check_books()


def test_a_code_may_be_typed_as_people_type_it(shop: Shop, merchant: str, voucher: rewards.VoucherView) -> None:
    assert shop.capture(f" {voucher.shown_code.lower()} ", merchant).redemption_id == voucher.redemption_id


def test_a_second_capture_tells_time_and_place_of_the_first(
    shop: Shop, merchant: str, voucher: rewards.VoucherView
) -> None:
    first = shop.capture(voucher.code, merchant, reference="till:1")
    shop.later(minutes=5)

    with pytest.raises(rewards.VoucherUsed) as refusal:
        shop.capture(voucher.code, merchant, reference="till:2")

    assert refusal.value.params == {"at": first.captured_at, "place": PLACE}
    assert shop.balances(f"merchant:{merchant}") == {f"merchant:{merchant}": 30}


def test_the_same_request_of_the_same_clerk_gives_the_first_receipt(
    shop: Shop, merchant: str, voucher: rewards.VoucherView
) -> None:
    first = shop.capture(voucher.code, merchant, reference="till:1")
    shop.later(seconds=2)

    second = shop.capture(voucher.code, merchant, reference="till:1")

    assert (second.replayed, second.captured_at) == (True, first.captured_at)


def test_the_same_reference_of_another_clerk_is_no_replay(
    shop: Shop, merchant: str, voucher: rewards.VoucherView
) -> None:
    shop.capture(voucher.code, merchant, reference="till:1", clerk_id="stf_1")

    with pytest.raises(rewards.VoucherUsed):
        shop.capture(voucher.code, merchant, reference="till:1", clerk_id="stf_2")


@pytest.mark.parametrize("already_captured", [False, True])
def test_another_merchants_clerk_learns_nothing(
    shop: Shop, merchant: str, voucher: rewards.VoucherView, already_captured: bool
) -> None:
    if already_captured:
        shop.capture(voucher.code, merchant)

    with pytest.raises(rewards.VoucherForeign) as refusal:
        shop.capture(voucher.code, shop.merchant())

    assert refusal.value.params == {}
    assert shop.voucher(voucher.redemption_id).state == ("captured" if already_captured else "held")


@pytest.mark.parametrize(
    "typed", ["0000 0000", "", "7K3M", "7K3M 92Q!", "7K3M 92QU", "9" * 10_000, "七K3M 92QF", "\0" * 8]
)
def test_what_is_no_voucher_is_unknown(shop: Shop, merchant: str, typed: str) -> None:
    with pytest.raises(rewards.VoucherUnknown):
        shop.capture(typed, merchant)


def test_a_voucher_is_good_through_its_last_day(shop: Shop, merchant: str, voucher: rewards.VoucherView) -> None:
    shop.later(days=10)

    assert shop.today == voucher.last_day
    assert shop.capture(voucher.code, merchant).points == 30


@pytest.mark.parametrize("swept", [False, True])
def test_a_voucher_past_its_last_day_is_refused_whether_or_not_the_sweep_has_run(
    shop: Shop, merchant: str, voucher: rewards.VoucherView, swept: bool
) -> None:
    shop.later(days=11)
    if swept:
        assert shop.expire() == 1

    with pytest.raises(rewards.VoucherExpired) as refusal:
        shop.capture(voucher.code, merchant)

    assert refusal.value.params == {"last_day": voucher.last_day}
    assert shop.balances(f"merchant:{merchant}") == {}


def test_a_voucher_given_back_is_refused_with_its_time(shop: Shop, merchant: str, voucher: rewards.VoucherView) -> None:
    shop.release(voucher.redemption_id)

    with pytest.raises(rewards.VoucherReturned) as refusal:
        shop.capture(voucher.code, merchant)

    assert refusal.value.params == {"at": shop.now}


def test_a_merchants_captures_page_newest_first_within_the_day(shop: Shop, merchant: str) -> None:
    shop.earn(500)
    offer, elsewhere = shop.offer(merchant), shop.offer()
    made = [shop.redeem(offer, f"form:{number}") for number in range(5)]
    shop.redeem(elsewhere, "form:elsewhere")
    for number, voucher in enumerate(made):
        shop.capture(voucher.code, merchant, reference=f"till:{number}")
        shop.later(minutes=1 if number % 2 else 0)  # two of them at the same instant
    start = datetime(2026, 6, 5, tzinfo=UTC)
    day = {"merchant_id": merchant, "day_from": start, "day_until": start + timedelta(days=1)}

    seen: list[str] = []
    before = None
    with shop.writing() as session:
        while True:
            page = rewards.list_captures(session, **day, before=before, limit=2)
            seen += [view.redemption_id for view in page.items]
            before = page.next
            if before is None:
                break
        totals = rewards.sum_captures(session, **day)
        tomorrow = rewards.list_captures(session, **day | {"day_from": start + timedelta(days=1)})

    assert sorted(seen) == sorted(voucher.redemption_id for voucher in made)
    assert set(seen[:1]) == {made[4].redemption_id}
    assert (totals.vouchers, totals.points, totals.value_cents) == (5, 150, 1500)
    assert tomorrow.items == ()


def test_totals_of_a_day_without_captures_are_zero(shop: Shop, merchant: str) -> None:
    with shop.writing() as session:
        totals = rewards.sum_captures(session, merchant_id=merchant, day_from=shop.now, day_until=shop.now)

    assert totals == rewards.CaptureTotals(vouchers=0, points=0, value_cents=0)


def test_a_forged_cursor_is_refused(shop: Shop, merchant: str) -> None:
    with shop.writing() as session, pytest.raises(ledger.CursorInvalid):
        rewards.list_captures(session, merchant_id=merchant, day_from=shop.now, day_until=shop.now, before="x")


def test_a_voucher_of_no_days_is_good_on_the_day_it_was_made(shop: Shop, merchant: str) -> None:
    shop.earn(100)
    voucher = shop.redeem(shop.offer(merchant, voucher_days=0))

    assert voucher.last_day == shop.today
    assert shop.capture(voucher.code, merchant).points == 30
