"""Coordinates that repeat to the last digit: a place that was typed in, not measured."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Self

from greenlife.checked_table import CheckedTable
from greenlife.review.history import History
from greenlife.review.observation import Observation, Sighting
from greenlife.review.place import Point, metres_between
from greenlife.review.rules.rule import whole
from greenlife.review.suspicion import Outcome, Suspicion


@dataclass(frozen=True, slots=True, kw_only=True)
class IdenticalCoordinates:
    """A measured position wanders by metres; the same one at other places or on several days does not come by itself.

    A phone that gives an old position by mistake does so once, so once is not enough.

    Positions that the phone itself calls coarse repeat by design, and a phone may give its last one again for
    ``cached_minutes``: both are left alone. Indoors some phones know a shop by its radio and repeat themselves, but
    say so by a wide radius: days count only for positions that claim to be within ``sharp_metres``.
    """

    code: ClassVar[str] = "identical_coordinates"
    outcome: Outcome
    sharp_metres: int
    coarse_metres: int
    cached_minutes: int
    apart_metres: int
    least_elsewhere: int
    least_repeats: int
    within_days: int
    memory: int

    @classmethod
    def read(cls, table: CheckedTable, outcome: Outcome) -> Self:
        return cls(
            outcome=outcome,
            sharp_metres=whole(table, "sharp_metres", 1, 1000),
            coarse_metres=whole(table, "coarse_metres", 1, 10_000),
            cached_minutes=whole(table, "cached_minutes", 0, 1440),
            apart_metres=whole(table, "apart_metres", 1, 100_000),
            least_elsewhere=whole(table, "least_elsewhere", 1, 60),
            least_repeats=whole(table, "least_repeats", 1, 60),
            within_days=whole(table, "within_days", 1, 60),
            memory=whole(table, "memory", 2, 200),
        )

    def judge(self, new: Observation, history: History) -> Suspicion | None:
        if new.fix is None or new.site is None or new.fix.accuracy_metres > self.coarse_metres:
            return None
        since = new.occurred_at - timedelta(days=self.within_days)
        recent = history.with_fix(new.resident_id, since=since, until=new.occurred_at, most=self.memory)
        same = [one for one in recent if one.fix is not None and one.fix.point == new.fix.point]
        repeats = self._repeats([new, *recent])
        elsewhere = [one for one in same if self._another_place(new, one)]
        if repeats < self.least_repeats and len(elsewhere) < self.least_elsewhere:
            return None
        return Suspicion(
            code=self.code,
            outcome=self.outcome,
            params={"repeats": repeats, "places": 1 + len({one.site_id for one in elsewhere})},
            related=tuple(one.id for one in same),
        )

    def _repeats(self, observations: Sequence[Sighting]) -> int:
        """On how many days a sharp position came again, summed over all positions."""
        days: defaultdict[Point, set[date]] = defaultdict(set)
        for one in observations:
            if one.fix is not None and one.fix.accuracy_metres <= self.sharp_metres:
                days[one.fix.point].add(one.local_day)
        return sum(len(found) - 1 for found in days.values())

    def _another_place(self, new: Observation, one: Sighting) -> bool:
        if new.site is None or one.site is None or one.site_id == new.site_id:
            return False
        fresh = new.occurred_at - one.occurred_at > timedelta(minutes=self.cached_minutes)
        return fresh and metres_between(new.site, one.site) > self.apart_metres
