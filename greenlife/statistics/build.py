"""Daily facts from the ledger's entries: a day is thrown away and made again whole, so nothing is counted twice."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

import ledger
from greenlife.models import THOUSANDTHS, DailyFact, DailyParticipant, StatisticsMark
from greenlife.programme import Programme
from ledger import PostedEntry
from translations import N_

Progress = Callable[[str, int, int], None]
"""What (a message id), so many done, of so many."""

BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
OVERLAP = timedelta(minutes=5)
"""Longer than any transaction: what was recorded before the last build but committed after it is found again."""


BUILDING = N_("Statistics")


@dataclass
class _Sums:
    actions: int = 0
    quantity: int = 0
    mg: int = 0
    points: int = 0

    def add(self, entry: PostedEntry) -> None:
        self.actions += 1
        self.quantity += int(Decimal(entry.details["quantity"]) * THOUSANDTHS)
        for line in entry.lines:
            if line.path == f"{entry.home}:carbon":
                self.mg += line.amount
            elif line.path.startswith(f"{entry.home}:points:"):
                self.points += line.amount


@dataclass
class _Day:
    """Keys are (town, action, tier, unit) and (account, action)."""

    facts: dict[tuple[str, str, str, str], _Sums] = field(default_factory=lambda: defaultdict(_Sums))
    people: dict[tuple[str, str], str] = field(default_factory=dict)


def rebuild_statistics(session: Session, programme: Programme, *, now: datetime, progress: Progress) -> None:
    """All daily facts again, from nothing."""
    for model in (DailyFact, DailyParticipant, StatisticsMark):
        session.execute(delete(model))
    work = [
        (district.id, day)
        for district in programme.city.districts
        for day in sorted(ledger.days_touched(session, district.id, since=BEGINNING, until=now + OVERLAP))
    ]
    for done, (book, day) in enumerate(work):
        progress(BUILDING, done, len(work))
        _build_day(session, book, day)
    progress(BUILDING, len(work), len(work))
    for district in programme.city.districts:
        session.merge(StatisticsMark(book=district.id, built_until=now))


def refresh_statistics(session: Session, programme: Programme, *, now: datetime) -> int:
    """The days touched since the last build, and those whose entries were undone since; how many there were."""
    count = 0
    for district in programme.city.districts:
        mark = session.get(StatisticsMark, district.id)
        since = mark.built_until - OVERLAP if mark else BEGINNING
        days = ledger.days_touched(session, district.id, since=since, until=now + OVERLAP)
        for day in sorted(days):
            _build_day(session, district.id, day)
        session.merge(StatisticsMark(book=district.id, built_until=now))
        count += len(days)
    session.flush()
    return count


def read_built_until(session: Session, programme: Programme) -> datetime | None:
    """The instant up to which the facts of every district are built; None before the first build."""
    marks = session.scalars(select(StatisticsMark.built_until)).all()
    return min(marks) if len(marks) == len(programme.city.districts) else None


def _build_day(session: Session, book: str, day: date) -> None:
    for model in (DailyFact, DailyParticipant):
        session.execute(delete(model).where(model.book == book, model.local_day == day))
    found = _Day()
    for entry in ledger.entries_on(session, book, day):
        if entry.kind == "action" and entry.reversed_by is None:
            details = entry.details
            key = (details["town"], details["action"], details["tier"], details["unit"])
            found.facts[key].add(entry)
            found.people[entry.home, details["action"]] = details["town"]
    if not found.facts:
        return
    session.execute(insert(DailyFact), [_fact(book, day, key, sums) for key, sums in found.facts.items()])
    session.execute(
        insert(DailyParticipant),
        [
            {"book": book, "local_day": day, "account": account, "action": action, "town": town}
            for (account, action), town in found.people.items()
        ],
    )


def _fact(book: str, day: date, key: tuple[str, str, str, str], sums: _Sums) -> dict[str, object]:
    town, action, tier, unit = key
    return {
        "book": book, "local_day": day, "town": town, "action": action, "tier": tier, "unit": unit,
        "actions": sums.actions, "quantity": sums.quantity, "mg": sums.mg, "points": sums.points,
    }  # fmt: skip
