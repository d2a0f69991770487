"""What an action costs late on a long day: after ten and after ten thousand of the same resident at the same place."""

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from benchmarks.city import build_city
from benchmarks.ledger.meter import ratio_of, take_turns
from benchmarks.ledger.report import Finding
from greenlife.actions import ActionClaim, ResidentRef, book_actions
from greenlife.db import Database, open_database
from greenlife.models import Resident, Site
from greenlife.programme import Programme, load_programme
from greenlife.scans.own_code import ref_of

FEW, MANY = 10, 10_000
NOW = datetime(2026, 6, 5, 1, 0, tzinfo=UTC)
BATCH = 500


def book_late(*, rounds: int, each: int) -> Iterator[Finding]:
    """All caps count, and none is reached: number, mass, place and interval."""
    programme = _without_end(load_programme("huzhou"))
    with TemporaryDirectory() as folder:
        sides = {f"after {earlier:,}": _day(Path(folder), programme, earlier, each) for earlier in (FEW, MANY)}
        costs = take_turns(sides, rounds=rounds, entries=each, pids=list)
    few, many = costs.values()
    ratio = ratio_of([cost.cpu for cost in many], [cost.cpu for cost in few])
    yield Finding("a day: one more action on SQLite", costs, [(f"CPU, after {MANY:,} / {FEW}", ratio, None)])


def _without_end(programme: Programme) -> Programme:
    kind = programme.actions["recyclables"]
    rule = replace(
        kind.tiers["attended"],
        daily_cap=10**9,
        daily_quantity=Decimal(10**9),
        place_cap=10**9,
        interval=timedelta(microseconds=1),
    )
    return replace(programme, actions={**programme.actions, "recyclables": replace(kind, tiers={"attended": rule})})


def _day(folder: Path, programme: Programme, earlier: int, each: int) -> Callable[[int], None]:
    database = open_database(f"sqlite:///{folder / f'{earlier}.db'}")
    build_city(database, city="huzhou", host="green.example", scans=1, now=NOW)
    with database.reading() as session:
        ref = ref_of(session.scalars(select(Resident)).one())
        site = session.scalars(select(Site.id).limit(1)).one()
    for start in range(0, earlier, BATCH):
        _book(database, programme, [_claim(ref, site, number) for number in range(start, min(start + BATCH, earlier))])

    def work(number: int) -> None:
        first = earlier + number * each
        for at in range(first, first + each):
            _book(database, programme, [_claim(ref, site, at)])

    return work


def _book(database: Database, programme: Programme, claims: list[ActionClaim]) -> None:
    now = max(claim.occurred_at for claim in claims)
    with database.writing() as session:
        book_actions(session, programme, claims, now=now, entropy=os.urandom)


def _claim(ref: ResidentRef, site: str, number: int) -> ActionClaim:
    return ActionClaim(
        resident=ref,
        action="recyclables",
        tier="attended",
        quantity=Decimal("0.50"),
        unit="kg",
        material="glass",
        site_id=site,
        started_at=NOW - timedelta(minutes=1),
        occurred_at=NOW + timedelta(milliseconds=number),
        evidence_key=f"bench:{number}",
        reference=f"bench:{number}",
    )
