"""An import: each row judged, then booked once, whatever is run twice."""

import hashlib
import hmac
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from greenlife.actions import ActionClaim, Booked, ResidentRef, book_actions
from greenlife.db import Database
from greenlife.errors import GreenlifeError, MappingInvalid, NotADemo
from greenlife.feeds.mapping import Mapping
from greenlife.feeds.rows import FeedRow, Rejection
from greenlife.feeds.trip import Trip, judge
from greenlife.models import Installation, Resident
from greenlife.programme import Programme
from greenlife.statistics import refresh_statistics
from ledger import Entropy, LedgerError
from translations import N_

Progress = Callable[[str, int, int], None]
"""What (a message id), so many done, of so many."""
TIER, UNIT = "partner", "km"
BATCH = 200
WEEK = 7
MARGIN = timedelta(days=2)
"""A day that is over in every zone before the demo was set up."""


IMPORTING = N_("Trips")


@dataclass(frozen=True, slots=True)
class Summary:
    """Counts of rows; ``already`` were booked by an earlier import, ``waiting`` of the booked wait for a person."""

    read: int
    booked: int
    waiting: int
    already: int
    rejected: tuple[Rejection, ...]


@dataclass(frozen=True, slots=True)
class _Judged:
    row: FeedRow
    claim: ActionClaim


def import_feed(
    database: Database,
    programme: Programme,
    *,
    rows: Iterable[FeedRow],
    mapping: Mapping,
    partner: str,
    now: datetime,
    entropy: Entropy,
    progress: Progress,
) -> Summary:
    """Book a partner's trips for residents of the demo. Raises NotADemo, and MappingInvalid.

    Whole batches are one transaction; a batch with a row that the rules refuse is booked row by row, so that one
    row does not cost the others.
    """
    if mapping.action not in programme.actions:
        raise MappingInvalid(where="rules.action", why=f"no action {mapping.action}")
    with database.reading() as session:
        installation, riders = _demo(session)
    shift = _shift(mapping, programme.local_day(installation.set_up_at))
    key = hashlib.sha256(f"greenlife demo feed {installation.demo_seed}".encode()).digest()
    judged: list[_Judged] = []
    rejected: list[Rejection] = []
    read = 0
    for row in rows:
        read += 1
        trip = judge(row, mapping, shift_days=shift, now=now)
        if isinstance(trip, Rejection):
            rejected.append(trip)
        else:
            judged.append(_Judged(row, _claim(trip, _rider(trip, riders, key), mapping, partner)))
    booked, waiting, already = 0, 0, 0
    for start in range(0, len(judged), BATCH):
        progress(IMPORTING, start, len(judged))
        answers, refused = _book(database, programme, judged[start : start + BATCH], mapping, now, entropy)
        booked += sum(not answer.replayed for answer in answers)
        waiting += sum(not answer.replayed and answer.state == "pending" for answer in answers)
        already += sum(answer.replayed for answer in answers)
        rejected += refused
    progress(IMPORTING, len(judged), len(judged))
    with database.writing() as session:
        refresh_statistics(session, programme, now=now)
    return Summary(read, booked, waiting, already, tuple(sorted(rejected, key=lambda one: one.row)))


def _demo(session: Session) -> tuple[Installation, list[ResidentRef]]:
    installation = session.scalar(select(Installation))
    if installation is None or installation.demo_seed is None:
        raise NotADemo(where="database", key="demo_seed", why="invented riders belong into a demo city only")
    # Only those who were there at the beginning, so that a second import gives each bike to the same person.
    found = session.scalars(
        select(Resident)
        .where(Resident.book.is_not(None), Resident.created_at <= installation.set_up_at)
        .order_by(Resident.id)
    )
    riders = [ResidentRef(one.id, one.book or "", one.account, one.town or "", one.reference_key) for one in found]
    if not riders:
        raise NotADemo(where="database", key="resident", why="the demo city has no residents")
    return installation, riders


def _shift(mapping: Mapping, set_up: date) -> dict[str, int]:
    """Group → whole weeks, in days, that bring its last day before the demo's set-up."""
    return {group.id: (set_up - MARGIN - group.last_day).days // WEEK * WEEK for group in mapping.groups.values()}


def _rider(trip: Trip, riders: Sequence[ResidentRef], key: bytes) -> ResidentRef:
    digest = hmac.digest(key, trip.vehicle.encode(), "sha256")
    return riders[int.from_bytes(digest[:8]) % len(riders)]


def _claim(trip: Trip, rider: ResidentRef, mapping: Mapping, partner: str) -> ActionClaim:
    return ActionClaim(
        resident=rider,
        action=mapping.action,
        tier=TIER,
        quantity=trip.kilometres,
        unit=UNIT,
        started_at=trip.started_at.astimezone(UTC),
        occurred_at=trip.stopped_at.astimezone(UTC),
        evidence_key=f"partner:{partner}:{trip.id}",
        reference=f"feed:{partner}:{trip.id}",
        details={"shifted_days": trip.shifted_days},
    )


def _book(
    database: Database,
    programme: Programme,
    batch: Sequence[_Judged],
    mapping: Mapping,
    now: datetime,
    entropy: Entropy,
) -> tuple[list[Booked], list[Rejection]]:
    try:
        with database.writing() as session:
            return book_actions(session, programme, [one.claim for one in batch], now=now, entropy=entropy), []
    except (GreenlifeError, LedgerError) as error:
        if len(batch) == 1:
            (one,) = batch
            return [], [Rejection(one.row.number, mapping.columns["trip"], error.code, one.row.values["trip"])]
    answers: list[Booked] = []
    refused: list[Rejection] = []
    for one in batch:
        more, no = _book(database, programme, [one], mapping, now, entropy)
        answers += more
        refused += no
    return answers, refused
