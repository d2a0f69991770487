"""What the index consists of: indicators in dimensions, with direction, goalposts and weights.

Steps 1 and 2 of the OECD/JRC Handbook 2008 (theoretical framework, data selection), as data.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from greenlife.checked_table import Texts

DIRECTIONS = ("more_is_better", "less_is_better")
STATUSES = ("placeholder", "set_by_city")

MEASURES = (
    "quantity_per_participant",
    "actions_per_participant",
    "days_per_participant",
    "participation_rate",
    "verified_share",
    "town_coverage",
)
"""What can be computed from the daily aggregates; see ``greenlife.lifestyle_index.values``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How a value comes from the aggregates: one of MEASURES, over these actions (all where empty), in this unit."""

    kind: str
    actions: tuple[str, ...] = ()
    unit: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """``worst`` and ``best`` are the goalposts, fixed in advance; ``measure`` is None where data is still missing."""

    id: str
    titles: Texts
    units: Texts
    direction: str
    worst: Decimal
    best: Decimal
    weight: Decimal
    measure: Measure | None
    note: Texts | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    id: str
    titles: Texts
    weight: Decimal
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, kw_only=True)
class Framework:
    """A version of the index; ``weights_status`` and ``goalposts_status`` say whether the city has set them."""

    version: str
    titles: Texts
    standard: str
    notice: Texts
    missing_data: Texts
    weights_status: str
    goalposts_status: str
    dimensions: tuple[Dimension, ...]
    _indicators: Mapping[str, Indicator] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_indicators", {one.id: one for one in self.indicators})

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        return tuple(indicator for dimension in self.dimensions for indicator in dimension.indicators)

    def indicator(self, indicator_id: str) -> Indicator:
        return self._indicators[indicator_id]
