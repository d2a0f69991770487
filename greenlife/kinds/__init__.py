"""The kinds of actions: what counts, on which evidence, within which limits, for how many points.

They lie below the programme, which holds them, and ``greenlife.actions``, which books by them.
"""

from greenlife.kinds.kind import GROUPS, PLACES, ActionKind, Material, PointsRule, TierRule, UnitRule
from greenlife.kinds.load import load_kinds
from greenlife.kinds.tier import TIERS, Tier, load_tiers

__all__ = [
    "GROUPS",
    "PLACES",
    "TIERS",
    "ActionKind",
    "Material",
    "PointsRule",
    "Tier",
    "TierRule",
    "UnitRule",
    "load_kinds",
    "load_tiers",
]
