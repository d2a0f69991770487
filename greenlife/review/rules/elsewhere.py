"""A code scanned where it does not hang: a picture of it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Self

from greenlife.checked_table import CheckedTable
from greenlife.review.history import History
from greenlife.review.observation import Observation, Sighting
from greenlife.review.place import metres_between
from greenlife.review.rules.rule import whole
from greenlife.review.suspicion import Outcome, Suspicion


@dataclass(frozen=True, slots=True, kw_only=True)
class Elsewhere:
    """The phone says that it is far from the code. Phones err now and then, so the first times are only marked."""

    code: ClassVar[str] = "far_from_the_code"
    outcome: Outcome
    far_metres: int
    least_before: int
    within_days: int
    memory: int

    @classmethod
    def read(cls, table: CheckedTable, outcome: Outcome) -> Self:
        return cls(
            outcome=outcome,
            far_metres=whole(table, "far_metres", 100, 100_000),
            least_before=whole(table, "least_before", 0, 50),
            within_days=whole(table, "within_days", 1, 60),
            memory=whole(table, "memory", 1, 200),
        )

    def judge(self, new: Observation, history: History) -> Suspicion | None:
        metres = _metres_away(new)
        if metres is None or metres <= self.far_metres:
            return None
        since = new.occurred_at - timedelta(days=self.within_days)
        recent = history.with_fix(new.resident_id, since=since, until=new.occurred_at, most=self.memory)
        before = [one for one in recent if (_metres_away(one) or 0) > self.far_metres]
        return Suspicion(
            code=self.code,
            outcome=self.outcome if len(before) >= self.least_before else "flag",
            params={"metres": metres, "times": len(before) + 1},
            related=tuple(one.id for one in before),
        )


def _metres_away(one: Sighting) -> int | None:
    """The least distance that the phone's own accuracy leaves."""
    if one.fix is None or one.site is None:
        return None
    return max(0, int(metres_between(one.fix.point, one.site)) - one.fix.accuracy_metres)
