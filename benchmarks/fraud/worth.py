"""What an action earns, and how often a day: the programme's own rules, and assumptions where it has none."""

from decimal import Decimal

from greenlife.kinds import TIERS, load_kinds
from greenlife.methodology import load_methodologies

_KINDS, _ = load_kinds(methodologies=load_methodologies(), tiers=TIERS)
_ASSUMED_CAPS = {"walk": 12, "tree_care": 10, "bike_ride": 6, "recyclables": 20}


def points(action: str, tier: str, quantity: Decimal) -> int:
    """Fuzhou gives a point for 2,000 steps; trips that a phone followed earn as an operator's do."""
    if action == "walk":
        return min(int(quantity // 2000), 15)
    if action == "tree_care":
        return 20
    if action == "bike_ride":
        return _KINDS["shared_bike"].tiers["partner"].points.points(quantity)
    kind = _KINDS[action]
    # A bin that weighs by itself earns as an attendant's scale does.
    return kind.tiers.get(tier, kind.tiers.get("attended", next(iter(kind.tiers.values())))).points.points(quantity)


def daily_cap(action: str, tier: str) -> int:
    kind = _KINDS.get(action)
    if kind is not None and tier in kind.tiers:
        return kind.tiers[tier].daily_cap
    return _ASSUMED_CAPS[action]
