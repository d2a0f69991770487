"""A holder leaves: what is open is given back, and what stays tells of a voucher and no longer of a holder.

A voucher that a merchant took stays, because the merchant is paid for it. All others are nobody's business any more.
"""

from datetime import date, datetime

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from ledger import Entropy
from rewards.holds import release_held
from rewards.models import OfferUse, Redemption

NOBODY = "forgotten"
"""The holder of a captured voucher whose holder has left; no ledger account has this name."""


def forget_holder(session: Session, *, book: str, holder: str, today: date, now: datetime, entropy: Entropy) -> int:
    """How many open vouchers were given back; the salts of all commitments (C2) are erased.

    Given back, and not left to run out: the item is in stock again for others at once, and no code outlives its holder.
    """
    count = release_held(session, book=book, holder=holder, today=today, now=now, entropy=entropy)
    theirs = (Redemption.book == book, Redemption.holder == holder)
    connection = session.connection()
    connection.execute(delete(Redemption).where(*theirs, Redemption.state != "captured"))
    connection.execute(
        update(Redemption)
        .where(*theirs)
        .values(
            holder=NOBODY,
            reference=Redemption.id,  # the holder's own would not be unique among those of nobody
            held_at=Redemption.closed_at,
            c2_salt=b"",
            closing_c2_salt=None,
        )
    )
    connection.execute(delete(OfferUse).where(OfferUse.book == book, OfferUse.holder == holder))
    return count
