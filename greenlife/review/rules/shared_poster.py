"""A poster that is scanned by people who are not there: its picture went round in a chat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Self

from greenlife.checked_table import CheckedTable
from greenlife.review.history import History
from greenlife.review.observation import PARTNER, POSTER, Observation, Sighting
from greenlife.review.place import metres_between
from greenlife.review.rules.rule import whole
from greenlife.review.suspicion import Outcome, Suspicion

MOST_OWN_ROWS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedPoster:
    """Many keep their position to themselves, and may; at a poster on a wall most of the others still show theirs.

    Where hardly any of the last scans shows a phone near the poster, a scan without a position is suspicious: held
    from who lives far away, was never seen near by anybody else, and comes again or among many at once; only marked
    from who lives or goes there, or was there once, as tourists are.
    """

    code: ClassVar[str] = "poster_shared"
    outcome: Outcome
    near_metres: int
    far_metres: int
    memory: int
    least_scans: int
    most_present_percent: int
    within_days: int
    burst_minutes: int
    burst_scans: int

    @classmethod
    def read(cls, table: CheckedTable, outcome: Outcome) -> Self:
        rule = cls(
            outcome=outcome,
            near_metres=whole(table, "near_metres", 10, 10_000),
            far_metres=whole(table, "far_metres", 100, 100_000),
            memory=whole(table, "memory", 2, 200),
            least_scans=whole(table, "least_scans", 2, 200),
            most_present_percent=whole(table, "most_present_percent", 0, 99),
            within_days=whole(table, "within_days", 1, 60),
            burst_minutes=whole(table, "burst_minutes", 1, 1440),
            burst_scans=whole(table, "burst_scans", 2, 200),
        )
        if rule.least_scans > rule.memory:
            raise table.wrong("least_scans", "must not be above memory")
        return rule

    def judge(self, new: Observation, history: History) -> Suspicion | None:
        if new.tier != POSTER or new.site_id is None or self._present(new):
            return None
        scans = history.at_site(
            new.site_id,
            since=new.occurred_at - timedelta(days=self.within_days),
            until=new.occurred_at,
            most=self.memory,
        )
        others = [one for one in scans if one.tier == POSTER and not _same_hands(one, new)]
        start = new.occurred_at - timedelta(minutes=self.burst_minutes)
        burst = [one for one in others if one.occurred_at >= start]
        at_once = len(burst) >= self.burst_scans and self._absent(burst)
        if not at_once and not (len(others) >= self.least_scans and self._absent(others)):
            return None
        return Suspicion(
            code=self.code,
            outcome=self.outcome if self._strange_here(new, scans, history, at_once=at_once) else "flag",
            params={"scans": len(others), "present": sum(self._present(one) for one in others)},
            related=tuple(one.id for one in (burst if at_once else others)),
        )

    def _present(self, one: Sighting) -> bool:
        return (
            one.fix is not None
            and one.site is not None
            and metres_between(one.fix.point, one.site) <= self.near_metres + one.fix.accuracy_metres
        )

    def _absent(self, scans: Sequence[Sighting]) -> bool:
        return sum(self._present(one) for one in scans) * 100 <= self.most_present_percent * len(scans)

    def _strange_here(self, new: Observation, scans: Sequence[Sighting], history: History, *, at_once: bool) -> bool:
        """Whether somebody from far away comes again or in a crowd, whom nobody else ever saw in these parts."""
        again = at_once or any(one.resident_id == new.resident_id for one in scans)
        if new.site is None or new.town is None or not again:
            return False  # without places nothing can be said against anybody
        home = history.middle_of(new.town)
        if home is None or metres_between(home, new.site) <= self.far_metres:
            return False
        since = new.occurred_at - timedelta(days=self.within_days)
        recent = history.of_resident(new.resident_id, since=since, until=new.occurred_at, most=MOST_OWN_ROWS)
        return not any(
            one.site is not None
            and metres_between(one.site, new.site) <= self.far_metres
            and (one.staff_id is not None or one.tier == PARTNER or self._present(one))
            for one in recent
        )


def _same_hands(one: Sighting, new: Observation) -> bool:
    """Whether it is the same person, or the family with the same phone."""
    return one.resident_id == new.resident_id or (one.device_id is not None and one.device_id == new.device_id)
