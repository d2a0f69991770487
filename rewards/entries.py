"""The entries that redemptions post, each in the holder's book and the holder's own."""

from datetime import date, datetime

from ledger import POINT, Account, Entropy, Stamp
from rewards.commitments import SALT_BYTES


def held_account(redemption_id: str) -> Account:
    """Where a redemption's points are until it is closed."""
    return Account(f"held:{redemption_id}", POINT)


def make_stamp(
    *,
    kind: str,
    entry_id: str,
    reference: str,
    redemption_id: str,
    commitment: bytes,
    today: date,
    now: datetime,
    entropy: Entropy,
) -> Stamp:
    """What the entry brings; its details name the redemption only, what it was for is in the commitment."""
    return Stamp(
        id=entry_id,
        reference=reference,
        kind=kind,
        occurred_at=now,
        local_day=today,
        details={"redemption": redemption_id},
        salt=entropy(SALT_BYTES),
        commitment=commitment,
    )
