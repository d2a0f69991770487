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

MOST_ROWS = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """Trips that a phone followed. One is too fast, or this one is fast and the usual ones are too.

    A car in a town is often no faster than an electric bicycle, so the middle of the last trips counts, not one; a
    trip below ``slow_kmh`` is one by bicycle whatever the others were.
    """

    code: ClassVar[str] = "trip_too_fast"
    outcome: Outcome
    most_kmh: int
    usual_kmh: int
    slow_kmh: int
    least_trips: int
    within_days: int

    @classmethod
    def read(cls, table: CheckedTable, outcome: Outcome) -> Self:
        rule = cls(
            outcome=outcome,
            most_kmh=whole(table, "most_kmh", 5, 200),
            usual_kmh=whole(table, "usual_kmh", 5, 200),
            slow_kmh=whole(table, "slow_kmh", 1, 200),
            least_trips=whole(table, "least_trips", 1, MOST_ROWS),
            within_days=whole(table, "within_days", 1, 60),
        )
        if not rule.slow_kmh <= rule.usual_kmh <= rule.most_kmh:
            raise table.wrong("usual_kmh", "must lie between slow_kmh and most_kmh")
        return rule

    def judge(self, new: Observation, history: History) -> Suspicion | None:
        speed = _kmh(new)
        if speed is None or speed <= self.slow_kmh:
            return None
        since = new.occurred_at - timedelta(days=self.within_days)
        trips = history.of_resident(new.resident_id, since=since, until=new.occurred_at, unit=KILOMETRE, most=MOST_ROWS)
        before = [(one, kmh) for one in trips if (kmh := _kmh(one)) is not None]
        usual = median([speed, *(kmh for _, kmh in before)])
        if speed <= self.most_kmh and (len(before) < self.least_trips or usual <= self.usual_kmh):
            return None
        return Suspicion(
            code=self.code,
            outcome=self.outcome,
            params={"kmh": int(speed), "usual_kmh": int(usual)},
            related=tuple(one.id for one, _ in before),
        )


def _kmh(one: Observation) -> float | None:
    """The mean speed of a trip that only the resident's phone knows; operators check their own."""
    if one.unit != KILOMETRE or not one.self_made or not one.minutes or one.minutes <= 0:
        return None
    return float(one.quantity) / (one.minutes / 60)
