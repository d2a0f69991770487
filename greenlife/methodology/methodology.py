"""A methodology: a dated, versioned document that can be read by people and computed by machines."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from greenlife.checked_table import Texts
from greenlife.errors import MaterialUnknown, MethodologyUnknown, UnitUnknown
from greenlife.methodology.formula import FORMULAS, Formula
from greenlife.methodology.parameter import Parameter, Rejected
from greenlife.methodology.rate import Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class Displacement:
    """Which share of the action really replaces the baseline, between 0 and 1, and why that share."""

    value: Decimal
    confidence: str
    reason: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """Monitoring data beside the quantity, both ends included, with at most ``decimals`` places."""

    id: str
    unit: str
    least: Decimal
    most: Decimal
    decimals: int
    titles: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A worked example, which runs as a test: ``grams`` exact, ``mg`` as booked."""

    titles: Texts
    quantity: Decimal
    unit: str
    material: str | None
    inputs: Mapping[str, Decimal]
    weight: Decimal
    on: date
    grams: Decimal
    mg: int


@dataclass(frozen=True, kw_only=True)
class Methodology:
    """``key`` (code and version) is frozen into each entry that was computed by it.

    ``no_grams`` says why there are none, where there never are. ``began`` is the first day of actions that it computes;
    ``considered`` are published values that no factor stands beside.
    """

    code: str
    version: str
    titles: Texts
    scope: Texts
    applicability: Texts
    baseline: Texts
    rounding: Texts
    no_grams: Texts | None
    formula: str
    began: date
    units: tuple[str, ...]
    displacement: Displacement
    inputs: tuple[Input, ...]
    monitoring: tuple[Texts, ...]
    choices: tuple[Texts, ...]
    considered: tuple[Rejected, ...]
    parameters: tuple[Parameter, ...]
    examples: tuple[Example, ...]
    _rates: Mapping[tuple[str, str | None], tuple[Rate, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        uses: dict[tuple[str, str | None], tuple[Parameter, ...]] = {}
        if not self.parameters:  # nothing to compute with, and nothing to compute
            uses = {(unit, None): () for unit in self.units}
        for parameter in self.parameters:
            use = (parameter.activity_unit, parameter.material)
            uses[use] = (*uses.get(use, ()), parameter)
        rates = {use: tuple(self._rates_of(parameters)) for use, parameters in uses.items()}
        object.__setattr__(self, "_rates", rates)

    @property
    def key(self) -> str:
        return f"{self.code}@{self.version}"

    @property
    def the_formula(self) -> Formula:
        return FORMULAS[self.formula]

    @property
    def materials(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(parameter.material for parameter in self.parameters if parameter.material))

    def rate(self, unit: str, material: str | None, on: date) -> Rate:
        """The factors in force on a day, multiplied out as far as they can be.

        Raises UnitUnknown, MaterialUnknown, and MethodologyUnknown for a day on which none is in force.
        """
        for rate in self._rates.get((unit, material), ()):
            if rate.begins <= on < rate.ends:
                return rate
        if unit not in self.units:
            raise UnitUnknown(unit=unit, known=self.units)
        if (unit, material) not in self._rates:
            raise MaterialUnknown(material=material)
        raise MethodologyUnknown(methodology=self.key, on=on, about="day")

    def _rates_of(self, parameters: tuple[Parameter, ...]) -> Iterable[Rate]:
        """One for each stretch of days on which the same factors are in force; days on which one is missing have none."""
        roles = tuple(self.the_formula.roles)
        changes = {self.began, *(max(self.began, day) for one in parameters for day in _changes(one))}
        days = sorted(changes)
        for begins, ends in zip(days, [*days[1:], date.max], strict=True):
            by_role = {one.role: one for one in parameters if one.in_force(begins)}
            if len(by_role) == len(roles):
                yield Rate(
                    begins, ends, self.the_formula, tuple(by_role[role] for role in roles), self.displacement.value
                )


def _changes(parameter: Parameter) -> Iterable[date]:
    yield parameter.valid_from
    if parameter.valid_to and parameter.valid_to < date.max:
        yield parameter.valid_to + timedelta(days=1)
