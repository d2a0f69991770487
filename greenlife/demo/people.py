"""The residents: how many live where, when they joined, and how much of each habit they have."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from random import Random

from sqlalchemy.orm import Session

from greenlife.actions import ResidentRef
from greenlife.city import City, Town
from greenlife.demo.accounts import HOME_DISTRICT, HOME_TOWN, RESIDENT
from greenlife.demo.habits import HABITS
from greenlife.demo.places import Places, Spot
from greenlife.models import Resident
from greenlife.residents import PRIVACY_VERSION, parse_phone
from greenlife.residents.sign_in import new_resident
from ledger import Entropy

UNPUBLISHED_POPULATION = 60_000
"""For a district of which nothing is published: enough for some residents, and no statement about it."""

TOWN_WEIGHTS = {"街道": 1.7, "镇": 1.0, "乡": 0.22}
"""A subdistrict has more people than a town, and a township few: some stay below the smallest group that is shown."""

JOINED_BEFORE, JOINED_EARLIEST = 0.7, timedelta(days=45)
"""So many had joined when the history begins, the first of them so long before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """``appetites`` has one weight for each habit; the spots are where this person goes."""

    ref: ResidentRef
    joined_at: datetime
    appetites: tuple[float, ...]
    spots: Mapping[str, Spot]


@dataclass(frozen=True)
class People:
    """Everybody in the order of joining; ``host`` is the resident of the demo's accounts, who is not among them."""

    everybody: tuple[Person, ...]
    host: Person

    @cached_property
    def by_account(self) -> Mapping[str, Person]:
        """Everybody but the host, by the name of the ledger's account."""
        return {person.ref.account: person for person in self.everybody}


def add_people(
    session: Session,
    city: City,
    places: Places,
    *,
    count: int,
    begin: datetime,
    now: datetime,
    dice: Random,
    entropy: Entropy,
) -> People:
    """So many residents with a home and an accepted notice, one of them the demo's own."""
    joined = sorted(_joined_at(begin, now, dice) for _ in range(count - 1))
    homes = list(list_homes(city, count - 1))
    dice.shuffle(homes)
    aliases: set[str] = set()
    rows, everybody = [], []
    for number, (at, town) in enumerate(zip(joined, homes, strict=True), start=1):
        row = _resident(f"1390000{number:04d}", town, at, aliases, entropy)
        rows.append(row)
        everybody.append(_person(row, places, _appetites(dice), dice))
    home = next(town for town in city.district(HOME_DISTRICT).towns if town.id == HOME_TOWN)
    own = _resident(RESIDENT.phone, home, begin - JOINED_EARLIEST, aliases, entropy)
    session.add_all([own, *rows])
    session.flush()
    return People(tuple(everybody), _person(own, places, (), None))


def _joined_at(begin: datetime, now: datetime, dice: Random) -> datetime:
    if dice.random() < JOINED_BEFORE:
        return begin - JOINED_EARLIEST * dice.random()
    return begin + (now - begin) * dice.random()


def list_homes(city: City, count: int) -> Iterator[Town]:
    """A town for each of so many people: districts by population, towns by what kind of place they are."""
    populations = [district.population or UNPUBLISHED_POPULATION for district in city.districts]
    for district, of_district in zip(city.districts, share_out(count, populations), strict=True):
        weights = [_town_weight(town, at) for at, town in enumerate(district.towns)]
        for town, of_town in zip(district.towns, share_out(of_district, weights), strict=True):
            yield from [town] * of_town


def _town_weight(town: Town, at: int) -> float:
    name = town.names["zh-CN"]
    kind = next((weight for ending, weight in TOWN_WEIGHTS.items() if name.endswith(ending)), 1.0)
    return kind * (1.5 if at == 0 else 1.0)


def share_out(count: int, weights: list[float] | list[int]) -> list[int]:
    """``count`` in whole parts as the weights say, by the largest remainders."""
    total = sum(weights)
    exact = [count * weight / total for weight in weights]
    parts = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda at: parts[at] - exact[at])
    for at in by_remainder[: count - sum(parts)]:
        parts[at] += 1
    return parts


def _resident(phone: str, town: Town, at: datetime, aliases: set[str], entropy: Entropy) -> Resident:
    while True:
        resident = new_resident(phone=parse_phone(phone), now=at, entropy=entropy)
        if resident.code_alias not in aliases:
            break
    aliases.add(resident.code_alias)
    resident.book, resident.town = town.district, town.id
    resident.privacy_version, resident.privacy_accepted_at = PRIVACY_VERSION, at
    return resident


def _person(row: Resident, places: Places, appetites: tuple[float, ...], dice: Random | None) -> Person:
    assert row.book is not None
    assert row.town is not None
    spots = {}
    for kind in ("stop", "shop", "station"):
        near = places.near(kind, row.book, row.town)
        spots[kind] = dice.choice(near) if dice else near[0]
    ref = ResidentRef(row.id, row.book, row.account, row.town, row.reference_key)
    return Person(ref=ref, joined_at=row.created_at, appetites=appetites, spots=spots)


def _appetites(dice: Random) -> tuple[float, ...]:
    # Few do much and many do little.
    activity = min(dice.lognormvariate(0.0, 1.05), 12.0)
    return tuple(
        activity * dice.lognormvariate(0.0, 0.6) if dice.random() * 100 < habit.followers else 0.0 for habit in HABITS
    )
