"""What was done, by whom and on what evidence: the part of an entry that identifies, kept outside the ledger."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from greenlife.models.base import Model

_PENDING = text("state = 'pending'")
_WITH_FIX = text("fix_latitude_e7 IS NOT NULL")
_ON_DEVICE = text("device_id IS NOT NULL")
_WITH_PHOTO = text("photo_hash IS NOT NULL")


class ActionRecord(Model):
    """The identifying half of an action entry; ``c2_salt`` opens the entry's commitment and goes with the person.

    Of its ``points``, ``bonus`` were paid by the campaign. ``household`` is the one whose cap it counted towards, where
    its rules have one. ``device_id`` and the columns after it are what review rules look at. Positions are in
    ten-millionths of a degree, WGS 84; ``photo_hash`` is the perceptual hash, as a signed number.
    """

    __tablename__ = "action_record"
    __table_args__ = (
        UniqueConstraint("reference", "resident_id"),
        Index("ix_action_record_resident_id_occurred_at", "resident_id", "occurred_at"),
        Index("ix_action_record_resident_id_unit_occurred_at", "resident_id", "unit", "occurred_at"),
        Index("ix_action_record_site_id_occurred_at", "site_id", "occurred_at"),
        Index("ix_action_record_entry_id", "entry_id"),
        Index("ix_action_record_staff_id_recorded_at", "staff_id", "recorded_at"),
        Index("ix_action_record_local_day_action", "local_day", "action"),
        Index(
            "ix_action_record_device_id_occurred_at",
            "device_id",
            "occurred_at",
            sqlite_where=_ON_DEVICE,
            postgresql_where=_ON_DEVICE,
        ),
        Index(
            "ix_action_record_with_fix",
            "resident_id",
            "occurred_at",
            sqlite_where=_WITH_FIX,
            postgresql_where=_WITH_FIX,
        ),
        Index(
            "ix_action_record_with_photo",
            "local_day",
            sqlite_where=_WITH_PHOTO,
            postgresql_where=_WITH_PHOTO,
        ),
        Index(
            "ix_action_record_pending",
            "resident_id",
            "action",
            "tier",
            "local_day",
            sqlite_where=_PENDING,
            postgresql_where=_PENDING,
        ),
    )

    book: Mapped[str] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(primary_key=True)
    resident_id: Mapped[str]
    reference: Mapped[str]
    action: Mapped[str]
    tier: Mapped[str]
    quantity: Mapped[str]
    unit: Mapped[str]
    material: Mapped[str | None]
    site_id: Mapped[str | None]
    staff_id: Mapped[str | None]
    visit_id: Mapped[str | None]
    evidence_key: Mapped[str]
    household: Mapped[str | None]
    occurred_at: Mapped[datetime]
    recorded_at: Mapped[datetime]
    local_day: Mapped[date]
    mg: Mapped[int]
    points: Mapped[int]
    bonus: Mapped[int]
    campaign_id: Mapped[str | None]
    c2_salt: Mapped[bytes]
    undo_entry_id: Mapped[str | None]
    undone_at: Mapped[datetime | None]
    undo_reason: Mapped[str | None]
    state: Mapped[str]
    device_id: Mapped[str | None]
    fix_latitude_e7: Mapped[int | None]
    fix_longitude_e7: Mapped[int | None]
    fix_accuracy_metres: Mapped[int | None]
    started_at: Mapped[datetime | None]
    moved_metres: Mapped[int | None]
    photo_hash: Mapped[int | None]
    tree_id: Mapped[str | None]


class Claim(Model):
    """One piece of evidence, claimed once in the whole city: the key is the evidence, not the book."""

    __tablename__ = "claim"

    key: Mapped[str] = mapped_column(primary_key=True)
    claimed_at: Mapped[datetime]
    site_id: Mapped[str | None]


class CapUse(Model):
    """How often, and how much, an account has had an action of a tier on a local day; guarded by a conditional update.

    ``quantity`` is in thousandths of the action's unit.
    """

    __tablename__ = "cap_use"

    book: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column(primary_key=True)
    tier: Mapped[str] = mapped_column(primary_key=True)
    local_day: Mapped[date] = mapped_column(primary_key=True)
    used: Mapped[int]
    quantity: Mapped[int]


class PlaceUse(Model):
    """How often an action of a tier was recorded at a place on a local day, by anybody: each tier has a cap of its own."""

    __tablename__ = "place_use"

    site_id: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column(primary_key=True)
    tier: Mapped[str] = mapped_column(primary_key=True)
    local_day: Mapped[date] = mapped_column(primary_key=True)
    used: Mapped[int]


class LastUse(Model):
    """When an account last had an action of a tier that asks for an interval."""

    __tablename__ = "last_use"

    book: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column(primary_key=True)
    tier: Mapped[str] = mapped_column(primary_key=True)
    last_at: Mapped[datetime]
