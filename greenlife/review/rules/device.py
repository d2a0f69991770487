"""More residents on one phone than a family has, or a phone that makes the round with all of them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Self

from greenlife.checked_table import CheckedTable
from greenlife.review.history import History
from greenlife.review.observation import Observation, Sighting
from greenlife.review.rules.rule import whole
from greenlife.review.suspicion import Outcome, Suspicion

MOST_ROWS = 96


@dataclass(frozen=True, slots=True, kw_only=True)
class CrowdedDevice:
    """``most_residents`` leaves room for three generations that have one good phone.

    A family of that size goes out together now and then. Accounts that belong to nobody go out together always: a
    round is a site at which ``round_residents`` of one phone scan on one day, and ``most_rounds`` are too many.
    """

    code: ClassVar[str] = "many_residents_on_device"
    outcome: Outcome
    most_residents: int
    within_days: int
    round_residents: int
    most_rounds: int

    @classmethod
    def read(cls, table: CheckedTable, outcome: Outcome) -> Self:
        return cls(
            outcome=outcome,
            most_residents=whole(table, "most_residents", 2, 50),
            within_days=whole(table, "within_days", 1, 60),
            round_residents=whole(table, "round_residents", 2, 50),
            most_rounds=whole(table, "most_rounds", 1, 100),
        )

    def judge(self, new: Observation, history: History) -> Suspicion | None:
        if new.device_id is None:
            return None
        since = new.occurred_at - timedelta(days=self.within_days)
        if not history.is_shared(new.device_id, but=new.resident_id, since=since, until=new.occurred_at):
            return None  # nearly all phones, and a question that reads nothing
        earlier = history.on_device(new.device_id, since=since, until=new.occurred_at, most=MOST_ROWS)
        residents = {new.resident_id, *(one.resident_id for one in earlier)}
        rounds = self._rounds(earlier) if len(residents) >= self.round_residents else 0
        if len(residents) <= self.most_residents and rounds <= self.most_rounds:
            return None
        return Suspicion(
            code=self.code,
            outcome=self.outcome,
            params={"residents": len(residents), "rounds": rounds, "days": self.within_days},
            related=tuple(one.id for one in earlier),
        )

    def _rounds(self, earlier: Sequence[Sighting]) -> int:
        groups: defaultdict[tuple[str, date], set[str]] = defaultdict(set)
        for one in earlier:
            if one.site_id is not None:
                groups[one.site_id, one.local_day].add(one.resident_id)
        return sum(len(residents) >= self.round_residents for residents in groups.values())
