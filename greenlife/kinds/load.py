"""Action kinds read from their files and checked; anything wrong raises ConfigInvalid with file, line and key.

One file is one action. It names the methodology that computes it, or brings its own in a table ``methodology``.
"""

import re
from collections.abc import Collection, Mapping
from datetime import timedelta
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from greenlife.checked_table import CheckedTable, open_table
from greenlife.kinds.kind import GROUPS, PLACES, ActionKind, Material, PointsRule, TierRule, UnitRule
from greenlife.kinds.tier import read_claim_days
from greenlife.methodology import Methodology, data_files, read_bounds, read_methodology

MOST_COUNT = 1_000_000_000
"""Of what caps and minutes may be: whoever means more means no cap, and databases and calendars have an end."""
ATTENDED, DECLARED, PARTNER = "attended", "declared", "partner"
T = TypeVar("T")
_ICON = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_CODE = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*")


def load_kinds(
    *,
    methodologies: Mapping[str, Methodology],
    tiers: Collection[str],
    more: Path | None = None,
) -> tuple[dict[str, ActionKind], dict[str, Methodology]]:
    """All action kinds by code, in the order in which they are shown, and all methodologies, with theirs.

    ``more`` is a folder of further actions, beside those that come with the software.
    """
    methodologies = dict(methodologies)
    kinds: list[ActionKind] = []
    for file in (*data_files(files("greenlife.kinds") / "data"), *(data_files(more) if more else ())):
        kinds.append(load_kind(file, methodologies, tiers, taken=[kind.code for kind in kinds]))
    kinds.sort(key=lambda kind: (GROUPS.index(kind.group), kind.rank, kind.code))
    return {kind.code: kind for kind in kinds}, methodologies


def load_kind(
    file: Path | Traversable,
    methodologies: dict[str, Methodology],
    tiers: Collection[str],
    *,
    taken: Collection[str] = (),
) -> ActionKind:
    """One action kind; the file's name is its code. A methodology of its own is put beside the others."""
    with open_table(file) as table:
        code = table.choice("code", (file.name.removesuffix(".toml"),))
        if not _CODE.fullmatch(code) or code in taken:
            raise table.wrong("code", "must be lower-case words joined by underscores, and no other action's")
        methodology = _methodology(table, code, methodologies)
        units = _by_name(table, "unit", {one.unit: one for one in map(_unit, table.tables("unit"))})
        kind = ActionKind(
            code=code,
            rank=table.integer("rank"),
            titles=table.texts("titles"),
            tip=table.texts("tip"),
            group=table.choice("group", GROUPS),
            icon=_icon(table),
            methodology=methodology.code,
            units=units,
            tiers=_tiers(table, tiers, several_units=len(units) > 1),
            materials=_by_name(
                table, "material", {one.id: one for one in map(_material, table.tables("material", least=0))}
            ),
        )
        for key, ours, theirs in (
            ("unit", tuple(kind.units), methodology.units),
            ("material", tuple(kind.materials), methodology.materials),
        ):
            if not set(ours) <= set(theirs) or (theirs and not ours):
                raise table.wrong(key, f"has {', '.join(ours)}, but {methodology.key} has {', '.join(theirs)}")
        _check_declared(table, kind, methodology)
    return kind


def _check_declared(table: CheckedTable, kind: ActionKind, methodology: Methodology) -> None:
    """A photo says one of something and no more, and counts once somebody has looked at it."""
    if DECLARED not in kind.tiers:
        return
    (unit, *more) = kind.units.values()
    if more or kind.materials or methodology.inputs or not unit.least <= 1 <= unit.most:
        raise table.wrong(
            f"tier.{DECLARED}",
            "needs an action with one unit of which there can be one, and without materials and inputs: a photo shows one",
        )
    if not kind.tiers[DECLARED].review:
        raise table.wrong(f"tier.{DECLARED}", "needs review = true: a photo counts once somebody has looked at it")


def _by_name(table: CheckedTable, key: str, found: dict[str, T]) -> dict[str, T]:
    if len(found) != len(table.tables(key, least=0)):
        raise table.wrong(key, "has one of them twice")
    return found


def _methodology(table: CheckedTable, code: str, methodologies: dict[str, Methodology]) -> Methodology:
    if not table.is_table("methodology"):
        return methodologies[table.choice("methodology", methodologies)]
    own = table.table("methodology")
    methodology = read_methodology(own, code.replace("_", "-"))
    own.done()
    if methodology.code in methodologies:
        raise table.wrong("methodology", f"there is a {methodology.code!r} already")
    methodologies[methodology.code] = methodology
    return methodology


def _unit(table: CheckedTable) -> UnitRule:
    least, most, decimals = read_bounds(table)
    rule = UnitRule(unit=table.string("unit"), least=least, most=most, decimals=decimals)
    table.done()
    return rule


def _tiers(table: CheckedTable, known: Collection[str], *, several_units: bool) -> dict[str, TierRule]:
    rules: dict[str, TierRule] = {}
    tiers = table.named_tables("tier")
    for name, one in tiers.items():
        if name not in known:
            raise table.wrong(f"tier.{name}", f"is none of {', '.join(known)}")
        rules[name] = _rule(one, name, several_units=several_units)
    return rules


def _rule(table: CheckedTable, tier: str, *, several_units: bool) -> TierRule:
    rule = TierRule(
        weight=_weight(table),
        places=_places(table),
        points=_points(table.table("points"), several_units),
        daily_cap=_count(table, "daily_cap"),
        daily_quantity=table.decimal("daily_quantity") if table.has("daily_quantity") else None,
        interval=timedelta(minutes=_count(table, "interval_minutes")) if table.has("interval_minutes") else None,
        place_cap=_count(table, "place_cap") if table.has("place_cap") else None,
        household_cap=_count(table, "household_cap") if table.has("household_cap") else None,
        claim_days=read_claim_days(table) if table.has("claim_days") else None,
        dwell=timedelta(seconds=_count(table, "dwell_seconds")) if table.has("dwell_seconds") else None,
        review=table.flag("review") if table.has("review") else False,
    )
    if tier == ATTENDED and several_units:
        raise table.wrong("", "needs an action with one unit: a counter asks for no other")
    if rule.daily_quantity is not None and (several_units or not 0 < rule.daily_quantity <= MOST_COUNT):
        raise table.wrong(
            "daily_quantity", f"must be above zero, at most {MOST_COUNT}, and needs an action with one unit"
        )
    if rule.interval is not None and tier == PARTNER:
        raise table.wrong("interval_minutes", "partners report out of order, so they have none")
    table.done()
    return rule


def _count(table: CheckedTable, key: str) -> int:
    value = table.integer(key)
    if not 1 <= value <= MOST_COUNT:
        raise table.wrong(key, f"must be 1 to {MOST_COUNT}")
    return value


def _places(table: CheckedTable) -> tuple[str, ...]:
    places = table.strings("places") if table.has("places") else ()
    for place in places:
        if place not in PLACES:
            raise table.wrong("places", f"{place!r} is none of {', '.join(PLACES)}")
    return places


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
    if rule.per_unit > MOST_COUNT or max(rule.base, rule.most) > MOST_COUNT:
        raise table.wrong("most", f"must be at most {MOST_COUNT}, as base and per_unit")
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
