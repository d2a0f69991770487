"""A history in memory, for tests and for trying rules on made-up cities."""

from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime

from greenlife.review.history import Tally, TreeTally, bands
from greenlife.review.observation import Inspection, Observation, Sighting
from greenlife.review.place import Point


def _time(observation: Observation) -> datetime:
    return observation.occurred_at


class MemoryHistory:
    """Grows by ``add``, in the order in which actions reach the programme, which need not be that of their times."""

    def __init__(self) -> None:
        self._residents: defaultdict[tuple[str, str | None], list[Observation]] = defaultdict(list)
        self._fixed: defaultdict[str, list[Observation]] = defaultdict(list)
        self._sites: defaultdict[str, list[Observation]] = defaultdict(list)
        self._devices: defaultdict[str, list[Observation]] = defaultdict(list)
        self._pairs: defaultdict[tuple[str, str, bool], dict[date, Tally]] = defaultdict(dict)
        self._staff: defaultdict[tuple[str, bool], dict[date, Tally]] = defaultdict(dict)
        self._photos: defaultdict[tuple[int, int], list[Observation]] = defaultdict(list)
        self._pending: defaultdict[tuple[str, str, str], list[date]] = defaultdict(list)
        self._towns: dict[str, Point] = {}
        self._trees: dict[str, Inspection] = {}
        self._keepers: defaultdict[str, dict[str, bool]] = defaultdict(dict)

    def add(self, observation: Observation, *, held: bool = False) -> None:
        """Takes a booked action in; ``held`` if it is pending. Nothing is ever decided here, so it stays so."""
        if held:
            self._pending[observation.resident_id, observation.action, observation.tier].append(observation.local_day)
        for unit in (None, observation.unit):
            insort(self._residents[observation.resident_id, unit], observation, key=_time)
        if observation.fix is not None:
            insort(self._fixed[observation.resident_id], observation, key=_time)
        if observation.site_id is not None:
            insort(self._sites[observation.site_id], observation, key=_time)
        if observation.device_id is not None:
            insort(self._devices[observation.device_id], observation, key=_time)
        if observation.staff_id is not None:
            staff, weighed = observation.staff_id, observation.weighed
            _count(self._pairs[staff, observation.resident_id, weighed], observation)
            _count(self._staff[staff, weighed], observation)
        if observation.photo_hash is not None:
            for band in bands(observation.photo_hash):
                self._photos[band].append(observation)

    def add_town(self, town: str, middle: Point) -> None:
        self._towns[town] = middle

    def inspect(self, inspection: Inspection) -> None:
        self._trees[inspection.tree_id] = inspection
        self._keepers[inspection.resident_id][inspection.tree_id] = inspection.alive

    def of_resident(
        self, resident_id: str, *, since: datetime, until: datetime, most: int, unit: str | None = None
    ) -> Sequence[Observation]:
        return _between(self._residents.get((resident_id, unit), []), since, until, most)

    def at_site(self, site_id: str, *, since: datetime, until: datetime, most: int) -> Sequence[Sighting]:
        return _between(self._sites.get(site_id, []), since, until, most)

    def with_fix(self, resident_id: str, *, since: datetime, until: datetime, most: int) -> Sequence[Sighting]:
        return _between(self._fixed.get(resident_id, []), since, until, most)

    def is_shared(self, device_id: str, *, but: str, since: datetime, until: datetime) -> bool:
        rows = self._devices.get(device_id, [])
        return any(one.resident_id != but for one in _between(rows, since, until, len(rows)))

    def on_device(self, device_id: str, *, since: datetime, until: datetime, most: int) -> Sequence[Sighting]:
        return _between(self._devices.get(device_id, []), since, until, most)

    def pair(self, staff_id: str, resident_id: str, *, weighed: bool, since: date) -> Tally:
        return _sum(self._pairs.get((staff_id, resident_id, weighed), {}), since)

    def staff(self, staff_id: str, *, weighed: bool, since: date) -> Tally:
        return _sum(self._staff.get((staff_id, weighed), {}), since)

    def photos_like(self, photo_hash: int, *, since: date, most: int) -> Sequence[Observation]:
        found: dict[str, Observation] = {}
        for band in bands(photo_hash):
            for observation in self._photos.get(band, [])[-most:]:
                if observation.local_day >= since:
                    found[observation.id] = observation
        return sorted(found.values(), key=_time, reverse=True)

    def pending(self, resident_id: str, *, action: str, tier: str, since: date) -> int:
        return sum(day >= since for day in self._pending.get((resident_id, action, tier), ()))

    def middle_of(self, town: str) -> Point | None:
        return self._towns.get(town)

    def tree(self, tree_id: str) -> Inspection | None:
        return self._trees.get(tree_id)

    def trees_of(self, resident_id: str) -> TreeTally:
        trees = self._keepers.get(resident_id, {})
        return TreeTally(inspected=len(trees), dead=sum(not alive for alive in trees.values()))


def _between(rows: list[Observation], since: datetime, until: datetime, most: int) -> Sequence[Observation]:
    first = bisect_left(rows, since, key=_time)
    after = bisect_right(rows, until, key=_time)
    return rows[max(first, after - most) : after][::-1]


def _count(days: dict[date, Tally], observation: Observation) -> None:
    before = days.get(observation.local_day, Tally())
    grams = int(observation.quantity * 1000) if observation.weighed else 0
    days[observation.local_day] = Tally(
        before.actions + 1,
        before.grams + grams,
        before.round_weights + observation.round_weight,
        before.off_dial + observation.off_dial,
    )


def _sum(days: dict[date, Tally], since: date) -> Tally:
    counted = [tally for day, tally in days.items() if day >= since]
    return Tally(
        sum(one.actions for one in counted),
        sum(one.grams for one in counted),
        sum(one.round_weights for one in counted),
        sum(one.off_dial for one in counted),
    )
