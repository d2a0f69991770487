"""Holds that end without a capture: given back by the holder, or by time."""

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from ledger import Entropy, is_id, new_id, release
from rewards.commitments import SALT_BYTES, commit_to_redemption
from rewards.entries import make_stamp
from rewards.errors import RedemptionUnknown, VoucherReturned, VoucherUsed
from rewards.models import Redemption
from rewards.rows import AnyRow, AnySelect
from rewards.stock import return_item
from rewards.vouchers import VoucherView, get_voucher

_HOLD: AnySelect = select(
    Redemption.book,
    Redemption.id,
    Redemption.holder,
    Redemption.offer_id,
    Redemption.merchant_id,
    Redemption.state,
    Redemption.closed_at,
    Redemption.closing_reference,
    Redemption.captured_place,
    Redemption.hold_entry,
)
_ONE = _HOLD.where(
    Redemption.book == bindparam("of_book"),
    Redemption.id == bindparam("of_id"),
    Redemption.holder == bindparam("of_holder"),
)
_OVERDUE = (
    _HOLD.where(Redemption.state == "held", Redemption.last_day < bindparam("today"))
    .order_by(Redemption.last_day, Redemption.book, Redemption.id)
    .limit(bindparam("most"))
)
_HELD = _HOLD.where(
    Redemption.book == bindparam("of_book"), Redemption.holder == bindparam("of_holder"), Redemption.state == "held"
).order_by(Redemption.id)
_CAN_BE_CLOSED = (
    Redemption.book == bindparam("of_book"),
    Redemption.id == bindparam("of_id"),
    Redemption.state == "held",
)
_MARK_CLOSED = update(Redemption).values(
    state=bindparam("to_state"),
    closed_at=bindparam("at"),
    closing_reference=bindparam("by_reference"),
    closing_entry=bindparam("by_entry"),
    closing_c2_salt=bindparam("with_salt"),
)
_CLOSE = _MARK_CLOSED.where(*_CAN_BE_CLOSED)


def release_voucher(
    session: Session,
    *,
    redemption_id: str,
    book: str,
    holder: str,
    reference: str,
    today: date,
    now: datetime,
    entropy: Entropy,
) -> VoucherView:
    """The voucher given back by its holder, the points in their lots again.

    The same reference again gives the first answer. Raises RedemptionUnknown, VoucherUsed, VoucherReturned.
    """
    hold = _get_hold(session, book, redemption_id, holder)
    if not _give_back(session, hold, "released", "release", reference, today, now, entropy):
        hold = _get_hold(session, book, redemption_id, holder)
        if hold.state == "captured":
            raise VoucherUsed(at=hold.closed_at, place=hold.captured_place)
        if hold.state != "released" or hold.closing_reference != reference:
            raise VoucherReturned(at=hold.closed_at)
        return replace(get_voucher(session, redemption_id=redemption_id, book=book, holder=holder), replayed=True)
    return get_voucher(session, redemption_id=redemption_id, book=book, holder=holder)


def release_held(session: Session, *, book: str, holder: str, today: date, now: datetime, entropy: Entropy) -> int:
    """How many vouchers were given back: all that the holder had open. One that a clerk is taking is not among them."""
    held = session.connection().execute(_HELD, {"of_book": book, "of_holder": holder}).all()
    return sum(
        _give_back(session, hold, "released", "release", f"release:{hold.id}", today, now, entropy) for hold in held
    )


def expire_holds(session: Session, *, today: date, now: datetime, entropy: Entropy, limit: int = 500) -> int:
    """How many vouchers past their last day gave their points back, oldest first, at most ``limit``."""
    overdue = session.connection().execute(_OVERDUE, {"today": today, "most": limit}).all()
    return sum(
        _give_back(session, hold, "expired", "hold_expired", f"expire:{hold.id}", today, now, entropy)
        for hold in overdue
    )


def _get_hold(session: Session, book: str, redemption_id: str, holder: str) -> AnyRow:
    if not is_id(redemption_id):
        raise RedemptionUnknown
    bound = {"of_book": book, "of_id": redemption_id, "of_holder": holder}
    row = session.connection().execute(_ONE, bound).one_or_none()
    if row is None:
        raise RedemptionUnknown
    return row


def _give_back(
    session: Session,
    hold: AnyRow,
    state: str,
    kind: str,
    reference: str,
    today: date,
    now: datetime,
    entropy: Entropy,
) -> bool:
    entry_id, salt = new_id("ent", entropy), entropy(SALT_BYTES)
    closing = {
        "of_book": hold.book,
        "of_id": hold.id,
        "to_state": state,
        "at": now,
        "by_reference": reference,
        "by_entry": entry_id,
        "with_salt": salt,
    }
    if not session.connection().execute(_CLOSE, closing).rowcount:
        return False  # closed by somebody else first
    stamp = make_stamp(
        kind=kind,
        entry_id=entry_id,
        reference=reference,
        redemption_id=hold.id,
        commitment=commit_to_redemption(salt, offer_id=hold.offer_id, merchant_id=hold.merchant_id, at=now),
        today=today,
        now=now,
        entropy=entropy,
    )
    release(session, book=hold.book, hold=hold.hold_entry, stamp=stamp, now=now)
    return_item(session, book=hold.book, holder=hold.holder, offer_id=hold.offer_id)
    return True
