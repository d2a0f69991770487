"""A person with a phone: what rules come to see of them, and where they go."""

from dataclasses import dataclass
from random import Random

from benchmarks.fraud.city import City, Shop, Site, Station, Town, moved, name
from greenlife.review import Fix

NEVER_LOCATED, COARSE, KNOWN_BY_RADIO = 0.30, 0.08, 0.15
"""Shares of people who keep their position to themselves, whose phone blurs it, and whose phone knows shops by radio."""
STALE, CACHED, RADIO_REPEATS, LEFT_OVER = 0.003, 0.3, 0.5, 0.0005
MATERIALS = ("cardboard", "paper", "pet", "hdpe", "film", "aluminium", "steel", "glass")
BITS = 64


@dataclass(slots=True)
class Phone:
    """``last`` is the newest position it found, with its second."""

    id: str
    located: bool
    coarse: bool
    radio: bool
    last: tuple[int, Fix] | None = None

    def fix(self, rng: Random, site: Site, second: int, *, indoors: bool = False) -> Fix | None:
        """What an honest phone says at a site: off by metres, now and then cached, blurred, or from another place."""
        if not self.located:
            return None
        if self.coarse:
            blurred = type(site.point)(round(site.point.latitude, 2), round(site.point.longitude, 2))
            return Fix(blurred, 2000)
        if self.last is not None and 0 <= second - self.last[0] < 600 and rng.random() < CACHED:
            return self.last[1]
        if self.last is not None and rng.random() < LEFT_OVER:
            return self.last[1]
        if rng.random() < STALE:
            return Fix(moved(site.point, rng, 5000), rng.randrange(10, 80))
        if indoors and self.radio and rng.random() < RADIO_REPEATS:
            # The same radio cells give the same point: some tens of metres from the shop, always the same ones.
            return Fix(moved(site.point, Random(site.id), 25), 40)
        fix = Fix(moved(site.point, rng, rng.uniform(4, 18)), rng.randrange(5, 35))
        self.last = second, fix
        return fix


@dataclass(slots=True)
class Person:
    """``group`` and ``kind`` (of fraud) are labels: nothing that the rules see is made of them."""

    id: str
    group: str
    kind: str | None
    town: Town
    away: Town
    phone: Phone | None
    stops: tuple[Site, ...]
    away_stops: tuple[Site, ...]
    shops: tuple[Shop, ...]
    station: Station
    materials: tuple[str, ...]
    scenes: tuple[int, ...]
    cadence: float
    rides_kmh: float
    clerk_bound: bool
    second_phone: Phone | None = None
    only_cheats: bool = False
    festive: bool = False


def new_phone(rng: Random) -> Phone:
    return Phone(
        id=name(rng),
        located=rng.random() >= NEVER_LOCATED,
        coarse=rng.random() < COARSE,
        radio=rng.random() < KNOWN_BY_RADIO,
    )


def new_person(rng: Random, city: City, group: str, kind: str | None = None) -> Person:
    home = rng.randrange(len(city.towns))
    near = city.by_distance[home]
    # Most people work in a town nearby; some go far.
    away = near[min(int(rng.expovariate(0.25)) + 1, len(near) - 1)]
    town, other = city.towns[home], city.towns[away]
    return Person(
        id=name(rng),
        group=group,
        kind=kind,
        town=town,
        away=other,
        phone=new_phone(rng),
        stops=tuple(rng.sample(town.stops, 3)),
        away_stops=tuple(rng.sample(other.stops, 2)),
        shops=tuple(rng.sample(town.shops, 2)),
        station=rng.choice(town.stations),
        materials=tuple(rng.sample(MATERIALS, rng.randint(2, 4))),
        scenes=tuple(rng.getrandbits(BITS) for _ in range(rng.randint(2, 5))),
        cadence=rng.gauss(108, 9),
        rides_kmh=min(max(rng.gauss(16.5, 3), 9), 24),
        clerk_bound=rng.random() < 0.3,
    )
