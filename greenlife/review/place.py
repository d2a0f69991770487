"""Points on the ground, and what a phone says about where it is."""

import math
from dataclasses import dataclass

METRES_PER_DEGREE = 111_195.08
"""Of a great circle on a sphere of the mean radius R1 of the IUGG (6,371,008.8 m)."""


@dataclass(frozen=True, slots=True)
class Point:
    """Latitude and longitude in degrees, WGS 84."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Fix:
    """Where a phone says that it is; ``accuracy_metres`` is the radius that the phone itself gives."""

    point: Point
    accuracy_metres: int


def metres_between(one: Point, other: Point) -> float:
    """The distance by the equirectangular approximation, which is within a thousandth inside a city."""
    middle = math.radians((one.latitude + other.latitude) / 2)
    east = (one.longitude - other.longitude) * math.cos(middle)
    return math.hypot(one.latitude - other.latitude, east) * METRES_PER_DEGREE
