"""Lots: read from account names, spent in the order in which they expire."""

from datetime import date

import pytest

import rewards
from rewards.lots import Lot, parse_lot
from tests.rewards.conftest import BOOK, WALLET, Shop


def test_a_lot_is_read_from_its_account() -> None:
    lot = parse_lot("resident:acc_1:points", "resident:acc_1:points:city:2028-02", 5)

    assert lot == Lot("resident:acc_1:points:city:2028-02", "city", "2028-02", 5)
    assert lot.last_day == date(2028, 2, 29)


@pytest.mark.parametrize(
    "path", ["w", "w:city", "w:2027-06", "w:city:2027-13", "w:city:2027-6", "wider:city:2027-06", "w::2027-06"]
)
def test_another_account_is_no_lot(path: str) -> None:
    assert parse_lot("w", path, 5) is None


def test_a_lot_is_spendable_through_the_last_day_of_its_month() -> None:
    lot = Lot("w:city:2026-06", "city", "2026-06", 5)

    assert lot.is_spendable(date(2026, 6, 30))
    assert not lot.is_spendable(date(2026, 7, 1))
    assert lot.is_spendable(date(2025, 12, 31))


def test_the_wallet_lists_what_can_be_spent_first_to_expire_first(shop: Shop) -> None:
    shop.earn(5, month="2026-05")
    shop.earn(7, month="2027-01", fund="bank")
    shop.earn(9, month="2026-06", fund="city")
    shop.earn(1, month="2027-06", holder="resident:acc_10")

    with shop.writing() as session:
        lots = rewards.list_lots(session, book=BOOK, wallet=WALLET, today=shop.today)
        points = rewards.spendable_points(session, book=BOOK, wallet=WALLET, today=shop.today)

    assert [(lot.month, lot.fund, lot.points) for lot in lots] == [("2026-06", "city", 9), ("2027-01", "bank", 7)]
    assert points == 16
