"""What rules may ask about the past: each question reads a bounded number of rows of one index.

What a database needs so that none of them reads more than it answers:

| question | index or table |
|---|---|
| ``of_resident`` | observations by (resident, unit, occurred_at) and by (resident, occurred_at) |
| ``at_site`` | observations by (site, occurred_at) |
| ``with_fix`` | observations with a position alone, by (resident, occurred_at) |
| ``is_shared``, ``on_device`` | observations by (device, occurred_at) |
| ``pair``, ``staff`` | counters by (staff, resident, weighed or not, local day) and by (staff, weighed or not, local day) |
| ``photos_like`` | four rows a photo, by (band, sixteen bits, local day) |
| ``pending`` | pending observations alone, by (resident, action, tier, local day) |
| ``middle_of`` | places by town |
| ``tree``, ``trees_of`` | the newest inspection of a tree; counters a resident |

Actions that were given back do not count, and actions still pending do.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from greenlife.review.observation import Inspection, Observation, Sighting
from greenlife.review.place import Point

BANDS, BAND_BITS = 4, 16


@dataclass(frozen=True, slots=True)
class Tally:
    """Actions of some days; of weighings also their grams, and how many were round or what a dial cannot show."""

    actions: int = 0
    grams: int = 0
    round_weights: int = 0
    off_dial: int = 0


@dataclass(frozen=True, slots=True)
class TreeTally:
    """Trees of a resident by their newest inspection."""

    inspected: int = 0
    dead: int = 0


class History(Protocol):
    """Every answer is about what was there before the new observation; newest first, and at most ``most`` of them."""

    def of_resident(
        self, resident_id: str, *, since: datetime, until: datetime, most: int, unit: str | None = None
    ) -> Sequence[Observation]:
        """What the resident did between the two times, both included; in one unit, or in all."""
        ...

    def at_site(self, site_id: str, *, since: datetime, until: datetime, most: int) -> Sequence[Sighting]:
        """What was done at a site between the two times, both included."""
        ...

    def is_shared(self, device_id: str, *, but: str, since: datetime, until: datetime) -> bool:
        """Whether anybody but this resident asked for something by the device between the two times, both included."""
        ...

    def with_fix(self, resident_id: str, *, since: datetime, until: datetime, most: int) -> Sequence[Sighting]:
        """As ``of_resident``, of what came with a position alone."""
        ...

    def on_device(self, device_id: str, *, since: datetime, until: datetime, most: int) -> Sequence[Sighting]:
        """What was asked for by a device between the two times, both included."""
        ...

    def pair(self, staff_id: str, resident_id: str, *, weighed: bool, since: date) -> Tally:
        """What an attendant or a clerk weighed, or else booked, for one resident on that local day or later."""
        ...

    def staff(self, staff_id: str, *, weighed: bool, since: date) -> Tally:
        """What an attendant or a clerk weighed, or else booked, for anybody on that local day or later."""
        ...

    def photos_like(self, photo_hash: int, *, since: date, most: int) -> Sequence[Observation]:
        """Observations whose hash has at least one of the four bands in common; ``most`` of each band.

        Photos whose hashes differ in three bits or less always share a band; with more bits it is likely, not certain.
        """
        ...

    def pending(self, resident_id: str, *, action: str, tier: str, since: date) -> int:
        """How many of the resident's actions of this kind, of that local day or later, wait for a decision."""
        ...

    def middle_of(self, town: str) -> Point | None:
        """The middle of the places of a town: nearer than that nobody needs to know where somebody lives."""
        ...

    def tree(self, tree_id: str) -> Inspection | None:
        """The newest inspection."""
        ...

    def trees_of(self, resident_id: str) -> TreeTally: ...


def bands(photo_hash: int) -> tuple[tuple[int, int], ...]:
    """The number of each band with its sixteen bits (multi-index hashing, Norouzi, Punjani and Fleet 2012)."""
    return tuple((band, photo_hash >> band * BAND_BITS & (1 << BAND_BITS) - 1) for band in range(BANDS))
