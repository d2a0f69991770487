"""More residents on one phone than a family has."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Self

from greenlife.checked_table import CheckedTable
from greenlife.review.history import History
from greenlife.review.observation import Observation
from greenlife.review.rules.rule import whole
from greenlife.review.suspicion import Outcome, Suspicion


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdedDevice:
    """``most_residents`` leaves room for three generations that have one good phone."""

    code: ClassVar[str] = "many_residents_on_device"
    outcome: Outcome
    most_residents: int
    within_days: int

    @classmethod
    def read(cls, table: CheckedTable, outcome: Outcome) -> Self:
        return cls(
            outcome=outcome,
            most_residents=whole(table, "most_residents", 2, 100),
            within_days=whole(table, "within_days", 1, 365),
        )

    def judge(self, new: Observation, history: History) -> Suspicion | None:
        if new.device_id is None:
            return None
        since = new.local_day - timedelta(days=self.within_days)
        # One more than may be is enough to know; the reason does not say how many there are beyond.
        seen = history.residents_of_device(new.device_id, since=since, most=self.most_residents + 1)
        if len({*seen, new.resident_id}) <= self.most_residents:
            return None
        return Suspicion(
            code=self.code,
            outcome=self.outcome,
            params={"residents": self.most_residents, "days": self.within_days},
        )
