"""What review rules count and remember beside the records, and the cases that wait for a person."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from greenlife.models.base import Model


class ReviewCase(Model):
    """An action that a rule marked or held; ``reasons`` are what the rules said, ``greenlife.cases`` has its states.

    ``frozen`` is the entry that an approval posts, as ``greenlife.actions.pending`` writes it; None for what was only
    marked. ``hold_entry`` is what keeps its points in the budget, and None as soon as nothing does.
    """

    __tablename__ = "review_case"
    __table_args__ = (
        Index("ix_review_case_book_state_opened_at", "book", "state", "opened_at"),
        Index("ix_review_case_state_decided_at", "state", "decided_at"),
        Index("ix_review_case_resident_id_opened_at", "resident_id", "opened_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    book: Mapped[str]
    entry_id: Mapped[str] = mapped_column(unique=True)
    resident_id: Mapped[str]
    state: Mapped[str]
    opened_at: Mapped[datetime]
    reasons: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    frozen: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    hold_entry: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    decided_by: Mapped[str | None]
    decision: Mapped[str | None]
    reason: Mapped[str | None]
    appealed_at: Mapped[datetime | None]
    second_at: Mapped[datetime | None]
    second_by: Mapped[str | None]
    second_decision: Mapped[str | None]
    second_reason: Mapped[str | None]


class StaffTally(Model):
    """What an attendant or a clerk booked on a local day for a resident, or for everybody where ``resident_id`` is empty.

    Of weighings also their grams, and how many were round or what a dial cannot show.
    """

    __tablename__ = "staff_tally"

    staff_id: Mapped[str] = mapped_column(primary_key=True)
    resident_id: Mapped[str] = mapped_column(primary_key=True)
    weighed: Mapped[bool] = mapped_column(primary_key=True)
    local_day: Mapped[date] = mapped_column(primary_key=True)
    actions: Mapped[int]
    grams: Mapped[int]
    round_weights: Mapped[int]
    off_dial: Mapped[int]


class PhotoBand(Model):
    """Sixteen bits of a photo's perceptual hash: photos that are alike share at least one of the four."""

    __tablename__ = "photo_band"
    __table_args__ = (Index("ix_photo_band_entry_id", "entry_id"),)

    band: Mapped[int] = mapped_column(primary_key=True)
    bits: Mapped[int] = mapped_column(primary_key=True)
    local_day: Mapped[date] = mapped_column(primary_key=True)
    entry_id: Mapped[str] = mapped_column(primary_key=True)


class TreeInspection(Model):
    """The newest inspection of a tree on the ground; ``resident_id`` is who keeps it."""

    __tablename__ = "tree_inspection"
    __table_args__ = (Index("ix_tree_inspection_resident_id", "resident_id"),)

    tree_id: Mapped[str] = mapped_column(primary_key=True)
    resident_id: Mapped[str]
    inspected_on: Mapped[date]
    alive: Mapped[bool]
