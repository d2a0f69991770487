"""One bag put on the scale in parts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import ClassVar, Self

from greenlife.checked_table import CheckedTable
from greenlife.review.history import History
from greenlife.review.observation import Observation
from greenlife.review.rules.rule import whole
from greenlife.review.suspicion import Outcome, Suspicion

MOST_ROWS = 96


@dataclass(frozen=True, slots=True, kw_only=True)
class SplitBag:
    """Weighings of one material that would have fitted one bag together.

    Two bags in one visit are common and three happen, so ``most_parts`` are only marked; more of them are held, and
    for who did it on ``habit_days_seen`` of the last days already, the second is.
    """

    code: ClassVar[str] = "bag_split"
    outcome: Outcome
    within_minutes: int
    bag_grams: int
    most_parts: int
    habit_parts: int
    habit_days_seen: int
    habit_within_days: int

    @classmethod
    def read(cls, table: CheckedTable, outcome: Outcome) -> Self:
        rule = cls(
            outcome=outcome,
            within_minutes=whole(table, "within_minutes", 1, 1440),
            bag_grams=whole(table, "bag_grams", 100, 100_000),
            most_parts=whole(table, "most_parts", 2, 20),
            habit_parts=whole(table, "habit_parts", 2, 20),
            habit_days_seen=whole(table, "habit_days_seen", 1, 30),
            habit_within_days=whole(table, "habit_within_days", 1, 60),
        )
        if rule.habit_parts > rule.most_parts:
            raise table.wrong("habit_parts", "must not be above most_parts")
        return rule

    def judge(self, new: Observation, history: History) -> Suspicion | None:
        if not new.weighed:
            return None
        just_now = self._weighings(new, history, timedelta(minutes=self.within_minutes))
        parts = [one for one in just_now if one.material == new.material]
        if not parts or not self._fit(new, *parts):
            return None  # nearly always, and without a look at other days
        before = self._weighings(new, history, timedelta(days=self.habit_within_days))
        habit = len(self._days(one for one in before if one.local_day != new.local_day)) >= self.habit_days_seen
        count = len(parts) + 1
        if count < (2 if habit else self.habit_parts):
            return None
        return Suspicion(
            code=self.code,
            outcome=self.outcome if habit or count > self.most_parts else "flag",
            params={"parts": count, "grams": int(sum(one.quantity for one in (new, *parts)) * 1000)},
            related=tuple(one.id for one in parts),
        )

    def _weighings(self, new: Observation, history: History, within: timedelta) -> Sequence[Observation]:
        return history.of_resident(
            new.resident_id, since=new.occurred_at - within, until=new.occurred_at, unit=new.unit, most=MOST_ROWS
        )

    def _fit(self, *parts: Observation) -> bool:
        return sum((one.quantity for one in parts), Decimal(0)) * 1000 <= self.bag_grams

    def _days(self, weighings: Iterable[Observation]) -> set[date]:
        """The days on which a bag seems to have been split."""
        groups: defaultdict[tuple[date, str | None], list[Observation]] = defaultdict(list)
        for one in weighings:
            groups[one.local_day, one.material].append(one)
        return {day for (day, _), parts in groups.items() if len(parts) >= self.habit_parts and self._fit(*parts)}
