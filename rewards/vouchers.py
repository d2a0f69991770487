"""Vouchers as their holder sees them."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import Session

from ledger import Page, is_id, read_cursor, write_cursor
from rewards.codes import show_code
from rewards.errors import RedemptionUnknown
from rewards.models import Merchant, Offer, Redemption, Texts
from rewards.offers import MOST_ON_A_PAGE
from rewards.rows import AnyRow, AnySelect

_VOUCHERS: AnySelect = (
    select(
        Redemption.id.label("redemption_id"),
        Redemption.book,
        Redemption.offer_id,
        Redemption.merchant_id,
        Merchant.names.label("merchant_names"),
        Merchant.address.label("address"),
        Offer.kind,
        Offer.titles,
        Offer.notes,
        Redemption.points,
        Redemption.value_cents,
        Redemption.code,
        Redemption.state,
        Redemption.held_at,
        Redemption.last_day,
        Redemption.closed_at,
        Redemption.captured_place,
        Redemption.hold_entry,
        Redemption.closing_entry,
    )
    .join(Offer, Offer.id == Redemption.offer_id)
    .join(Merchant, Merchant.id == Redemption.merchant_id)
)
_ONE = _VOUCHERS.where(
    Redemption.book == bindparam("of_book"),
    Redemption.id == bindparam("of_id"),
    Redemption.holder == bindparam("of_holder"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoucherView:
    """A voucher; ``state`` is held, captured, released or expired, and ``value_cents`` is in cents.

    ``replayed`` when an earlier request with the same reference had done it.
    """

    redemption_id: str
    book: str
    offer_id: str
    merchant_id: str
    merchant_names: Texts
    address: Texts
    kind: str
    titles: Texts
    notes: Texts
    points: int
    value_cents: int | None
    code: str
    state: str
    held_at: datetime
    last_day: date
    closed_at: datetime | None
    captured_place: Texts | None
    hold_entry: str
    closing_entry: str | None
    replayed: bool = False

    @property
    def shown_code(self) -> str:
        """The code as it is printed: ``7K3M 92QF``."""
        return show_code(self.code)


def get_voucher(
    session: Session, *, redemption_id: str, book: str, holder: str, today: date | None = None
) -> VoucherView:
    """The holder's voucher; with ``today``, a hold past its last day reads as expired. Raises RedemptionUnknown."""
    if not is_id(redemption_id):
        raise RedemptionUnknown
    bound = {"of_book": book, "of_id": redemption_id, "of_holder": holder}
    row = session.connection().execute(_ONE, bound).one_or_none()
    if row is None:
        raise RedemptionUnknown
    return _view(row, today)


def list_vouchers(
    session: Session,
    *,
    book: str,
    holder: str,
    before: str | None = None,
    limit: int = 20,
    today: date | None = None,
) -> Page[VoucherView]:
    """The holder's vouchers, newest first; ``before`` is a page's ``next``, ``limit`` 1 to 200.

    With ``today``, a hold past its last day reads as expired, whether or not the sweep has run. Raises CursorInvalid.
    """
    limit = max(1, min(limit, MOST_ON_A_PAGE))
    query = _VOUCHERS.where(Redemption.book == book, Redemption.holder == holder)
    if before is not None:
        at, last = read_cursor(before)
        query = query.where(Redemption.held_at <= at, or_(Redemption.held_at < at, Redemption.id < last))
    query = query.order_by(Redemption.held_at.desc(), Redemption.id.desc()).limit(limit + 1)
    rows = session.connection().execute(query).all()
    items = tuple(_view(row, today) for row in rows[:limit])
    more = len(rows) > limit
    return Page(items, write_cursor(items[-1].held_at, items[-1].redemption_id) if more else None)


def count_open(session: Session, *, book: str, holder: str, today: date) -> int:
    """How many of the holder's vouchers a merchant would still take."""
    query = select(func.count()).where(
        Redemption.book == book, Redemption.holder == holder, Redemption.state == "held", Redemption.last_day >= today
    )
    return session.connection().execute(query).scalar_one()


def find_vouchers(session: Session, *, book: str, holder: str, ids: Collection[str]) -> dict[str, VoucherView]:
    """Redemption id → voucher, of those among ``ids`` that are the holder's: the words for a statement's lines."""
    query = _VOUCHERS.where(Redemption.book == book, Redemption.holder == holder, Redemption.id.in_(sorted(ids)))
    rows = session.connection().execute(query) if ids else ()
    return {row.redemption_id: _view(row, None) for row in rows}


def _view(row: AnyRow, today: date | None) -> VoucherView:
    view = VoucherView(**row._asdict())
    if today is not None and view.state == "held" and today > view.last_day:
        return replace(view, state="expired")
    return view
