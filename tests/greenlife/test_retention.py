"""What only the review rules look at is forgotten in its time, and not before; a part at a time, and found by an index."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, func, insert, select, text, update

from greenlife.actions import PHOTO_HASHES_KEPT_FOR, TRACES, TRACES_KEPT_FOR, Position, Trace, find_traces, retention
from greenlife.db import Database
from greenlife.models import ActionRecord, PhotoBand, StaffTally
from greenlife.scans.own_code import ref_of
from greenlife.scheduler import forget_old_traces
from tests.greenlife.conftest import SQLITE
from tests.greenlife.test_pending import book, claim
from tests.world import DEQING, World

DAY = timedelta(days=1)


@pytest.fixture
def world(either_world: World) -> World:
    return either_world


def forget(world: World) -> int:
    return forget_old_traces(world.runtime(Path()))


def left(world: World) -> tuple[int, int, int, int]:
    """Records with a browser, tallies, pieces of hashes, records with a hash."""
    with world.database.reading() as session:
        records = select(func.count()).select_from(ActionRecord)
        counts = (
            records.where(ActionRecord.device_id.is_not(None), ActionRecord.fix_latitude_e7.is_not(None)),
            select(func.count()).select_from(StaffTally),
            select(func.count()).select_from(PhotoBand),
            records.where(ActionRecord.photo_hash.is_not(None)),
        )
        one, two, three, four = (session.scalar(count) or 0 for count in counts)
        return one, two, three, four


def fill(world: World, rows: list[dict[str, Any]]) -> None:
    """Records of nobody."""
    defaults: dict[str, Any] = {
        "book": DEQING,
        "action": "own_bag",
        "tier": "poster",
        "quantity": "1",
        "unit": "bag",
        "evidence_key": "e",
        "recorded_at": world.now,
        "mg": 0,
        "points": 2,
        "bonus": 0,
        "c2_salt": b"",
        "state": "booked",
        "device_id": None,
        "fix_latitude_e7": None,
        "fix_longitude_e7": None,
        "fix_accuracy_metres": None,
        "photo_hash": None,
    }
    with world.database.writing() as session:
        session.execute(
            insert(ActionRecord),
            [
                defaults
                | {"entry_id": f"ent_{at}", "resident_id": f"res_{at % 97}", "reference": f"r{at}"}
                | {"local_day": world.programme.local_day(row["occurred_at"])}
                | row
                for at, row in enumerate(rows)
            ],
        )


def record_one(world: World) -> None:
    position = Position.of_degrees(30.5, 119.9, 10)
    staff = world.attendant()
    one = claim(world, ref_of(world.resident()), staff_id=staff.id, device_id="web_1", position=position, photo_hash=7)
    book(world, world.programme, one)


def test_traces_go_when_no_rule_looks_so_far_back(world: World) -> None:
    record_one(world)
    world.now += TRACES_KEPT_FOR
    assert (forget(world), left(world)) == (0, (1, 2, 4, 1))
    world.now += DAY
    assert (forget(world), left(world)) == (3, (0, 0, 4, 1))
    assert forget(world) == 0
    world.now += PHOTO_HASHES_KEPT_FOR - TRACES_KEPT_FOR
    assert (forget(world), left(world)) == (1, (0, 0, 0, 0))


def test_a_trace_is_as_old_as_its_local_day(world: World) -> None:
    """The first and the last second of the last day that is kept, and the second before it."""
    kept = world.programme.midnight(world.programme.local_day(world.now - TRACES_KEPT_FOR))
    fill(world, [{"device_id": "web_1", "occurred_at": kept + timedelta(seconds=at)} for at in (-1, 0, 86_399)])
    assert forget(world) == 1
    with world.database.reading() as session:
        there = select(ActionRecord.occurred_at).where(ActionRecord.device_id.is_not(None))
        assert min(session.scalars(there)) == kept


def test_either_trace_alone_is_found(world: World) -> None:
    old = world.now - TRACES_KEPT_FOR - DAY
    fix = {"fix_latitude_e7": 1, "fix_longitude_e7": 1, "fix_accuracy_metres": 1}
    fill(world, [{"device_id": "web_1", "occurred_at": old}, {"occurred_at": old} | fix, {"occurred_at": old}])
    assert forget(world) == 2
    with world.database.reading() as session:
        rows = session.execute(select(ActionRecord.device_id, *(getattr(ActionRecord, name) for name in fix)))
        assert {value for row in rows for value in row} == {None}


def test_what_waits_keeps_its_evidence(world: World) -> None:
    record_one(world)
    with world.database.writing() as session:
        session.execute(update(ActionRecord).values(state="pending"))
    world.now += TRACES_KEPT_FOR + DAY
    assert forget(world) == 2  # the tallies
    assert left(world)[0] == 1


@SQLITE
def test_the_longest_rule_looks_back_no_further(world: World) -> None:
    """Else a rule would be asked about what is gone."""
    looks_back = [
        value
        for rule in world.programme.rulebook.rules
        for name in ("within_days", "digits_within_days", "habit_within_days")
        if (value := getattr(rule, name, None)) is not None and rule.code != "photo_reused"
    ]
    assert max(looks_back) < TRACES_KEPT_FOR.days


def test_no_transaction_writes_more_than_a_part(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    old = world.now - TRACES_KEPT_FOR - DAY
    rows = [{"device_id": f"web_{at % 3}", "occurred_at": old} for at in range(7)]  # most at one place of the index
    fill(world, rows)
    with written(world.database) as parts:
        forget(world)
    assert parts == [7]  # the control
    monkeypatch.setattr(retention, "A_PART", 3)
    with world.database.writing() as session:
        for at, row in enumerate(rows):
            session.execute(update(ActionRecord).filter_by(entry_id=f"ent_{at}").values(device_id=row["device_id"]))
    with written(world.database) as parts:
        assert forget(world) == 7
    assert parts == [3, 3, 1]


@contextmanager
def written(database: Database) -> Iterator[list[int]]:
    """How many rows each transaction changed that changed some."""
    parts, now = list[int](), [0]

    def count(_connection: Any, cursor: Any, statement: str, *_: Any) -> None:
        now[0] += cursor.rowcount if statement.startswith(("UPDATE", "DELETE")) else 0

    def end(_connection: Any) -> None:
        parts.extend(filter(None, now))
        now[0] = 0

    event.listen(database.engine, "after_cursor_execute", count)
    event.listen(database.engine, "commit", end)
    yield parts
    event.remove(database.engine, "after_cursor_execute", count)
    event.remove(database.engine, "commit", end)


INDEXES = (
    "ix_action_record_device_id_occurred_at",
    "ix_action_record_with_fix",
    None,  # of tallies there are those of some weeks only
    "ix_action_record_with_photo",
)


@pytest.mark.parametrize(("trace", "index"), [pair for pair in zip(TRACES, INDEXES, strict=True) if pair[1]])
def test_only_records_with_traces_are_read(world: World, trace: Trace, index: str) -> None:
    """By the plan of either database, for the first part and for a later one; without the index all are read."""
    old = world.now - timedelta(days=400)
    kinds: list[dict[str, Any]] = [{"device_id": "web_1"}, {"fix_latitude_e7": 1}, {"photo_hash": 7}]
    fill(
        world, [(kinds[at] if at < 3 else {}) | {"occurred_at": old + at * timedelta(minutes=5)} for at in range(9_000)]
    )
    for one in plans(world, trace):
        assert index in one
    with world.database.writing() as session:
        session.execute(text(f"DROP INDEX {index}"))
    for one in plans(world, trace):  # the control
        assert index not in one


def plans(world: World, trace: Trace) -> list[str]:
    asked: list[tuple[str, Any]] = []

    def listen(_connection: Any, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    with world.database.writing() as session:
        session.execute(text("ANALYZE" if not world.database.is_sqlite else "SELECT 1"))
    event.listen(world.database.engine, "before_cursor_execute", listen)
    with world.database.reading() as session:
        part = find_traces(session, world.programme, trace=trace, after=None, now=world.now)
        assert part
        find_traces(session, world.programme, trace=trace, after=part.end, now=world.now)
    event.remove(world.database.engine, "before_cursor_execute", listen)
    explain = "EXPLAIN QUERY PLAN" if world.database.is_sqlite else "EXPLAIN"
    with world.database.reading() as session:
        connection = session.connection()
        return [
            "\n".join(str(row) for row in connection.exec_driver_sql(f"{explain} {one}", told)) for one, told in asked
        ]
