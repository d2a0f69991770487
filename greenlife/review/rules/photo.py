"""A photo that was there before, as it was or saved again."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Self

from greenlife.checked_table import CheckedTable
from greenlife.review.history import History
from greenlife.review.observation import Observation
from greenlife.review.rules.rule import whole
from greenlife.review.suspicion import Outcome, Suspicion


@dataclass(frozen=True, slots=True, kw_only=True)
class PhotoReused:
    """Hashes that differ in ``most_bits`` or less: saved again, not taken again. Whose photo it was does not matter."""

    code: ClassVar[str] = "photo_reused"
    outcome: Outcome
    most_bits: int
    within_days: int
    memory: int

    @classmethod
    def read(cls, table: CheckedTable, outcome: Outcome) -> Self:
        return cls(
            outcome=outcome,
            most_bits=whole(table, "most_bits", 0, 20),
            within_days=whole(table, "within_days", 1, 3660),
            memory=whole(table, "memory", 1, 1000),
        )

    def judge(self, new: Observation, history: History) -> Suspicion | None:
        if new.photo_hash is None:
            return None
        since = new.local_day - timedelta(days=self.within_days)
        for one in history.photos_like(new.photo_hash, since=since, most=self.memory):
            bits = (new.photo_hash ^ (one.photo_hash or 0)).bit_count()
            if bits <= self.most_bits:
                own = int(one.resident_id == new.resident_id)
                days = (new.local_day - one.local_day).days
                return Suspicion(
                    code=self.code,
                    outcome=self.outcome,
                    params={"bits": bits, "own": own, "days": days},
                    related=(one.id,),
                )
        return None
