"""What the review rules add to a scan and to a weighing: all of them against none, after a month of a small city."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import select, update

from benchmarks.city import build_city
from benchmarks.ledger.meter import ratio_of, take_turns
from benchmarks.ledger.report import Aim, Finding
from greenlife.actions import ActionClaim, Position, book_actions
from greenlife.db import Database, open_database
from greenlife.models import Poster, Resident, Site
from greenlife.programme import Programme, load_programme
from greenlife.review import Rulebook, load_rulebook
from greenlife.scans import record_scan
from greenlife.scans.own_code import ref_of

AIM = Aim(1.5)
NOW = datetime(2026, 6, 5, 1, 0, tzinfo=UTC)
HOST = "green.example"
PEOPLE, DAYS, A_DAY = 240, 30, 2
"""So many people, each with a scan and a weighing on each day of a month."""
EVERY = timedelta(seconds=15)
"""Somebody scans; the same one an hour later, because nobody honest goes round the posters."""
WEIGHED_EVERY = timedelta(minutes=1)
"""The same one brings something again after four hours, in which no bag is split."""
LATITUDE_E7, LONGITUDE_E7 = 305_400_000, 1_199_800_000


@dataclass(frozen=True)
class Town:
    """A database with its history, and who can act where."""

    database: Database
    programme: Programme
    residents: list[Resident]
    posters: list[Poster]


def judge_scans(*, rounds: int, each: int) -> Iterator[Finding]:
    """On SQLite, the commit included; what is booked is booked on both sides, and nothing is held."""
    # All that there are: a city may leave some out, as Huzhou does.
    programme = replace(_without_caps(load_programme("huzhou")), rulebook=load_rulebook())
    without = replace(programme, rulebook=Rulebook((), frozenset()))
    acts: dict[str, Callable[[Town, int], None]] = {"a scan": _scan, "a weighing": _weigh}
    for title, act in acts.items():
        with TemporaryDirectory() as folder:
            sides = {
                name: _side(_town(Path(folder) / f"{name}.db", rules), act, each)
                for name, rules in (("all rules", programme), ("none", without))
            }
            costs = take_turns(sides, rounds=rounds, entries=each, pids=list)
        all_rules, none = costs.values()
        cpu = ratio_of([cost.cpu for cost in all_rules], [cost.cpu for cost in none])
        wall = ratio_of([cost.wall for cost in all_rules], [cost.wall for cost in none])
        yield Finding(f"rules: {title} on SQLite", costs, [("CPU, all / none", cpu, AIM), ("wall", wall, None)])


def _without_caps(programme: Programme) -> Programme:
    actions = dict(programme.actions)
    for code in ("own_bag", "recyclables"):
        kind = actions[code]
        tiers = {
            name: replace(rule, daily_cap=10**9, daily_quantity=None, interval=None, place_cap=None)
            for name, rule in kind.tiers.items()
        }
        actions[code] = replace(kind, tiers=tiers)
    return replace(programme, actions=actions)


def _town(file: Path, programme: Programme) -> Town:
    database = open_database(f"sqlite:///{file}")
    build_city(database, city="huzhou", host=HOST, scans=PEOPLE, now=NOW)
    with database.writing() as session:
        session.execute(update(Site).values(latitude_e7=LATITUDE_E7, longitude_e7=LONGITUDE_E7))
    with database.reading() as session:
        residents = list(session.scalars(select(Resident).order_by(Resident.id)))
        posters = list(session.scalars(select(Poster).order_by(Poster.code)))
    town = Town(database, programme, residents, posters)
    for day in range(DAYS, 0, -1):
        at = NOW - timedelta(days=day)
        claims = [claim for number in range(PEOPLE) for claim in _day_of(town, number, at)]
        with database.writing() as session:
            book_actions(session, programme, claims, now=at + timedelta(hours=9), entropy=os.urandom)
    return town


def _day_of(town: Town, number: int, day: datetime) -> Iterator[ActionClaim]:
    """In the morning a bag at the shop around the corner, an hour later what it was weighed with."""
    at, resident = day + number * EVERY, town.residents[number]
    poster = town.posters[number % len(town.posters)]
    yield ActionClaim(
        resident=ref_of(resident),
        action="own_bag",
        tier="poster",
        quantity=Decimal(1),
        unit="bag",
        site_id=poster.site_id,
        occurred_at=at,
        evidence_key=f"p:{number}:{day}",
        reference=f"p:{day}",
        device_id=f"web_{number}",
        position=_near(number + day.toordinal() * PEOPLE),
    )
    yield _weighing(town, number, f"h:{day}", at + timedelta(hours=1))


def _weighing(town: Town, number: int, reference: str, at: datetime) -> ActionClaim:
    resident = town.residents[number % PEOPLE]
    return ActionClaim(
        resident=ref_of(resident),
        action="recyclables",
        tier="attended",
        quantity=Decimal(Random(f"{number}:{reference}").randrange(137, 409)).scaleb(-2),
        unit="kg",
        material=("cardboard", "pet", "glass")[number % 3],
        site_id=town.posters[number % 7].site_id,
        staff_id=f"stf_{number % 7}",
        started_at=at - timedelta(minutes=1),
        occurred_at=at,
        evidence_key=f"w:{number}:{reference}",
        reference=f"w:{number}:{reference}",
    )


def _near(number: int) -> Position | None:
    """Every other scan says where it is, never twice the same."""
    if number % 2:
        return None
    return Position(
        latitude_e7=LATITUDE_E7 + number % 977, longitude_e7=LONGITUDE_E7 + number % 991, accuracy_metres=15
    )


def _side(town: Town, act: Callable[[Town, int], None], each: int) -> Callable[[int], None]:
    def work(round_: int) -> None:
        for number in range(round_ * each, (round_ + 1) * each):
            act(town, number)

    return work


def _scan(town: Town, number: int) -> None:
    person, lap = number % PEOPLE, number // PEOPLE
    with town.database.writing() as session:
        receipt = record_scan(
            session,
            town.programme,
            resident=town.residents[person],
            code=town.posters[(person + lap) % len(town.posters)].code,
            hosts={HOST},
            reference=f"b:{number}",
            device_id=f"web_{person}",
            position=_near(number),
            now=NOW + number * EVERY,
            entropy=os.urandom,
        )
    assert receipt.booked.state == "booked"


def _weigh(town: Town, number: int) -> None:
    now = NOW + number * WEIGHED_EVERY
    with town.database.writing() as session:
        claim = _weighing(town, number, "b", now)
        session.get(Site, claim.site_id)  # whoever stands at the scale has looked the place up
        (booked,) = book_actions(session, town.programme, [claim], now=now, entropy=os.urandom)
    assert booked.state == "booked"
