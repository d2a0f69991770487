"""Rain: it comes in spells, and keeps people off their bikes."""

from collections.abc import Mapping, Sequence
from datetime import date
from random import Random

RAIN_AFTER_RAIN, RAIN_AFTER_SUN = 0.55, 0.22


def make_weather(days: Sequence[date], dice: Random) -> Mapping[date, float]:
    """How wet each day is: 0 for a dry one, up to 1."""
    wetness: dict[date, float] = {}
    rains = False
    for day in days:
        rains = dice.random() < (RAIN_AFTER_RAIN if rains else RAIN_AFTER_SUN)
        wetness[day] = dice.uniform(0.4, 1.0) if rains else 0.0
    return wetness
