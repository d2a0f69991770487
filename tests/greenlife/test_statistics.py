"""Daily facts equal the ledger, undone entries do not count, and small groups cannot be found out."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

import ledger
from greenlife.actions import ActionClaim, book_actions
from greenlife.errors import PanelUnknown, PeriodInvalid
from greenlife.safe_csv import write_csv
from greenlife.scans.own_code import ref_of
from greenlife.statistics import (
    Panel,
    Period,
    panel_csv,
    parse_period,
    read_panel,
    read_summary,
    rebuild_statistics,
    refresh_statistics,
)
from greenlife.statistics.small_groups import Row, hide_small
from tests.world import DEQING, START, World

TODAY = date(2026, 11, 2)
PERIOD = Period(TODAY - timedelta(days=6), TODAY)


def act(world: World, people: int, *, town: int = 0, action: str = "bus_ride", unit: str = "km") -> list[str]:
    entries = []
    for number in range(people):
        person = world.resident()
        ref = ref_of(person)
        claim = ActionClaim(
            resident=replace(ref, town=world.town(DEQING, town)), action=action, tier="partner",
            quantity=Decimal("3.5"), unit=unit, occurred_at=world.now, evidence_key=f"{action}:{ref.id}:{number}",
            reference=f"r{number}",
        )  # fmt: skip
        with world.database.writing() as session:
            entries += [
                one.entry_id
                for one in book_actions(session, world.programme, [claim], now=world.now, entropy=world.entropy)
            ]
    return entries


def read(world: World, panel: str, district: str | None = DEQING) -> Panel:
    with world.database.writing() as session:
        refresh_statistics(session, world.programme, now=world.now)
        return read_panel(session, world.programme, panel, district=district, period=PERIOD)


def test_facts_equal_the_ledger(world: World) -> None:
    act(world, 12)
    panel = read(world, "by_action")
    with world.database.reading() as session:
        sums = [
            line.amount
            for entry in ledger.entries_on(session, DEQING, TODAY)
            if entry.kind == "action"
            for line in entry.lines
            if line.path.endswith(":carbon")
        ]
    assert (panel.total.residents, panel.total.actions, panel.total.mg) == (12, 12, sum(sums))
    assert next(row for row in panel.rows if row.key == "bus_ride").mg == sum(sums)


def test_refreshing_again_and_rebuilding_change_nothing(world: World) -> None:
    act(world, 15)
    first = read(world, "by_day")
    assert read(world, "by_day") == first
    with world.database.writing() as session:
        rebuild_statistics(session, world.programme, now=world.now, progress=lambda *_: None)
        assert read_panel(session, world.programme, "by_day", district=DEQING, period=PERIOD) == first


def test_an_undone_entry_stops_counting_on_its_own_day(world: World) -> None:
    (entry, *_) = act(world, 13)
    assert read(world, "by_day").total.actions == 13
    world.later(days=1)
    with world.database.writing() as session:
        ledger.reverse(
            session, book=DEQING, entry_id=entry, now=world.now,
            stamp=ledger.Stamp(
                id=ledger.new_id("ent", world.entropy), reference="undo", kind="reversal", occurred_at=world.now,
                local_day=TODAY + timedelta(days=1), details={}, salt=world.entropy(32), commitment=world.entropy(32),
            ),
        )  # fmt: skip
    panel = read(world, "by_day")
    assert (panel.rows[-1].key, panel.rows[-1].actions) == ("2026-11-02", 12)


def test_fewer_than_eleven_are_hidden_and_eleven_are_not(world: World) -> None:
    act(world, 11, town=0)
    rows = {row.key: row for row in read(world, "by_town").rows}
    assert rows[world.town(DEQING, 0)].residents == 11
    act(world, 10, town=1)
    rows = {row.key: row for row in read(world, "by_town").rows}
    assert rows[world.town(DEQING, 1)].hidden
    # Ten could be found by subtraction from the total, so the eleven are hidden with them.
    assert rows[world.town(DEQING, 0)].hidden
    assert rows[world.town(DEQING, 2)].residents == 0


def test_what_is_hidden_cannot_be_subtracted() -> None:
    rows = [Row("a", 50, 60, 7, 8), Row("b", 3, 3, 3, 3), Row("c", 20, 30, 4, 5), Row("d", 0, 0, 0, 0)]
    assert [row.key for row in hide_small(rows, 11) if row.hidden] == ["b", "c"]
    assert not any(row.hidden for row in hide_small(rows, 3))  # the control: with a lower threshold nothing is


def test_a_total_of_few_is_hidden_too(world: World) -> None:
    act(world, 4)
    assert read(world, "by_day").total.hidden
    with world.database.reading() as session:
        summary = read_summary(session, world.programme, district=DEQING, period=PERIOD)
    assert summary.now.hidden
    assert summary.before.actions == 0


def test_districts_and_unknown_panels(world: World) -> None:
    act(world, 12)
    assert {row.key: row.residents for row in read(world, "districts", None).rows}[DEQING] == 12
    with pytest.raises(PanelUnknown):
        read(world, "by_moon")


@pytest.mark.parametrize(
    ("since", "until"),
    [("2026-13-01", None), ("x", "y"), ("2026-11-03", None), ("2024-01-01", None), (None, "0001-01-01")],
)
def test_wrong_periods(since: str | None, until: str | None) -> None:
    with pytest.raises(PeriodInvalid):
        parse_period(since, until, today=TODAY)


def test_the_usual_period_and_the_one_before() -> None:
    period = parse_period(None, None, today=TODAY)
    assert (period.days, period.until) == (30, TODAY)
    assert (period.before().days, period.before().until) == (30, period.since - timedelta(days=1))


def test_csv_is_for_excel_and_runs_nothing(world: World) -> None:
    act(world, 12)
    headings = ("=HYPERLINK", "residents", "actions", "kg", "points")
    content = panel_csv(read(world, "by_town"), headings=headings, label=lambda key: f"@{key}", hidden="few")
    text = content.decode("utf-8-sig")
    assert content.startswith(b"\xef\xbb\xbf")
    assert text.startswith("'=HYPERLINK,residents,actions,kg,points\r\n'@")
    assert write_csv([["plain"]]) == b"\xef\xbb\xbfplain\r\n"
    assert START.date() == TODAY
