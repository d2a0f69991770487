"""Care for a tree that is dead."""

from dataclasses import dataclass
from typing import ClassVar, Self

from greenlife.checked_table import CheckedTable
from greenlife.review.history import History
from greenlife.review.observation import Observation
from greenlife.review.rules.rule import whole
from greenlife.review.suspicion import Outcome, Suspicion


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadTree:
    """The last inspection found this tree dead; or it found most of this keeper's trees dead, and not this one alive.

    Trees die with good keepers too, so ``least_inspected`` trees must have been seen before a keeper is doubted.
    """

    code: ClassVar[str] = "tree_dead"
    outcome: Outcome
    least_inspected: int
    dead_percent: int

    @classmethod
    def read(cls, table: CheckedTable, outcome: Outcome) -> Self:
        return cls(
            outcome=outcome,
            least_inspected=whole(table, "least_inspected", 1, 1000),
            dead_percent=whole(table, "dead_percent", 1, 100),
        )

    def judge(self, new: Observation, history: History) -> Suspicion | None:
        if new.tree_id is None:
            return None
        inspection = history.tree(new.tree_id)
        if inspection is not None and inspection.alive:
            return None
        trees = history.trees_of(new.resident_id)
        doubted = trees.inspected >= self.least_inspected and trees.dead * 100 >= self.dead_percent * trees.inspected
        if inspection is None and not doubted:
            return None
        return Suspicion(
            code=self.code,
            outcome=self.outcome,
            params={"this_one": int(inspection is not None), "inspected": trees.inspected, "dead": trees.dead},
        )
