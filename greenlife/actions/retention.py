"""What the review rules looked at is forgotten when no rule looks so far back.

Each day a day's worth goes, and what is kept is far more than that. So what is over is found by reading along an index
that holds nothing else, in a transaction that keeps nobody waiting, and goes by its key, a part at a time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Date, Executable, bindparam, delete, literal, select, true, tuple_, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from greenlife.models import ActionRecord, PhotoBand, StaffTally
from greenlife.programme import Programme

TRACES_KEPT_FOR = timedelta(days=45)
"""Positions, browsers and who weighed how much for whom; the rules look back a month. A placeholder."""
PHOTO_HASHES_KEPT_FOR = timedelta(days=366)
"""A photo of last year's is known again. A placeholder."""
A_PART = 500
"""Rows of one transaction: SQLite has one writer, and people who scan wait for it."""

_Column: TypeAlias = InstrumentedAttribute[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What is kept for a while, from ``since``, in rows for which ``has`` holds.

    ``along`` are the columns of the index that they are looked for in, ``going`` is what is done by the ``key`` of each.
    """

    kept_for: timedelta
    has: ColumnElement[bool]
    since: _Column
    along: tuple[_Column, ...]
    key: tuple[_Column, ...]
    going: tuple[Executable, ...]


@dataclass(frozen=True, slots=True)
class TracePart:
    """Keys of rows whose time is over, as parameters; ``end`` is how far along the index they were looked for."""

    trace: Trace
    keys: Sequence[dict[str, Any]]
    end: Sequence[Any]


def _of(*key: _Column) -> list[ColumnElement[bool]]:
    return [column == bindparam(f"of_{column.key}") for column in key]


_RECORD = (ActionRecord.book, ActionRecord.entry_id)
_TALLY = (StaffTally.staff_id, StaffTally.resident_id, StaffTally.weighed, StaffTally.local_day)
_DECIDED = ActionRecord.state != "pending"  # what waits keeps its evidence
_LOSE_TRACES = (
    update(ActionRecord)
    .where(*_of(*_RECORD))
    .values(device_id=None, fix_latitude_e7=None, fix_longitude_e7=None, fix_accuracy_metres=None)
)

TRACES: tuple[Trace, ...] = (
    Trace(
        kept_for=TRACES_KEPT_FOR,
        has=ActionRecord.device_id.is_not(None) & _DECIDED,
        since=ActionRecord.occurred_at,
        along=(ActionRecord.device_id, ActionRecord.occurred_at),
        key=_RECORD,
        going=(_LOSE_TRACES,),
    ),
    Trace(
        kept_for=TRACES_KEPT_FOR,
        has=ActionRecord.fix_latitude_e7.is_not(None) & _DECIDED,
        since=ActionRecord.occurred_at,
        along=(ActionRecord.resident_id, ActionRecord.occurred_at),
        key=_RECORD,
        going=(_LOSE_TRACES,),
    ),
    Trace(
        kept_for=TRACES_KEPT_FOR,
        has=true(),
        since=StaffTally.local_day,
        along=_TALLY,
        key=_TALLY,
        going=(delete(StaffTally).where(*_of(*_TALLY)),),
    ),
    Trace(
        kept_for=PHOTO_HASHES_KEPT_FOR,
        has=ActionRecord.photo_hash.is_not(None),
        since=ActionRecord.local_day,
        along=(ActionRecord.local_day,),
        key=_RECORD,
        going=(
            delete(PhotoBand).where(*_of(PhotoBand.entry_id)),
            update(ActionRecord).where(*_of(*_RECORD)).values(photo_hash=None),
        ),
    ),
)
"""Where the phone was and which one it was; who weighed how much for whom; what photos look like."""


def find_traces(
    session: Session, programme: Programme, *, trace: Trace, after: Sequence[Any] | None, now: datetime
) -> TracePart | None:
    """The first rows whose time is over, beginning where another part ended; None where there are no more."""
    query = select(*trace.key, *trace.along).where(trace.has, trace.since < _deadline(programme, trace, now))
    if after is not None:
        # Itself included: what shares its place there is left, and what was found there is gone.
        reached = (literal(value, column.type) for column, value in zip(trace.along, after, strict=True))
        query = query.where(tuple_(*trace.along) >= tuple_(*reached))
    rows = session.execute(query.order_by(*trace.along).limit(A_PART)).all()
    if not rows:
        return None
    names, width = [f"of_{column.key}" for column in trace.key], len(trace.key)
    return TracePart(trace, [dict(zip(names, row, strict=False)) for row in rows], rows[-1][width:])


def forget_traces(session: Session, *, part: TracePart) -> int:
    """How many rows lost what was kept in them, or were deleted."""
    gone = 0
    for step in part.trace.going:
        gone = session.connection().execute(step, part.keys).rowcount
    return gone


def _deadline(programme: Programme, trace: Trace, now: datetime) -> Any:
    """The first local day that is kept, or the instant at which it begins."""
    day = programme.local_day(now - trace.kept_for)
    return day if isinstance(trace.since.type, Date) else programme.midnight(day)
