"""A methodology: a dated, versioned document that can be read by people and computed by machines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from greenlife.checked_table import Texts
from greenlife.errors import MaterialUnknown, MethodologyUnknown, UnitUnknown
from greenlife.methodology.formula import FORMULAS
from greenlife.methodology.parameter import Parameter


@dataclass(frozen=True, slots=True, kw_only=True)
class Displacement:
    """Which share of the action really replaces the baseline, between 0 and 1, and why that share."""

    value: Decimal
    confidence: str
    reason: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A worked example, which runs as a test: ``grams`` exact, ``mg`` as booked."""

    titles: Texts
    quantity: Decimal
    unit: str
    material: str | None
    weight: Decimal
    on: date
    grams: Decimal
    mg: int


@dataclass(frozen=True, kw_only=True)
class Methodology:
    """``key`` (code and version) is frozen into each entry that was computed by it."""

    code: str
    version: str
    titles: Texts
    scope: Texts
    applicability: Texts
    baseline: Texts
    rounding: Texts
    formula: str
    displacement: Displacement
    monitoring: tuple[Texts, ...]
    choices: tuple[Texts, ...]
    parameters: tuple[Parameter, ...]
    examples: tuple[Example, ...]
    _by_use: Mapping[tuple[str, str | None, str], tuple[Parameter, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        by_use: dict[tuple[str, str | None, str], tuple[Parameter, ...]] = {}
        for parameter in self.parameters:
            use = (parameter.activity_unit, parameter.material, parameter.role)
            by_use[use] = (*by_use.get(use, ()), parameter)
        object.__setattr__(self, "_by_use", by_use)

    @property
    def key(self) -> str:
        return f"{self.code}@{self.version}"

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(parameter.activity_unit for parameter in self.parameters))

    @property
    def materials(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(parameter.material for parameter in self.parameters if parameter.material))

    def factors(self, *, unit: str, material: str | None, on: date) -> tuple[Parameter, ...]:
        """The factors in force on a day, in the order of the formula's roles.

        Raises UnitUnknown, MaterialUnknown, and MethodologyUnknown for a day on which none is in force.
        """
        return tuple(self._factor((unit, material, role), on) for role in FORMULAS[self.formula].roles)

    def _factor(self, use: tuple[str, str | None, str], on: date) -> Parameter:
        for parameter in self._by_use.get(use, ()):
            if parameter.in_force(on):
                return parameter
        unit, material, _ = use
        if unit not in self.units:
            raise UnitUnknown(unit=unit, known=self.units)
        if use not in self._by_use:
            raise MaterialUnknown(material=material)
        raise MethodologyUnknown(methodology=self.key, on=on)
