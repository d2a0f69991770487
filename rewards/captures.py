"""Captures: a merchant's clerk accepts a voucher, once."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select, update
from sqlalchemy.orm import Session

from ledger import Entropy, Page, Stamp, capture, new_id, read_cursor, write_cursor
from rewards.codes import normalise_code, show_code
from rewards.commitments import SALT_BYTES, commit_to_redemption
from rewards.entries import make_stamp
from rewards.errors import RewardsError, VoucherExpired, VoucherForeign, VoucherReturned, VoucherUnknown, VoucherUsed
from rewards.kinds import find_kind
from rewards.models import Offer, Redemption, Texts
from rewards.offers import MOST_ON_A_PAGE
from rewards.rows import AnyRow, AnySelect

_CAN_BE_CAPTURED = (
    Redemption.code == bindparam("of_code"),
    Redemption.merchant_id == bindparam("of_merchant"),
    Redemption.state == "held",
    Redemption.last_day >= bindparam("today"),
)
_MARK_CAPTURED = update(Redemption).values(
    state="captured",
    closed_at=bindparam("at"),
    closing_reference=bindparam("by_reference"),
    closing_entry=bindparam("by_entry"),
    closing_c2_salt=bindparam("with_salt"),
    captured_by=bindparam("by_clerk"),
    captured_place=bindparam("in_place"),
)
_CAPTURE = _MARK_CAPTURED.where(*_CAN_BE_CAPTURED)
_CAPTURES: AnySelect = select(
    Redemption.id.label("redemption_id"),
    Redemption.merchant_id,
    Redemption.offer_id,
    Offer.kind,
    Offer.titles,
    Redemption.points,
    Redemption.value_cents,
    Redemption.code,
    Redemption.closed_at.label("captured_at"),
    Redemption.captured_by,
    Redemption.captured_place.label("place"),
).join(Offer, Offer.id == Redemption.offer_id)
_BY_CODE = _CAPTURES.add_columns(
    Redemption.book,
    Redemption.holder,
    Redemption.hold_entry,
    Redemption.state,
    Redemption.last_day,
    Redemption.closing_reference,
).where(Redemption.code == bindparam("of_code"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureView:
    """A captured voucher as the merchant sees it: nothing of its holder. ``value_cents`` is in cents."""

    redemption_id: str
    merchant_id: str
    offer_id: str
    kind: str
    titles: Texts
    points: int
    value_cents: int | None
    code: str
    captured_at: datetime
    captured_by: str
    place: Texts

    @property
    def shown_code(self) -> str:
        """The code as it is printed."""
        return show_code(self.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureReceipt(CaptureView):
    """What the clerk is shown; ``replayed`` when the same request of the same clerk came before."""

    replayed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CaptureTotals:
    """How many vouchers, and what they are worth together."""

    vouchers: int
    points: int
    value_cents: int


def capture_voucher(
    session: Session,
    *,
    code: str,
    merchant_id: str,
    clerk_id: str,
    place: Texts,
    reference: str,
    today: date,
    now: datetime,
    entropy: Entropy,
) -> CaptureReceipt:
    """The voucher accepted: its points are the merchant's. ``code`` is as typed, ``place`` a map locale → text.

    The same reference of the same clerk again gives the first receipt. Raises VoucherUnknown, VoucherForeign,
    VoucherUsed, VoucherReturned, VoucherExpired.
    """
    code = normalise_code(code)
    entry_id, salt = new_id("ent", entropy), entropy(SALT_BYTES)
    closing = {
        "of_code": code,
        "of_merchant": merchant_id,
        "today": today,
        "at": now,
        "by_reference": reference,
        "by_entry": entry_id,
        "with_salt": salt,
        "by_clerk": clerk_id,
        "in_place": dict(place),
    }
    captured = session.connection().execute(_CAPTURE, closing).rowcount
    row = session.connection().execute(_BY_CODE, {"of_code": code}).one_or_none()
    if row is None or not captured:
        return _replay(row, merchant_id, clerk_id, reference)
    stamp = _stamp(row, entry_id, salt, today, now, entropy)
    payee = find_kind(row.kind).payee(row.merchant_id)
    capture(session, book=row.book, hold=row.hold_entry, into=payee, stamp=stamp, now=now)
    return _receipt(row, replayed=False)


def _stamp(row: AnyRow, entry_id: str, salt: bytes, today: date, now: datetime, entropy: Entropy) -> Stamp:
    return make_stamp(
        kind="capture",
        entry_id=entry_id,
        reference=f"capture:{row.redemption_id}",
        redemption_id=row.redemption_id,
        commitment=commit_to_redemption(salt, offer_id=row.offer_id, merchant_id=row.merchant_id, at=now),
        today=today,
        now=now,
        entropy=entropy,
    )


def list_captures(
    session: Session,
    *,
    merchant_id: str,
    day_from: datetime,
    day_until: datetime,
    before: str | None = None,
    limit: int = 20,
) -> Page[CaptureView]:
    """What a merchant captured in [day_from, day_until), newest first; ``before`` is a page's ``next``, ``limit`` 1 to
    200. Raises CursorInvalid.
    """
    limit = max(1, min(limit, MOST_ON_A_PAGE))
    query = _CAPTURES.where(*_captured(merchant_id, day_from, day_until))
    if before is not None:
        at, last = read_cursor(before)
        query = query.where(Redemption.closed_at <= at, or_(Redemption.closed_at < at, Redemption.id < last))
    query = query.order_by(Redemption.closed_at.desc(), Redemption.id.desc()).limit(limit + 1)
    rows = session.connection().execute(query).all()
    items = tuple(CaptureView(**row._asdict()) for row in rows[:limit])
    more = len(rows) > limit
    return Page(items, write_cursor(items[-1].captured_at, items[-1].redemption_id) if more else None)


def sum_captures(session: Session, *, merchant_id: str, day_from: datetime, day_until: datetime) -> CaptureTotals:
    """The totals of what a merchant captured in [day_from, day_until)."""
    query: AnySelect = select(
        func.count(),
        func.coalesce(func.sum(Redemption.points), 0),
        func.coalesce(func.sum(Redemption.value_cents), 0),
    ).where(*_captured(merchant_id, day_from, day_until))
    vouchers, points, value_cents = session.connection().execute(query).one()
    return CaptureTotals(vouchers=vouchers, points=int(points), value_cents=int(value_cents))


def _captured(merchant_id: str, day_from: datetime, day_until: datetime) -> tuple[Any, ...]:
    return (
        Redemption.merchant_id == merchant_id,
        Redemption.state == "captured",
        Redemption.closed_at >= day_from,
        Redemption.closed_at < day_until,
    )


def _replay(row: AnyRow | None, merchant_id: str, clerk_id: str, reference: str) -> CaptureReceipt:
    """The first receipt where this is the same request again; else raises why the voucher is no good."""
    if row is None:
        raise VoucherUnknown
    if row.merchant_id != merchant_id:
        raise VoucherForeign
    if row.state == "captured" and (row.captured_by, row.closing_reference) == (clerk_id, reference):
        return _receipt(row, replayed=True)
    raise _refusal(row)


def _refusal(row: AnyRow) -> RewardsError:
    if row.state == "captured":
        return VoucherUsed(at=row.captured_at, place=row.place)
    if row.state == "released":
        return VoucherReturned(at=row.captured_at)
    return VoucherExpired(last_day=row.last_day)


def _receipt(row: AnyRow, *, replayed: bool) -> CaptureReceipt:
    return CaptureReceipt(
        redemption_id=row.redemption_id,
        merchant_id=row.merchant_id,
        offer_id=row.offer_id,
        kind=row.kind,
        titles=row.titles,
        points=row.points,
        value_cents=row.value_cents,
        code=row.code,
        captured_at=row.captured_at,
        captured_by=row.captured_by,
        place=row.place,
        replayed=replayed,
    )
