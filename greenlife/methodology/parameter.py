"""The factors of a methodology: dated, sourced, with the values that were not chosen beside them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from greenlife.checked_table import Texts

CONFIDENCES = ("published", "derived", "placeholder")
"""How a chosen value is known: printed in its source, computed from printed values, or still to be set."""

REJECTED_CONFIDENCES = (*CONFIDENCES, "unverified")
"""A value quoted without its source can stand beside a chosen one, but cannot be chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a value comes from.

    ``names`` are short, ``title`` is in the source's language, ``provenance`` tells what was read and what was not.
    A placeholder's source is whoever has to set it, and has no address.
    """

    id: str
    names: Texts
    title: str
    url: str | None
    region: Texts
    year: int
    provenance: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """A value that was not chosen, and why; ``row`` is its code in the table of factors.

    ``converted`` is the value in the unit of the chosen one's formula, for comparison.
    """

    row: str
    value: Decimal
    unit: str
    converted: Decimal
    source: Source
    confidence: str
    reason: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A factor in force from ``valid_from`` to ``valid_to``, both days included.

    ``role`` says what the formula does with it, ``activity_unit`` and ``material`` limit it to one use; ``value`` and
    ``unit`` are as its source prints them, ``converted`` as the formula works with them; ``activity`` and ``label``
    are the words beside the quantity and beside the factor on a receipt. ``row`` is None for what is no row of the
    table of factors.
    """

    id: str
    row: str | None
    role: str
    material: str | None
    activity_unit: str
    value: Decimal
    unit: str
    converted: Decimal
    converted_unit: str
    source: Source
    confidence: str
    valid_from: date
    valid_to: date | None
    activity: Texts
    label: Texts
    note: Texts | None
    rejected: tuple[Rejected, ...]

    @property
    def sources(self) -> tuple["Parameter | Rejected", ...]:
        """The chosen value first, then the rejected ones from the smallest to the largest."""
        return (self, *sorted(self.rejected, key=lambda rejected: rejected.converted))

    def in_force(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
