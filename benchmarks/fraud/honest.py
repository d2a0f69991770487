"""Honest people in twelve groups, most of them chosen because they come near to what cheats do."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random

from benchmarks.fraud.acts import (
    HOUR,
    TREADMILL,
    any_of,
    at_hour,
    flipped,
    hand_in,
    rent_bike,
    ride_bus,
    ride_own,
    scan_shop,
    scan_stop,
    show_at_till,
    show_plate,
    show_tree,
    some,
    walk,
    weigh,
)
from benchmarks.fraud.city import City, name
from benchmarks.fraud.diary import DAY, DAYS, Diary
from benchmarks.fraud.person import BITS, Person, new_person, new_phone
from greenlife.review import metres_between

FESTIVAL_DAY, FESTIVAL_SHARE = 12, 0.05
FESTIVE_GROUPS = ("ordinary", "commuter", "heavy user", "family on one phone")
FAMILY_SIZES = (2, 2, 3, 3, 3, 4, 4, 5, 6)
OUTINGS, BUSY_DAYS = 0.3, 0.03
TREES_DIE, TOLD = 0.06, 0.9
"""Of saplings; and of keepers who hear what the inspection found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """Actions a day; ``posters`` is the chance of scanning the poster while waiting for a bus."""

    bus: float = 0.0
    posters: float = 0.3
    bike: float = 0.0
    bag: float = 0.0
    till: float = 0.0
    scale: float = 0.0
    walk: float = 0.0
    plate: float = 0.0
    own: float = 0.0


ORDINARY = Rates(bus=0.3, bike=0.15, bag=0.18, till=0.12, scale=0.075, walk=0.25, plate=0.06)
EVENING = Rates(posters=0.4, bike=0.3, bag=0.15, till=0.12, walk=0.2, plate=0.08)
HEAVY = Rates(bus=1.6, posters=0.7, bike=0.8, bag=0.8, till=0.6, scale=0.35, walk=0.9, plate=0.8, own=0.3)
NIGHT = Rates(bus=0.1, bag=0.15, till=0.15, scale=0.06, walk=0.15, plate=0.05)
CYCLIST = Rates(bus=0.1, bag=0.2, till=0.1, scale=0.07, walk=0.1, own=1.9)


def live_honestly(diary: Diary, city: City, count: int) -> Iterator[Person]:
    """Notes the month of so many people, one group after the other; yields each person when done."""
    rng = diary.rng
    for group, (share, month) in GROUPS.items():
        people = [new_person(rng, city, group) for _ in range(round(share * count))]
        if group == "family on one phone":
            _share_phones(diary, people)
        for person in people:
            person.festive = group in FESTIVE_GROUPS and rng.random() < FESTIVAL_SHARE
            month(diary, city, person)
            if person.festive:
                scan_stop(diary, person, FESTIVAL_DAY * DAY + at_hour(rng, 15, 1.2), city.venue)
            yield person


def live_by_rates(
    diary: Diary, person: Person, day: int, rates: Rates, *, free: tuple[float, float] | None = None
) -> None:
    """A day of ordinary life, or only what fits between two hours: nobody is in two towns at once."""
    rng = diary.rng
    if day == FESTIVAL_DAY and person.festive:
        return

    def hour(middle: float, spread: float) -> int:
        return at_hour(rng, middle, spread) if free is None else int(rng.uniform(*free) * HOUR)

    for _ in some(rng, rates.bus):
        ride_bus(diary, person, day, hour(12, 4), any_of(rng, person.stops), poster=rates.posters)
    for _ in some(rng, rates.bike):
        rent_bike(diary, person, day)
    for _ in some(rng, rates.bag):
        scan_shop(diary, person, day, hour(14, 3.5), rng.choice(person.shops))
    for _ in some(rng, rates.till):
        show_at_till(diary, person, day, hour(14, 3.5), rng.choice(person.shops))
    for _ in some(rng, rates.scale):
        hand_in(diary, person, day, hour(12, 3))
    for _ in some(rng, rates.walk):
        walk(diary, person, day, hour(16, 4), rng.lognormvariate(3.4, 0.5), treadmill=rng.random() < TREADMILL)
    for _ in some(rng, rates.plate):
        show_plate(diary, person, day, hour(12.5, 2))
    for _ in some(rng, rates.own):
        ride_own(diary, person, day, hour(13, 4), rng.lognormvariate(1.1, 0.7))


def ordinary(diary: Diary, _city: City, person: Person) -> None:
    for day in range(DAYS):
        live_by_rates(diary, person, day, ORDINARY)


def commuter(diary: Diary, _city: City, person: Person) -> None:
    """To a town nearby by bus, by train to one far away: there and back, scanning at both ends."""
    rng = diary.rng
    for day in range(DAYS):
        if day % 7 < 5 and rng.random() < 0.85:
            leaves, returns = at_hour(rng, 7.4, 0.4), at_hour(rng, 17.8, 0.6)
            ride_bus(diary, person, day, leaves, person.stops[0], poster=0.5)
            if rng.random() < 0.3:
                scan_stop(diary, person, day * DAY + leaves + _way(rng, person), person.away_stops[1])
            ride_bus(diary, person, day, returns, person.away_stops[0], poster=0.5)
            live_by_rates(diary, person, day, EVENING, free=((returns + _way(rng, person)) / HOUR, 23.5))
        else:
            live_by_rates(diary, person, day, ORDINARY)


def heavy(diary: Diary, _city: City, person: Person) -> None:
    for day in range(DAYS):
        live_by_rates(diary, person, day, HEAVY)


def elderly(diary: Diary, _city: City, person: Person) -> None:
    """Little weights nearly every day, a paper code that an attendant scans, no phone."""
    rng = diary.rng
    person.phone = None
    keen = rng.uniform(0.2, 0.9)
    for day in range(DAYS):
        if rng.random() < keen:
            at = day * DAY + min(max(at_hour(rng, 9, 1.5), 7 * HOUR), 19 * HOUR)
            for material in rng.sample(person.materials, rng.choice((1, 1, 2, 2))):
                weigh(diary, person, at, person.station, material, min(rng.lognormvariate(-0.7, 0.8), 12))
                at += rng.randrange(20, 90)
        if rng.random() < 0.3:
            show_at_till(diary, person, day, at_hour(rng, 9, 1.5), person.shops[0])
        if rng.random() < 0.3:
            ride_bus(diary, person, day, at_hour(rng, 9, 2), any_of(rng, person.stops))


def night_worker(diary: Diary, _city: City, person: Person) -> None:
    """Leaves at nine in the evening, comes back at six, sleeps until one."""
    rng = diary.rng
    for day in range(DAYS):
        if rng.random() < 0.7:
            ride_bus(diary, person, day, at_hour(rng, 21.2, 0.3), person.stops[0], poster=0.5)
            ride_bus(diary, person, day, at_hour(rng, 6.1, 0.3), person.away_stops[0], poster=0.5)
            if rng.random() < 0.3:
                rent_bike(diary, person, day, at_hour(rng, 2, 1))
        live_by_rates(diary, person, day, NIGHT, free=(13.0, 20.0))


def tourist(diary: Diary, city: City, person: Person) -> None:
    """Three to six days, a route through several towns, posters everywhere, rented bikes."""
    rng = diary.rng
    first = rng.randrange(DAYS - 6)
    for day in range(first, first + rng.randint(3, 6)):
        second = at_hour(rng, 8.5, 0.5)
        # Sights lie near one another; the bus from one to the next takes its time.
        start = rng.randrange(len(city.towns))
        for town in rng.sample(city.by_distance[start][:5], rng.randint(2, 4)):
            stop = any_of(rng, city.towns[town].stops)
            scan_stop(diary, person, day * DAY + second, stop)
            if rng.random() < 0.4:
                scan_shop(diary, person, day, second + rng.randrange(600, 3000), rng.choice(city.towns[town].shops))
            second += rng.randrange(5400, 9000)
        for _ in some(rng, 0.7):
            rent_bike(diary, person, day)
        if rng.random() < 0.3:
            show_plate(diary, person, day, at_hour(rng, 19, 0.7))


def stall_holder(diary: Diary, _city: City, person: Person) -> None:
    """Closes the stall and brings cardboard: one to four loads, as much as the scale takes, nearly every day."""
    rng = diary.rng
    closing, loads = rng.uniform(9, 18), rng.choice((1, 1, 2, 2, 2, 3))
    for day in range(DAYS):
        if rng.random() < 0.85:
            at = day * DAY + min(max(at_hour(rng, closing, 0.5), 7 * HOUR), 19 * HOUR)
            busy = 2 if rng.random() < BUSY_DAYS else 1
            for _ in range(busy * max(1, loads + rng.choice((-1, 0, 0, 0, 1)))):
                weigh(diary, person, at, person.station, "cardboard", min(max(rng.gauss(17, 5), 5), 29.9))
                at += rng.randrange(60, 240)
            if rng.random() < 0.4:
                weigh(diary, person, at, person.station, "film", min(rng.lognormvariate(0.3, 0.6), 10))
        live_by_rates(diary, person, day, Rates(bus=0.2, bag=0.1, walk=0.1))


def cyclist(diary: Diary, _city: City, person: Person) -> None:
    """An electric bicycle to work and back: as fast as a car in the rush hour."""
    person.rides_kmh = min(max(diary.rng.gauss(18.5, 2), 13), 22)
    for day in range(DAYS):
        live_by_rates(diary, person, day, CYCLIST)


def walker(diary: Diary, _city: City, person: Person) -> None:
    """An hour or two each day, half of them on a treadmill, and a long hike on some Sundays."""
    rng = diary.rng
    treadmill = rng.random() < 0.5
    for day in range(DAYS):
        if rng.random() < 0.8:
            minutes = rng.uniform(30, 75) if treadmill else rng.uniform(40, 120)
            walk(diary, person, day, at_hour(rng, 19, 1), minutes, treadmill=treadmill)
        if day % 7 == 6 and rng.random() < 0.4:
            # A hike has pauses, so its mean cadence is low.
            usual, person.cadence = person.cadence, 66
            walk(diary, person, day, at_hour(rng, 15, 1), rng.uniform(120, 270))
            person.cadence = usual
        live_by_rates(diary, person, day, ORDINARY)


def tree_keeper(diary: Diary, _city: City, person: Person) -> None:
    """Some saplings, a photo of each a week, from about the same spot; a few die, and who keeps them sees it."""
    rng = diary.rng
    for _ in range(rng.randint(1, 8)):
        tree, scene = name(rng), rng.getrandbits(BITS)
        died = rng.randrange(-60, 40) if rng.random() < TREES_DIE else None
        looked = rng.randrange(-30, DAYS) if rng.random() < 0.8 else None
        alive = died is None or looked is None or looked < died
        if looked is not None:
            diary.inspect(person, looked * DAY + 10 * HOUR, tree, alive=alive)
        seen_dead = DAYS if died is None else died + rng.randrange(10)
        if looked is not None and not alive and rng.random() < TOLD:
            seen_dead = min(seen_dead, looked)
        for week in range(4):
            day = week * 7 + rng.randrange(7)
            if day < seen_dead:
                show_tree(diary, person, day * DAY + at_hour(rng, 10, 2), tree, flipped(rng, scene, rng.randint(7, 18)))
    for day in range(DAYS):
        live_by_rates(diary, person, day, ORDINARY)


def one_account(diary: Diary, city: City, person: Person) -> None:
    """Two people on two phones with one account: one goes to work in another town, the other stays."""
    person.second_phone = new_phone(diary.rng)
    commuter(diary, city, person)
    for day in range(DAYS):
        live_by_rates(diary, person, day, ORDINARY)


def _way(rng: Random, person: Person) -> int:
    """Seconds from the stop at home to the town of work: by bus, or by train where it is far."""
    metres = metres_between(person.town.centre, person.away.centre)
    metres_a_second = 8 if metres < 15_000 else 25
    return int(metres / metres_a_second * rng.uniform(1.0, 1.5)) + rng.randrange(300, 1500)


def _share_phones(diary: Diary, people: list[Person]) -> None:
    """Families of two to six, at one address, with one phone, who go out together on some weekends."""
    rng, rest = diary.rng, list(people)
    while rest:
        family = [rest.pop() for _ in range(min(rng.choice(FAMILY_SIZES), len(rest)))]
        head = family[0]
        outings = [day * DAY + at_hour(rng, 14, 2) for day in range(DAYS) if day % 7 >= 5 and rng.random() < OUTINGS]
        for one in family[1:]:
            one.phone, one.town, one.stops, one.shops, one.station = (
                head.phone, head.town, head.stops, head.shops, head.station,
            )  # fmt: skip
        for start in outings:
            # There and back, all of them, one after the other with the same phone.
            for at, stop in ((start, head.stops[0]), (start + 7200, head.stops[1])):
                for number, one in enumerate(family):
                    scan_stop(diary, one, at + number * rng.randrange(15, 40), stop)


Month = Callable[[Diary, City, Person], None]
GROUPS: Mapping[str, tuple[float, Month]] = {
    "ordinary": (0.28, ordinary),
    "commuter": (0.18, commuter),
    "heavy user": (0.10, heavy),
    "family on one phone": (0.12, ordinary),
    "elderly with an attendant": (0.07, elderly),
    "night worker": (0.05, night_worker),
    "tourist": (0.05, tourist),
    "stall holder": (0.03, stall_holder),
    "cyclist": (0.04, cyclist),
    "walker": (0.03, walker),
    "tree keeper": (0.04, tree_keeper),
    "two on one account": (0.01, one_account),
}
"""Shares of all honest people, and how a month of each goes."""
