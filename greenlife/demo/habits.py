"""What people do when: their habits, with the hours, weekdays and weather they depend on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

Profile = tuple[float, ...]

_WORKDAYS: Profile = (1.0, 1.05, 1.0, 1.0, 1.1, 0.6, 0.5)
_EVERY_DAY: Profile = (0.9, 0.85, 0.9, 0.9, 1.0, 1.35, 1.25)
_WEEKEND: Profile = (0.7, 0.65, 0.75, 0.7, 0.85, 1.7, 1.5)


def _hours(**weights: float) -> Profile:
    """24 weights; an hour that is not named has none."""
    return tuple(weights.get(f"h{hour}", 0.0) for hour in range(24))


_COMMUTE = _hours(
    h6=3, h7=9, h8=7, h9=3, h10=2, h11=2.5, h12=2.5, h13=2, h14=2, h15=2.5, h16=4, h17=9, h18=6, h19=3, h20=2, h21=1
)
_RIDES = _hours(
    h6=2, h7=8, h8=6, h9=2, h10=2, h11=3, h12=3, h13=2, h14=2, h15=2, h16=3, h17=9, h18=8, h19=5, h20=4, h21=3, h22=1
)
_MARKET = _hours(h6=5, h7=9, h8=8, h9=6, h10=4, h11=2, h14=1, h15=2, h16=5, h17=7, h18=5, h19=3, h20=1)
_STATION = _hours(h7=6, h8=8, h9=8, h10=6, h11=2, h13=1, h14=3, h15=4, h16=6, h17=7, h18=5, h19=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """``share`` of all occasions; ``followers`` of a hundred people have it; ``in_rain`` is what a wet day leaves."""

    action: str
    tier: str
    share: float
    followers: int
    weekdays: Profile
    hours: Profile
    in_rain: float

    def pull(self, day: date, wetness: float) -> float:
        """How much a day invites to it."""
        return self.weekdays[day.weekday()] * (1 - wetness * (1 - self.in_rain))


_MEALS = _hours(h7=3, h11=6, h12=9, h13=4, h17=5, h18=9, h19=6, h20=2)
_EVENING = _hours(h19=3, h20=5, h21=6, h22=4, h23=2)


def _habit(
    action: str, tier: str, share: float, followers: int, when: tuple[Profile, Profile], in_rain: float
) -> Habit:
    weekdays, hours = when
    return Habit(
        action=action, tier=tier, share=share, followers=followers, weekdays=weekdays, hours=hours, in_rain=in_rain
    )


HABITS: Sequence[Habit] = (
    _habit("bus_ride", "partner", 0.270, 75, (_WORKDAYS, _COMMUTE), 1.1),
    _habit("bus_ride", "poster", 0.075, 40, (_WORKDAYS, _COMMUTE), 0.9),
    _habit("shared_bike", "partner", 0.200, 55, (_WORKDAYS, _RIDES), 0.3),
    _habit("own_bag", "poster", 0.090, 60, (_EVERY_DAY, _MARKET), 0.7),
    _habit("own_bag", "attended", 0.090, 50, (_EVERY_DAY, _MARKET), 0.7),
    _habit("recyclables", "attended", 0.110, 70, (_WEEKEND, _STATION), 0.5),
    _habit("used_clothes", "attended", 0.006, 12, (_WEEKEND, _STATION), 0.5),
    _habit("food_waste", "attended", 0.015, 25, (_EVERY_DAY, _STATION), 0.9),
    _habit("clean_plate", "attended", 0.018, 30, (_WORKDAYS, _MEALS), 1.0),
    _habit("own_cup", "attended", 0.012, 18, (_WORKDAYS, _MARKET), 0.8),
    _habit("no_cutlery", "partner", 0.016, 25, (_EVERY_DAY, _MEALS), 1.4),
    _habit("walk", "partner", 0.030, 30, (_EVERY_DAY, _EVENING), 0.5),
    _habit("e_bike", "partner", 0.016, 25, (_WORKDAYS, _RIDES), 0.4),
    _habit("carpool", "partner", 0.006, 10, (_WORKDAYS, _COMMUTE), 1.1),
    _habit("power_saving", "partner", 0.004, 30, (_EVERY_DAY, _EVENING), 1.0),
    _habit("rooftop_solar", "partner", 0.004, 5, (_EVERY_DAY, _EVENING), 0.6),
    _habit("e_bill", "partner", 0.008, 30, (_EVERY_DAY, _EVENING), 1.0),
    _habit("bus_ride", "rotating", 0.015, 15, (_WORKDAYS, _COMMUTE), 1.0),
    _habit("own_bag", "rotating", 0.015, 15, (_EVERY_DAY, _MARKET), 0.7),
)
