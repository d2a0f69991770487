"""What an action is worth, before and apart from booking it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from greenlife.errors import ActionUnknown, QuantityInvalid, QuantityOutOfRange
from greenlife.kinds import UnitRule
from greenlife.methodology import Quantification, quantify
from greenlife.programme import Programme

POSTER_NO_GRAMS = "poster_no_grams"
"""A poster shows that somebody was there, not what they did."""
WEIGHT_ZERO = "evidence_no_grams"
"""Other evidence that this action's rules give no weight."""
NOTHING_AVOIDED = "nothing_avoided"
"""The methodology itself gives nothing, or less than a milligram."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Milligrams of CO2e and points, how the grams come about, and why they are zero where they are."""

    mg: int
    points: int
    quantification: Quantification
    zero_reason: str | None

    @property
    def methodology(self) -> str:
        """Code and version, as frozen into the entry."""
        return self.quantification.version

    @property
    def factors(self) -> tuple[str, ...]:
        """The ids of the factors used, as frozen into the entry."""
        return tuple(parameter.id for parameter in self.quantification.parameters)


def quote_action(
    programme: Programme, *, action: str, tier: str, quantity: Decimal, unit: str, material: str | None, on: date
) -> Quote:
    """What this action would be booked with on this local day; pure.

    Raises ActionUnknown, TierNotAccepted, UnitUnknown, MaterialUnknown, QuantityInvalid, QuantityOutOfRange, and
    MethodologyUnknown for a day on which no factor is in force.
    """
    try:
        kind = programme.actions[action]
    except KeyError:
        raise ActionUnknown(action=action) from None
    rule = kind.tier(tier)
    _check_quantity(kind.unit(unit), quantity)
    kind.material(material)
    quantification = quantify(
        programme.methodologies[kind.methodology],
        quantity=quantity,
        unit=unit,
        material=material,
        weight=rule.weight,
        on=on,
        evidence=programme.tiers[tier].weighting,
    )
    return Quote(
        mg=quantification.mg,
        points=rule.points.points(quantity),
        quantification=quantification,
        zero_reason=None if quantification.mg else _zero_reason(tier, rule.weight),
    )


def _check_quantity(rule: UnitRule, quantity: Decimal) -> None:
    if not quantity.is_finite() or not rule.least <= quantity <= rule.most:
        raise QuantityOutOfRange(least=rule.least, most=rule.most, unit=rule.unit)
    if round(quantity, rule.decimals) != quantity:
        raise QuantityInvalid(text=str(quantity))


def _zero_reason(tier: str, weight: Decimal) -> str:
    if weight:
        return NOTHING_AVOIDED
    return POSTER_NO_GRAMS if tier == "poster" else WEIGHT_ZERO
