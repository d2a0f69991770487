"""The tables of rewards, on the MetaData that all packages share."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Date,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeEngine

from ledger import UtcDateTime, metadata

Texts = dict[str, str]
"""Text that is data: locale → text; zh-CN is always there."""


class Model(DeclarativeBase):
    """A row; instants are UTC, local days are the city's."""

    metadata: ClassVar[MetaData] = metadata
    type_annotation_map: ClassVar[dict[object, object | TypeEngine[object]]] = {
        str: String(200),
        int: BigInteger,
        bytes: LargeBinary,
        date: Date,
        datetime: UtcDateTime,
        Texts: JSON,
    }


class Merchant(Model):
    """Who honours vouchers; paid by settlement of ``merchant:<id>``."""

    __tablename__ = "merchant"

    id: Mapped[str] = mapped_column(primary_key=True)
    names: Mapped[Texts]
    district: Mapped[str]
    town: Mapped[str]
    address: Mapped[Texts]
    active: Mapped[bool]


class Offer(Model):
    """What points buy. ``stock`` is what is left (None: no end); ``district`` None means residents of any.

    The CHECK stands below the conditional update of ``rewards.stock``, which is the guard.
    """

    __tablename__ = "offer"
    __table_args__ = (
        CheckConstraint("stock IS NULL OR stock >= 0", name="stock"),
        CheckConstraint("points > 0", name="points"),
        Index("ix_offer_points_id", "points", "id"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchant.id"))
    kind: Mapped[str]
    titles: Mapped[Texts]
    notes: Mapped[Texts]
    points: Mapped[int]
    value_cents: Mapped[int | None]
    stock: Mapped[int | None]
    per_person_limit: Mapped[int | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    district: Mapped[str | None]
    voucher_days: Mapped[int]
    active: Mapped[bool]


class OfferUse(Model):
    """How many vouchers of an offer a holder has had, returned ones taken off; guarded by a conditional update."""

    __tablename__ = "offer_use"
    __table_args__ = (CheckConstraint("used >= 0", name="used"),)

    book: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str] = mapped_column(primary_key=True)
    offer_id: Mapped[str] = mapped_column(primary_key=True)
    used: Mapped[int]


class Redemption(Model):
    """Points held for an offer, and what became of them; the states are drawn in ``rewards.redemption``.

    Points and value are those of the day it was made: a later change of the offer does not reach it. ``c2_salt`` and
    ``closing_c2_salt`` open the commitments of the two entries.
    """

    __tablename__ = "redemption"
    __table_args__ = (
        UniqueConstraint("book", "holder", "reference"),
        UniqueConstraint("code"),
        CheckConstraint("state IN ('held', 'captured', 'released', 'expired')", name="state"),
        Index("ix_redemption_book_holder_held_at", "book", "holder", "held_at", "id"),
        Index("ix_redemption_merchant_id_closed_at", "merchant_id", "closed_at", "id"),
        Index("ix_redemption_state_last_day", "state", "last_day"),
    )

    book: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    reference: Mapped[str]
    offer_id: Mapped[str] = mapped_column(ForeignKey("offer.id"))
    merchant_id: Mapped[str]
    points: Mapped[int]
    value_cents: Mapped[int | None]
    code: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(10))
    held_at: Mapped[datetime]
    last_day: Mapped[date]
    hold_entry: Mapped[str]
    c2_salt: Mapped[bytes]
    closed_at: Mapped[datetime | None]
    closing_reference: Mapped[str | None]
    closing_entry: Mapped[str | None]
    closing_c2_salt: Mapped[bytes | None]
    captured_by: Mapped[str | None]
    captured_place: Mapped[Texts | None]


MODELS = (Merchant, Offer, OfferUse, Redemption)
