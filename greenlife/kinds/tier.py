"""The tiers of evidence: who says that it happened."""

from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from greenlife.checked_table import Texts, open_table

TIERS = ("declared", "poster", "rotating", "attended", "partner")
"""From the weakest to the strongest; the place in this list is the number of steps drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tier:
    """``level`` is 1 to 5; ``weighting`` are the words beside the evidence weight on a receipt."""

    id: str
    level: int
    titles: Texts
    weighting: Texts


def load_tiers(file: Path | Traversable | None = None) -> dict[str, Tier]:
    """The tiers by id, the weakest first; raises ConfigInvalid."""
    tiers: dict[str, Tier] = {}
    with open_table(file or files("greenlife.kinds") / "tiers.toml") as table:
        for level, tier in enumerate(TIERS, 1):
            one = table.table(tier)
            tiers[tier] = Tier(id=tier, level=level, titles=one.texts("titles"), weighting=one.texts("weighting"))
            one.done()
    return tiers
