"""A bicycle trip at the speed of a car."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import ClassVar, Self

from greenlife.checked_table import CheckedTable
from greenlife.review.history import History
from greenlife.review.observation import KILOMETRE, Observation
from greenlife.review.rules.rule import whole
from greenlife.review.suspicion import Outcome, Suspicion

MOST_ROWS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """Trips that a phone followed. One is too fast, or others were, or this one is fast and the usual ones are too.

    An electric bicycle may not go faster than 25 km/h (GB 17761), so with stops nobody rides ``fast_kmh`` from door to
    door; a phone that loses its way may say so, but rarely, so ``fast_trips`` must have been there before. A car in a
    town is often no faster than such a bicycle, so the middle of the last trips counts besides; a trip below
    ``slow_kmh`` is one by bicycle whatever the others were.
    """

    code: ClassVar[str] = "trip_too_fast"
    outcome: Outcome
    most_kmh: int
    fast_kmh: int
    fast_trips: int
    usual_kmh: int
    slow_kmh: int
    least_trips: int
    within_days: int

    @classmethod
    def read(cls, table: CheckedTable, outcome: Outcome) -> Self:
        rule = cls(
            outcome=outcome,
            most_kmh=whole(table, "most_kmh", 5, 200),
            fast_kmh=whole(table, "fast_kmh", 5, 200),
            fast_trips=whole(table, "fast_trips", 1, MOST_ROWS),
            usual_kmh=whole(table, "usual_kmh", 5, 200),
            slow_kmh=whole(table, "slow_kmh", 1, 200),
            least_trips=whole(table, "least_trips", 1, MOST_ROWS),
            within_days=whole(table, "within_days", 1, 60),
        )
        if not rule.slow_kmh <= rule.usual_kmh <= rule.fast_kmh:
            raise table.wrong("usual_kmh", "must lie between slow_kmh and fast_kmh")
        if rule.fast_kmh > rule.most_kmh:
            raise table.wrong("fast_kmh", "must not be above most_kmh")
        return rule

    def judge(self, new: Observation, history: History) -> Suspicion | None:
        speed = _kmh(new)
        if speed is None or speed <= self.slow_kmh:
            return None
        since = new.occurred_at - timedelta(days=self.within_days)
        trips = history.of_resident(new.resident_id, since=since, until=new.occurred_at, unit=KILOMETRE, most=MOST_ROWS)
        before = [(one, kmh) for one in trips if (kmh := _kmh(one)) is not None]
        fast = sum(kmh > self.fast_kmh for _, kmh in before)
        usual = median([speed, *(kmh for _, kmh in before)])
        by_car = fast >= self.fast_trips or (len(before) >= self.least_trips and usual > self.usual_kmh)
        if speed <= self.most_kmh and not by_car:
            return None
        return Suspicion(
            code=self.code,
            outcome=self.outcome,
            params={"kmh": int(speed), "fast_trips": fast, "usual_kmh": int(usual)},
            related=tuple(one.id for one, _ in before),
        )


def _kmh(one: Observation) -> float | None:
    """The mean speed of a trip that only the resident's phone knows; operators check their own."""
    if one.unit != KILOMETRE or not one.self_made or not one.minutes or one.minutes <= 0:
        return None
    return float(one.quantity) / (one.minutes / 60)
