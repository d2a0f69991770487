"""The units that factors and activities come in, with their dimensions, so that kg/t, g/kg or kg/bag cannot be mixed up.

A mass of CO2e is no mass of waste here, and a bag is no ride: each has a dimension of its own, and a factor is
converted to what its formula works with or refused. A year has no fixed number of days, so it is no multiple of one.
"""

import re
from decimal import Decimal
from functools import cache

from pint import UnitRegistry
from pint.errors import DimensionalityError, UndefinedUnitError

_DEFINITIONS = """\
kilo- = 1000 = k-
mega- = 1000000 = M-
g = [mass]
t = 1000000 g
m = [length]
L = [volume]
m3 = 1000 L
Wh = [energy]
day = [time]
gCO2e = [avoided_emissions]
tCO2e = 1000000 gCO2e
person = [person]
step = [step]
ride = [ride]
bag = [bag]
cup = [cup]
pair = [pair]
box = [box]
item = [item]
meal = [meal]
sheet = [sheet]
tree = [tree]
mu = [land]
year = [year]
"""

ACTIVITY_UNITS = (
    "km", "step", "ride", "day", "kg", "bag", "cup", "L", "pair", "box", "item", "meal", "kWh", "m3", "sheet", "tree",
)  # fmt: skip
"""What actions are counted in; a kilometre is one person's."""

GRAMS_PER_KILOGRAM = Decimal(1000)
MILLIGRAMS_PER_KILOGRAM = Decimal(1_000_000)


_FORM = re.compile(r"[A-Za-z][A-Za-z0-9]*(/[A-Za-z][A-Za-z0-9]*)*")
"""A unit divided by others: no powers, no figures, nothing to be computed."""


class UnitMismatch(ValueError):
    """A unit that there is not, or one that cannot be turned into what is needed; says so in English."""


@cache
def _registry() -> UnitRegistry[Decimal]:
    registry: UnitRegistry[Decimal] = UnitRegistry(None, non_int_type=Decimal)
    for definition in _DEFINITIONS.splitlines():
        registry.define(definition)
    return registry


@cache
def ratio(unit: str, wanted: str) -> Decimal:
    """By what a value in ``unit`` is multiplied to be in ``wanted``; raises UnitMismatch.

    >>> ratio("kgCO2e/t", "kgCO2e/kg")
    Decimal('0.001')
    """
    for text in (unit, wanted):
        if text and not _FORM.fullmatch(text):
            raise UnitMismatch(f"{text!r} must be a unit divided by others, such as kgCO2e/km")
    try:
        one = _registry().Quantity(Decimal(1), unit or "dimensionless")
        return Decimal(one.to(wanted or "dimensionless").magnitude)
    except UndefinedUnitError as error:
        raise UnitMismatch(f"there is no unit {', '.join(error.unit_names)}") from None
    except DimensionalityError:
        raise UnitMismatch(f"{unit!r} cannot be turned into {wanted!r}") from None
