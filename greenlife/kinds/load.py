"""Action kinds read from their files and checked; anything wrong raises ConfigInvalid with file and key."""

import re
from collections.abc import Collection, Mapping
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from greenlife.checked_table import CheckedTable, open_table
from greenlife.kinds.kind import GROUPS, ActionKind, Material, PointsRule, TierRule, UnitRule
from greenlife.methodology import Methodology

ACTIONS = ("bus_ride", "shared_bike", "recyclables", "own_bag")
"""The codes, in the order in which they are shown; each is the name of a file in data/."""

MOST_DECIMALS = 3
_ICON = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def load_kinds(
    *,
    methodologies: Mapping[str, Methodology],
    tiers: Collection[str],
    folder: Path | Traversable | None = None,
) -> dict[str, ActionKind]:
    """All action kinds by code."""
    folder = folder or files("greenlife.kinds") / "data"
    return {code: load_kind(folder / f"{code}.toml", methodologies, tiers) for code in ACTIONS}


def load_kind(file: Path | Traversable, methodologies: Mapping[str, Methodology], tiers: Collection[str]) -> ActionKind:
    """One action kind; the file's name is its code."""
    with open_table(file) as table:
        units = {one.unit: one for one in (_unit(one) for one in table.tables("unit"))}
        kind = ActionKind(
            code=table.choice("code", (file.name.removesuffix(".toml"),)),
            titles=table.texts("titles"),
            tip=table.texts("tip"),
            group=table.choice("group", GROUPS),
            icon=_icon(table),
            methodology=table.choice("methodology", methodologies),
            units=units,
            tiers=_tiers(table, tiers, several_units=len(units) > 1),
            materials={one.id: one for one in (_material(one) for one in table.tables("material", least=0))},
        )
        methodology = methodologies[kind.methodology]
        for key, ours, theirs in (
            ("unit", tuple(kind.units), methodology.units),
            ("material", tuple(kind.materials), methodology.materials),
        ):
            if set(ours) != set(theirs):
                raise table.wrong(key, f"has {', '.join(ours)}, but {methodology.key} has {', '.join(theirs)}")
    return kind


def _unit(table: CheckedTable) -> UnitRule:
    rule = UnitRule(
        unit=table.string("unit"),
        least=table.decimal("least"),
        most=table.decimal("most"),
        decimals=table.integer("decimals"),
    )
    if not 0 < rule.least <= rule.most:
        raise table.wrong("least", "must be above zero and not above most")
    if not 0 <= rule.decimals <= MOST_DECIMALS:
        raise table.wrong("decimals", f"must be 0 to {MOST_DECIMALS}")
    table.done()
    return rule


def _tiers(table: CheckedTable, known: Collection[str], *, several_units: bool) -> dict[str, TierRule]:
    rules: dict[str, TierRule] = {}
    tiers = table.named_tables("tier")
    for name, one in tiers.items():
        if name not in known:
            raise table.wrong(f"tier.{name}", f"is none of {', '.join(known)}")
        rules[name] = TierRule(
            weight=_weight(one), points=_points(one.table("points"), several_units), daily_cap=one.integer("daily_cap")
        )
        if rules[name].daily_cap < 1:
            raise one.wrong("daily_cap", "must be 1 or more")
        one.done()
    return rules


def _points(table: CheckedTable, several_units: bool) -> PointsRule:
    table.choice("status", ("placeholder", "set_by_city"))
    rule = PointsRule(
        base=table.integer("base"),
        per_unit=table.decimal("per_unit"),
        least=table.integer("least"),
        most=table.integer("most"),
    )
    if several_units and rule.per_unit:
        raise table.wrong("per_unit", "must be 0 where an action has several units")
    if rule.per_unit < 0 or rule.base < 0:
        raise table.wrong("base", "must not be below zero, nor per_unit")
    if not 1 <= rule.least <= rule.most:
        raise table.wrong("least", "must be 1 or more and not above most: each accepted action earns something")
    table.done()
    return rule


def _material(table: CheckedTable) -> Material:
    material = Material(id=table.string("id"), titles=table.texts("titles"), icon=_icon(table))
    table.done()
    return material


def _weight(table: CheckedTable) -> Decimal:
    value = table.decimal("weight")
    if not 0 <= value <= 1:
        raise table.wrong("weight", "must lie between 0 and 1")
    return value


def _icon(table: CheckedTable) -> str:
    value = table.string("icon")
    if not _ICON.fullmatch(value):
        raise table.wrong("icon", "must be the name of an icon")
    return value
