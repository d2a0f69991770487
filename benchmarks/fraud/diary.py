"""The diary of one city: every action as the programme sees it, and beside it, apart, what only the maker knows."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from random import Random

from benchmarks.fraud.city import Site, name
from benchmarks.fraud.person import Person, Phone
from benchmarks.fraud.worth import daily_cap, points
from greenlife.review import Fix, Inspection, Observation

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


@dataclass(slots=True)
class Diary:
    """``seen`` in the order of arrival, after ``close``; labels by the id of the observation."""

    rng: Random
    seen: list[tuple[int, Observation | Inspection]] = field(default_factory=list)
    labels: dict[str, Label] = field(default_factory=dict)
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
        phone: Phone | None = None,
        fix: Fix | None = None,
        site: Site | None = None,
        staff: str | None = None,
        material: str | None = None,
        minutes: float | None = None,
        moved: int | None = None,
        photo: int | None = None,
        tree: str | None = None,
    ) -> None:
        """Books it unless the programme would have refused it: over a daily cap, or a poster twice a day."""
        occurred = START + timedelta(seconds=second)
        day = FIRST_DAY + timedelta(days=second // DAY)
        if not 0 <= second < DAYS * DAY or not self._accepted(person, action, tier, site, day):
            return
        amount = Decimal(f"{quantity:.3f}")
        observation = Observation(
            id=name(self.rng),
            resident_id=person.id,
            action=action,
            tier=tier,
            quantity=amount,
            unit=unit,
            occurred_at=occurred,
            local_day=day,
            material=material,
            device_id=phone.id if phone is not None and tier != "partner" else None,
            staff_id=staff,
            site_id=site.id if site else None,
            site=site.point if site else None,
            home=person.town.centre,
            fix=fix,
            started_at=occurred - timedelta(seconds=int(minutes * 60)) if minutes is not None else None,
            moved_metres=moved,
            photo_hash=photo,
            tree_id=tree,
        )
        arrives = second // DAY * DAY + NEXT_NIGHT if tier == "partner" else second
        self.seen.append((arrives, observation))
        kind = person.kind if fraud else None
        self.labels[observation.id] = Label(person.group, kind, person.id, points(action, tier, amount))

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
