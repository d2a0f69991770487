"""Units and how much of them: integers only, with stated limits."""

CARBON = "mgCO2e"
"""Milligrams of CO2 equivalent avoided."""

POINT = "point"

UNITS = (CARBON, POINT)

LARGEST_AMOUNT = 2**53 - 1
"""Of one leg: the largest integer that every JSON reader keeps exactly; nine million tonnes in milligrams."""

LARGEST_BALANCE = 2**62 - 1
"""Of one account, in either direction: two of them still add up within 64 bits, so a check can never overflow."""
