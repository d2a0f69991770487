"""Cheap ways round the rules as they are: what somebody would find who has read them, or tried for a week.

They are no part of the city by which the rules are judged, and no threshold was set on them.
"""

from collections.abc import Mapping, Sequence
from random import Random

from benchmarks.fraud.acts import CLOSES, OPENS, at_hour, shown_weight, weigh
from benchmarks.fraud.cheats import Month, on_duty
from benchmarks.fraud.city import City, moved
from benchmarks.fraud.diary import DAY, Diary
from benchmarks.fraud.habit import new_habit
from benchmarks.fraud.person import Person, new_phone
from benchmarks.fraud.posters import POSTERS_A_DAY, pictures_round
from greenlife.review import Fix, Point


def idling_cars(diary: Diary, _city: City, people: Sequence[Person]) -> None:
    """The car parks, and the phone goes on counting until the trip was as slow as one by bicycle."""
    rng = diary.rng
    for person in people:
        for day in new_habit(rng).days(rng):
            for hour in rng.sample((7.6, 12, 15, 18), rng.randint(1, 3)):
                kilometres = min(rng.lognormvariate(2.0, 0.5), 45)
                diary.note(
                    person, day * DAY + at_hour(rng, hour), "bike_ride", "declared", kilometres, "km",
                    fraud=True, phone=person.phone, minutes=kilometres / rng.uniform(14, 22) * 60,
                )  # fmt: skip


def halved_bags(diary: Diary, _city: City, people: Sequence[Person]) -> None:
    """Each bag in two parts, never in three. The first part counts as honest; both earn what the whole bag would."""
    rng = diary.rng
    for person in people:
        for day in new_habit(rng).days(rng):
            at = day * DAY + min(max(at_hour(rng, 12, 3), OPENS), CLOSES)
            bag, material = rng.uniform(1.5, 9), rng.choice(person.materials)
            for part in (0, 1):
                weigh(diary, person, at + part * 60, person.station, material, bag / 2, fraud=part > 0)


def phones_by_turns(diary: Diary, city: City, people: Sequence[Person]) -> None:
    """A collection of posters scanned at home with two phones by turns, and an app whose position wanders."""
    rng = diary.rng
    for person in people:
        phones = (person.phone, new_phone(rng))
        collection = pictures_round(rng, city, city.towns.index(person.town), rng.randint(5, 9))
        for day in new_habit(rng).days(rng):
            at = day * DAY + at_hour(rng, 19, 3)
            for number, site in enumerate(rng.sample(collection, min(len(collection), POSTERS_A_DAY))):
                # Three sites within twenty minutes are not too many.
                at += 90 if number % 2 else 1300
                diary.note(
                    person, at, "bus_ride", "poster", 1, "ride",
                    fraud=True, phone=phones[number % 2], fix=_wandering(rng, site.point), site=site,
                )  # fmt: skip


def quiet_pairs(diary: Diary, city: City, people: Sequence[Person]) -> None:
    """An attendant who types what the scale could show, four times a day and no more."""
    rng = diary.rng
    stations = [rng.choice(rng.choice(city.towns).stations) for _ in range(max(1, len(people) // 4))]
    for person in people:
        station, friend = rng.choice(stations), rng.randrange(2)
        for day in new_habit(rng).days(rng):
            at = day * DAY + on_duty(rng, station, friend, day)
            for _ in range(4):
                diary.note(
                    person, at, "recyclables", "attended", shown_weight(station, rng.uniform(4, 28)), "kg",
                    fraud=True, staff=station.attendants[friend], site=station.site,
                    material=rng.choice(person.materials),
                )  # fmt: skip
                at += rng.randrange(15, 90)


def _wandering(rng: Random, point: Point) -> Fix:
    return Fix(moved(point, rng, 8), rng.randrange(4, 20))


TRICKS: Mapping[str, Month] = {
    month.__name__: month for month in (idling_cars, halved_bags, phones_by_turns, quiet_pairs)
}
