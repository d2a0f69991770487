"""Rules of points and campaigns: what is proposed, what was approved, and what campaigns have left."""

from datetime import date, datetime

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from greenlife.models.base import Model, Texts


class PolicyRule(Model):
    """The points of an action on a tier between two local days; open at its end where ``valid_to`` is None.

    ``per_unit`` is a decimal number as text. ``state`` is draft, approved or withdrawn; staff are named by their ids.
    """

    __tablename__ = "points_rule"

    id: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[str]
    tier: Mapped[str]
    base: Mapped[int]
    per_unit: Mapped[str]
    least: Mapped[int]
    most: Mapped[int]
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    state: Mapped[str]
    proposed_by: Mapped[str]
    proposed_at: Mapped[datetime]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]


class Campaign(Model):
    """More points for a time, paid by a fund of its own; lists that are None mean all.

    ``multiplier`` is a decimal number as text, ``budget`` in points for each district. ``state`` is draft, approved,
    withdrawn or closed.
    """

    __tablename__ = "campaign"

    id: Mapped[str] = mapped_column(primary_key=True)
    titles: Mapped[Texts]
    actions: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    tiers: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    districts: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    multiplier: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    fund: Mapped[str] = mapped_column(unique=True)
    budget: Mapped[int]
    state: Mapped[str]
    proposed_by: Mapped[str]
    proposed_at: Mapped[datetime]
    decided_by: Mapped[str | None]
    decided_at: Mapped[datetime | None]
    closed_by: Mapped[str | None]
    closed_at: Mapped[datetime | None]


class CampaignUse(Model):
    """What a campaign has left in a district: as much as lies in its fund there, counted before the ledger is asked.

    ``granted`` is what the last one got who asked.
    """

    __tablename__ = "campaign_use"

    campaign_id: Mapped[str] = mapped_column(primary_key=True)
    book: Mapped[str] = mapped_column(primary_key=True)
    points_left: Mapped[int]
    granted: Mapped[int]
    is_open: Mapped[bool]


class ApprovalTurn(Model):
    """Held by whoever approves something about ``subject``, so that two who approve look one after the other."""

    __tablename__ = "approval_turn"

    subject: Mapped[str] = mapped_column(primary_key=True)
    taken: Mapped[int]
