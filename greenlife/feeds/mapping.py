"""A mapping: which columns a partner's file has, in which zone its times are, and what is too short or too fast."""

import collections.abc
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from greenlife.checked_table import CheckedTable, open_table
from greenlife.errors import ConfigInvalid, MappingInvalid

COLUMNS = (
    "trip", "group", "vehicle", "start_time", "stop_time", "start_lat", "start_lon", "stop_lat", "stop_lon",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of one city: the zone of their times, and the last day that the file has of it."""

    id: str
    zone: ZoneInfo
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """``columns`` is role → heading; speeds in km/h, distances in metres."""

    columns: collections.abc.Mapping[str, str]
    time_format: str
    action: str
    least_metres: int
    most_kmh: Decimal
    groups: collections.abc.Mapping[str, Group]


def load_mapping(path: Path) -> Mapping:
    """The mapping of a file; raises MappingInvalid naming the key of the first mistake."""
    try:
        with open_table(path) as table:
            return _read(table)
    except ConfigInvalid as error:
        where = f"{error.params['where']}: {error.params['key']}"
        raise MappingInvalid(where=where, why=error.params["why"]) from error


def _read(table: CheckedTable) -> Mapping:
    columns, form, rules = table.table("columns"), table.table("format"), table.table("rules")
    mapping = Mapping(
        columns={role: columns.string(role) for role in COLUMNS},
        time_format=form.string("time"),
        action=rules.string("action"),
        least_metres=rules.integer("least_metres"),
        most_kmh=rules.decimal("most_kmh"),
        groups={group.id: group for group in map(_group, table.tables("group"))},
    )
    for part in (columns, form, rules):
        part.done()
    return mapping


def _group(table: CheckedTable) -> Group:
    zone = table.string("zone")
    try:
        found = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise table.wrong("zone", f"{zone!r} is no time zone") from None
    group = Group(table.string("id"), found, table.day("last_day"))
    table.done()
    return group
