"""An attendant or a clerk who books for one resident what nobody brought."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Self

from greenlife.checked_table import CheckedTable
from greenlife.review.history import History, Tally
from greenlife.review.observation import Observation
from greenlife.review.place import metres_between
from greenlife.review.rules.rule import whole
from greenlife.review.suspicion import Outcome, Suspicion


@dataclass(frozen=True, slots=True, kw_only=True)
class ColludingPair:
    """Too much between two people in a few days, or weights with digits that the same hand writes for nobody else.

    Stall holders bring much every day to whoever stands at the scale, so weighings must be many and heavy at once. It
    takes fewer at a scale far from the resident's town: nobody carries loads past all others day after day, except to
    one beside a stall. Who makes a weight up types tenths; a scale shows few of those, and a dial only halves. Which of
    both an attendant has is seen by the others' weights.
    """

    code: ClassVar[str] = "pair_too_busy"
    outcome: Outcome
    within_days: int
    most_weighings: int
    most_grams: int
    far_metres: int
    far_weighings: int
    far_grams: int
    most_others: int
    digits_within_days: int
    digits_least: int
    digits_percent: int
    digits_others_least: int
    digits_others_percent: int

    @classmethod
    def read(cls, table: CheckedTable, outcome: Outcome) -> Self:
        rule = cls(
            outcome=outcome,
            within_days=whole(table, "within_days", 1, 60),
            most_weighings=whole(table, "most_weighings", 1, 1000),
            most_grams=whole(table, "most_grams", 1, 10_000_000),
            far_metres=whole(table, "far_metres", 100, 100_000),
            far_weighings=whole(table, "far_weighings", 1, 1000),
            far_grams=whole(table, "far_grams", 1, 10_000_000),
            most_others=whole(table, "most_others", 1, 1000),
            digits_within_days=whole(table, "digits_within_days", 1, 60),
            digits_least=whole(table, "digits_least", 2, 1000),
            digits_percent=whole(table, "digits_percent", 1, 100),
            digits_others_least=whole(table, "digits_others_least", 1, 1000),
            digits_others_percent=whole(table, "digits_others_percent", 0, 99),
        )
        if rule.digits_others_percent >= rule.digits_percent:
            raise table.wrong("digits_others_percent", "must be below digits_percent")
        if rule.far_weighings > rule.most_weighings:
            raise table.wrong("far_weighings", "must not be above most_weighings")
        return rule

    def judge(self, new: Observation, history: History) -> Suspicion | None:
        if new.staff_id is None:
            return None
        # The digits' days are more, and contain the others: a history that has read them is not asked again.
        digits = new.weighed and self._strange_digits(new.staff_id, new, history)
        since = new.local_day - timedelta(days=self.within_days - 1)
        pair = _with(history.pair(new.staff_id, new.resident_id, weighed=new.weighed, since=since), new)
        if not digits and not self._too_busy(new, pair, history):
            return None
        return Suspicion(
            code=self.code,
            outcome=self.outcome,
            params={"actions": pair.actions, "days": self.within_days, "digits": int(digits)},
        )

    def _too_busy(self, new: Observation, pair: Tally, history: History) -> bool:
        if not new.weighed:
            return pair.actions > self.most_others
        if pair.actions > self.most_weighings and pair.grams > self.most_grams:
            return True
        return pair.actions > self.far_weighings and pair.grams > self.far_grams and self._far(new, history)

    def _far(self, new: Observation, history: History) -> bool:
        if new.town is None or new.site is None:
            return False
        home = history.middle_of(new.town)
        return home is not None and metres_between(home, new.site) > self.far_metres

    def _strange_digits(self, staff_id: str, new: Observation, history: History) -> bool:
        since = new.local_day - timedelta(days=self.digits_within_days - 1)
        pair = _with(history.pair(staff_id, new.resident_id, weighed=True, since=since), new)
        if pair.actions < self.digits_least:
            return False
        everybody = _with(history.staff(staff_id, weighed=True, since=since), new)
        others = everybody.actions - pair.actions
        if others < self.digits_others_least:
            return False
        if pair.round_weights * 100 < self.digits_percent * pair.actions:
            return False
        others_round, others_off_dial = everybody.round_weights - pair.round_weights, everybody.off_dial - pair.off_dial
        if others_round * 100 <= self.digits_others_percent * others:
            return True  # a scale shows five grams to the others
        most_off_dial = pair.off_dial * 100 > self.digits_others_percent * pair.actions
        return most_off_dial and others_off_dial * 100 <= self.digits_others_percent * others


def _with(tally: Tally, new: Observation) -> Tally:
    return Tally(
        tally.actions + 1,
        tally.grams + (int(new.quantity * 1000) if new.weighed else 0),
        tally.round_weights + new.round_weight,
        tally.off_dial + new.off_dial,
    )
