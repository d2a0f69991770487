"""Published figures that the made-up city is held to, and the distributions that meet them.

| figure | source | met by |
|---|---|---|
| public bikes: median 1.44 km, 70 % below 1.6 km | Ningbo | ``trip_kilometres`` |
| public bikes: mean ride 16.6 to 17.5 min | Changshu | ``trip_minutes`` |
| peaks bring 45 % of the reductions of bikes | Shanghai | ``trip_second``: peaks are 7 to 9 and 17 to 19 |
| 11,600 t of waste of 91,000 active households, taken as a year: 10.6 kg a month | Quzhou (Kecheng) | ``bag_kilograms`` |

Other published figures are about whole cities and say nothing of a person: rents a day, tonnes over all accounts,
most of which sleep.
"""

from itertools import pairwise
from random import Random

HOUR, MINUTE = 3600, 60

NINGBO_MEDIAN_KM, NINGBO_SHARE_BELOW_1600_M = 1.44, 0.70
CHANGSHU_MEAN_MINUTES = (16.6, 17.5)
SHANGHAI_PEAK_SHARE = 0.45
QUZHOU_MONTHLY_KG = 11_600_000 / 91_000 / 12

PEAKS = ((7, 9), (17, 19))
_QUANTILES = (
    (0.0, 0.3), (0.1, 0.7), (0.3, 1.12), (0.5, 1.44), (0.7, 1.6), (0.85, 2.3), (0.95, 4.0), (1.0, 9.0),
)  # fmt: skip
_RIDDEN_PER_STRAIGHT, _KMH, _MEAN_DWELL_MINUTES = 1.3, 11.0, 4.75
_PEAK_CHANCE = 0.475
"""A little above the published share, because those who work at night never ride in the peaks."""
_OFF_PEAK = (6, *range(9, 17), *range(19, 23))


def trip_kilometres(rng: Random) -> float:
    """The straight distance of a trip, as the programme counts it, between two quantiles on a straight line."""
    at = rng.random()
    for (low, shortest), (high, longest) in pairwise(_QUANTILES):
        if at <= high:
            return shortest + (longest - shortest) * (at - low) / (high - low)
    return _QUANTILES[-1][1]


def trip_minutes(rng: Random, kilometres: float) -> float:
    """Riding, by roads that are not straight, and standing about with an unlocked bike."""
    return kilometres * _RIDDEN_PER_STRAIGHT / _KMH * 60 * rng.uniform(0.8, 1.2) + rng.expovariate(
        1 / _MEAN_DWELL_MINUTES
    )


def trip_second(rng: Random) -> int:
    """The second of the day at which a trip ends."""
    if rng.random() < _PEAK_CHANCE:
        first, last = rng.choice(PEAKS)
        return rng.randrange(first * HOUR, last * HOUR)
    return rng.choice(_OFF_PEAK) * HOUR + rng.randrange(HOUR)


def in_peak(hour: int) -> bool:
    return any(first <= hour < last for first, last in PEAKS)


def bag_kilograms(rng: Random) -> float:
    """One bag of one material, as a household brings it twice a month."""
    return min(max(rng.lognormvariate(0.62, 0.75), 0.05), 29.0)
