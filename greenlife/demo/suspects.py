"""What the review rules are for: in each district somebody weighs in crumbs, and somebody one bag in many pieces."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from greenlife.demo.occasion import Occasion, Scene
from greenlife.demo.occasions import visit_scale
from greenlife.demo.people import People, Person
from greenlife.demo.staff import Crew
from greenlife.programme import Programme
from greenlife.review import Rulebook

CRUMBS = ("pet", Decimal("0.10"), 9, timedelta(minutes=11))
PIECES = ("cardboard", Decimal("2.15"), 7, timedelta(minutes=6))
"""Material, kilograms, how often, how far apart."""
OPENS = timedelta(hours=8)
HAPPENED = 2
"""Days ago."""


def trusting(programme: Programme) -> Programme:
    """Without review rules: the demo's honest people are dice, and the thresholds were set for people."""
    return replace(programme, rulebook=Rulebook((), frozenset()))


def plan_suspects(
    programme: Programme, people: People, crew: Crew, *, day: date, today: date, dice: Random
) -> Iterator[Occasion]:
    """What two people of each district do on one of the last days, in the order of time of each."""
    if (today - day).days != HAPPENED:
        return
    for district in programme.city.districts:
        at_home = [one for one in people.everybody if one.ref.book == district.id and _is_in(programme, one, day)]
        for trick, person in zip((CRUMBS, PIECES), dice.sample(at_home, min(2, len(at_home))), strict=False):
            yield from _weigh(programme, person, trick, crew, day, dice)


def _is_in(programme: Programme, person: Person, day: date) -> bool:
    return person.joined_at < programme.midnight(day)


def _weigh(
    programme: Programme,
    person: Person,
    trick: tuple[str, Decimal, int, timedelta],
    crew: Crew,
    day: date,
    dice: Random,
) -> Sequence[Occasion]:
    material, kilograms, often, apart = trick
    begin = programme.midnight(day) + OPENS + timedelta(minutes=dice.randrange(180))
    scenes = [Scene(person=person, at=begin + number * apart, day=day, crew=crew, dice=dice) for number in range(often)]
    return [visit_scale(scene, [(material, kilograms)]) for scene in scenes]
