"""A day of the demo city: who does what when, within the daily caps."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import accumulate
from random import Random

from greenlife.demo.habits import HABITS, Habit
from greenlife.demo.occasion import Occasion, Scene
from greenlife.demo.occasions import MAKERS
from greenlife.demo.people import People, Person
from greenlife.demo.size import Size
from greenlife.demo.staff import Crew
from greenlife.programme import Programme

CLAIMS_A_VISIT = 1.75
"""Materials of a visit to the scale on average, so that occasions can be counted as actions."""

LEFT_OUT = 0.03
"""The share of occasions that meet a cap."""


@dataclass(frozen=True)
class Calendar:
    """What is expected of each habit on each day, in occasions."""

    expected: Mapping[tuple[date, str, str], float]


def make_calendar(size: Size, days: Sequence[date], weather: Mapping[date, float]) -> Calendar:
    """All actions of ``size`` spread over the days as weekdays and weather invite to them."""
    expected: dict[tuple[date, str, str], float] = {}
    shares = sum(habit.share * (CLAIMS_A_VISIT if habit.action == "recyclables" else 1) for habit in HABITS)
    for habit in HABITS:
        pulls = {day: habit.pull(day, weather[day]) for day in days}
        each = size.actions / (1 - LEFT_OUT) * habit.share / shares / sum(pulls.values())
        expected |= {(day, habit.action, habit.tier): each * pull for day, pull in pulls.items()}
    return Calendar(expected)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlanner:
    """Plans one day after the other with one stream of random numbers."""

    programme: Programme
    calendar: Calendar
    people: People
    crew: Crew
    dice: Random

    def plan(self, day: date) -> list[Occasion]:
        """The occasions of the day in the order of time, none past a cap, no evidence used twice."""
        midnight = self.programme.midnight(day)
        joined = [person for person in self.people.everybody if person.joined_at < midnight]
        guard = _Guard(self.programme)
        occasions = [
            occasion
            for at, habit in enumerate(HABITS)
            for occasion in self._of_habit(habit, day, midnight, _with_appetite(joined, at))
            if guard.lets(occasion)
        ]
        return sorted(occasions, key=lambda occasion: occasion.at)

    def _of_habit(
        self, habit: Habit, day: date, midnight: datetime, followers: tuple[Sequence[Person], Sequence[float]]
    ) -> list[Occasion]:
        persons, weights = followers
        if not persons:
            return []
        count = self._rounded(self.calendar.expected[day, habit.action, habit.tier])
        chosen = self.dice.choices(persons, cum_weights=weights, k=count)
        hours = self.dice.choices(range(24), weights=habit.hours, k=count)
        make = MAKERS[habit.action, habit.tier]
        return [
            make(Scene(person=person, at=self._instant(midnight, hour), day=day, crew=self.crew, dice=self.dice))
            for person, hour in zip(chosen, hours, strict=True)
        ]

    def _instant(self, midnight: datetime, hour: int) -> datetime:
        return midnight + timedelta(hours=hour, seconds=self.dice.randrange(3600))

    def _rounded(self, expected: float) -> int:
        spread = expected * self.dice.uniform(0.93, 1.07)
        return int(spread) + (self.dice.random() < spread % 1)


def _with_appetite(joined: Sequence[Person], habit: int) -> tuple[Sequence[Person], Sequence[float]]:
    persons = [person for person in joined if person.appetites[habit]]
    return persons, list(accumulate(person.appetites[habit] for person in persons))


class _Guard:
    """Leaves out what the city would refuse: people who met a cap go home without an entry."""

    def __init__(self, programme: Programme) -> None:
        self._programme = programme
        self._used: Counter[tuple[str, str, str]] = Counter()
        self._amounts: defaultdict[tuple[str, str, str], Decimal] = defaultdict(Decimal)
        self._times: defaultdict[tuple[str, str, str], list[datetime]] = defaultdict(list)
        self._evidence: set[str] = set()

    def lets(self, occasion: Occasion) -> bool:
        first = occasion.claims[0]
        key = (first.resident.account, first.action, first.tier)
        rule = self._programme.actions[first.action].tiers[first.tier]
        amount = sum((claim.quantity for claim in occasion.claims), Decimal(0))
        if self._used[key] + len(occasion.claims) > rule.daily_cap or first.evidence_key in self._evidence:
            return False
        if rule.daily_quantity is not None and self._amounts[key] + amount > rule.daily_quantity:
            return False
        if rule.interval and any(abs(occasion.at - at) < rule.interval for at in self._times[key]):
            return False
        self._used[key] += len(occasion.claims)
        self._amounts[key] += amount
        self._times[key].append(occasion.at)
        self._evidence.add(first.evidence_key)
        return True
