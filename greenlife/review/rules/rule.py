"""What every rule is: thresholds read from a table, and one question."""

from typing import ClassVar, Protocol, Self

from greenlife.checked_table import CheckedTable
from greenlife.review.history import History
from greenlife.review.observation import Observation
from greenlife.review.suspicion import Outcome, Suspicion


class Rule(Protocol):
    """``code`` names the reason; who adds a rule gives it a sentence in the catalogues."""

    code: ClassVar[str]

    @classmethod
    def read(cls, table: CheckedTable, outcome: Outcome) -> Self:
        """The rule with its thresholds; raises ConfigInvalid for values that make no sense."""
        ...

    def judge(self, new: Observation, history: History) -> Suspicion | None:
        """The suspicion, or None; ``history`` does not contain the new observation."""
        ...


def whole(table: CheckedTable, key: str, least: int, most: int) -> int:
    """A whole number between the two, both included; raises ConfigInvalid."""
    value = table.integer(key)
    if not least <= value <= most:
        raise table.wrong(key, f"must be {least} to {most}")
    return value
