"""Ten ways to cheat, as people did it or could. Each cheat also lives an honest life, starts on a day of their own,
rests on some days, and some are careful: they vary what gives the others away.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from random import Random

from benchmarks.fraud.acts import (
    CLOSES,
    HOUR,
    OPENS,
    at_hour,
    flipped,
    show_plate,
    show_tree,
    shown_weight,
    weigh,
)
from benchmarks.fraud.city import City, Station, moved, name
from benchmarks.fraud.diary import DAY, DAYS, Diary
from benchmarks.fraud.habit import new_habit
from benchmarks.fraud.honest import HEAVY, ORDINARY, live_by_rates
from benchmarks.fraud.person import BITS, MATERIALS, Person, Phone, new_person
from benchmarks.fraud.posters import POSTERS_A_DAY, pictures_round, round_of_posters, scan_from_home
from greenlife.review import Fix

Month = Callable[[Diary, City, Sequence[Person]], None]


def live_as_cheats(diary: Diary, city: City, count: int, kinds: Mapping[str, Month]) -> Iterator[Person]:
    """Notes the month of so many cheats, the kinds in equal parts; yields each person when done."""
    rng = diary.rng
    for kind, month in kinds.items():
        people = [new_person(rng, city, "cheat", kind) for _ in range(count // len(kinds))]
        month(diary, city, people)
        for person in people:
            if not person.only_cheats:
                rates = rng.choice((ORDINARY, ORDINARY, ORDINARY, HEAVY))
                for day in range(DAYS):
                    live_by_rates(diary, person, day, rates)
            yield person


def salt_doses(diary: Diary, _city: City, people: Sequence[Person]) -> None:
    """Hong Kong: a bin that takes any weight is fed a tenth of a kilogram at a time."""
    rng = diary.rng
    for person in people:
        habit = new_habit(rng)
        dose, spread = rng.uniform(0.08, 0.22), rng.uniform(0.02, 0.12)
        station, bin_only = rng.choice(person.town.stations), rng.random() < 0.6
        materials = rng.sample(MATERIALS, rng.randint(1, 3))
        for day in habit.days(rng):
            at = day * DAY + at_hour(rng, 13, 3)
            for _ in range(rng.randint(3, 6) if habit.careful else rng.randint(5, 14)):
                weight = rng.uniform(0.05, 0.39) if habit.careful else max(rng.gauss(dose, dose * spread), 0.05)
                weigh(diary, person, at, station, rng.choice(materials), weight, alone=bin_only, fraud=True)
                at += rng.randrange(30, 300) if rng.random() < 0.8 else rng.randrange(1800, 7200)


def split_bags(diary: Diary, _city: City, people: Sequence[Person]) -> None:
    """Hong Kong: one bag, three weighings. What one weighing of it earns is due, so the first part is honest."""
    rng = diary.rng
    for person in people:
        habit = new_habit(rng)
        for day in habit.days(rng):
            at = day * DAY + min(max(at_hour(rng, 12, 3), OPENS), CLOSES)
            bag = rng.uniform(1.5, 9) if rng.random() < 0.92 else rng.uniform(9, 16)
            cuts = sorted(rng.uniform(0, bag) for _ in range(rng.choice((2, 2, 3, 3, 4)) - habit.careful))
            parts = [end - begin for begin, end in zip([0.0, *cuts], [*cuts, bag], strict=True)]
            material = rng.choice(person.materials)
            for number, part in enumerate(parts):
                weigh(diary, person, at, person.station, material, max(part, 0.05), fraud=number > 0)
                at += rng.randrange(20, 150) if rng.random() < 0.8 else rng.randrange(1200, 5400)


def shared_posters(diary: Diary, city: City, people: Sequence[Person]) -> None:
    """Chat groups of twenty with pictures of posters; one group lives round the corner of theirs."""
    rng = diary.rng
    groups = [people[begin : begin + 20] for begin in range(0, len(people), 20)]
    for group in groups:
        host = rng.randrange(len(city.towns))
        pictures = [
            (site, rng.randrange(0, 12) if number > 2 else 0)
            for number, site in enumerate(pictures_round(rng, city, host, rng.randint(5, 7)))
        ]
        local = rng.random() < 0.1
        posted = {site.id: day * DAY + at_hour(rng, 19, 2) for site, day in pictures}
        for person in group:
            if local:
                person.town = city.towns[host]
            scan_from_home(diary, person, pictures, posted)


def photo_reuse(diary: Diary, _city: City, people: Sequence[Person]) -> None:
    """Plates of last week, or of the web: saved again, sometimes cut. The first use of an own photo is honest."""
    rng = diary.rng
    web = [rng.getrandbits(BITS) for _ in range(40)]
    for person in people:
        habit = new_habit(rng)
        own = rng.random() < 0.5
        album = [rng.getrandbits(BITS) for _ in range(rng.randint(2, 5))] if own else rng.sample(web, rng.randint(2, 8))
        fresh = set(album) if own else set()
        for day in habit.days(rng):
            for _ in range(rng.randint(1, 3)):
                photo = rng.choice(album)
                # Cut or mirrored, a photo gets another hash altogether; careful people do that more often.
                cut = rng.random() < (0.4 if habit.careful else 0.07)
                sent = flipped(rng, photo, rng.randint(9, 20) if cut else min(int(rng.expovariate(0.6)), 12))
                diary.note(
                    person, day * DAY + at_hour(rng, 14, 4), "clean_plate", "declared", 1, "plate",
                    fraud=photo not in fresh, phone=person.phone, photo=photo if photo in fresh else sent,
                )  # fmt: skip
                fresh.discard(photo)
        if rng.random() < 0.5:
            show_plate(diary, person, rng.randrange(DAYS), at_hour(rng, 12))


def step_shaking(diary: Diary, _city: City, people: Sequence[Person]) -> None:
    """A cradle for phones runs while one watches television; some switch the position off."""
    rng = diary.rng
    for person in people:
        habit = new_habit(rng)
        followed = rng.random() < 0.6
        cadence = rng.uniform(75, 150)
        for day in habit.days(rng):
            for start in rng.sample((8, 13, 19), rng.randint(1, 3)):
                minutes = rng.uniform(45, 110) if habit.careful else rng.uniform(90, 330)
                pace = rng.gauss(cadence, cadence * (0.08 if habit.careful else 0.01))
                diary.note(
                    person, day * DAY + at_hour(rng, start, 0.4) + int(minutes * 60) // 2, "walk", "declared",
                    round(pace * minutes), "step", fraud=True, phone=person.phone, minutes=minutes,
                    moved=rng.randrange(0, 90) if followed else None,
                )  # fmt: skip


def many_accounts(diary: Diary, _city: City, people: Sequence[Person]) -> None:
    """One phone, five to twenty accounts, one round of the posters with each; only its owner lives besides."""
    rng, rest = diary.rng, list(people)
    while rest:
        size = rng.choice((5, 6, 9, 10, 12, 14, 16, 20))
        farm = [rest.pop() for _ in range(min(size, len(rest)))]
        owner, habit = farm[0], new_habit(rng)
        anew = rng.random() < 0.15
        for one in farm[1:]:
            one.only_cheats, one.phone, one.town = True, owner.phone, owner.town
        for day in habit.days(rng):
            if anew and day % 7 == 0 and owner.phone is not None:
                # The app installed again has another key, so it is another device.
                phone = Phone(name(rng), owner.phone.located, owner.phone.coarse, owner.phone.radio)
                for one in farm:
                    one.phone = phone
            round_of_posters(diary, farm, day)


def car_trips(diary: Diary, _city: City, people: Sequence[Person]) -> None:
    """The car goes anyway, and the phone counts a bicycle trip."""
    rng = diary.rng
    for person in people:
        habit = new_habit(rng)
        usual = rng.gauss(24, 2) if habit.careful else rng.gauss(34, 6)
        for day in habit.days(rng):
            for hour in rng.sample((7.6, 12, 15, 18), rng.randint(1, 3)):
                kilometres = min(rng.lognormvariate(2.0, 0.5), 45)
                kmh = max(rng.gauss(usual, 5), 10)
                diary.note(
                    person, day * DAY + at_hour(rng, hour), "bike_ride", "declared", kilometres, "km",
                    fraud=True, phone=person.phone, minutes=kilometres / kmh * 60,
                )  # fmt: skip


def dead_trees(diary: Diary, _city: City, people: Sequence[Person]) -> None:
    """Most of the saplings are dead; photos are old ones, or of the neighbour's tree."""
    rng = diary.rng
    for person in people:
        neighbours = [rng.getrandbits(BITS) for _ in range(rng.randint(2, 4))]
        for _ in range(rng.randint(3, 8)):
            tree, dead = name(rng), rng.random() < 0.85
            if rng.random() < 0.75:
                looked = rng.randrange(-60, DAYS)
                diary.inspect(person, looked * DAY + 10 * HOUR, tree, alive=not dead)
            scene = rng.choice(neighbours) if dead else rng.getrandbits(BITS)
            old = rng.random() < 0.5
            for week in range(4):
                at = (week * 7 + rng.randrange(7)) * DAY + at_hour(rng, 11, 3)
                bits = min(int(rng.expovariate(0.5)), 14) if dead and old else rng.randint(7, 18)
                show_tree(diary, person, at, tree, flipped(rng, scene, bits), fraud=dead)


def colluding_pairs(diary: Diary, city: City, people: Sequence[Person]) -> None:
    """An attendant types weights that nobody brought, or a clerk books bags, for a friend who sends the code."""
    rng = diary.rng
    attendants = [rng.choice(rng.choice(city.towns).stations) for _ in range(max(1, len(people) // 4))]
    for person in people:
        habit = new_habit(rng)
        if rng.random() < 0.2:
            shop = rng.choice(person.shops)
            for day in habit.days(rng):
                for _ in range(rng.randint(2, 4)):
                    diary.note(
                        person, day * DAY + at_hour(rng, 14, 3), "own_bag", "attended", rng.choice((3, 4, 5)), "bag",
                        fraud=True, staff=shop.clerks[0], site=shop.site,
                    )  # fmt: skip
            continue
        station, friend = rng.choice(attendants), rng.randrange(2)
        # Halves, tenths, or, with care, digits as the scale would show them.
        digits = "scale" if rng.random() < (0.6 if habit.careful else 0.1) else rng.choice(("halves", "tenths"))
        liked = rng.sample(MATERIALS, rng.randint(1, 4))
        for day in habit.days(rng):
            at = day * DAY + on_duty(rng, station, friend, day)
            for _ in range(rng.randint(2, 4) if habit.careful else rng.randint(3, 8)):
                weight = rng.uniform(4, 28)
                shown = shown_weight(station, weight) if digits == "scale" else _typed(weight, digits)
                diary.note(
                    person, at, "recyclables", "attended", shown, "kg", fraud=True,
                    staff=station.attendants[friend], site=station.site, material=rng.choice(liked),
                )  # fmt: skip
                at += rng.randrange(15, 90) if rng.random() < 0.7 else rng.randrange(1200, 3600)


def spoofed_places(diary: Diary, city: City, people: Sequence[Person]) -> None:
    """An own collection of posters, scanned at home, with an app that says where the phone is."""
    rng = diary.rng
    for person in people:
        habit = new_habit(rng)
        host = city.towns.index(person.town)
        collection = pictures_round(rng, city, host, rng.randint(5, 9))
        way = "wandering" if habit.careful else rng.choice(("typed", "typed", "one point", "wandering"))
        typed = {site.id: Fix(moved(site.point, rng, 30), rng.choice((1, 3, 5, 5, 12, 30))) for site in collection}
        for day in habit.days(rng):
            at = day * DAY + at_hour(rng, 19, 3)
            patient = rng.random() < (0.6 if habit.careful else 0.35)
            for site in rng.sample(collection, min(len(collection), rng.randint(3, POSTERS_A_DAY))):
                fix = typed[site.id]
                if way == "one point":
                    fix = typed[collection[0].id]
                elif way == "wandering":
                    fix = Fix(moved(site.point, rng, 8), rng.randrange(4, 20))
                diary.note(
                    person, at, "bus_ride", "poster", 1, "ride", fraud=True, phone=person.phone, fix=fix, site=site
                )
                at += rng.randrange(1500, 4000) if patient else rng.randrange(20, 400)


def on_duty(rng: Random, station: Station, friend: int, day: int) -> int:
    """A second of the day in the half that is the friend's."""
    morning = station.attendant(day, OPENS) == station.attendants[friend]
    return rng.randrange(OPENS, 12 * HOUR) if morning else rng.randrange(13 * HOUR, CLOSES - HOUR)


def _typed(weight: float, digits: str) -> float:
    return max(round(weight * 2) / 2, 0.5) if digits == "halves" else round(weight, 1)


KINDS: Mapping[str, Month] = {
    month.__name__: month
    for month in (
        salt_doses,
        split_bags,
        shared_posters,
        photo_reuse,
        step_shaking,
        many_accounts,
        car_trips,
        dead_trees,
        colluding_pairs,
        spoofed_places,
    )
}
