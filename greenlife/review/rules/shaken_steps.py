"""Steps that a cradle or a fan made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Self

from greenlife.checked_table import CheckedTable
from greenlife.review.history import History
from greenlife.review.observation import STEP, Observation
from greenlife.review.rules.rule import whole
from greenlife.review.suspicion import Outcome, Suspicion

MOST_ROWS = 24
CENTIMETRES_PER_METRE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ShakenSteps:
    """Walks that moved are walks. Others are held when they are too long without a pause, too many in a day for a
    treadmill, or long and always of the same cadence.
    """

    code: ClassVar[str] = "steps_shaken"
    outcome: Outcome
    walking_centimetres: int
    longest_minutes: int
    least_cadence: int
    most_still_steps: int
    alike_minutes: int
    alike_percent: int
    alike_walks: int
    within_days: int

    @classmethod
    def read(cls, table: CheckedTable, outcome: Outcome) -> Self:
        return cls(
            outcome=outcome,
            walking_centimetres=whole(table, "walking_centimetres", 1, 100),
            longest_minutes=whole(table, "longest_minutes", 10, 1440),
            least_cadence=whole(table, "least_cadence", 1, 300),
            most_still_steps=whole(table, "most_still_steps", 1000, 200_000),
            alike_minutes=whole(table, "alike_minutes", 1, 1440),
            alike_percent=whole(table, "alike_percent", 1, 50),
            alike_walks=whole(table, "alike_walks", 2, MOST_ROWS),
            within_days=whole(table, "within_days", 1, 60),
        )

    def judge(self, new: Observation, history: History) -> Suspicion | None:
        if new.unit != STEP or not new.minutes or self._moved(new):
            return None
        since = new.occurred_at - timedelta(days=self.within_days)
        walks = history.of_resident(new.resident_id, since=since, until=new.occurred_at, unit=new.unit, most=MOST_ROWS)
        today = sum(one.quantity for one in (new, *walks) if one.local_day == new.local_day and self._still(one))
        if not (self._too_long(new) or today > self.most_still_steps or self._too_alike(new, walks)):
            return None
        return Suspicion(
            code=self.code,
            outcome=self.outcome,
            params={"minutes": int(new.minutes), "steps": int(new.quantity), "steps_today": int(today)},
            related=tuple(one.id for one in walks if one.local_day == new.local_day),
        )

    def _moved(self, one: Observation) -> bool:
        return one.moved_metres is not None and not self._still(one)

    def _still(self, one: Observation) -> bool:
        moved = one.moved_metres
        return moved is not None and moved * CENTIMETRES_PER_METRE < self.walking_centimetres * one.quantity

    def _too_long(self, new: Observation) -> bool:
        return (new.minutes or 0) > self.longest_minutes and _cadence(new) >= self.least_cadence

    def _too_alike(self, new: Observation, walks: Sequence[Observation]) -> bool:
        if (new.minutes or 0) < self.alike_minutes:
            return False
        cadence = _cadence(new)
        band = cadence * self.alike_percent / 100
        long = [one for one in walks if (one.minutes or 0) >= self.alike_minutes and not self._moved(one)]
        return sum(abs(_cadence(one) - cadence) <= band for one in long) >= self.alike_walks


def _cadence(one: Observation) -> float:
    """Steps a minute."""
    return float(one.quantity) / one.minutes if one.minutes else 0.0
