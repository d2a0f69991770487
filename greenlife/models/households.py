"""Households: who lives together, from which day to which, and what they have had of a day."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from greenlife.models.base import Model


class Household(Model):
    """People who said that they live together; ``members`` are those of now, guarded by a conditional update.

    Of the newest invitation only the hash is kept.
    """

    __tablename__ = "household"

    id: Mapped[str] = mapped_column(primary_key=True)
    book: Mapped[str]
    members: Mapped[int]
    invitation_hash: Mapped[bytes | None] = mapped_column(unique=True)
    invitation_until: Mapped[datetime | None]
    created_at: Mapped[datetime]


class HouseholdMember(Model):
    """A resident's time in a household, in whole local days: each day belongs to at most one household.

    ``counts_from`` is the day after joining, ``counts_through`` the day of leaving, and null as long as nobody left.
    """

    __tablename__ = "household_member"
    __table_args__ = (
        Index(
            "uq_household_member_of_now",
            "resident_id",
            unique=True,
            sqlite_where=text("counts_through IS NULL"),
            postgresql_where=text("counts_through IS NULL"),
        ),
    )

    resident_id: Mapped[str] = mapped_column(primary_key=True)
    counts_from: Mapped[date] = mapped_column(primary_key=True)
    household_id: Mapped[str]
    joined_at: Mapped[datetime]
    counts_through: Mapped[date | None]


class HouseholdUse(Model):
    """How often a household has had an action of a tier on a local day; guarded by a conditional update.

    ``household`` is the id of one, or the account of a resident who lives in none.
    """

    __tablename__ = "household_use"

    household: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column(primary_key=True)
    tier: Mapped[str] = mapped_column(primary_key=True)
    local_day: Mapped[date] = mapped_column(primary_key=True)
    used: Mapped[int]
