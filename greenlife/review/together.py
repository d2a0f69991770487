"""One history made of two: what is stored, and what a batch has brought so far."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypeVar

from greenlife.review.history import History, Tally, TreeTally
from greenlife.review.observation import Inspection, Observation, Sighting
from greenlife.review.place import Point

_Seen = TypeVar("_Seen", bound=Sighting)


class BothHistories:
    """What ``first`` and ``second`` know together; towns and trees are known to ``first`` alone."""

    def __init__(self, first: History, second: History) -> None:
        self._both = (first, second)
        self._first = first

    def of_resident(
        self, resident_id: str, *, since: datetime, until: datetime, most: int, unit: str | None = None
    ) -> Sequence[Observation]:
        return _newest(
            [one.of_resident(resident_id, since=since, until=until, most=most, unit=unit) for one in self._both], most
        )

    def at_site(self, site_id: str, *, since: datetime, until: datetime, most: int) -> Sequence[Sighting]:
        return _newest([one.at_site(site_id, since=since, until=until, most=most) for one in self._both], most)

    def with_fix(self, resident_id: str, *, since: datetime, until: datetime, most: int) -> Sequence[Sighting]:
        return _newest([one.with_fix(resident_id, since=since, until=until, most=most) for one in self._both], most)

    def is_shared(self, device_id: str, *, but: str, since: datetime, until: datetime) -> bool:
        return any(one.is_shared(device_id, but=but, since=since, until=until) for one in self._both)

    def on_device(self, device_id: str, *, since: datetime, until: datetime, most: int) -> Sequence[Sighting]:
        return _newest([one.on_device(device_id, since=since, until=until, most=most) for one in self._both], most)

    def pair(self, staff_id: str, resident_id: str, *, weighed: bool, since: date) -> Tally:
        return _sum([one.pair(staff_id, resident_id, weighed=weighed, since=since) for one in self._both])

    def staff(self, staff_id: str, *, weighed: bool, since: date) -> Tally:
        return _sum([one.staff(staff_id, weighed=weighed, since=since) for one in self._both])

    def photos_like(self, photo_hash: int, *, since: date, most: int) -> Sequence[Observation]:
        return [like for one in self._both for like in one.photos_like(photo_hash, since=since, most=most)]

    def pending(self, resident_id: str, *, action: str, tier: str, since: date) -> int:
        return sum(one.pending(resident_id, action=action, tier=tier, since=since) for one in self._both)

    def middle_of(self, town: str) -> Point | None:
        return self._first.middle_of(town)

    def tree(self, tree_id: str) -> Inspection | None:
        return self._first.tree(tree_id)

    def trees_of(self, resident_id: str) -> TreeTally:
        return self._first.trees_of(resident_id)


def _newest(parts: Sequence[Sequence[_Seen]], most: int) -> Sequence[_Seen]:
    first, second = parts
    if not second:
        return first
    return sorted((*first, *second), key=lambda one: one.occurred_at, reverse=True)[:most]


def _sum(parts: Sequence[Tally]) -> Tally:
    return Tally(
        sum(one.actions for one in parts),
        sum(one.grams for one in parts),
        sum(one.round_weights for one in parts),
        sum(one.off_dial for one in parts),
    )
