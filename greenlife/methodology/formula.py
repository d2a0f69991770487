"""The formulas: pure functions from exact decimals to grams of CO2e.

    ER = max(0, activity × (EF_baseline − EF_project) × displacement × evidence weight)

the common form of the Chinese standards for everyday low-carbon acts (T/ACEF 031-2022 and its daughters; DB11/T
3043-2024, BE − PE). Where the published factor is already the net saving of one unit of activity, it stands for the
bracket. Products are exact: a result that would have to be rounded before its end is an error, not a rounding.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation, Overflow

from greenlife.methodology.units import GRAMS_PER_KILOGRAM

EXACT = Context(prec=60, traps=[Inexact, InvalidOperation, Overflow])
"""Sixty digits, and an error instead of silent rounding."""

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Formula:
    """``roles`` are the factors it needs, in this order; ``saving`` gives kilograms of CO2e for one unit."""

    roles: tuple[str, ...]
    saving: Callable[[Sequence[Decimal]], Decimal]


def _net(factors: Sequence[Decimal]) -> Decimal:
    (saving,) = factors
    return saving


def _difference(factors: Sequence[Decimal]) -> Decimal:
    baseline, project = factors
    return EXACT.subtract(baseline, project)


FORMULAS = {
    "net_saving": Formula(("saving",), _net),
    "baseline_minus_project": Formula(("baseline", "project"), _difference),
}
"""Kind → formula."""


def avoided_grams(
    formula: Formula, factors: Sequence[Decimal], *, quantity: Decimal, displacement: Decimal, weight: Decimal
) -> Decimal:
    """Grams of CO2e avoided, exact, never below zero; the factors are in kilograms for one unit of ``quantity``."""
    grams = EXACT.multiply(formula.saving(factors), GRAMS_PER_KILOGRAM)
    for share in (quantity, displacement, weight):
        grams = EXACT.multiply(grams, share)
    return max(ZERO, grams)
