"""Posters scanned where they hang, and from pictures of them at home."""

from collections.abc import Mapping, Sequence
from random import Random

from benchmarks.fraud.acts import at_hour
from benchmarks.fraud.city import City, Site, moved
from benchmarks.fraud.diary import DAY, Diary
from benchmarks.fraud.habit import new_habit
from benchmarks.fraud.person import Person
from greenlife.review import Fix

POSTERS_A_DAY = 4


def pictures_round(rng: Random, city: City, host: int, count: int) -> list[Site]:
    """Pictures from a few towns round one."""
    return [rng.choice(city.towns[town].stops) for town in rng.choices(city.by_distance[host][:5], k=count)]


def scan_from_home(
    diary: Diary, person: Person, pictures: Sequence[tuple[Site, int]], posted: Mapping[str, int]
) -> None:
    rng = diary.rng
    habit = new_habit(rng)
    shows = rng.choices(("nothing", "truth", "typed"), (0.65, 0.25, 0.10))[0]
    lazy = rng.random() < 0.5
    typed = {site.id: Fix(moved(site.point, rng, 30), 5) for site, _ in pictures}
    for day in habit.days(rng):
        at = day * DAY + at_hour(rng, 18, 4)
        for site, first in rng.sample(pictures, len(pictures))[:POSTERS_A_DAY]:
            if day < first:
                continue
            if day == first:
                at = posted[site.id] + int(rng.expovariate(1 / 2400))
            fix = None
            if shows == "typed":
                fix = typed[site.id]
            elif shows == "truth":
                fix = Fix(moved(person.town.centre, rng, 400), rng.randrange(8, 40))
            diary.note(person, at, "bus_ride", "poster", 1, "ride", fraud=True, phone=person.phone, fix=fix, site=site)
            at += rng.randrange(20, 200) if lazy else rng.randrange(1200, 7200)


def round_of_posters(diary: Diary, farm: Sequence[Person], day: int) -> None:
    """Really there, with a real position, once with each account."""
    rng = diary.rng
    town = farm[0].town
    at = day * DAY + at_hour(rng, 17, 2)
    stops = rng.sample(town.stops, rng.randint(2, 4))
    for stop in stops:
        for one in farm:
            if one.phone is None or rng.random() < 0.1:
                continue
            diary.note(
                one, at, "bus_ride", "poster", 1, "ride",
                fraud=one.only_cheats, phone=one.phone, fix=one.phone.fix(rng, stop, at), site=stop,
            )  # fmt: skip
            at += rng.randrange(20, 60)
        at += rng.randrange(120, 600)
