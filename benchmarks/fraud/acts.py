"""What anybody may do on a day, each as honest people do it."""

from collections.abc import Sequence
from random import Random

from benchmarks.fraud import moments
from benchmarks.fraud.city import Shop, Site, Station
from benchmarks.fraud.diary import DAY, Diary
from benchmarks.fraud.person import BITS, Person, Phone

HOUR = 3600
OPENS, CLOSES = 7 * HOUR, 19 * HOUR
TREADMILL, UNFOLLOWED = 0.06, 0.25
EXTRA_BAG, THIRD_BAG = 0.10, 0.02
TWICE_TAKEN = 0.0003
AT_BIN = 0.25


def at_hour(rng: Random, hour: float, spread: float = 0.5) -> int:
    """A second of the day about an hour."""
    return int(min(max(rng.gauss(hour, spread), 0.0), 23.99) * HOUR)


def ride_bus(diary: Diary, person: Person, day: int, second: int, stop: Site, *, poster: float = 0.0) -> None:
    """The card reports the ride; now and then the poster at the stop is scanned while waiting."""
    rng, at = diary.rng, day * DAY + second
    # The operator's clock is not the phone's.
    kilometres = min(max(rng.lognormvariate(1.5, 0.6), 0.5), 40)
    diary.note(person, at + rng.randrange(-90, 90), "bus_ride", "partner", kilometres, "km", site=stop)
    if rng.random() < poster:
        scan_stop(diary, person, at - rng.randrange(30, 400), stop)


def scan_stop(diary: Diary, person: Person, at: int, stop: Site) -> None:
    phone = _phone(person, diary.rng)
    fix = phone.fix(diary.rng, stop, at) if phone else None
    diary.note(person, at, "bus_ride", "poster", 1, "ride", phone=phone, fix=fix, site=stop)


def rent_bike(diary: Diary, person: Person, day: int, second: int | None = None) -> None:
    rng = diary.rng
    kilometres = moments.trip_kilometres(rng)
    at = day * DAY + (moments.trip_second(rng) if second is None else second)
    minutes = moments.trip_minutes(rng, kilometres)
    diary.note(person, at, "shared_bike", "partner", kilometres, "km", minutes=minutes)


def ride_own(diary: Diary, person: Person, day: int, second: int, kilometres: float) -> None:
    """On one's own (electric) bicycle, with the phone following: it loses the way at times and cuts or adds."""
    rng = diary.rng
    kmh = min(max(rng.gauss(person.rides_kmh, 2.2), 6), 27)
    if rng.random() < 0.01:
        kmh *= rng.uniform(1.1, 1.5)
    counted = min(max(kilometres, 0.3), 50)
    diary.note(
        person, day * DAY + second, "bike_ride", "declared", counted, "km",
        phone=person.phone, minutes=max(counted / kmh * 60, 1.0),
    )  # fmt: skip


def scan_shop(diary: Diary, person: Person, day: int, second: int, shop: Shop) -> None:
    phone, at = _phone(person, diary.rng), day * DAY + second
    fix = phone.fix(diary.rng, shop.site, at, indoors=True) if phone else None
    diary.note(person, at, "own_bag", "poster", 1, "bag", phone=phone, fix=fix, site=shop.site)


def show_at_till(diary: Diary, person: Person, day: int, second: int, shop: Shop) -> None:
    """The clerk scans the resident's code; some people go to the same clerk each time."""
    clerk = shop.clerks[0] if person.clerk_bound else diary.rng.choice(shop.clerks)
    bags = diary.rng.choice((1, 1, 1, 2, 2, 3))
    diary.note(person, day * DAY + second, "own_bag", "attended", bags, "bag", staff=clerk, site=shop.site)


def hand_in(diary: Diary, person: Person, day: int, second: int, *, least: int = 1) -> None:
    """A visit at the scale or at the bin beside it, with some materials, now and then two or three bags of one."""
    rng = diary.rng
    alone = rng.random() < AT_BIN
    at = day * DAY + min(max(second, OPENS), CLOSES)
    for material in rng.sample(person.materials, rng.randint(least, min(3, len(person.materials)))):
        bags = 1 + (rng.random() < EXTRA_BAG) + (rng.random() < THIRD_BAG)
        for _ in range(bags):
            weigh(diary, person, at, person.station, material, moments.bag_kilograms(rng), alone=alone)
            at += rng.randrange(20, 120)


def weigh(
    diary: Diary,
    person: Person,
    at: int,
    station: Station,
    material: str,
    kilograms: float,
    *,
    alone: bool = False,
    fraud: bool = False,
) -> None:
    """At the attendant's scale, or ``alone`` at a bin that weighs what falls in and shows a changing code."""
    if alone:
        diary.note(
            person, at, "recyclables", "rotating", max(round(kilograms, 3), 0.05), "kg",
            fraud=fraud, phone=person.phone, site=station.site, material=material,
        )  # fmt: skip
        return
    diary.note(
        person, at, "recyclables", "attended", shown_weight(station, kilograms), "kg", fraud=fraud,
        staff=station.attendant(at // DAY, at % DAY), site=station.site, material=material,
    )  # fmt: skip


def shown_weight(station: Station, kilograms: float) -> float:
    """A dial is read to the half kilogram, and to the tenth below one; others show five grams."""
    if not station.dial:
        return max(round(kilograms / 0.005) * 0.005, 0.05)
    return max(round(kilograms * 2) / 2, 0.5) if kilograms >= 1 else max(round(kilograms, 1), 0.1)


def walk(diary: Diary, person: Person, day: int, second: int, minutes: float, *, treadmill: bool = False) -> None:
    """A walk that the phone counted; a treadmill keeps one cadence and does not move."""
    rng = diary.rng
    cadence = rng.gauss(112, 1.5) if treadmill else max(rng.gauss(person.cadence, 8), 60)
    steps = cadence * minutes
    moved: int | None = int(steps * rng.uniform(0.55, 0.75))
    if treadmill:
        moved = rng.randrange(0, 60)
    elif rng.random() < UNFOLLOWED:
        moved = None
    diary.note(
        person, day * DAY + second, "walk", "declared", round(steps), "step",
        phone=person.phone, minutes=minutes, moved=moved,
    )  # fmt: skip


def show_plate(diary: Diary, person: Person, day: int, second: int) -> None:
    """A photo of an empty plate: the same tables again and again, never the same picture, or hardly ever."""
    rng, at = diary.rng, day * DAY + second
    photo = flipped(rng, rng.choice(person.scenes), rng.randint(10, 24))
    diary.note(person, at, "clean_plate", "declared", 1, "plate", phone=person.phone, photo=photo)
    if rng.random() < TWICE_TAKEN:
        again = flipped(rng, photo, rng.randint(0, 9))
        diary.note(person, at + 60, "clean_plate", "declared", 1, "plate", phone=person.phone, photo=again)


def show_tree(diary: Diary, person: Person, at: int, tree: str, photo: int, *, fraud: bool = False) -> None:
    diary.note(person, at, "tree_care", "declared", 1, "tree", fraud=fraud, phone=person.phone, photo=photo, tree=tree)


def flipped(rng: Random, photo: int, bits: int) -> int:
    """The hash with some bits turned."""
    for bit in rng.sample(range(BITS), bits):
        photo ^= 1 << bit
    return photo


def some(rng: Random, rate: float) -> range:
    """As many rounds as come at this rate a day: a whole part, and a chance of one more."""
    whole = int(rate)
    return range(whole + (rng.random() < rate - whole))


def any_of(rng: Random, choices: Sequence[Site]) -> Site:
    return choices[int(rng.random() * len(choices))]


def _phone(person: Person, rng: Random) -> Phone | None:
    return person.second_phone if person.second_phone is not None and rng.random() < 0.5 else person.phone
