"""The diary of one city: every action as the programme sees it, and beside it, apart, what only the maker knows."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from random import Random
from typing import TypedDict, Unpack

from benchmarks.fraud.city import Site, name
from benchmarks.fraud.person import Person, Phone
from benchmarks.fraud.worth import daily_cap, points
from greenlife.review import Fix, Inspection, Observation, Point

ZONE = timezone(timedelta(hours=8))
FIRST_DAY = date(2026, 3, 2)
DAYS, DAY = 30, 86_400
START = datetime(2026, 3, 2, tzinfo=ZONE).astimezone(UTC)
NEXT_NIGHT = 27 * 3600
"""Feeds arrive at three in the night after."""


@dataclass(frozen=True, slots=True)
class Label:
    """What nobody knows at booking time; ``kind`` is None for an honest action, also of a cheat."""

    group: str
    kind: str | None
    resident_id: str
    points: int


class Seen(TypedDict, total=False):
    """What the programme comes to know of an action besides who, when, what and how much."""

    phone: Phone | None
    fix: Fix | None
    site: Site | None
    staff: str | None
    material: str | None
    minutes: float | None
    moved: int | None
    photo: int | None
    tree: str | None


@dataclass(slots=True)
class Diary:
    """``seen`` in the order of arrival, after ``close``; labels by the id of the observation; the middle of each town."""

    rng: Random
    seen: list[tuple[int, Observation | Inspection]] = field(default_factory=list)
    labels: dict[str, Label] = field(default_factory=dict)
    towns: dict[str, Point] = field(default_factory=dict)
    _used: Counter[tuple[str, str, str, date]] = field(default_factory=Counter)
    _places: set[tuple[str, str, date]] = field(default_factory=set)

    def note(
        self,
        person: Person,
        second: int,
        action: str,
        tier: str,
        quantity: float,
        unit: str,
        *,
        fraud: bool = False,
        **seen: Unpack[Seen],
    ) -> None:
        """Books it unless the programme would have refused it: over a daily cap, or a poster twice a day."""
        day = FIRST_DAY + timedelta(days=second // DAY)
        if not 0 <= second < DAYS * DAY or not self._accepted(person, action, tier, seen.get("site"), day):
            return
        observation = _as_booked(name(self.rng), person, second, action, tier, Decimal(f"{quantity:.3f}"), unit, seen)
        arrives = second // DAY * DAY + NEXT_NIGHT if tier == "partner" else second
        self.seen.append((arrives, observation))
        self.towns[person.town.name] = person.town.centre
        worth = points(action, tier, observation.quantity)
        self.labels[observation.id] = Label(person.group, person.kind if fraud else None, person.id, worth)

    def inspect(self, person: Person, second: int, tree: str, *, alive: bool) -> None:
        """An inspection on a day of the month, or, with a negative second, before it."""
        day = FIRST_DAY + timedelta(days=second // DAY)
        self.seen.append((second, Inspection(tree_id=tree, resident_id=person.id, on=day, alive=alive)))

    def close(self) -> None:
        self.seen.sort(key=lambda row: row[0])

    def _accepted(self, person: Person, action: str, tier: str, site: Site | None, day: date) -> bool:
        if tier == "poster" and site is not None:
            place = person.id, site.id, day
            if place in self._places:
                return False
            self._places.add(place)
        use = person.id, action, tier, day
        self._used[use] += 1
        return self._used[use] <= daily_cap(action, tier)


def _as_booked(
    booking_id: str, person: Person, second: int, action: str, tier: str, amount: Decimal, unit: str, seen: Seen
) -> Observation:
    occurred = START + timedelta(seconds=second)
    phone, site, minutes = seen.get("phone"), seen.get("site"), seen.get("minutes")
    return Observation(
        id=booking_id,
        resident_id=person.id,
        action=action,
        tier=tier,
        quantity=amount,
        unit=unit,
        occurred_at=occurred,
        local_day=FIRST_DAY + timedelta(days=second // DAY),
        material=seen.get("material"),
        device_id=phone.id if phone is not None and tier != "partner" else None,
        staff_id=seen.get("staff"),
        site_id=site.id if site else None,
        site=site.point if site else None,
        town=person.town.name,
        fix=seen.get("fix"),
        started_at=occurred - timedelta(seconds=int(minutes * 60)) if minutes is not None else None,
        moved_metres=seen.get("moved"),
        photo_hash=seen.get("photo"),
        tree_id=seen.get("tree"),
    )
