"""The life of the demo's own resident: regular, so that there is something to see on every page."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random

from greenlife.demo.occasion import Occasion, Scene
from greenlife.demo.occasions import (
    bag_at_till,
    bike_trip,
    bus_trip,
    shop_scan,
    stop_scan,
    visit_scale,
)
from greenlife.demo.people import Person
from greenlife.demo.shelf import Shelf
from greenlife.demo.staff import Crew
from greenlife.demo.vouchers import Spender
from greenlife.programme import Programme

VISITS = {
    1: (time(10, 12), (("cardboard", "3.20"), ("pet", "0.85"))),
    3: (time(17, 5), (("cardboard", "4.60"), ("glass", "3.10"), ("aluminium", "0.30"))),
    5: (time(9, 20), (("cardboard", "9.40"), ("paper", "7.25"), ("pet", "1.60"), ("steel", "0.55"))),
}
"""Weekday → when the host comes to the scale with what, in kilograms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A voucher ``days_ago`` for at most ``points``; at the home merchant's or anywhere in the district."""

    days_ago: int
    at: time
    points: int
    at_home: bool
    captured_after: timedelta | None


WISHES = (
    Wish(days_ago=24, at=time(11, 4), points=100, at_home=True, captured_after=timedelta(minutes=38)),
    Wish(days_ago=15, at=time(18, 20), points=200, at_home=False, captured_after=timedelta(days=1)),
    Wish(days_ago=6, at=time(9, 30), points=60, at_home=False, captured_after=timedelta(minutes=21)),
    Wish(days_ago=1, at=time(18, 20), points=100, at_home=True, captured_after=None),
)
"""The last one is open: the demo's clerk can take it."""


def plan_wishes(programme: Programme, host: Person, shelf: Shelf, spender: Spender, *, days: Sequence[date]) -> None:
    """The host's vouchers on the timeline, of the days that the history has."""
    merchants = shelf.merchants_of(host.ref.book)
    for wish in WISHES:
        if wish.days_ago >= len(days):
            continue
        at = datetime.combine(days[-1 - wish.days_ago], wish.at, programme.zone).astimezone(UTC)
        of = merchants[:1] if wish.at_home else merchants
        happening = spender.redeem(host, of=of, most=wish.points, captured_after=wish.captured_after)
        spender.timeline.add(at, happening)


def plan_host(
    programme: Programme, host: Person, crew: Crew, *, day: date, today: date, dice: Random
) -> list[Occasion]:
    """The host's day. Nothing is scanned today, so that a visitor can."""

    def scene(at: time) -> Scene:
        instant = datetime.combine(day, at, programme.zone) + timedelta(seconds=dice.randrange(240))
        return Scene(person=host, at=instant.astimezone(UTC), day=day, crew=crew, dice=dice)

    occasions = list(_occasions(day, scene, scans=day != today))
    return sorted(occasions, key=lambda occasion: occasion.at)


def _occasions(day: date, scene: Callable[[time], Scene], *, scans: bool) -> Iterator[Occasion]:
    weekday = day.weekday()
    if weekday < 5:
        yield bus_trip(scene(time(7, 38)))
        yield bus_trip(scene(time(17, 46)))
    else:
        yield bike_trip(scene(time(8, 50)))
        yield bike_trip(scene(time(11, 10)))
    yield bag_at_till(scene(time(18, 25) if weekday < 5 else time(9, 45)))
    if scans and weekday in (0, 2, 4):
        yield stop_scan(scene(time(7, 30)))
    if scans and weekday in (2, 6):
        yield shop_scan(scene(time(18, 20)))
    if weekday in VISITS or not scans:
        at, brought = VISITS.get(weekday, VISITS[1])
        yield visit_scale(scene(at), [(material, Decimal(kilograms)) for material, kilograms in brought])
