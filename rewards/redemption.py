"""Redemption: points are held for an offer, and a voucher is made.

::

                      capture_voucher, through the last day
                 ┌──────────────────────────────────────────▶ captured   held → merchant
                 │
    redeem ──▶ held ── release_voucher, by the holder ──────▶ released   held → the same lots
                 │
                 └──── expire_holds, after the last day ────▶ expired    held → the same lots

Each arrow is one ledger entry in the holder's book and one conditional UPDATE ``… WHERE state = 'held'`` whose row
count is looked at, so that a redemption is closed once, whoever comes first. A voucher past its last day cannot be
captured, whether or not the sweep has run. Points go back to the lots they came from, even where a lot's month is over
meanwhile: then they expire there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

from ledger import Act, BalanceTooLow, Entropy, Entry, Leg, ReferenceConflict, is_id, new_id, post, spend, standings
from rewards.codes import new_code
from rewards.commitments import SALT_BYTES, commit_to_redemption
from rewards.entries import held_account
from rewards.errors import OfferNotOpen, OfferUnknown, PointsShort
from rewards.models import Merchant, Offer, Redemption
from rewards.rows import AnyRow, AnySelect
from rewards.stock import count_use, take_item
from rewards.vouchers import VoucherView, get_voucher

_INSERT = insert(Redemption)
_EARLIER = select(Redemption.id, Redemption.offer_id).where(
    Redemption.book == bindparam("of_book"),
    Redemption.holder == bindparam("of_holder"),
    Redemption.reference == bindparam("of_reference"),
)
_OFFER: AnySelect = (
    select(
        Offer.id,
        Offer.merchant_id,
        Offer.points,
        Offer.value_cents,
        Offer.stock,
        Offer.per_person_limit,
        Offer.starts_on,
        Offer.ends_on,
        Offer.district,
        Offer.voucher_days,
        (Offer.active & Merchant.active).label("is_active"),
    )
    .join(Merchant, Merchant.id == Offer.merchant_id)
    .where(Offer.id == bindparam("of_offer"))
)
_CODE_TAKEN = select(Redemption.id).where(Redemption.code == bindparam("of_code"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    offer_id: str
    book: str
    holder: str
    reference: str
    today: date
    zone: tzinfo
    now: datetime


def redeem_offer(
    session: Session,
    *,
    offer_id: str,
    book: str,
    holder: str,
    wallet: str,
    reference: str,
    today: date,
    zone: tzinfo,
    now: datetime,
    entropy: Entropy,
) -> VoucherView:
    """A voucher for the offer, its points held, first to expire first; ``today`` is the day in ``zone``.

    The same reference of the same holder for the same offer gives the first voucher again. Raises ReferenceConflict,
    OfferUnknown, OfferNotOpen, PointsShort, LimitReached, SoldOut.
    """
    wish = _Wish(offer_id=offer_id, book=book, holder=holder, reference=reference, today=today, zone=zone, now=now)
    earlier = _find_earlier(session, wish)
    if earlier is not None:
        return earlier
    offer = _open_offer(session, offer_id, book, today)
    spent = _spend(session, wish, wallet, offer.points)
    redemption_id, salt = new_id("rdm", entropy), entropy(SALT_BYTES)
    entry = _hold_points(wish, offer, spent, redemption_id, salt, entropy)
    earlier = _post(session, wish, entry)
    if earlier is not None:
        return earlier
    # The offer's row, for which a whole city may wait, is locked last.
    count_use(session, book=book, holder=holder, offer_id=offer.id, limit=offer.per_person_limit)
    if offer.stock is not None:
        take_item(session, offer.id)
    row = _row(wish, offer, redemption_id) | {
        "code": _free_code(session, entropy),
        "hold_entry": entry.id,
        "c2_salt": salt,
    }
    session.connection().execute(_INSERT, row)
    return get_voucher(session, redemption_id=redemption_id, book=book, holder=holder)


def _spend(session: Session, wish: _Wish, wallet: str, points: int) -> tuple[Leg, ...]:
    """The debits of the lots that the points come from, first to expire first."""
    try:
        return spend(standings(session, wish.book, wallet), points, at=wish.now)
    except BalanceTooLow as error:
        raise PointsShort(short_by=error.params["short_by"]) from error


def _post(session: Session, wish: _Wish, entry: Entry) -> VoucherView | None:
    """Posts the hold; the first voucher, where this is the other half of a double click."""
    try:
        post(session, entry, now=wish.now)
    except BalanceTooLow as error:  # spent since the lots were read, where others write at the same time
        raise PointsShort(short_by=error.params["short_by"]) from error
    except ReferenceConflict:
        earlier = _find_earlier(session, wish)
        if earlier is None:
            raise
        return earlier
    return None


def _find_earlier(session: Session, wish: _Wish) -> VoucherView | None:
    bound = {"of_book": wish.book, "of_holder": wish.holder, "of_reference": wish.reference}
    row = session.connection().execute(_EARLIER, bound).one_or_none()
    if row is None:
        return None
    if row.offer_id != wish.offer_id:
        raise ReferenceConflict(reference=wish.reference)
    return replace(get_voucher(session, redemption_id=row.id, book=wish.book, holder=wish.holder), replayed=True)


def _open_offer(session: Session, offer_id: str, book: str, today: date) -> AnyRow:
    offer = session.connection().execute(_OFFER, {"of_offer": offer_id}).one_or_none() if is_id(offer_id) else None
    if offer is None:
        raise OfferUnknown
    closed = {
        "paused": not offer.is_active,
        "elsewhere": offer.district not in (None, book),
        "not_yet": today < offer.starts_on,
        "over": today > offer.ends_on,
    }
    for why, applies in closed.items():
        if applies:
            raise OfferNotOpen(why=why, starts_on=offer.starts_on, ends_on=offer.ends_on)
    return offer


def _hold_points(
    wish: _Wish, offer: AnyRow, spent: Sequence[Leg], redemption_id: str, salt: bytes, entropy: Entropy
) -> Entry:
    day_after = _last_day(wish, offer) + timedelta(days=1)
    return Entry(
        id=new_id("ent", entropy),
        book=wish.book,
        home=wish.holder,
        reference=wish.reference,
        kind="hold",
        occurred_at=wish.now,
        local_day=wish.today,
        legs=(*spent, Leg(held_account(redemption_id), offer.points)),
        details={"redemption": redemption_id},
        salt=entropy(SALT_BYTES),
        commitment=commit_to_redemption(salt, offer_id=offer.id, merchant_id=offer.merchant_id, at=wish.now),
        act=Act.HOLD,
        deadline=datetime.combine(day_after, time.min, wish.zone).astimezone(UTC),
    )


def _last_day(wish: _Wish, offer: AnyRow) -> date:
    last_day: date = wish.today + timedelta(days=offer.voucher_days)
    return last_day


def _row(wish: _Wish, offer: AnyRow, redemption_id: str) -> dict[str, object]:
    return {
        "book": wish.book,
        "id": redemption_id,
        "holder": wish.holder,
        "reference": wish.reference,
        "offer_id": offer.id,
        "merchant_id": offer.merchant_id,
        "points": offer.points,
        "value_cents": offer.value_cents,
        "state": "held",
        "held_at": wish.now,
        "last_day": _last_day(wish, offer),
    }


def _free_code(session: Session, entropy: Entropy) -> str:
    while True:
        code = new_code(entropy)
        if session.connection().execute(_CODE_TAKEN, {"of_code": code}).one_or_none() is None:
            return code
