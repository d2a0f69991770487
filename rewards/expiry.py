"""The sweep of lots whose month is over: what is left on them goes back to the book of what expired."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from ledger import POINT, Account, Act, Entropy, Entry, Leg, Standing, expired_accounts, new_id, post_many
from rewards.commitments import SALT_BYTES

_FUND_AND_MONTH = 2
"""Parts of a lot's path after its wallet."""


def expire_lots(session: Session, *, book: str, today: date, now: datetime, entropy: Entropy, limit: int = 500) -> int:
    """How many lots were swept, the oldest first, at most ``limit``.

    Nothing could be spent from them since their time was over: the sweep only says so in the ledger.
    """
    expired = expired_accounts(session, book, at=now, limit=limit)
    post_many(session, [_sweep(one, book, today, now, entropy) for one in expired], now=now)
    return len(expired)


def _sweep(one: Standing, book: str, today: date, now: datetime, entropy: Entropy) -> Entry:
    path = one.account.path
    wallet, fund, month = path.rsplit(":", _FUND_AND_MONTH)
    return Entry(
        id=new_id("ent", entropy),
        book=book,
        home=wallet.removesuffix(":points"),
        # A lot is filled again when a hold is given back after its time, so it can be swept more than once.
        reference=f"sweep:{fund}:{month}:{now:%Y-%m-%dT%H:%M:%S.%f}",
        kind="expiry",
        occurred_at=now,
        local_day=today,
        legs=(Leg(one.account, -one.balance), Leg(Account(f"expired:{fund}", POINT, floor=None), one.balance)),
        details={},
        salt=entropy(SALT_BYTES),
        commitment=entropy(SALT_BYTES),  # nothing identifying stands behind a month's end
        act=Act.SWEEP,
    )
