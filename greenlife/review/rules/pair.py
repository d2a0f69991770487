"""An attendant or a clerk who books for one resident what nobody brought."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Self

from greenlife.checked_table import CheckedTable
from greenlife.review.history import History, Tally
from greenlife.review.observation import Observation
from greenlife.review.rules.rule import whole
from greenlife.review.suspicion import Outcome, Suspicion


@dataclass(frozen=True, slots=True, kw_only=True)
class ColludingPair:
    """Too much between two people in a few days, or round weights that the same hand writes for nobody else.

    Stall holders bring much every day to whoever stands at the scale, so weighings must be many and heavy at once. A
    dial gives round weights to everybody, so a pair's are held against the others' of the same attendant.
    """

    code: ClassVar[str] = "pair_too_busy"
    outcome: Outcome
    within_days: int
    most_weighings: int
    most_grams: int
    most_others: int
    round_within_days: int
    round_least: int
    round_percent: int
    round_others_least: int
    round_others_percent: int

    @classmethod
    def read(cls, table: CheckedTable, outcome: Outcome) -> Self:
        rule = cls(
            outcome=outcome,
            within_days=whole(table, "within_days", 1, 60),
            most_weighings=whole(table, "most_weighings", 1, 1000),
            most_grams=whole(table, "most_grams", 1, 10_000_000),
            most_others=whole(table, "most_others", 1, 1000),
            round_within_days=whole(table, "round_within_days", 1, 60),
            round_least=whole(table, "round_least", 2, 1000),
            round_percent=whole(table, "round_percent", 1, 100),
            round_others_least=whole(table, "round_others_least", 1, 1000),
            round_others_percent=whole(table, "round_others_percent", 0, 99),
        )
        if rule.round_others_percent >= rule.round_percent:
            raise table.wrong("round_others_percent", "must be below round_percent")
        return rule

    def judge(self, new: Observation, history: History) -> Suspicion | None:
        if new.staff_id is None:
            return None
        since = new.local_day - timedelta(days=self.within_days - 1)
        pair = history.pair(new.staff_id, new.resident_id, weighed=new.weighed, since=since)
        if not (self._too_busy(new, pair) or (new.weighed and self._round(new.staff_id, new, history))):
            return None
        return Suspicion(
            code=self.code,
            outcome=self.outcome,
            params={"actions": pair.actions + 1, "days": self.within_days},
        )

    def _too_busy(self, new: Observation, pair: Tally) -> bool:
        if not new.weighed:
            return pair.actions >= self.most_others
        return pair.actions >= self.most_weighings and pair.grams + int(new.quantity * 1000) > self.most_grams

    def _round(self, staff_id: str, new: Observation, history: History) -> bool:
        since = new.local_day - timedelta(days=self.round_within_days - 1)
        pair = history.pair(staff_id, new.resident_id, weighed=True, since=since)
        if pair.actions < self.round_least or pair.round_weights * 100 < self.round_percent * pair.actions:
            return False
        everybody = history.staff(staff_id, weighed=True, since=since)
        others = everybody.actions - pair.actions
        round_others = everybody.round_weights - pair.round_weights
        return others >= self.round_others_least and round_others * 100 <= self.round_others_percent * others
