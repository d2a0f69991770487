"""The index framework read from its file and checked; anything wrong raises ConfigInvalid with file and key."""

from collections.abc import Collection
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from greenlife.checked_table import CheckedTable, open_table
from greenlife.lifestyle_index.framework import (
    DIRECTIONS,
    MEASURES,
    STATUSES,
    Dimension,
    Framework,
    Indicator,
    Measure,
)


def load_framework(file: Path | Traversable | None = None, *, actions: Collection[str]) -> Framework:
    """The framework that comes with the software, or the one in ``file``; it may measure these actions only."""
    with open_table(file or files("greenlife.lifestyle_index") / "data" / "framework.toml") as table:
        seen: set[str] = set()
        return Framework(
            version=table.string("version"),
            titles=table.texts("titles"),
            standard=table.string("standard"),
            notice=table.texts("notice"),
            missing_data=table.texts("missing_data"),
            weights_status=table.choice("weights_status", STATUSES),
            goalposts_status=table.choice("goalposts_status", STATUSES),
            dimensions=tuple(_dimension(one, seen, actions) for one in table.tables("dimension")),
        )


def _dimension(table: CheckedTable, seen: set[str], actions: Collection[str]) -> Dimension:
    dimension = Dimension(
        id=_new_id(table, seen),
        titles=table.texts("titles"),
        weight=_weight(table),
        indicators=tuple(_indicator(one, seen, actions) for one in table.tables("indicator")),
    )
    table.done()
    return dimension


def _indicator(table: CheckedTable, seen: set[str], actions: Collection[str]) -> Indicator:
    direction = table.choice("direction", DIRECTIONS)
    indicator = Indicator(
        id=_new_id(table, seen),
        titles=table.texts("titles"),
        units=table.texts("units"),
        direction=direction,
        worst=table.decimal("worst"),
        best=table.decimal("best"),
        weight=_weight(table),
        measure=_measure(table.table("measure"), actions) if table.has("measure") else None,
        note=table.optional_texts("note"),
    )
    if indicator.worst == indicator.best or (indicator.worst < indicator.best) != (direction == DIRECTIONS[0]):
        raise table.wrong("best", f"does not fit worst and the direction {direction}")
    if indicator.measure is None and indicator.note is None:
        raise table.wrong("note", "must say why there is no data")
    table.done()
    return indicator


def _measure(table: CheckedTable, actions: Collection[str]) -> Measure:
    measure = Measure(
        kind=table.choice("kind", MEASURES),
        actions=table.strings("actions") if table.has("actions") else (),
        unit=table.optional_string("unit"),
    )
    if (measure.kind == "quantity_per_participant") != (measure.unit is not None):
        raise table.wrong("unit", "belongs to quantity_per_participant, and only there")
    if unknown := set(measure.actions) - set(actions):
        raise table.wrong("actions", f"{', '.join(sorted(unknown))}: no such action")
    table.done()
    return measure


def _new_id(table: CheckedTable, seen: set[str]) -> str:
    value = table.string("id")
    if value in seen:
        raise table.wrong("id", f"{value!r} is there twice")
    seen.add(value)
    return value


def _weight(table: CheckedTable) -> Decimal:
    value = table.decimal("weight")
    if value <= 0:
        raise table.wrong("weight", "must be above zero")
    return value
