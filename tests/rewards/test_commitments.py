"""Commitments: what a redemption's row opens, and nobody without its salt."""

from datetime import UTC, datetime

from sqlalchemy import select

from ledger import metadata
from rewards.commitments import commit_to_redemption
from rewards.models import Redemption
from tests.rewards.conftest import Shop


def test_the_commitment_is_the_one_written_down() -> None:
    at = datetime(2026, 6, 5, 8, 0, tzinfo=UTC)

    commitment = commit_to_redemption(bytes(range(32)), offer_id="off_1", merchant_id="mer_1", at=at)

    assert commitment.hex() == "1a6e78ab72ab1e6ac07f338f708f103056e040c2ad780d6ce97c30b4a2a54497"


def test_the_redemptions_row_opens_the_commitments_of_both_entries(shop: Shop) -> None:
    merchant = shop.merchant()
    offer = shop.offer(merchant)
    shop.earn(100)
    voucher = shop.redeem(offer)
    held_at = shop.now
    shop.later(hours=1, microseconds=7)
    shop.capture(voucher.code, merchant)

    entry = metadata.tables["ledger_entry"].c
    with shop.writing() as session:
        row = session.connection().execute(select(Redemption)).one()
        query = select(entry.id, entry.commitment, entry.salt)
        entries = {found.id: found for found in session.connection().execute(query)}

    hold, capture = entries[row.hold_entry], entries[row.closing_entry]
    assert hold.commitment == commit_to_redemption(row.c2_salt, offer_id=offer, merchant_id=merchant, at=held_at)
    assert capture.commitment == commit_to_redemption(
        row.closing_c2_salt, offer_id=offer, merchant_id=merchant, at=shop.now
    )
    assert len({row.c2_salt, row.closing_c2_salt, hold.salt, capture.salt}) == 4
