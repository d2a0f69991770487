"""What an action is worth, before and apart from booking it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from greenlife.actions.quantity import DECIMAL, WHOLE
from greenlife.errors import ActionUnknown, QuantityInvalid, QuantityOutOfRange
from greenlife.kinds import ActionKind, TierRule, UnitRule
from greenlife.methodology import NO_INPUTS, Input, Methodology, Quantification, quantify
from greenlife.policy import BY_FILE, CITY_FUND, FILES_ONLY, Grant, Policy
from greenlife.programme import Programme

POSTER_NO_GRAMS = "poster_no_grams"
"""A poster shows that somebody was there, not what they did."""
WEIGHT_ZERO = "evidence_no_grams"
"""Other evidence that this action's rules give no weight."""
NOTHING_AVOIDED = "nothing_avoided"
"""The methodology itself gives nothing, or less than a milligram."""
METHOD_NO_GRAMS = "method_no_grams"
"""The methodology never gives grams, and its ``no_grams`` says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Milligrams of CO2e and points, how the grams come about, and why they are zero where they are.

    ``grants`` are what each fund pays, ``rule`` is the id of the rule of the points, or "file".
    """

    mg: int
    grants: tuple[Grant, ...]
    rule: str
    quantification: Quantification
    zero_reason: str | None

    @property
    def points(self) -> int:
        return sum(grant.points for grant in self.grants)

    @property
    def bonus(self) -> Grant | None:
        """What a campaign pays of the points."""
        return next((grant for grant in self.grants if grant.campaign), None)

    @property
    def methodology(self) -> str:
        """Code and version, as frozen into the entry."""
        return self.quantification.version

    @property
    def factors(self) -> Mapping[str, str]:
        """The factors used, by id, as their sources print them: as frozen into the entry."""
        return freeze_factors(self.quantification)


def freeze_factors(quantification: Quantification) -> dict[str, str]:
    """Id → value and unit as printed by its source, of each factor used."""
    return {one.id: f"{one.value} {one.unit}".strip() for one in quantification.parameters}


def quote_action(
    programme: Programme,
    *,
    action: str,
    tier: str,
    quantity: Decimal,
    unit: str,
    material: str | None,
    on: date,
    inputs: Mapping[str, Decimal] = NO_INPUTS,
    policy: Policy = FILES_ONLY,
) -> Quote:
    """What this action would be booked with on this local day, whose ``policy`` it is, without any bonus; pure.

    Raises ActionUnknown, TierNotAccepted, UnitUnknown, MaterialUnknown, InputMissing, InputUnknown, QuantityInvalid,
    QuantityOutOfRange, and MethodologyUnknown for a day on which no factor is in force.
    """
    kind = _kind(programme, action)
    rule = kind.tier(tier)
    _check_quantity(kind.unit(unit), quantity)
    kind.material(material)
    methodology = programme.methodologies[kind.methodology]
    if inputs:
        _check_inputs(methodology, inputs)
    quantification = quantify(
        methodology,
        quantity=quantity,
        unit=unit,
        material=material,
        weight=rule.weight,
        on=on,
        inputs=inputs,
        evidence=programme.tiers[tier].weighting,
    )
    ruled_by, points = _points(policy, action, tier, rule, quantity)
    return Quote(
        mg=quantification.mg,
        grants=(Grant(fund=CITY_FUND, points=points),),
        rule=ruled_by,
        quantification=quantification,
        zero_reason=zero_reason(quantification, tier),
    )


def _kind(programme: Programme, action: str) -> ActionKind:
    try:
        return programme.actions[action]
    except KeyError:
        raise ActionUnknown(action=action) from None


def _points(policy: Policy, action: str, tier: str, rule: TierRule, quantity: Decimal) -> tuple[str, int]:
    """By which rule, and how many."""
    dated = policy.rule(action, tier)
    if dated is None:
        return BY_FILE, rule.points.points(quantity)
    return dated.id, dated.points.points(quantity)


def _check_inputs(methodology: Methodology, inputs: Mapping[str, Decimal]) -> None:
    for rule in methodology.inputs:
        if rule.id in inputs:
            _check_quantity(rule, inputs[rule.id])


def _check_quantity(rule: UnitRule | Input, quantity: Decimal) -> None:
    if not quantity.is_finite() or not rule.least <= quantity <= rule.most:
        raise QuantityOutOfRange(least=rule.least, most=rule.most, unit=rule.unit)
    if round(quantity, rule.decimals) != quantity:
        raise QuantityInvalid(text=str(quantity), of=DECIMAL if rule.decimals else WHOLE)


def zero_reason(quantification: Quantification, tier: str) -> str | None:
    """Why there are no grams; None where there are some."""
    if quantification.mg:
        return None
    if quantification.methodology.no_grams:
        return METHOD_NO_GRAMS
    if quantification.weight:
        return NOTHING_AVOIDED
    return POSTER_NO_GRAMS if tier == "poster" else WEIGHT_ZERO
