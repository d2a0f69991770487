"""The history in the database answers as the one in memory, and reads no more than its answer."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from pathlib import Path
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from benchmarks.fraud.cheats import KINDS, live_as_cheats
from benchmarks.fraud.city import build_city
from benchmarks.fraud.diary import Diary
from benchmarks.fraud.honest import live_honestly
from greenlife.actions.claim import E7
from greenlife.actions.history import SqlHistory
from greenlife.actions.observing import signed
from greenlife.actions.tallies import count_observation, take_back_record
from greenlife.models import ActionRecord, Site, TreeInspection
from greenlife.review import Fix, Inspection, MemoryHistory, Observation, Point, load_rulebook
from tests.world import World, make_world

SEED, HONEST, CHEATS = 5, 20, 60
CODES = {
    "too_fast_between_places", "too_many_at_once", "many_residents_on_device", "repeated_small_weighings", "bag_split",
    "identical_coordinates", "far_from_the_code", "poster_shared", "pair_too_busy", "photo_reused", "tree_dead",
    "steps_shaken", "trip_too_fast", "already_pending",
}  # fmt: skip


@pytest.fixture
def world(either_world: World) -> World:
    return either_world


def rounded(point: Point | None) -> Point | None:
    return point and Point(round(point.latitude * E7) / E7, round(point.longitude * E7) / E7)


def as_kept(seen: Observation) -> Observation:
    """With positions as a database keeps them."""
    fix = seen.fix and Fix(rounded(seen.fix.point) or seen.fix.point, seen.fix.accuracy_metres)
    return replace(seen, site=rounded(seen.site), fix=fix)


def keep(session: Session, seen: Observation, *, held: bool, **changes: Any) -> None:
    """The record that a booking of this observation leaves."""
    where = seen.fix and seen.fix.point
    row: dict[str, Any] = {
        "book": "huzhou-deqing", "entry_id": seen.id, "resident_id": seen.resident_id, "reference": seen.id,
        "action": seen.action, "tier": seen.tier, "quantity": str(seen.quantity), "unit": seen.unit,
        "material": seen.material, "site_id": seen.site_id, "staff_id": seen.staff_id, "visit_id": None,
        "evidence_key": seen.id, "occurred_at": seen.occurred_at, "recorded_at": seen.occurred_at,
        "local_day": seen.local_day, "mg": 0, "points": 1, "bonus": 0, "c2_salt": b"", "state": "pending" if held else "booked",
        "device_id": seen.device_id, "started_at": seen.started_at, "moved_metres": seen.moved_metres,
        "fix_latitude_e7": where and round(where.latitude * E7),
        "fix_longitude_e7": where and round(where.longitude * E7),
        "fix_accuracy_metres": seen.fix and seen.fix.accuracy_metres,
        "photo_hash": None if seen.photo_hash is None else signed(seen.photo_hash), "tree_id": seen.tree_id,
    }  # fmt: skip
    session.execute(insert(ActionRecord), [row | changes])
    count_observation(session, seen)


def add_site(session: Session, known: set[str], seen: Observation) -> None:
    if seen.site_id and seen.site_id not in known:
        known.add(seen.site_id)
        put_site(session, seen.site_id, "elsewhere", seen.site)


def put_site(session: Session, site_id: str, town: str, where: Point | None) -> None:
    place = where and {"latitude_e7": round(where.latitude * E7), "longitude_e7": round(where.longitude * E7)}
    plain = {"kind": "stop", "names": {}, "district": "huzhou-deqing", "active": True}
    session.execute(insert(Site), [{"id": site_id, "town": town, **plain, **(place or {})}])


def as_row(inspection: Inspection) -> TreeInspection:
    return TreeInspection(
        tree_id=inspection.tree_id, resident_id=inspection.resident_id, inspected_on=inspection.on,
        alive=inspection.alive,
    )  # fmt: skip


def small_city() -> Diary:
    """Few people, and most of them cheats, so that each rule has its occasion."""
    dice = Random(SEED)
    city, diary = build_city(dice, HONEST), Diary(dice)
    for _ in chain(live_honestly(diary, city, HONEST), live_as_cheats(diary, city, CHEATS, KINDS)):
        pass
    diary.close()
    return diary


def walk(session: Session) -> Iterator[tuple[Observation, Mapping[str, Any], Mapping[str, Any]]]:
    """A made-up city, observation by observation, with what the rules say by either history."""
    rules, memory, sites = load_rulebook(), MemoryHistory(), set[str]()
    diary = small_city()
    for town, middle in diary.towns.items():
        memory.add_town(town, rounded(middle) or middle)
        put_site(session, f"in {town}", town, middle)
    for _, raw in diary.seen:
        if isinstance(raw, Inspection):
            memory.inspect(raw)
            session.merge(as_row(raw))
            session.flush()
            continue
        seen = as_kept(raw)
        add_site(session, sites, seen)
        by_memory, by_tables = rules.judge(seen, memory), rules.judge(seen, SqlHistory(session))
        yield seen, {one.code: one for one in by_memory.suspicions}, {one.code: one for one in by_tables.suspicions}
        memory.add(seen, held=by_memory.held)
        keep(session, seen, held=by_memory.held)


def test_a_made_up_city_is_judged_alike_by_either_history(world: World) -> None:
    """Every rule speaks, so every question is asked; where two things happened in one moment, their order is free."""
    met: set[str] = set()
    with world.database.writing() as session:
        for seen, by_memory, by_tables in walk(session):
            assert by_memory.keys() == by_tables.keys(), seen
            for code, one in by_memory.items():
                assert (one.outcome, one.params) == (by_tables[code].outcome, by_tables[code].params), seen
            met |= by_memory.keys()
        session.rollback()
    assert met == CODES


def observation(number: int, **changes: Any) -> Observation:
    plain = next(one for _, one in small_city().seen if isinstance(one, Observation))
    return replace(plain, id=f"o{number}", occurred_at=plain.occurred_at + timedelta(minutes=number), **changes)


def test_what_was_given_back_is_no_history_and_what_was_refused_is(world: World) -> None:
    with world.database.writing() as session:
        first, second, third, new = (
            observation(number, resident_id="r", staff_id="s", unit="kg", photo_hash=2**64 - 1) for number in range(4)
        )
        keep(session, first, held=False, undone_at=first.occurred_at, state="withdrawn")
        take_back_record(session, session.get_one(ActionRecord, ("huzhou-deqing", first.id)))
        keep(session, second, held=False, state="refused")
        keep(session, third, held=False)
        history = SqlHistory(session)
        since = first.occurred_at
        found = history.of_resident("r", since=since, until=new.occurred_at, most=9, unit="kg")
        assert [one.id for one in found] == ["o2", "o1"]
        assert found[0].photo_hash == 2**64 - 1
        alike = history.photos_like(2**64 - 1, since=first.local_day, most=9)
        assert [one.id for one in alike] == ["o2", "o1"]
        assert history.pair("s", "r", weighed=True, since=first.local_day).actions == 2
        assert history.staff("s", weighed=True, since=first.local_day).actions == 2
        session.rollback()


QUESTIONS: Mapping[str, str] = {
    "of_resident": "resident_id = 'r' AND occurred_at >= '2026-01-01' AND occurred_at <= '2026-01-02'",
    "of_resident_in_a_unit": "resident_id = 'r' AND unit = 'kg' AND occurred_at >= '2026-01-01'",
    "at_site": "site_id = 's' AND occurred_at >= '2026-01-01'",
    "with_fix": "resident_id = 'r' AND fix_latitude_e7 IS NOT NULL AND occurred_at >= '2026-01-01'",
    "on_device": "device_id = 'd' AND occurred_at >= '2026-01-01'",
    "pending": "resident_id = 'r' AND action = 'a' AND tier = 't' AND state = 'pending' AND local_day >= '2026-01-01'",
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_reads_an_index_from_its_end(question: str, tmp_path: Path) -> None:
    """By SQLite's own plan: a search of an index and no sorting, so that the limit ends it."""
    world = make_world(tmp_path)
    with world.database.reading() as session:
        plan = session.execute(
            text(
                "EXPLAIN QUERY PLAN SELECT entry_id FROM action_record WHERE undone_at IS NULL AND "
                f"{QUESTIONS[question]} ORDER BY occurred_at DESC LIMIT 9"
            )
        ).all()
    steps = [row[-1] for row in plan]
    assert steps[0].startswith("SEARCH action_record USING INDEX ix_action_record_"), steps
    assert question == "pending" or not any("TEMP B-TREE" in step for step in steps), steps
