"""Offers: add them, list them with what stands in the way, find one that is open."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import and_, insert, or_, select
from sqlalchemy.orm import Session

from ledger import LARGEST_AMOUNT, CursorInvalid, Entropy, Page, new_id
from rewards.errors import OfferInvalid, OfferUnknown
from rewards.kinds import find_kind
from rewards.models import Merchant, Offer, OfferUse, Texts
from rewards.rows import AnyRow, AnySelect

VOUCHER_DAYS = 30
"""Days a voucher lives after the day it was made; a placeholder, to be set by the city."""

LONGEST_VOUCHER_DAYS = 3660
"""Ten years: more is a slip of the finger."""

SHOWN_AFTER_END = timedelta(days=14)
"""How long an offer that is over stays in the list, with its reason."""

MOST_ON_A_PAGE = 200

_CURSOR = re.compile(r"([0-9]{1,18})\.(off_[0-9a-z]{26})")
_INSERT = insert(Offer)
_OFFERS: AnySelect = select(
    *Offer.__table__.c, Merchant.names.label("merchant_names"), Merchant.address.label("address")
).join(Merchant, Merchant.id == Offer.merchant_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOffer:
    """An offer to be added; ``stock`` and ``per_person_limit`` None mean without end, ``district`` None for all."""

    merchant_id: str
    titles: Texts
    notes: Texts
    points: int
    starts_on: date
    ends_on: date
    value_cents: int | None = None
    stock: int | None = None
    per_person_limit: int | None = None
    district: str | None = None
    voucher_days: int = VOUCHER_DAYS
    kind: str = "merchant_voucher"
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferView:
    """An offer as one person sees it.

    ``stock`` is what is left; ``obstacle`` is None, "not_yet", "over", "sold_out", "limit_reached" or "points_short",
    the first that applies; ``short_by`` is in points; ``used`` counts the person's vouchers of it.
    """

    id: str
    merchant_id: str
    merchant_names: Texts
    address: Texts
    kind: str
    titles: Texts
    notes: Texts
    points: int
    value_cents: int | None
    stock: int | None
    per_person_limit: int | None
    starts_on: date
    ends_on: date
    district: str | None
    voucher_days: int
    active: bool
    used: int = 0
    short_by: int = 0
    obstacle: str | None = None


def add_offer(session: Session, *, entropy: Entropy, **terms: Any) -> str:
    """The id of the new offer, whose terms are the fields of NewOffer; raises OfferInvalid."""
    return add_offers(session, [NewOffer(**terms)], entropy=entropy)[0]


def add_offers(session: Session, offers: Sequence[NewOffer], *, entropy: Entropy) -> list[str]:
    """The ids of the new offers, in their order; raises OfferInvalid."""
    rows = []
    for offer in offers:
        _check_terms(offer)
        rows.append({"id": new_id("off", entropy), **asdict(offer)})
    if rows:
        session.connection().execute(_INSERT, rows)
    return [str(row["id"]) for row in rows]


def list_offers(
    session: Session,
    *,
    district: str,
    holder: str,
    points: int,
    today: date,
    after: str | None = None,
    limit: int = 20,
) -> Page[OfferView]:
    """The offers for residents of a district, cheapest first, those that cannot be had with the reason.

    ``points`` is what the person can spend; ``after`` is a page's ``next``; ``limit`` is 1 to 200. Raises
    CursorInvalid.
    """
    limit = max(1, min(limit, MOST_ON_A_PAGE))
    query = _OFFERS.where(
        Offer.active,
        Merchant.active,
        or_(Offer.district.is_(None), Offer.district == district),
        Offer.ends_on >= today - SHOWN_AFTER_END,
    )
    if after is not None:
        query = _page_after(query, after)
    rows = session.connection().execute(query.order_by(Offer.points, Offer.id).limit(limit + 1)).all()
    shown = rows[:limit]
    used = _count_used(session, district, holder, [row.id for row in shown])
    items = tuple(_judge(_view(row), used=used.get(row.id, 0), points=points, today=today) for row in shown)
    more = len(rows) > limit
    return Page(items, f"{items[-1].points}.{items[-1].id}" if more else None)


def get_offer(
    session: Session,
    offer_id: str,
    *,
    district: str | None = None,
    holder: str | None = None,
    points: int | None = None,
    today: date | None = None,
) -> OfferView:
    """The offer; with all four arguments also what stands in the person's way. Raises OfferUnknown."""
    row = session.connection().execute(_OFFERS.where(Offer.id == offer_id, Offer.active)).one_or_none()
    if row is None:
        raise OfferUnknown
    view = _view(row)
    if district is None or holder is None or points is None or today is None:
        return view
    used = _count_used(session, district, holder, [offer_id])
    return _judge(view, used=used.get(offer_id, 0), points=points, today=today)


def _check_terms(offer: NewOffer) -> None:
    wrong = {
        "titles": not offer.titles.get("zh-CN"),
        "points": not 1 <= offer.points <= LARGEST_AMOUNT,
        "stock": offer.stock is not None and not 0 <= offer.stock <= LARGEST_AMOUNT,
        "per_person_limit": offer.per_person_limit is not None and not 1 <= offer.per_person_limit <= LARGEST_AMOUNT,
        "ends_on": offer.ends_on < offer.starts_on,
        "voucher_days": not 0 <= offer.voucher_days <= LONGEST_VOUCHER_DAYS,
    }
    for field, is_wrong in wrong.items():
        if is_wrong:
            raise OfferInvalid(field=field)
    find_kind(offer.kind).check_terms(value_cents=offer.value_cents)


def _page_after(query: AnySelect, cursor: str) -> AnySelect:
    match = _CURSOR.fullmatch(cursor)
    if match is None:
        raise CursorInvalid
    points, offer_id = int(match[1]), match[2]
    return query.where(or_(Offer.points > points, and_(Offer.points == points, Offer.id > offer_id)))


def _count_used(session: Session, book: str, holder: str, offer_ids: Sequence[str]) -> dict[str, int]:
    query = select(OfferUse.offer_id, OfferUse.used).where(
        OfferUse.book == book, OfferUse.holder == holder, OfferUse.offer_id.in_(offer_ids)
    )
    return {row.offer_id: row.used for row in session.connection().execute(query)}


_COLUMNS = {field.name for field in fields(OfferView)} - {"used", "short_by", "obstacle"}


def _view(row: AnyRow) -> OfferView:
    return OfferView(**{name: value for name, value in row._asdict().items() if name in _COLUMNS})


def _judge(offer: OfferView, *, used: int, points: int, today: date) -> OfferView:
    short_by = max(0, offer.points - points)
    checks = (
        ("not_yet", today < offer.starts_on),
        ("over", today > offer.ends_on),
        ("sold_out", offer.stock == 0),
        ("limit_reached", offer.per_person_limit is not None and used >= offer.per_person_limit),
        ("points_short", short_by > 0),
    )
    obstacle = next((name for name, applies in checks if applies), None)
    return replace(offer, used=used, short_by=short_by, obstacle=obstacle)
