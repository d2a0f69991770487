"""More at once than a person does: codes of several places, or proof after proof, within minutes."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar, Self

from greenlife.checked_table import CheckedTable
from greenlife.review.history import History
from greenlife.review.observation import KILOMETRE, STEP, Observation
from greenlife.review.rules.rule import whole
from greenlife.review.suspicion import Outcome, Suspicion

MOST_ROWS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Velocity:
    """Counts only what residents do alone; weighings have rules of their own, and trips and walks are measured."""

    code: ClassVar[str] = "too_many_at_once"
    outcome: Outcome
    within_minutes: int
    most_sites: int
    most_actions: int

    @classmethod
    def read(cls, table: CheckedTable, outcome: Outcome) -> Self:
        return cls(
            outcome=outcome,
            within_minutes=whole(table, "within_minutes", 1, 1440),
            most_sites=whole(table, "most_sites", 1, 100),
            most_actions=whole(table, "most_actions", 1, 1000),
        )

    def judge(self, new: Observation, history: History) -> Suspicion | None:
        if not _counts(new):
            return None
        since = new.occurred_at - timedelta(minutes=self.within_minutes)
        earlier = history.of_resident(new.resident_id, since=since, until=new.occurred_at, most=MOST_ROWS)
        together = [new, *(one for one in earlier if _counts(one))]
        sites = {one.site_id for one in together if one.site_id is not None}
        if len(sites) <= self.most_sites and len(together) <= self.most_actions:
            return None
        return Suspicion(
            code=self.code,
            outcome=self.outcome,
            params={"actions": len(together), "sites": len(sites), "minutes": self.within_minutes},
            related=tuple(one.id for one in together[1:]),
        )


def _counts(one: Observation) -> bool:
    return one.self_made and not one.weighed and one.unit not in {KILOMETRE, STEP}
