"""A partner's file: each fault is named, what is good is booked once, and only in a demo."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from greenlife.errors import MappingInvalid, NotADemo
from greenlife.feeds import Summary, import_feed, load_mapping, read_rows, write_rejects
from greenlife.models import ActionRecord, DailyFact, Installation
from tests.world import World

MAPPING = Path(__file__).parents[2] / "greenlife/feeds/data/demo-bikes.toml"
REAL = Path(__file__).parents[3] / "shared/data/bike_trips.csv"
HEAD = "trip_id,city,bike_id,start_time,stop_time,start_lat,start_lon,stop_lat,stop_lon"
GOOD = "1,bo,7,2016-04-01 08:00:00,2016-04-01 08:20:00,42.3481,-71.0766,42.3651,-71.0866"
FAULTS = {
    "too_short": "2,bo,7,2016-04-01 08:00:00,2016-04-01 08:20:00,42.3481,-71.0766,42.3482,-71.0766",
    "too_fast": "3,bo,7,2016-04-01 08:00:00,2016-04-01 08:02:00,42.3481,-71.0766,42.3651,-71.0866",
    "no_coordinates": "4,bo,7,2016-04-01 08:00:00,2016-04-01 08:20:00,,-71.0766,42.3651,-71.0866",
    "coordinates_unreadable": "5,bo,7,2016-04-01 08:00:00,2016-04-01 08:20:00,north,-71.0766,42.3651,-71.0866",
    "ends_before_start": "6,bo,7,2016-04-01 08:20:00,2016-04-01 08:00:00,42.3481,-71.0766,42.3651,-71.0866",
    "time_unreadable": "7,bo,7,yesterday,2016-04-01 08:00:00,42.3481,-71.0766,42.3651,-71.0866",
    "unknown_group": "8,=cmd(),7,2016-04-01 08:00:00,2016-04-01 08:20:00,42.3481,-71.0766,42.3651,-71.0866",
    "no_id": ",bo,7,2016-04-01 08:00:00,2016-04-01 08:20:00,42.3481,-71.0766,42.3651,-71.0866",
    "in_future": "9,bo,7,2019-04-01 08:00:00,2019-04-01 08:20:00,42.3481,-71.0766,42.3651,-71.0866",
}


@pytest.fixture
def town(world: World) -> World:
    for _ in range(3):
        world.resident()
    return world


def run(world: World, file: Path) -> Summary:
    mapping = load_mapping(MAPPING)
    return import_feed(
        world.database, world.programme, rows=read_rows(file, mapping), mapping=mapping, partner="bikes",
        now=world.now, entropy=world.entropy, progress=lambda *_: None,
    )  # fmt: skip


def write(folder: Path, *lines: str) -> Path:
    path = folder / "trips.csv"
    path.write_text("\n".join([HEAD, *lines]) + "\n", encoding="utf-8")
    return path


def test_what_waits_for_a_person_is_told_apart(town: World, tmp_path: Path) -> None:
    kind = town.programme.actions["shared_bike"]
    seen = replace(kind, tiers={"partner": replace(kind.tiers["partner"], review=True)})
    town.programme = replace(town.programme, actions={**town.programme.actions, "shared_bike": seen})
    summary = run(town, write(tmp_path, GOOD))
    assert (summary.booked, summary.waiting) == (1, 1)


def test_a_good_trip_is_booked_with_its_shift(town: World, tmp_path: Path) -> None:
    summary = run(town, write(tmp_path, GOOD))
    assert (summary.read, summary.booked, summary.already, summary.rejected) == (1, 1, 0, ())
    with town.database.reading() as session:
        record = session.scalars(select(ActionRecord)).one()
        facts = session.scalars(select(DailyFact)).all()
    assert record.tier == "partner"
    assert record.quantity == "2.061"
    assert record.occurred_at < town.now
    moved = record.occurred_at.date() - date(2016, 4, 1)
    assert moved.days % 7 == 0
    assert [(one.action, one.mg) for one in facts] == [("shared_bike", record.mg)]


@pytest.mark.parametrize("reason", FAULTS)
def test_each_fault_is_named_and_costs_no_other_row(town: World, tmp_path: Path, reason: str) -> None:
    summary = run(town, write(tmp_path, FAULTS[reason], GOOD))
    assert summary.booked == 1
    assert [(one.row, one.reason) for one in summary.rejected] == [(2, reason)]


def test_a_trip_beyond_the_window_costs_no_other_row(town: World, tmp_path: Path) -> None:
    old = "9,bo,7,2016-01-20 08:00:00,2016-01-20 08:20:00,42.3481,-71.0766,42.3651,-71.0866"
    summary = run(town, write(tmp_path, old, GOOD))
    assert summary.booked == 1
    assert [(one.row, one.reason) for one in summary.rejected] == [(2, "claim_too_old")]


def test_a_trip_of_less_than_a_minute_is_rejected_by_its_code(town: World, tmp_path: Path) -> None:
    short = "9,bo,7,2016-04-01 08:00:00,2016-04-01 08:00:40,42.3481,-71.0766,42.3500,-71.0766"
    summary = run(town, write(tmp_path, short, GOOD))
    assert summary.booked == 1
    assert [(one.row, one.reason) for one in summary.rejected] == [(2, "duration_too_short")]


def test_a_second_run_books_nothing(town: World, tmp_path: Path) -> None:
    file = write(tmp_path, GOOD)
    run(town, file)
    town.later(days=3)
    again = run(town, file)
    assert (again.booked, again.already) == (0, 1)
    with town.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(ActionRecord)) == 1


def test_a_trip_told_twice_with_other_content_is_rejected(town: World, tmp_path: Path) -> None:
    summary = run(town, write(tmp_path, GOOD, GOOD.replace("42.3651", "42.3661")))
    assert summary.booked == 1
    assert [one.row for one in summary.rejected] == [3]


def test_only_a_demo_invents_riders(town: World, tmp_path: Path) -> None:
    file = write(tmp_path, GOOD)
    with town.database.writing() as session:
        session.execute(update(Installation).values(demo_seed=None))
    with pytest.raises(NotADemo):
        run(town, file)
    with town.database.writing() as session:  # the control: the same call works on a demo's data
        session.execute(update(Installation).values(demo_seed=7))
    assert run(town, file).booked == 1


def test_rejects_open_in_excel_and_run_nothing(town: World, tmp_path: Path) -> None:
    summary = run(town, write(tmp_path, FAULTS["unknown_group"]))
    write_rejects(tmp_path / "rejects.csv", summary.rejected)
    content = (tmp_path / "rejects.csv").read_bytes().decode("utf-8-sig")
    assert (tmp_path / "rejects.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert content == "row,column,reason,value\r\n2,city,unknown_group,'=cmd()\r\n"


def test_a_missing_column_is_named(town: World, tmp_path: Path) -> None:
    path = tmp_path / "trips.csv"
    path.write_text("trip_id,city\n1,bo\n", encoding="utf-8")
    with pytest.raises(MappingInvalid, match="bike_id"):
        run(town, path)


@pytest.mark.parametrize(
    ("old", "new"), [("America/Chicago", "Mars/Base"), ("most_kmh", "most_mph"), ("last_day = 2016-12-01", "")]
)
def test_a_mistake_in_a_mapping_is_named(tmp_path: Path, old: str, new: str) -> None:
    path = tmp_path / "mapping.toml"
    path.write_text(MAPPING.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(MappingInvalid):
        load_mapping(path)


if REAL.exists():  # the operators' own file is not part of the project; its kinds of faults are in the rows above

    def test_the_real_trips(town: World) -> None:
        for _ in range(200):
            town.resident()
        first, second = run(town, REAL), run(town, REAL)
        assert (first.read, first.booked, len(first.rejected)) == (1198, 1131, 67)
        assert sorted({one.reason for one in first.rejected}) == ["no_coordinates", "too_short"]
        assert (second.booked, second.already) == (0, 1131)
