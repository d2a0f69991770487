"""What is taken of an offer: its stock, and each person's share.

Both are guarded by one conditional write whose row count is looked at, so they hold on any store, however many ask at
once; a CHECK stands below each. A person's row is met before the offer's, which is the one that many wait for.
"""

from typing import Any

from sqlalchemy import bindparam, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from rewards.errors import LimitReached, SoldOut
from rewards.models import Offer, OfferUse

_INSERT: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}
_LIMIT = bindparam("most", type_=OfferUse.used.type)

_COUNT_USE = {
    name: insert(OfferUse)
    .on_conflict_do_update(
        index_elements=["book", "holder", "offer_id"],
        set_={"used": OfferUse.used + 1},
        where=or_(_LIMIT.is_(None), OfferUse.used < _LIMIT),
    )
    .execution_options(preserve_rowcount=True)  # SQLAlchemy drops the count of an INSERT on PostgreSQL otherwise
    for name, insert in _INSERT.items()
}
_TAKE_ITEM = update(Offer).where(Offer.id == bindparam("of_offer"), Offer.stock > 0).values(stock=Offer.stock - 1)
_RETURN_ITEM = (
    update(Offer).where(Offer.id == bindparam("of_offer"), Offer.stock.is_not(None)).values(stock=Offer.stock + 1)
)
_RETURN_USE = (
    update(OfferUse)
    .where(
        OfferUse.book == bindparam("of_book"),
        OfferUse.holder == bindparam("of_holder"),
        OfferUse.offer_id == bindparam("of_offer"),
    )
    .values(used=OfferUse.used - 1)
)


def count_use(session: Session, *, book: str, holder: str, offer_id: str, limit: int | None) -> None:
    """One more voucher of the offer is the holder's; raises LimitReached."""
    connection = session.connection()
    row = {"book": book, "holder": holder, "offer_id": offer_id, "used": 1, "most": limit}
    if not connection.execute(_COUNT_USE[connection.dialect.name], row).rowcount:
        raise LimitReached(limit=limit)


def take_item(session: Session, offer_id: str) -> None:
    """One item less in stock; raises SoldOut. Only for offers that have a stock."""
    if not session.connection().execute(_TAKE_ITEM, {"of_offer": offer_id}).rowcount:
        raise SoldOut


def return_item(session: Session, *, book: str, holder: str, offer_id: str) -> None:
    """The item is in stock again and no longer counts as the holder's."""
    connection = session.connection()
    connection.execute(_RETURN_USE, {"of_book": book, "of_holder": holder, "of_offer": offer_id})
    connection.execute(_RETURN_ITEM, {"of_offer": offer_id})
