"""The history that review rules ask, from the tables: each question reads a bounded part of one index."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.orm import Session

from greenlife.actions.history_rows import (
    AT_SITE,
    LIKE,
    MIDDLE,
    OF_RESIDENT,
    OF_RESIDENT_IN,
    ON_DEVICE,
    OTHERS,
    PENDING,
    TALLIES,
    THESE,
    TREE,
    TREES,
    WITH_FIX,
    AnyRow,
    AnySelect,
    newest,
    read_observation,
    read_sighting,
)
from greenlife.actions.observing import point
from greenlife.review import Inspection, Observation, Point, Sighting, Tally, TreeTally, bands

BEFORE, AFTER, SPARE = timedelta(hours=1), timedelta(hours=2), 16
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

    def answer(
        self, resident_id: str, since: datetime, until: datetime, most: int, unit: str | None = None
    ) -> Sequence[Observation] | None:
        """The records asked for; None where they are not all here."""
        if resident_id != self.resident_id or until > self.until:
            return None
        found = [one for one in self.rows if since <= one.occurred_at <= until and unit in {None, one.unit}]
        all_there = since >= self.since and len(self.rows) < self.most
        # Full, it begins with its oldest row: whatever was asked for since then is here as well.
        reached = bool(self.rows) and since > self.rows[-1].occurred_at
        return found[:most] if all_there or reached or len(found) >= most else None


@dataclass(frozen=True, slots=True)
class _Days:
    """Tallies of an attendant, day by day since ``since``: those with one resident, and those with everybody."""

    staff_id: str
    resident_id: str
    weighed: bool
    since: date
    rows: Sequence[AnyRow]

    def covers(self, staff_id: str, resident_id: str, *, weighed: bool, since: date) -> bool:
        """Whether the answer is here."""
        same = (staff_id, weighed) == (self.staff_id, self.weighed) and since >= self.since
        return same and resident_id in {self.resident_id, EVERYBODY}

    def sum(self, resident_id: str, since: date) -> Tally:
        days = [row[2:] for row in self.rows if row[0] == resident_id and row[1] >= since]
        return Tally(*(sum(column) for column in zip(*days, strict=True)))


class SqlHistory:
    """A ``greenlife.review.History`` of what is in the database, that of this transaction included.

    For one action, or for a batch of which nothing is stored before all of it is judged.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._connection = session.connection()
        self._window: _Window | None = None
        self._days: _Days | None = None

    def of_resident(
        self, resident_id: str, *, since: datetime, until: datetime, most: int, unit: str | None = None
    ) -> Sequence[Observation]:
        known = None if self._window is None else self._window.answer(resident_id, since, until, most, unit)
        if known is not None:
            return known
        if unit is not None:
            told = {"of_resident": resident_id, "since": since, "until": until, "in_unit": unit}
            return self._observations(newest(OF_RESIDENT_IN, most), told)
        self._window = window = self._look(resident_id, since - BEFORE, until + AFTER, most + SPARE)
        answer = window.answer(resident_id, since, until, most)
        return self._look(resident_id, since, until, most).rows if answer is None else answer

    def _look(self, resident_id: str, since: datetime, until: datetime, most: int) -> _Window:
        told = {"of_resident": resident_id, "since": since, "until": until}
        return _Window(resident_id, since, until, most, self._observations(newest(OF_RESIDENT, most), told))

    def at_site(self, site_id: str, *, since: datetime, until: datetime, most: int) -> Sequence[Sighting]:
        return self._sightings(newest(AT_SITE, most), {"of_site": site_id, "since": since, "until": until})

    def with_fix(self, resident_id: str, *, since: datetime, until: datetime, most: int) -> Sequence[Sighting]:
        told = {"of_resident": resident_id, "since": since, "until": until}
        return self._sightings(newest(WITH_FIX, most), told)

    def is_shared(self, device_id: str, *, but: str, since: datetime, until: datetime) -> bool:
        told = {"of_device": device_id, "but": but, "since": since, "until": until}
        return self._connection.execute(OTHERS, told).first() is not None

    def on_device(self, device_id: str, *, since: datetime, until: datetime, most: int) -> Sequence[Sighting]:
        return self._sightings(newest(ON_DEVICE, most), {"of_device": device_id, "since": since, "until": until})

    def pair(self, staff_id: str, resident_id: str, *, weighed: bool, since: date) -> Tally:
        return self._tallies(staff_id, resident_id, weighed=weighed, since=since).sum(resident_id, since)

    def staff(self, staff_id: str, *, weighed: bool, since: date) -> Tally:
        return self._tallies(staff_id, EVERYBODY, weighed=weighed, since=since).sum(EVERYBODY, since)

    def _tallies(self, staff_id: str, resident_id: str, *, weighed: bool, since: date) -> _Days:
        known = self._days
        if known is None or not known.covers(staff_id, resident_id, weighed=weighed, since=since):
            told = {"of_staff": staff_id, "of_resident": resident_id, "of_everybody": EVERYBODY}
            rows = self._connection.execute(TALLIES, told | {"is_weighed": weighed, "since_day": since}).all()
            self._days = known = _Days(staff_id, resident_id, weighed, since, rows)
        return known

    def photos_like(self, photo_hash: int, *, since: date, most: int) -> Sequence[Observation]:
        found: set[str] = set()
        for band, bits in bands(photo_hash):
            told = {"of_band": band, "of_bits": bits, "since_day": since}
            found.update(self._connection.execute(newest(LIKE, most), told).scalars())
        return self._observations(THESE, {"these": sorted(found)}) if found else ()

    def pending(self, resident_id: str, *, action: str, tier: str, since: date) -> int:
        told = {"of_resident": resident_id, "of_action": action, "of_tier": tier, "since_day": since}
        return int(self._connection.execute(PENDING, told).scalar_one())

    def tree(self, tree_id: str) -> Inspection | None:
        row = self._session.execute(TREE, {"of_tree": tree_id}).scalar_one_or_none()
        if row is None:
            return None
        return Inspection(tree_id=row.tree_id, resident_id=row.resident_id, on=row.inspected_on, alive=row.alive)

    def middle_of(self, town: str) -> Point | None:
        middle = self._connection.execute(MIDDLE, {"of_town": town}).one()
        return point(*(None if value is None else int(value) for value in middle))

    def trees_of(self, resident_id: str) -> TreeTally:
        alive = {row[0]: row[1] for row in self._connection.execute(TREES, {"of_resident": resident_id})}
        return TreeTally(inspected=sum(alive.values()), dead=alive.get(False, 0))

    def _observations(self, query: AnySelect, told: Mapping[str, object]) -> Sequence[Observation]:
        return [read_observation(row) for row in self._connection.execute(query, told)]

    def _sightings(self, query: AnySelect, told: Mapping[str, object]) -> Sequence[Sighting]:
        return [read_sighting(*row) for row in self._connection.execute(query, told)]
