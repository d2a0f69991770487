"""Where things happen: towns with stops, shops and stations, and who stands at their scales."""

from dataclasses import dataclass, field
from random import Random

from greenlife.review import Point, metres_between

PEOPLE_A_TOWN = 140
STOPS, SHOPS = 8, 5
METRES_A_DEGREE = 111_195.0
SOUTH_WEST = Point(30.55, 119.75)
SIDE_METRES_A_TOWN = 6_500
"""Huzhou's 72 towns lie on 5,820 km²: some nine kilometres apart, six and a half where people live."""
FIXED_SHIFTS, DIAL_SCALES = 0.4, 0.3
"""So many stations have the same attendant every morning; so many have a scale that shows half kilograms."""


@dataclass(frozen=True, slots=True)
class Site:
    id: str
    point: Point


@dataclass(frozen=True, slots=True)
class Station:
    site: Site
    attendants: tuple[str, str]
    fixed_shifts: bool
    dial: bool

    def attendant(self, day: int, second: int) -> str:
        """Who is there: mornings and afternoons, which change hands every day unless shifts are fixed."""
        afternoon = second >= 12 * 3600 + 1800
        return self.attendants[(afternoon + (0 if self.fixed_shifts else day)) % 2]


@dataclass(frozen=True, slots=True)
class Shop:
    site: Site
    clerks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Town:
    name: str
    centre: Point
    stops: tuple[Site, ...]
    shops: tuple[Shop, ...]
    stations: tuple[Station, ...]


@dataclass(frozen=True, slots=True)
class City:
    towns: tuple[Town, ...]
    venue: Site
    """Where a festival is held on one weekend."""
    by_distance: tuple[tuple[int, ...], ...] = field(repr=False)
    """For each town all towns, the nearest first, itself at the head."""


def name(rng: Random) -> str:
    """An id that tells nothing."""
    return f"{rng.getrandbits(48):012x}"


def moved(point: Point, rng: Random, metres: float) -> Point:
    """A point some metres away: normally distributed in both directions."""
    return Point(
        point.latitude + rng.gauss(0, metres) / METRES_A_DEGREE,
        point.longitude + rng.gauss(0, metres) / (METRES_A_DEGREE * 0.86),
    )


def build_city(rng: Random, people: int) -> City:
    count = max(6, people // PEOPLE_A_TOWN)
    side = SIDE_METRES_A_TOWN * count**0.5
    towns = tuple(_town(rng, f"town {number}", side) for number in range(count))
    near = tuple(
        tuple(sorted(range(count), key=lambda other, town=town: metres_between(town.centre, towns[other].centre)))
        for town in towns
    )
    return City(towns, _site(rng, towns[0].centre, 300), near)


def _town(rng: Random, name_: str, side: float) -> Town:
    centre = Point(
        SOUTH_WEST.latitude + rng.random() * side / METRES_A_DEGREE,
        SOUTH_WEST.longitude + rng.random() * side / (METRES_A_DEGREE * 0.86),
    )
    return Town(
        name=name_,
        centre=centre,
        stops=tuple(_site(rng, centre, 700) for _ in range(STOPS)),
        shops=tuple(Shop(_site(rng, centre, 600), tuple(name(rng) for _ in range(3))) for _ in range(SHOPS)),
        stations=tuple(
            Station(
                _site(rng, centre, 600),
                (name(rng), name(rng)),
                fixed_shifts=rng.random() < FIXED_SHIFTS,
                dial=rng.random() < DIAL_SCALES,
            )
            for _ in range(2)
        ),
    )


def _site(rng: Random, centre: Point, metres: float) -> Site:
    return Site(name(rng), moved(centre, rng, metres))
