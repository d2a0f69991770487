"""Places where actions happen, the posters and screens there, and an attendant's visits."""

from datetime import datetime

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from greenlife.models.base import Model, Texts


class Site(Model):
    """A bus stop, shop, market or recycling station; its position is in ten-millionths of a degree, WGS 84."""

    __tablename__ = "site"

    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    names: Mapped[Texts]
    district: Mapped[str] = mapped_column(index=True)
    town: Mapped[str] = mapped_column(index=True)
    active: Mapped[bool]
    latitude_e7: Mapped[int | None]
    longitude_e7: Mapped[int | None]


class Poster(Model):
    """A printed code; ``code`` is its 128 random bits in base32, ``short`` what is typed where no camera works.

    ``replaced_by`` is the code of the poster that hangs in its stead; it is not put in use again then.
    """

    __tablename__ = "poster"

    code: Mapped[str] = mapped_column(primary_key=True)
    short: Mapped[str] = mapped_column(unique=True)
    site_id: Mapped[str] = mapped_column(index=True)
    action: Mapped[str]
    unit: Mapped[str]
    active: Mapped[bool]
    closed_at: Mapped[datetime | None]
    replaced_by: Mapped[str | None]


class PosterChange(Model):
    """Who did what to a poster, and when; ``what`` is made, closed, reopened or replaced, and rows are only added."""

    __tablename__ = "poster_change"

    id: Mapped[str] = mapped_column(primary_key=True)
    poster: Mapped[str] = mapped_column(index=True)
    what: Mapped[str]
    staff_id: Mapped[str]
    at: Mapped[datetime]


class Kiosk(Model):
    """A screen at a place that shows a changing code; ``secret`` was told to it once."""

    __tablename__ = "kiosk"

    id: Mapped[str] = mapped_column(primary_key=True)
    site_id: Mapped[str] = mapped_column(index=True)
    action: Mapped[str]
    unit: Mapped[str]
    secret: Mapped[bytes]
    staff_id: Mapped[str]
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Visit(Model):
    """Ten minutes in which an attendant weighs for one resident, opened by one use of the resident's code."""

    __tablename__ = "visit"
    __table_args__ = (
        UniqueConstraint("staff_id", "reference"),
        Index("ix_visit_staff_id_opened_at", "staff_id", "opened_at"),
    )

    id: Mapped[str] = mapped_column(primary_key=True)
    site_id: Mapped[str]
    staff_id: Mapped[str]
    reference: Mapped[str]
    resident_id: Mapped[str]
    opened_at: Mapped[datetime]
    expires_at: Mapped[datetime]
