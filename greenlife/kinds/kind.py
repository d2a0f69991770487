"""What an action kind consists of. Grams come from its methodology; points are policy, and set here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_FLOOR, Decimal

from greenlife.checked_table import Texts
from greenlife.errors import MaterialUnknown, TierNotAccepted, UnitUnknown

GROUPS = ("clothes", "food", "home", "travel", "goods", "office", "sinks")
"""衣 食 住 行 用 办公 碳汇"""


PLACES = ("station", "shop", "stop")
"""The kinds of places: where things are handed in, where they are bought or eaten, where one gets on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointsRule:
    """``base`` for an action and ``per_unit`` for each unit of it, rounded down, between ``least`` and ``most``."""

    base: int
    per_unit: Decimal
    least: int
    most: int

    def points(self, quantity: Decimal) -> int:
        earned = self.base + int((self.per_unit * quantity).to_integral_value(ROUND_FLOOR))
        return min(max(earned, self.least), self.most)


@dataclass(frozen=True, slots=True, kw_only=True)
class TierRule:
    """What evidence of one tier is worth: ``weight`` for grams, and at most ``daily_cap`` actions a person and day.

    ``places`` are the kinds of places at which it can be given; any, where none is named. ``daily_quantity`` is the most
    of its unit for a person and day, ``interval`` the least time between two of a person's, ``place_cap`` the most
    that one place records on a day, ``household_cap`` the most of a household and day. ``claim_days`` is how many local
    days after the action it can still be claimed, where that is not what the tier says, ``dwell`` the least time that it
    takes; a claim without its beginning is refused then. With ``review`` each waits until a person has looked at it.
    """

    weight: Decimal
    places: tuple[str, ...]
    points: PointsRule
    daily_cap: int
    daily_quantity: Decimal | None = None
    interval: timedelta | None = None
    place_cap: int | None = None
    household_cap: int | None = None
    claim_days: int | None = None
    dwell: timedelta | None = None
    review: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRule:
    """How much one action may be, both ends included, with at most ``decimals`` places."""

    unit: str
    least: Decimal
    most: Decimal
    decimals: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What is handed in; ``icon`` is a name of the Lucide set."""

    id: str
    titles: Texts
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionKind:
    """An action that counts; ``methodology`` is the code of the one that computes it.

    ``rank`` orders kinds within their group.
    """

    code: str
    rank: int
    titles: Texts
    tip: Texts
    group: str
    icon: str
    methodology: str
    units: Mapping[str, UnitRule]
    tiers: Mapping[str, TierRule]
    materials: Mapping[str, Material]

    def unit(self, unit: str) -> UnitRule:
        """Raises UnitUnknown."""
        try:
            return self.units[unit]
        except KeyError:
            raise UnitUnknown(unit=unit, known=tuple(self.units)) from None

    def tier(self, tier: str) -> TierRule:
        """Raises TierNotAccepted."""
        try:
            return self.tiers[tier]
        except KeyError:
            raise TierNotAccepted(tier=tier) from None

    def given_at(self, place: str, tier: str) -> bool:
        """Whether this kind of place can give evidence of the tier."""
        rule = self.tiers.get(tier)
        return rule is not None and (not rule.places or place in rule.places)

    def piece(self) -> str | None:
        """The unit of which one scan of a place's code is one; None for what is weighed or measured."""
        return next((one.unit for one in self.units.values() if not one.decimals and one.least <= 1 <= one.most), None)

    def attended_at(self, place: str) -> bool:
        """Whether somebody at this kind of place can see or weigh it."""
        return self.given_at(place, "attended")

    def material(self, material: str | None) -> Material | None:
        """None for kinds without materials; raises MaterialUnknown."""
        if not self.materials and material is None:
            return None
        try:
            return self.materials[material or ""]
        except KeyError:
            raise MaterialUnknown(material=material) from None
