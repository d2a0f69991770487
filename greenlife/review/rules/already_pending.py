"""More of what already waits for a decision."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Self

from greenlife.checked_table import CheckedTable
from greenlife.review.history import History
from greenlife.review.observation import Observation
from greenlife.review.rules.rule import whole
from greenlife.review.suspicion import Outcome, Suspicion


@dataclass(frozen=True, slots=True, kw_only=True)
class AlreadyPending:
    """While several actions of a kind wait, the next ones wait with them; whoever decides on those ends it.

    A trick shows by its repetition, and its first act of each day looks like anybody's.
    """

    code: ClassVar[str] = "already_pending"
    outcome: Outcome
    least_pending: int
    within_days: int

    @classmethod
    def read(cls, table: CheckedTable, outcome: Outcome) -> Self:
        return cls(
            outcome=outcome,
            least_pending=whole(table, "least_pending", 2, 100),
            within_days=whole(table, "within_days", 1, 365),
        )

    def judge(self, new: Observation, history: History) -> Suspicion | None:
        since = new.local_day - timedelta(days=self.within_days)
        pending = history.pending(new.resident_id, action=new.action, tier=new.tier, since=since)
        if pending < self.least_pending:
            return None
        return Suspicion(code=self.code, outcome=self.outcome, params={"pending": pending})
