"""One person in two places, faster than anything that runs between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import ClassVar, Self

from greenlife.checked_table import CheckedTable
from greenlife.review.history import History
from greenlife.review.observation import Observation
from greenlife.review.place import metres_between
from greenlife.review.rules.rule import whole
from greenlife.review.suspicion import Outcome, Suspicion

MOST_ROWS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Speed:
    """Looks at both sides of the new action, because feeds come late and queued scans come in any order.

    ``slack_minutes`` are added to the time between: clocks of partners differ, and a stop is a place with an extent.
    Codes that one phone scanned have one clock, so they are held against each other more closely (``own_…``), and below
    ``least_metres`` no train runs. Anything else may be two people: a card can be lent, a printed code shown by somebody
    else, an account used by two. That is only marked. Where an account is on several phones, who has which is unknown:
    they are swapped, and a phone moved to a new one by cloning takes its key along. So there even one phone is only
    marked the first time.
    """

    code: ClassVar[str] = "too_fast_between_places"
    outcome: Outcome
    most_kmh: int
    least_metres: int
    slack_minutes: int
    own_most_kmh: int
    own_least_metres: int
    own_slack_minutes: int
    within_minutes: int
    phones_within_days: int
    memory: int

    @classmethod
    def read(cls, table: CheckedTable, outcome: Outcome) -> Self:
        rule = cls(
            outcome=outcome,
            most_kmh=whole(table, "most_kmh", 30, 1000),
            least_metres=whole(table, "least_metres", 500, 100_000),
            slack_minutes=whole(table, "slack_minutes", 0, 60),
            own_most_kmh=whole(table, "own_most_kmh", 30, 1000),
            own_least_metres=whole(table, "own_least_metres", 500, 100_000),
            own_slack_minutes=whole(table, "own_slack_minutes", 0, 60),
            within_minutes=whole(table, "within_minutes", 1, 1440),
            phones_within_days=whole(table, "phones_within_days", 1, 60),
            memory=whole(table, "memory", 2, 200),
        )
        if rule.own_least_metres > rule.least_metres:
            raise table.wrong("own_least_metres", "must not be above least_metres")
        return rule

    def judge(self, new: Observation, history: History) -> Suspicion | None:
        if new.site is None:
            return None
        reach = timedelta(minutes=self.within_minutes)
        around = history.of_resident(
            new.resident_id, since=new.occurred_at - reach, until=new.occurred_at + reach, most=MOST_ROWS
        )
        for other in around:
            if other.site is None or other.site_id == new.site_id:
                continue
            metres = metres_between(new.site, other.site)
            minutes = _minutes(new, other)
            own = _one_phone(new, other)
            if self._too_fast(metres, minutes, own=own):
                return Suspicion(
                    code=self.code,
                    outcome=self.outcome if own and self._one_person(new, history) else "flag",
                    params={"metres": round(metres), "minutes": int(minutes)},
                    related=(other.id,),
                )
        return None

    def _one_person(self, new: Observation, history: History) -> bool:
        """Whether the account is on one phone, or this one was in two places before."""
        recent = history.of_resident(
            new.resident_id,
            since=new.occurred_at - timedelta(days=self.phones_within_days),
            until=new.occurred_at + timedelta(minutes=self.within_minutes),
            most=self.memory,
        )
        phones = {one.device_id for one in recent if one.device_id is not None}
        return phones <= {new.device_id} or self._before([one for one in recent if _one_phone(new, one)])

    def _before(self, scans: Sequence[Observation]) -> bool:
        return any(
            one.site is not None
            and other.site is not None
            and one.site_id != other.site_id
            and self._too_fast(metres_between(one.site, other.site), _minutes(one, other), own=True)
            for one, other in pairwise(scans)
        )

    def _too_fast(self, metres: float, minutes: float, *, own: bool) -> bool:
        # Metres over minutes against km/h without dividing by a time that may be nothing.
        least, slack = (
            (self.own_least_metres, self.own_slack_minutes) if own else (self.least_metres, self.slack_minutes)
        )
        most_kmh = self.most_kmh if metres >= self.least_metres else self.own_most_kmh
        return metres >= least and metres * 60 > most_kmh * 1000 * (minutes + slack)


def _one_phone(one: Observation, other: Observation) -> bool:
    return one.device_id is not None and one.device_id == other.device_id


def _minutes(one: Observation, other: Observation) -> float:
    return abs((one.occurred_at - other.occurred_at).total_seconds()) / 60
