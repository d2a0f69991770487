"""The tiers of evidence: who says that it happened."""

from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from greenlife.checked_table import CheckedTable, Texts, open_table

TIERS = ("declared", "poster", "rotating", "attended", "partner")
"""From the weakest to the strongest; the place in this list is the number of steps drawn."""

MOST_CLAIM_DAYS = 3_660
"""Ten years: whoever means longer means always, and calendars have an end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """``level`` is 1 to 5; ``weighting`` are the words beside the evidence weight on a receipt.

    ``claim_days`` is how many local days after an action its evidence can still be claimed, 0 being that day only.
    """

    id: str
    level: int
    titles: Texts
    weighting: Texts
    claim_days: int


def load_tiers(file: Path | Traversable | None = None) -> dict[str, Tier]:
    """The tiers by id, the weakest first; raises ConfigInvalid."""
    tiers: dict[str, Tier] = {}
    with open_table(file or files("greenlife.kinds") / "tiers.toml") as table:
        for level, tier in enumerate(TIERS, 1):
            one = table.table(tier)
            tiers[tier] = Tier(
                id=tier,
                level=level,
                titles=one.texts("titles"),
                weighting=one.texts("weighting"),
                claim_days=read_claim_days(one),
            )
            one.done()
    return tiers


def read_claim_days(table: CheckedTable) -> int:
    """``claim_days`` of a tier, or of an action's rule for it."""
    days = table.integer("claim_days")
    if not 0 <= days <= MOST_CLAIM_DAYS:
        raise table.wrong("claim_days", f"must be 0 to {MOST_CLAIM_DAYS}")
    return days
