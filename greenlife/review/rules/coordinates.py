"""Coordinates that repeat to the last digit: a place that was typed in, not measured."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Self

from greenlife.checked_table import CheckedTable
from greenlife.review.history import History
from greenlife.review.observation import Observation
from greenlife.review.place import metres_between
from greenlife.review.rules.rule import whole
from greenlife.review.suspicion import Outcome, Suspicion


@dataclass(frozen=True, slots=True, kw_only=True)
class IdenticalCoordinates:
    """A measured position wanders by metres; the same one at another place or on several days does not come by itself.

    Positions that the phone itself calls coarse repeat by design, and a phone may give its last one again for
    ``cached_minutes``: both are left alone. Indoors some phones know a shop by its radio and repeat themselves, so days
    count only where ``least_percent`` of the positions at that site are this one.
    """

    code: ClassVar[str] = "identical_coordinates"
    outcome: Outcome
    coarse_metres: int
    cached_minutes: int
    apart_metres: int
    least_days: int
    least_percent: int
    within_days: int
    memory: int

    @classmethod
    def read(cls, table: CheckedTable, outcome: Outcome) -> Self:
        return cls(
            outcome=outcome,
            coarse_metres=whole(table, "coarse_metres", 1, 10_000),
            cached_minutes=whole(table, "cached_minutes", 0, 1440),
            apart_metres=whole(table, "apart_metres", 1, 100_000),
            least_days=whole(table, "least_days", 1, 60),
            least_percent=whole(table, "least_percent", 1, 100),
            within_days=whole(table, "within_days", 1, 60),
            memory=whole(table, "memory", 2, 200),
        )

    def judge(self, new: Observation, history: History) -> Suspicion | None:
        if new.fix is None or new.site is None or new.fix.accuracy_metres > self.coarse_metres:
            return None
        since = new.occurred_at - timedelta(days=self.within_days)
        recent = history.of_resident(new.resident_id, since=since, until=new.occurred_at, most=self.memory)
        located = [one for one in recent if one.fix is not None and one.fix.accuracy_metres <= self.coarse_metres]
        same = [one for one in located if one.fix is not None and one.fix.point == new.fix.point]
        here = sum(one.site_id == new.site_id for one in located)
        days = {one.local_day for one in same if one.site_id == new.site_id} - {new.local_day}
        repeated = len(days) >= self.least_days and len(same) * 100 >= self.least_percent * here
        elsewhere = [one for one in same if self._another_place(new, one)]
        if not repeated and not elsewhere:
            return None
        return Suspicion(
            code=self.code,
            outcome=self.outcome,
            params={"times": len(same) + 1, "places": 1 + len({one.site_id for one in elsewhere})},
            related=tuple(one.id for one in same),
        )

    def _another_place(self, new: Observation, one: Observation) -> bool:
        if new.site is None or one.site is None or one.site_id == new.site_id:
            return False
        fresh = new.occurred_at - one.occurred_at > timedelta(minutes=self.cached_minutes)
        return fresh and metres_between(new.site, one.site) > self.apart_metres
