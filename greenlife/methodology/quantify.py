"""From an activity to milligrams, with every step that a receipt shows."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from greenlife.checked_table import Texts
from greenlife.methodology.formula import EXACT, FORMULAS, avoided_grams
from greenlife.methodology.methodology import Methodology
from greenlife.methodology.parameter import Parameter
from greenlife.methodology.units import MILLIGRAMS_PER_GRAM

DISPLACEMENT_LABEL: Texts = {"zh-CN": "替代比例", "en": "share that replaces the baseline"}
WEIGHT_LABEL: Texts = {"zh-CN": "证据权重", "en": "evidence weight"}
RESULT_LABEL: Texts = {"zh-CN": "零头舍去", "en": "rounded down"}


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a derivation, to be read downwards: ``operator`` is "", "×", "−" or "="."""

    label: Texts
    value: Decimal
    unit: str
    operator: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantification:
    """What an activity avoids: ``mg`` as booked, ``exact_grams`` before the rounding down."""

    mg: int
    exact_grams: Decimal
    methodology: Methodology
    parameters: tuple[Parameter, ...]
    quantity: Decimal
    weight: Decimal
    evidence: Texts

    @property
    def version(self) -> str:
        """Code and version of the methodology, as frozen into an entry."""
        return self.methodology.key

    @property
    def steps(self) -> tuple[Step, ...]:
        """The derivation: quantity, factors, shares, and the result in grams, cut to whole milligrams."""
        first, *others = self.parameters
        unit = first.activity_unit
        quantity = Step(first.activity, self.quantity, unit, "")
        factors = [Step(first.label, first.value, f"kg/{unit}", "×")]
        if others:  # a difference reads better from its beginning: baseline − project, × quantity
            quantity = Step(first.activity, self.quantity, unit, "×")
            factors = [Step(first.label, first.value, f"kg/{unit}", "")]
            factors += [Step(other.label, other.value, f"kg/{unit}", "−") for other in others]
        return (
            *((*factors, quantity) if others else (quantity, *factors)),
            Step(DISPLACEMENT_LABEL, self.methodology.displacement.value, "", "×"),
            Step(self.evidence, self.weight, "", "×"),
            Step(RESULT_LABEL, Decimal(self.mg).scaleb(-3), "g", "="),
        )


def quantify(
    methodology: Methodology,
    *,
    quantity: Decimal,
    unit: str,
    material: str | None,
    weight: Decimal,
    on: date,
    evidence: Texts = WEIGHT_LABEL,
) -> Quantification:
    """Milligrams of CO2e avoided by the factors in force on the day, rounded down; ``evidence`` names the weight.

    Raises UnitUnknown, MaterialUnknown, and MethodologyUnknown for a day on which no factor is in force.
    """
    parameters = methodology.factors(unit=unit, material=material, on=on)
    grams = avoided_grams(
        FORMULAS[methodology.formula],
        [parameter.value for parameter in parameters],
        quantity=quantity,
        displacement=methodology.displacement.value,
        weight=weight,
    )
    milligrams = EXACT.multiply(grams, MILLIGRAMS_PER_GRAM)
    return Quantification(
        mg=int(milligrams.to_integral_value(ROUND_FLOOR)),
        exact_grams=grams,
        methodology=methodology,
        parameters=parameters,
        quantity=quantity,
        weight=weight,
        evidence=evidence,
    )
