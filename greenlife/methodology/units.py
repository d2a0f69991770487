"""The units that there are. A closed set, so that kg/t, g/kg or kg/bag cannot be mixed up with kg/kg.

Factors are in kilograms of CO2e for one unit of activity and in nothing else: a source that prints grams or tonnes is
converted in the file, where its note says so.
"""

from decimal import Decimal

ACTIVITY_UNITS = ("km", "ride", "bag", "kg")
"""What actions are counted in; a kilometre is one person's."""

FACTOR_UNITS = {f"kgCO2e/{unit}": unit for unit in ACTIVITY_UNITS}
"""Unit of a factor → the unit of activity that it may be multiplied with."""

GRAMS_PER_KILOGRAM = Decimal(1000)
MILLIGRAMS_PER_GRAM = Decimal(1000)
