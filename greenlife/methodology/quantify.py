"""From an activity to milligrams, with every step that a receipt shows."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from greenlife.checked_table import Texts
from greenlife.errors import InputMissing, InputUnknown
from greenlife.methodology.formula import EXACT, ZERO, Step, outcome
from greenlife.methodology.methodology import Methodology
from greenlife.methodology.parameter import Parameter
from greenlife.methodology.rate import Rate

DISPLACEMENT_LABEL: Texts = {"zh-CN": "替代比例", "en": "share that replaces the baseline"}
WEIGHT_LABEL: Texts = {"zh-CN": "证据权重", "en": "evidence weight"}
RESULT_LABEL: Texts = {"zh-CN": "零头舍去", "en": "rounded down"}
BELOW_ZERO_LABEL: Texts = {"zh-CN": "低于零，按零记", "en": "below zero, counted as zero"}
QUANTITY_LABEL: Texts = {"zh-CN": "数量", "en": "quantity"}

NO_INPUTS: Mapping[str, Decimal] = {}


class Quantification(NamedTuple):
    """What an activity avoids: ``mg`` as booked, rounded down and never below zero."""

    mg: int
    methodology: Methodology
    rate: Rate
    quantity: Decimal
    unit: str
    weight: Decimal
    inputs: Mapping[str, Decimal]
    evidence: Texts

    @property
    def version(self) -> str:
        """Code and version of the methodology, as frozen into an entry."""
        return self.methodology.key

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """The factors used, in the order of the formula's roles."""
        return self.rate.parameters

    @property
    def exact_grams(self) -> Decimal:
        """Before the rounding down."""
        inputs = _steps_of(self.methodology, self.inputs)
        exact = self.rate.milligrams_with(_quantity(self.rate, self.quantity, self.unit), self.weight, inputs)
        return max(ZERO, exact.scaleb(-3, EXACT))

    @property
    def steps(self) -> tuple[Step, ...]:
        """The derivation: quantity, factors, shares, and the result in grams, cut to whole milligrams.

        Nothing is derived where the methodology gives no grams at all.
        """
        inputs = _steps_of(self.methodology, self.inputs)
        steps = self.rate.steps(_quantity(self.rate, self.quantity, self.unit), inputs)
        if not steps:
            return ()
        label = BELOW_ZERO_LABEL if outcome(steps) < 0 else RESULT_LABEL
        return (
            *steps,
            Step(DISPLACEMENT_LABEL, self.methodology.displacement.value, "", "×"),
            Step(self.evidence, self.weight, "", "×"),
            Step(label, Decimal(self.mg).scaleb(-3), "g", "="),
        )


def quantify(
    methodology: Methodology,
    *,
    quantity: Decimal,
    unit: str,
    material: str | None,
    weight: Decimal,
    on: date,
    inputs: Mapping[str, Decimal] = NO_INPUTS,
    evidence: Texts = WEIGHT_LABEL,
) -> Quantification:
    """Milligrams of CO2e avoided by the factors in force on the day, rounded down; ``evidence`` names the weight.

    Raises UnitUnknown, MaterialUnknown, InputMissing, InputUnknown, and MethodologyUnknown for a day on which no
    factor is in force.
    """
    rate = methodology.rate(unit, material, on)
    exact = rate.milligrams(quantity, weight)
    if exact is None:
        _check(methodology, inputs)
        exact = rate.milligrams_with(_quantity(rate, quantity, unit), weight, _steps_of(methodology, inputs))
    elif inputs:
        raise InputUnknown(input=next(iter(inputs)), known=())
    mg = int(exact) if exact > 0 else 0  # a positive number is rounded down by cutting
    return Quantification(mg, methodology, rate, quantity, unit, weight, inputs, evidence)


def _check(methodology: Methodology, inputs: Mapping[str, Decimal]) -> None:
    formula = methodology.the_formula
    for name in formula.inputs:
        if name not in inputs:
            raise InputMissing(input=name)
    known = (*formula.inputs, *formula.optional_inputs)
    for name in inputs:
        if name not in known:
            raise InputUnknown(input=name, known=known)


def _quantity(rate: Rate, quantity: Decimal, unit: str) -> Step:
    label = rate.parameters[0].activity if rate.parameters else QUANTITY_LABEL
    return Step(label, quantity, unit, "")


def _steps_of(methodology: Methodology, inputs: Mapping[str, Decimal]) -> Mapping[str, Step]:
    return {one.id: Step(one.titles, inputs[one.id], one.unit, "") for one in methodology.inputs if one.id in inputs}
