"""The formulas: from exact decimals to kilograms of CO2e, step by step.

    ER = max(0, activity × (EF_baseline − EF_project) × displacement × evidence weight)

the common form of the Chinese standards for everyday low-carbon acts (T/ACEF 031-2022 and its daughters; DB11/T
3043-2024, BE − PE). A formula gives the steps of its derivation; what is shown to people is what is computed, from
the first step to the last. Products are exact: a result that would have to be rounded before its end is an error,
not a rounding.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow
from typing import NamedTuple

from greenlife.checked_table import Texts
from greenlife.methodology.parameter import Parameter

EXACT = Context(prec=60, traps=[Inexact, InvalidOperation, Overflow])
"""Sixty digits, and an error instead of silent rounding."""

ZERO, ONE = Decimal(0), Decimal(1)
SHARE_PLACES = 4


class Step(NamedTuple):
    """One line of a derivation, to be read downwards: ``operator`` is "", "×", "−" or "="."""

    label: Texts
    value: Decimal
    unit: str
    operator: str


Factors = Mapping[str, Parameter]
"""Role → the factor in force."""
Inputs = Mapping[str, Step]
"""Further monitoring data by name, as steps without an operator."""


@dataclass(frozen=True, slots=True)
class Role:
    """What a factor does in a formula.

    ``unit`` is what its value is converted to, with {unit} for that of the activity. ``signed`` ones may lie below
    zero. Where sources disagree the conservative value is the smallest, or the largest where ``most_is_safe``.
    """

    unit: str
    signed: bool = False
    most_is_safe: bool = False


@dataclass(frozen=True, slots=True)
class Formula:
    """``roles`` are the factors it needs, ``inputs`` the data beside the quantity.

    ``steps`` gives what comes before displacement and evidence weight, in kilograms of CO2e. A formula without inputs
    gives twice as much for twice the quantity, so that its factors are multiplied once and for all.
    """

    roles: Mapping[str, Role]
    steps: Callable[[Factors, Step, Inputs], Sequence[Step]]
    inputs: tuple[str, ...] = ()
    optional_inputs: tuple[str, ...] = ()

    @property
    def linear(self) -> bool:
        return not self.inputs and not self.optional_inputs


def outcome(steps: Sequence[Step]) -> Decimal:
    """The steps computed from the first to the last, exactly; no step at all is zero."""
    result = ZERO
    for step in steps:
        if step.operator == "×":
            result = EXACT.multiply(result, step.value)
        elif step.operator == "−":
            result = EXACT.subtract(result, step.value)
        else:
            result = step.value
    return result


def factor_step(factor: Parameter, operator: str) -> Step:
    """The factor in the unit that the formula works with."""
    return Step(factor.label, factor.converted, factor.converted_unit.replace("CO2e", ""), operator)


def _net(factors: Factors, quantity: Step, _: Inputs) -> Sequence[Step]:
    return (quantity, factor_step(factors["saving"], "×"))


def _difference(factors: Factors, quantity: Step, _: Inputs) -> Sequence[Step]:
    # A difference reads better from its beginning: baseline − project, × quantity.
    baseline, project = factor_step(factors["baseline"], ""), factor_step(factors["project"], "−")
    return (baseline, project, quantity._replace(operator="×"))


def _nothing(_: Factors, __: Step, ___: Inputs) -> Sequence[Step]:
    return ()


SHARE_LABEL: Texts = {
    "zh-CN": "合乘每人省下的份额，零头舍去",
    "en": "share saved by each who rides along, rounded down",
}


def _shared_car(factors: Factors, quantity: Step, inputs: Inputs) -> Sequence[Step]:
    """T/CCAA 38-2021, ER = BE − PE: n people in one car drive (1 + detour) / n of the way each."""
    detour, people = factors["detour"].converted, inputs["persons"].value
    saved = max(ZERO, EXACT.subtract(people, EXACT.add(ONE, detour)))
    share = EXACT.divide_int(saved.scaleb(SHARE_PLACES, EXACT), people).scaleb(-SHARE_PLACES, EXACT)
    return (quantity, factor_step(factors["car"], "×"), Step(SHARE_LABEL, share, "", "×"))


def _household(factors: Factors, quantity: Step, inputs: Inputs) -> Sequence[Step]:
    """Shenzhen 2022: below the city's mean for each person, what is below it; above it, what is below the own mean."""
    days = inputs["days"]._replace(operator="×")
    city = (factor_step(factors["per_person"], ""), inputs["persons"]._replace(operator="×"), days)
    baseline: Sequence[Step] = city
    if quantity.value >= outcome(city) and "own_mean" in inputs:
        baseline = (inputs["own_mean"], days)
    return (*baseline, quantity._replace(operator="−"), factor_step(factors["grid"], "×"))


FORMULAS = {
    "net_saving": Formula({"saving": Role("kgCO2e/{unit}")}, _net),
    "baseline_minus_project": Formula(
        {
            "baseline": Role("kgCO2e/{unit}", signed=True),
            "project": Role("kgCO2e/{unit}", signed=True, most_is_safe=True),
        },
        _difference,
    ),
    "no_grams": Formula({}, _nothing),
    "shared_car": Formula(
        {"car": Role("kgCO2e/{unit}"), "detour": Role("", most_is_safe=True)}, _shared_car, inputs=("persons",)
    ),
    "household_baseline": Formula(
        {"per_person": Role("{unit}/person/day"), "grid": Role("kgCO2e/{unit}")},
        _household,
        inputs=("persons", "days"),
        optional_inputs=("own_mean",),
    ),
}
"""Kind → formula."""
