"""A resident scans posters."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor

import pytest

import ledger
from greenlife import chart
from greenlife.actions import CITY_FUND, guards
from greenlife.errors import (
    BudgetEmpty,
    CapReached,
    CodeElsewhere,
    CodeUnknown,
    GreenlifeError,
    HomeMissing,
    PlaceCapReached,
    PosterClosed,
    RecordUnknown,
)
from greenlife.models import Poster, Resident
from greenlife.scans import (
    ScanReceipt,
    own_code,
    preview_scan,
    record_scan,
    resident_record,
    resident_records,
    resident_summary,
)
from tests.world import ANJI, DEQING, HOSTS, World


def scan(world: World, resident: Resident, code: str, reference: str = "r1") -> ScanReceipt:
    with world.database.writing() as session:
        return record_scan(
            session, world.programme, resident=resident, code=code, hosts=HOSTS, reference=reference,
            now=world.now, entropy=world.entropy,
        )  # fmt: skip


def points(world: World, resident: Resident) -> int:
    with world.database.reading() as session:
        return resident_summary(session, world.programme, resident=resident, now=world.now).points


def entries(world: World, resident: Resident) -> int:
    with world.database.reading() as session:
        return len(resident_records(session, resident=resident).items)


def test_a_poster_earns_points_and_no_grams_and_says_why(world: World) -> None:
    resident, poster = world.resident(), world.poster()
    receipt = scan(world, resident, poster.code)
    assert (receipt.booked.mg, receipt.booked.points, receipt.points_balance) == (0, 2, 2)
    with world.database.reading() as session:
        record = resident_record(session, world.programme, resident=resident, entry_id=receipt.booked.entry_id)
    assert record.quote is not None
    assert record.quote.zero_reason == "poster_no_grams"
    assert record.entry.details["tier"] == "poster"


def test_looking_books_nothing(world: World) -> None:
    resident, poster = world.resident(), world.poster()
    with world.database.reading() as session:
        preview = preview_scan(
            session, world.programme, resident=resident, code=poster.short, hosts=HOSTS, now=world.now
        )
    assert (preview.quote.points, preview.quote.mg, preview.used, preview.cap) == (2, 0, 0, 2)
    assert entries(world, resident) == 0


def test_a_second_click_gives_the_first_receipt(world: World) -> None:
    resident, poster = world.resident(), world.poster()
    first = scan(world, resident, poster.code)
    world.later(seconds=1)
    second = scan(world, resident, poster.code)
    assert second.booked == dataclasses.replace(first.booked, replayed=True)
    assert points(world, resident) == 2


def test_the_same_reference_for_something_else_is_a_conflict(world: World) -> None:
    resident = world.resident()
    scan(world, resident, world.poster().code)
    with pytest.raises(ledger.ReferenceConflict):
        scan(world, resident, world.poster().code)
    assert points(world, resident) == 2


def test_one_poster_counts_once_a_day(world: World) -> None:
    resident, poster = world.resident(), world.poster()
    scan(world, resident, poster.code)
    with pytest.raises(PlaceCapReached) as refusal:
        scan(world, resident, poster.code, "r2")
    assert refusal.value.params == {"at": world.now}
    world.later(days=1)
    scan(world, resident, poster.code, "r3")
    assert points(world, resident) == 4


def test_the_daily_cap_holds_over_places_and_ends_at_local_midnight(world: World) -> None:
    resident = world.resident()
    for at in range(2):
        scan(world, resident, world.poster().code, f"r{at}")
    with pytest.raises(CapReached) as refusal:
        scan(world, resident, world.poster().code, "r2")
    assert refusal.value.params == {"cap": 2}
    world.later(hours=15)  # 16:00 UTC is midnight in the city
    scan(world, resident, world.poster().code, "r3")


def race_for_the_cap(world: World) -> int:
    resident = world.resident()
    posters = [world.poster() for _ in range(12)]

    def one(at: int) -> bool:
        try:
            scan(world, resident, posters[at].code, f"r{at}")
        except GreenlifeError:
            return False
        return True

    with ThreadPoolExecutor(12) as pool:
        return sum(pool.map(one, range(12)))


def test_scans_at_the_same_moment_do_not_pass_the_cap(world: World) -> None:
    assert race_for_the_cap(world) == 2


def test_without_the_guard_the_cap_is_passed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control of the test above."""
    monkeypatch.setattr("greenlife.actions.booking.count_towards_caps", lambda *_: None)
    assert race_for_the_cap(world) == 12


def test_without_the_claim_one_poster_counts_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control of the claim keys."""
    monkeypatch.setattr("greenlife.actions.booking.claim_evidence", lambda *_, **__: None)
    resident, poster = world.resident(), world.poster()
    scan(world, resident, poster.code, "r1")
    scan(world, resident, poster.code, "r2")
    assert points(world, resident) == 4
    assert guards.claim_evidence is not None


def test_an_empty_fund_books_nothing_and_keeps_nothing(world: World) -> None:
    resident, poster = world.resident(ANJI), world.poster()
    with pytest.raises(BudgetEmpty):
        scan(world, resident, poster.code)
    assert entries(world, resident) == 0
    world.fund(2, ANJI)
    scan(world, resident, poster.code)  # the poster and the cap were not used up by the refusal
    with world.database.reading() as session:
        assert ledger.balance(session, ANJI, chart.fund(CITY_FUND).path) == 0


@pytest.mark.parametrize("code", ["", "nothing", "00000000", "HTTP://GREEN.EXAMPLE/P/" + "0" * 26, "GLC1:X:1"])
def test_unknown_codes_are_refused(world: World, code: str) -> None:
    with pytest.raises(CodeUnknown):
        scan(world, world.resident(), code)


def test_a_code_for_another_counter_says_so(world: World) -> None:
    other = world.resident()
    with pytest.raises(CodeElsewhere) as refusal:
        scan(world, world.resident(), own_code(other, city="huzhou", now=world.now).text)
    assert refusal.value.params == {"found": "resident"}
    with pytest.raises(CodeElsewhere):
        scan(world, world.resident(), "GLC1:V:8F3K2M7Q")


def test_a_closed_poster_and_a_resident_without_a_home_are_refused(world: World) -> None:
    poster = world.poster()
    with pytest.raises(HomeMissing):
        scan(world, world.resident(None), poster.code)
    with world.database.writing() as session:
        stored = session.get(Poster, poster.code)
        assert stored
        stored.active = False
    with pytest.raises(PosterClosed):
        scan(world, world.resident(), poster.code)


def test_nobody_reads_another_residents_record(world: World) -> None:
    receipt = scan(world, world.resident(), world.poster().code)
    with world.database.reading() as session, pytest.raises(RecordUnknown):
        resident_record(session, world.programme, resident=world.resident(), entry_id=receipt.booked.entry_id)


def test_points_end_with_their_month_whether_or_not_a_sweep_has_run(world: World) -> None:
    resident = world.resident()
    scan(world, resident, world.poster().code)
    world.later(days=390)
    assert points(world, resident) == 2
    world.later(days=20)
    assert points(world, resident) == 0


def test_the_books_are_sound_after_all_of_it(world: World) -> None:
    resident = world.resident()
    for at in range(2):
        scan(world, resident, world.poster().code, f"r{at}")
    with world.database.reading() as session:
        assert ledger.check_book(session, DEQING) is None
