"""The same little weight again and again: a bin fed in doses, because each weighing earns at least a point."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import ClassVar, Self

from greenlife.checked_table import CheckedTable
from greenlife.review.history import History
from greenlife.review.observation import Observation
from greenlife.review.rules.rule import whole
from greenlife.review.suspicion import Outcome, Suspicion

MOST_ROWS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallWeighings:
    """Doses are alike; what a household has left over is not. So alike ones count over days, others within one."""

    code: ClassVar[str] = "repeated_small_weighings"
    outcome: Outcome
    small_grams: int
    alike_percent: int
    most_alike: int
    within_days: int
    most_a_day: int

    @classmethod
    def read(cls, table: CheckedTable, outcome: Outcome) -> Self:
        return cls(
            outcome=outcome,
            small_grams=whole(table, "small_grams", 1, 5000),
            alike_percent=whole(table, "alike_percent", 1, 100),
            most_alike=whole(table, "most_alike", 1, MOST_ROWS - 1),
            within_days=whole(table, "within_days", 1, 60),
            most_a_day=whole(table, "most_a_day", 1, MOST_ROWS - 1),
        )

    def judge(self, new: Observation, history: History) -> Suspicion | None:
        most = Decimal(self.small_grams) / 1000
        if not new.weighed or new.quantity > most:
            return None
        since = new.occurred_at - timedelta(days=self.within_days)
        weighings = history.of_resident(
            new.resident_id, since=since, until=new.occurred_at, unit=new.unit, most=MOST_ROWS
        )
        small = [one for one in weighings if one.quantity <= most]
        band = new.quantity * self.alike_percent / 100
        alike = [one for one in small if abs(one.quantity - new.quantity) <= band]
        today = [one for one in small if one.local_day == new.local_day]
        if len(alike) < self.most_alike and len(today) < self.most_a_day:
            return None
        related = alike if len(alike) >= self.most_alike else today
        return Suspicion(
            code=self.code,
            outcome=self.outcome,
            params={"weighings": len(related) + 1, "grams": int(new.quantity * 1000)},
            related=tuple(one.id for one in related),
        )
