"""How regularly somebody cheats."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from benchmarks.fraud.diary import DAYS

CAREFUL = 0.15


@dataclass(frozen=True, slots=True)
class Habit:
    """When somebody cheats: from a day on, on so many days of a hundred."""

    first: int
    keen: float
    careful: bool

    def days(self, rng: Random) -> Iterator[int]:
        return (day for day in range(self.first, DAYS) if rng.random() < self.keen)


def new_habit(rng: Random) -> Habit:
    return Habit(first=rng.randrange(6), keen=rng.uniform(0.55, 0.95), careful=rng.random() < CAREFUL)
