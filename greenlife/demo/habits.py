"""What people do when: eight habits, with the hours, weekdays and weather they depend on."""

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


HABITS: Sequence[Habit] = (
    Habit(action="bus_ride", tier="partner", share=0.33, followers=75, weekdays=_WORKDAYS, hours=_COMMUTE, in_rain=1.1),
    Habit(action="bus_ride", tier="poster", share=0.08, followers=40, weekdays=_WORKDAYS, hours=_COMMUTE, in_rain=0.9),
    Habit(
        action="shared_bike", tier="partner", share=0.24, followers=55, weekdays=_WORKDAYS, hours=_RIDES, in_rain=0.3
    ),
    Habit(action="own_bag", tier="poster", share=0.10, followers=60, weekdays=_EVERY_DAY, hours=_MARKET, in_rain=0.7),
    Habit(action="own_bag", tier="attended", share=0.10, followers=50, weekdays=_EVERY_DAY, hours=_MARKET, in_rain=0.7),
    Habit(
        action="recyclables", tier="attended", share=0.11, followers=70, weekdays=_WEEKEND, hours=_STATION, in_rain=0.5
    ),
    Habit(
        action="bus_ride", tier="rotating", share=0.02, followers=15, weekdays=_WORKDAYS, hours=_COMMUTE, in_rain=1.0
    ),
    Habit(action="own_bag", tier="rotating", share=0.02, followers=15, weekdays=_EVERY_DAY, hours=_MARKET, in_rain=0.7),
)
