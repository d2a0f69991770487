"""What is known of an action when it is booked, and of a tree when it was looked at again."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from greenlife.review.place import Fix, Point

KILOGRAM, KILOMETRE, STEP = "kg", "km", "step"
"""The units that tell rules apart: a rule asks what was measured, not how the action is called."""

PARTNER, POSTER = "partner", "poster"
SELF_MADE = frozenset({"declared", POSTER, "rotating"})
"""The tiers at which nobody but the resident was there."""

TENTH, HALF, DIAL_LEAST = Decimal("0.1"), Decimal("0.5"), Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One action as the booking sees it; what an action does not have is None.

    ``device_id`` names the phone that asked, never that of an attendant. ``site`` is where the code hangs, ``town``
    the resident's, ``fix`` where the phone says it was. Trips and walks have ``started_at``, and
    ``moved_metres`` if the phone followed them. ``photo_hash`` is a perceptual hash of 64 bits.
    """

    id: str
    resident_id: str
    action: str
    tier: str
    quantity: Decimal
    unit: str
    occurred_at: datetime
    local_day: date
    material: str | None = None
    device_id: str | None = None
    staff_id: str | None = None
    site_id: str | None = None
    site: Point | None = None
    town: str | None = None
    fix: Fix | None = None
    started_at: datetime | None = None
    moved_metres: int | None = None
    photo_hash: int | None = None
    tree_id: str | None = None

    @property
    def weighed(self) -> bool:
        return self.unit == KILOGRAM

    @property
    def self_made(self) -> bool:
        return self.staff_id is None and self.tier in SELF_MADE

    @property
    def round_weight(self) -> bool:
        """Whether it is a weight in whole tenths of a kilogram: people type most of theirs so, a scale shows few."""
        return self.weighed and self.quantity % TENTH == 0

    @property
    def off_dial(self) -> bool:
        """Whether it is a weight that a dial with half kilograms cannot show; below one kilogram it shows tenths."""
        return self.weighed and self.quantity >= DIAL_LEAST and self.quantity % HALF != 0

    @property
    def minutes(self) -> float | None:
        """How long a trip or walk took; None for what has no length."""
        if self.started_at is None:
            return None
        return (self.occurred_at - self.started_at).total_seconds() / 60


class Sighting(Protocol):
    """Who was where, when and by which phone: as much of an observation as rules about places and phones ask for."""

    @property
    def id(self) -> str: ...
    @property
    def resident_id(self) -> str: ...
    @property
    def tier(self) -> str: ...
    @property
    def occurred_at(self) -> datetime: ...
    @property
    def local_day(self) -> date: ...
    @property
    def device_id(self) -> str | None: ...
    @property
    def site_id(self) -> str | None: ...
    @property
    def site(self) -> Point | None: ...
    @property
    def fix(self) -> Fix | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """A tree looked at again on the ground, by somebody other than who keeps it."""

    tree_id: str
    resident_id: str
    on: date
    alive: bool
