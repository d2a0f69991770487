"""The factors of a methodology: dated, sourced, with the values that were not chosen beside them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from greenlife.checked_table import Texts
from greenlife.methodology.units import FACTOR_UNITS

CONFIDENCES = ("published", "derived", "placeholder")
"""How a chosen value is known: printed in its source, computed from printed values, or still to be set."""

REJECTED_CONFIDENCES = (*CONFIDENCES, "unverified")
"""A value quoted without its source can stand beside a chosen one, but cannot be chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a value comes from.

    ``names`` are short, ``title`` is in the source's language, ``provenance`` tells what was read and what was not.
    """

    id: str
    names: Texts
    title: str
    url: str
    region: Texts
    year: int
    provenance: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A value that was not chosen, and why; ``row`` is its code in the table of factors."""

    row: str
    value: Decimal
    unit: str
    source: Source
    confidence: str
    reason: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A factor in force from ``valid_from`` to ``valid_to``, both days included.

    ``role`` says what the formula does with it, ``material`` limits it to one; ``activity`` and ``label`` are the words
    beside the quantity and beside the factor on a receipt.
    """

    id: str
    row: str
    role: str
    material: str | None
    value: Decimal
    unit: str
    source: Source
    confidence: str
    valid_from: date
    valid_to: date | None
    activity: Texts
    label: Texts
    note: Texts | None
    rejected: tuple[Rejected, ...]

    @property
    def activity_unit(self) -> str:
        """What the factor may be multiplied with."""
        return FACTOR_UNITS[self.unit]

    @property
    def sources(self) -> tuple["Parameter | Rejected", ...]:
        """The chosen value first, then the rejected ones from the smallest to the largest."""
        return (self, *sorted(self.rejected, key=lambda rejected: rejected.value))

    def in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
