"""The history that review rules ask, from the tables: each question reads a bounded part of one index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeAlias

from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import Session

from greenlife.actions.observing import point, unsigned
from greenlife.models import ActionRecord, PhotoBand, Site, StaffTally, TreeInspection
from greenlife.review import Fix, Inspection, Observation, Point, Tally, TreeTally, bands

_AnyRow: TypeAlias = Row[*tuple[Any, ...]]  # mypy follows no more than ten columns
_AnySelect: TypeAlias = Select[*tuple[Any, ...]]

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
# What was given back is no history; what a person refused is.
_RECORDS: _AnySelect = (
    select(*_PARTS)
    .outerjoin(Site, Site.id == ActionRecord.site_id)
    .where(ActionRecord.undone_at.is_(None))
    .order_by(ActionRecord.occurred_at.desc())
    .limit(bindparam("most"))
)
_BETWEEN = _RECORDS.where(
    ActionRecord.occurred_at >= bindparam("since"), ActionRecord.occurred_at <= bindparam("until")
)
_OF_RESIDENT = _BETWEEN.where(ActionRecord.resident_id == bindparam("of_resident"))
_OF_RESIDENT_IN = _OF_RESIDENT.where(ActionRecord.unit == bindparam("in_unit"))
_AT_SITE = _BETWEEN.where(ActionRecord.site_id == bindparam("of_site"))
_WITH_FIX = _OF_RESIDENT.where(ActionRecord.fix_latitude_e7.is_not(None))
_OTHERS = (
    select(ActionRecord.entry_id)
    .where(
        ActionRecord.device_id == bindparam("of_device"),
        ActionRecord.occurred_at >= bindparam("since"),
        ActionRecord.occurred_at <= bindparam("until"),
        ActionRecord.resident_id != bindparam("but"),
        ActionRecord.undone_at.is_(None),
    )
    .limit(1)
)
_ON_DEVICE = _BETWEEN.where(ActionRecord.device_id == bindparam("of_device"))
_LIKE = (
    select(PhotoBand.entry_id)
    .where(
        PhotoBand.band == bindparam("of_band"),
        PhotoBand.bits == bindparam("of_bits"),
        PhotoBand.local_day >= bindparam("since_day"),
    )
    .order_by(PhotoBand.local_day.desc(), PhotoBand.entry_id.desc())
    .limit(bindparam("most_a_band"))
)
_THESE = _RECORDS.where(ActionRecord.entry_id.in_(bindparam("these", expanding=True)))
_PENDING = select(func.count()).where(
    ActionRecord.resident_id == bindparam("of_resident"),
    ActionRecord.action == bindparam("of_action"),
    ActionRecord.tier == bindparam("of_tier"),
    ActionRecord.local_day >= bindparam("since_day"),
    ActionRecord.state == "pending",
)
_TALLY = select(
    *(func.coalesce(func.sum(column), 0) for column in (
        StaffTally.actions, StaffTally.grams, StaffTally.round_weights, StaffTally.off_dial
    ))
).where(
    StaffTally.staff_id == bindparam("of_staff"),
    StaffTally.resident_id == bindparam("of_resident"),
    StaffTally.weighed == bindparam("is_weighed"),
    StaffTally.local_day >= bindparam("since_day"),
)  # fmt: skip
_TREE = select(TreeInspection).where(TreeInspection.tree_id == bindparam("of_tree"))
_TREES = select(TreeInspection.alive, func.count()).where(TreeInspection.resident_id == bindparam("of_resident"))
_TREES = _TREES.group_by(TreeInspection.alive)
AROUND, SPARE = timedelta(hours=2), 16
"""How much more is read than the first question asks for: the next ones are about the same hours."""
EVERYBODY = ""
"""In the place of a resident: the tally of all of them."""


@dataclass(frozen=True, slots=True)
class _Window:
    """The newest ``most`` records of a resident between two times, so that a smaller question need not be asked."""

    resident_id: str
    since: datetime
    until: datetime
    most: int
    rows: Sequence[Observation]

    def answer(self, resident_id: str, since: datetime, until: datetime, most: int) -> Sequence[Observation] | None:
        """The records asked for; None where they are not all here."""
        if resident_id != self.resident_id or until > self.until:
            return None
        found = [one for one in self.rows if since <= one.occurred_at <= until]
        all_there = since >= self.since and len(self.rows) < self.most
        # Full, it begins with its oldest row: whatever was asked for since then is here as well.
        reached = bool(self.rows) and since > self.rows[-1].occurred_at
        return found[:most] if all_there or reached or len(found) >= most else None


class SqlHistory:
    """A ``greenlife.review.History`` of what is in the database, that of this transaction included.

    For one action, or for a batch of which nothing is stored before all of it is judged.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._connection = session.connection()
        self._window: _Window | None = None

    def of_resident(
        self, resident_id: str, *, since: datetime, until: datetime, most: int, unit: str | None = None
    ) -> Sequence[Observation]:
        if unit is not None:
            told = {"of_resident": resident_id, "since": since, "until": until, "most": most, "in_unit": unit}
            return self._observations(_OF_RESIDENT_IN, told)
        if self._window is not None:
            known = self._window.answer(resident_id, since, until, most)
            if known is not None:
                return known
        self._window = window = self._look(resident_id, min(since, until - AROUND), until + AROUND, most + SPARE)
        answer = window.answer(resident_id, since, until, most)
        return self._look(resident_id, since, until, most).rows if answer is None else answer

    def _look(self, resident_id: str, since: datetime, until: datetime, most: int) -> _Window:
        told = {"of_resident": resident_id, "since": since, "until": until, "most": most}
        return _Window(resident_id, since, until, most, self._observations(_OF_RESIDENT, told))

    def at_site(self, site_id: str, *, since: datetime, until: datetime, most: int) -> Sequence[Observation]:
        return self._observations(_AT_SITE, {"of_site": site_id, "since": since, "until": until, "most": most})

    def with_fix(self, resident_id: str, *, since: datetime, until: datetime, most: int) -> Sequence[Observation]:
        told = {"of_resident": resident_id, "since": since, "until": until, "most": most}
        return self._observations(_WITH_FIX, told)

    def is_shared(self, device_id: str, *, but: str, since: datetime, until: datetime) -> bool:
        told = {"of_device": device_id, "but": but, "since": since, "until": until}
        return self._connection.execute(_OTHERS, told).first() is not None

    def on_device(self, device_id: str, *, since: datetime, until: datetime, most: int) -> Sequence[Observation]:
        return self._observations(_ON_DEVICE, {"of_device": device_id, "since": since, "until": until, "most": most})

    def pair(self, staff_id: str, resident_id: str, *, weighed: bool, since: date) -> Tally:
        told = {"of_staff": staff_id, "of_resident": resident_id, "is_weighed": weighed, "since_day": since}
        return Tally(*(int(value) for value in self._connection.execute(_TALLY, told).one()))

    def staff(self, staff_id: str, *, weighed: bool, since: date) -> Tally:
        return self.pair(staff_id, EVERYBODY, weighed=weighed, since=since)

    def photos_like(self, photo_hash: int, *, since: date, most: int) -> Sequence[Observation]:
        found: set[str] = set()
        for band, bits in bands(photo_hash):
            told = {"of_band": band, "of_bits": bits, "since_day": since, "most_a_band": most}
            found.update(self._connection.execute(_LIKE, told).scalars())
        return self._observations(_THESE, {"these": sorted(found), "most": len(found)}) if found else ()

    def pending(self, resident_id: str, *, action: str, tier: str, since: date) -> int:
        told = {"of_resident": resident_id, "of_action": action, "of_tier": tier, "since_day": since}
        return int(self._connection.execute(_PENDING, told).scalar_one())

    def tree(self, tree_id: str) -> Inspection | None:
        row = self._session.execute(_TREE, {"of_tree": tree_id}).scalar_one_or_none()
        if row is None:
            return None
        return Inspection(tree_id=row.tree_id, resident_id=row.resident_id, on=row.inspected_on, alive=row.alive)

    def trees_of(self, resident_id: str) -> TreeTally:
        alive = {row[0]: row[1] for row in self._connection.execute(_TREES, {"of_resident": resident_id})}
        return TreeTally(inspected=sum(alive.values()), dead=alive.get(False, 0))

    def _observations(self, query: _AnySelect, told: Mapping[str, object]) -> Sequence[Observation]:
        return [_observation(row) for row in self._connection.execute(query, told)]


def _observation(row: _AnyRow) -> Observation:
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
