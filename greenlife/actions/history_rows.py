"""The questions of review rules as statements, each of which reads a bounded part of one index, and their rows."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Row, Select, bindparam, func, literal_column, select
from sqlalchemy.orm import InstrumentedAttribute

from greenlife.actions.observing import point, unsigned
from greenlife.models import ActionRecord, PhotoBand, Site, StaffTally, TreeInspection
from greenlife.review import Fix, Observation, Point, Sighting

AnyRow: TypeAlias = Row[*tuple[Any, ...]]  # mypy follows no more than ten columns
AnySelect: TypeAlias = Select[*tuple[Any, ...]]

_PARTS = (
    ActionRecord.entry_id,
    ActionRecord.resident_id,
    ActionRecord.action,
    ActionRecord.tier,
    ActionRecord.quantity,
    ActionRecord.unit,
    ActionRecord.occurred_at,
    ActionRecord.local_day,
    ActionRecord.material,
    ActionRecord.device_id,
    ActionRecord.staff_id,
    ActionRecord.site_id,
    ActionRecord.fix_latitude_e7,
    ActionRecord.fix_longitude_e7,
    ActionRecord.fix_accuracy_metres,
    ActionRecord.started_at,
    ActionRecord.moved_metres,
    ActionRecord.photo_hash,
    ActionRecord.tree_id,
    Site.latitude_e7,
    Site.longitude_e7,
)
_SIGHTED = (
    ActionRecord.entry_id,
    ActionRecord.resident_id,
    ActionRecord.tier,
    ActionRecord.occurred_at,
    ActionRecord.local_day,
    ActionRecord.device_id,
    ActionRecord.site_id,
    ActionRecord.fix_latitude_e7,
    ActionRecord.fix_longitude_e7,
    ActionRecord.fix_accuracy_metres,
    Site.latitude_e7,
    Site.longitude_e7,
)


def _records(columns: Sequence[InstrumentedAttribute[Any]]) -> AnySelect:
    return (
        select(*columns)
        .outerjoin(Site, Site.id == ActionRecord.site_id)
        .where(ActionRecord.undone_at.is_(None))  # what was given back is no history; what a person refused is
        .order_by(ActionRecord.occurred_at.desc())
    )


@cache
def newest(query: AnySelect, most: int) -> AnySelect:
    """At most so many rows: the number is written out, because SQLite plans a statement anew for each one it is told."""
    return query.limit(literal_column(str(most)))


_IN_TIME = (ActionRecord.occurred_at >= bindparam("since"), ActionRecord.occurred_at <= bindparam("until"))
_RECORDS, _BETWEEN = _records(_PARTS), _records(_PARTS).where(*_IN_TIME)
_SIGHTINGS = _records(_SIGHTED).where(*_IN_TIME)
OF_RESIDENT = _BETWEEN.where(ActionRecord.resident_id == bindparam("of_resident"))
OF_RESIDENT_IN = OF_RESIDENT.where(ActionRecord.unit == bindparam("in_unit"))
AT_SITE = _SIGHTINGS.where(ActionRecord.site_id == bindparam("of_site"))
WITH_FIX = _SIGHTINGS.where(
    ActionRecord.resident_id == bindparam("of_resident"), ActionRecord.fix_latitude_e7.is_not(None)
)
OTHERS = (
    select(ActionRecord.entry_id)
    .where(
        ActionRecord.device_id == bindparam("of_device"),
        ActionRecord.occurred_at >= bindparam("since"),
        ActionRecord.occurred_at <= bindparam("until"),
        ActionRecord.resident_id != bindparam("but"),
        ActionRecord.undone_at.is_(None),
    )
    .limit(literal_column("1"))
)
ON_DEVICE = _SIGHTINGS.where(ActionRecord.device_id == bindparam("of_device"))
LIKE = (
    select(PhotoBand.entry_id)
    .where(
        PhotoBand.band == bindparam("of_band"),
        PhotoBand.bits == bindparam("of_bits"),
        PhotoBand.local_day >= bindparam("since_day"),
    )
    .order_by(PhotoBand.local_day.desc(), PhotoBand.entry_id.desc())
)
THESE = _RECORDS.where(ActionRecord.entry_id.in_(bindparam("these", expanding=True)))
PENDING = select(func.count()).where(
    ActionRecord.resident_id == bindparam("of_resident"),
    ActionRecord.action == bindparam("of_action"),
    ActionRecord.tier == bindparam("of_tier"),
    ActionRecord.local_day >= bindparam("since_day"),
    ActionRecord.state == literal_column("'pending'"),  # as the partial index says it
)
TALLIES = select(
    StaffTally.resident_id,
    StaffTally.local_day,
    StaffTally.actions,
    StaffTally.grams,
    StaffTally.round_weights,
    StaffTally.off_dial,
).where(
    StaffTally.staff_id == bindparam("of_staff"),
    StaffTally.resident_id.in_([bindparam("of_resident"), bindparam("of_everybody")]),
    StaffTally.weighed == bindparam("is_weighed"),
    StaffTally.local_day >= bindparam("since_day"),
)
MIDDLE = select(func.avg(Site.latitude_e7), func.avg(Site.longitude_e7)).where(Site.town == bindparam("of_town"))
TREE = select(TreeInspection).where(TreeInspection.tree_id == bindparam("of_tree"))
TREES = select(TreeInspection.alive, func.count()).where(TreeInspection.resident_id == bindparam("of_resident"))
TREES = TREES.group_by(TreeInspection.alive)


class _Sighted(NamedTuple):
    id: str
    resident_id: str
    tier: str
    occurred_at: datetime
    local_day: date
    device_id: str | None
    site_id: str | None
    site: Point | None
    fix: Fix | None


def read_sighting(
    entry_id: str,
    resident_id: str,
    tier: str,
    occurred_at: datetime,
    local_day: date,
    device_id: str | None,
    site_id: str | None,
    fix_latitude: int | None,
    fix_longitude: int | None,
    accuracy: int | None,
    latitude: int | None,
    longitude: int | None,
) -> Sighting:
    where = point(fix_latitude, fix_longitude)
    fix = None if where is None else Fix(where, accuracy or 0)
    site = point(latitude, longitude)
    return _Sighted(entry_id, resident_id, tier, occurred_at, local_day, device_id, site_id, site, fix)


def read_observation(row: AnyRow) -> Observation:
    (entry_id, resident_id, action, tier, quantity, unit, occurred_at, local_day, material, device_id, staff_id,
     site_id, latitude, longitude, accuracy, started_at, moved_metres, photo_hash, tree_id, *site) = row  # fmt: skip
    where = point(latitude, longitude)
    return Observation(
        id=entry_id,
        resident_id=resident_id,
        action=action,
        tier=tier,
        quantity=Decimal(quantity),
        unit=unit,
        occurred_at=occurred_at,
        local_day=local_day,
        material=material,
        device_id=device_id,
        staff_id=staff_id,
        site_id=site_id,
        site=point(*site),
        fix=Fix(where, accuracy or 0) if isinstance(where, Point) else None,
        started_at=started_at,
        moved_metres=moved_metres,
        photo_hash=None if photo_hash is None else unsigned(photo_hash),
        tree_id=tree_id,
    )
