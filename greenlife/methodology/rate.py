"""The factors of one use in one stretch of days, multiplied out: what quantifying costs is paid here, once."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from greenlife.methodology.formula import EXACT, ONE, Formula, Inputs, Step, outcome
from greenlife.methodology.parameter import Parameter
from greenlife.methodology.units import MILLIGRAMS_PER_KILOGRAM

_NO_INPUTS: Mapping[str, Step] = {}
_UNIT = Step({}, ONE, "", "")


class Rate:
    """Milligrams of CO2e for each unit of activity, from the day ``begins`` to the day before ``ends``."""

    __slots__ = ("_by_role", "_formula", "_per_unit", "_scale", "begins", "ends", "parameters")

    def __init__(
        self, begins: date, ends: date, formula: Formula, parameters: tuple[Parameter, ...], displacement: Decimal
    ) -> None:
        self.begins, self.ends, self.parameters = begins, ends, parameters
        self._formula, self._by_role = formula, {one.role: one for one in parameters}
        self._scale = EXACT.multiply(displacement, MILLIGRAMS_PER_KILOGRAM)
        self._per_unit = self._milligrams(_UNIT, _NO_INPUTS) if formula.linear else None

    def milligrams(self, quantity: Decimal, weight: Decimal) -> Decimal | None:
        """Exact, of a formula without inputs; may lie below zero. None where the formula needs inputs."""
        if self._per_unit is None:
            return None
        return EXACT.multiply(EXACT.multiply(quantity, self._per_unit), weight)

    def milligrams_with(self, quantity: Step, weight: Decimal, inputs: Inputs) -> Decimal:
        """Exact, by the steps that people are shown; may lie below zero."""
        return EXACT.multiply(self._milligrams(quantity, inputs), weight)

    def steps(self, quantity: Step, inputs: Inputs) -> tuple[Step, ...]:
        """The derivation up to displacement and evidence weight."""
        return tuple(self._formula.steps(self._by_role, quantity, inputs))

    def _milligrams(self, quantity: Step, inputs: Inputs) -> Decimal:
        return EXACT.multiply(outcome(self.steps(quantity, inputs)), self._scale)
