"""Caps by number, amount, place and interval: counted where the entry is booked, under any concurrency."""

from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from threading import Barrier
from typing import Any

import pytest
from sqlalchemy import insert, select, update

from greenlife.actions import ActionClaim, ResidentRef, book_actions, caps
from greenlife.errors import CapReached, ConfigInvalid, GreenlifeError, PlaceFull, QuantityCapReached, TooSoon
from greenlife.kinds.load import load_kind
from greenlife.models import ActionRecord, CapUse, LastUse
from greenlife.programme import Programme
from greenlife.scans import undo_weighing
from greenlife.scans.own_code import ref_of
from tests.greenlife.test_kinds import DATA, METHODOLOGIES, TIERS
from tests.world import World

MINUTE = timedelta(minutes=1)


@pytest.fixture
def world(either_world: World) -> World:
    return either_world


@pytest.fixture
def ref(world: World) -> ResidentRef:
    return ref_of(world.resident())


def ruled(world: World, action: str, tier: str, **changes: Any) -> Programme:
    """The programme with another rule."""
    kind = world.programme.actions[action]
    rule = replace(kind.tiers[tier], **changes)
    changed = replace(kind, tiers={**kind.tiers, tier: rule})
    return replace(world.programme, actions={**world.programme.actions, action: changed})


def claim(world: World, ref: ResidentRef, number: int, *, at: datetime | None = None, **changes: Any) -> ActionClaim:
    return replace(
        ActionClaim(
            resident=ref, action="recyclables", tier="attended", quantity=Decimal(10), unit="kg", material="glass",
            started_at=(at or world.now) - MINUTE, occurred_at=at or world.now, evidence_key=f"w:{number}:{ref.account}", reference=f"w:{number}",
        ),
        **changes,
    )  # fmt: skip


def book(world: World, programme: Programme, *claims: ActionClaim) -> None:
    with world.database.writing() as session:
        book_actions(session, programme, claims, now=world.now, entropy=world.entropy)


def used(world: World, ref: ResidentRef) -> list[tuple[int, int]]:
    with world.database.reading() as session:
        rows = session.execute(select(CapUse.used, CapUse.quantity).where(CapUse.account == ref.account))
        return [(row.used, row.quantity) for row in rows]


def test_the_mass_of_a_day_is_capped_and_what_is_refused_counts_nothing(world: World, ref: ResidentRef) -> None:
    programme = ruled(world, "recyclables", "attended", daily_quantity=Decimal(25))
    book(world, programme, claim(world, ref, 1))
    book(world, programme, claim(world, ref, 2))
    with pytest.raises(QuantityCapReached) as refused:
        book(world, programme, claim(world, ref, 3))
    assert refused.value.params == {"most": Decimal(25), "unit": "kg"}
    assert used(world, ref) == [(2, 20_000)]
    book(world, programme, claim(world, ref, 4, quantity=Decimal(5)))
    with pytest.raises(QuantityCapReached):
        book(world, programme, claim(world, ref, 5, quantity=Decimal("0.05")))
    world.later(days=1)
    book(world, programme, claim(world, ref, 6))


def test_one_batch_is_added_up(world: World, ref: ResidentRef) -> None:
    programme = ruled(world, "recyclables", "attended", daily_quantity=Decimal(25), daily_cap=3)
    with pytest.raises(QuantityCapReached):
        book(world, programme, *(claim(world, ref, number) for number in range(3)))
    with pytest.raises(CapReached):
        book(world, programme, *(claim(world, ref, number, quantity=Decimal(1)) for number in range(4)))
    assert used(world, ref) == []
    book(world, programme, *(claim(world, ref, number, quantity=Decimal(8)) for number in range(3)))
    assert used(world, ref) == [(3, 24_000)]


def test_the_number_is_named_before_the_mass(world: World, ref: ResidentRef) -> None:
    programme = ruled(world, "recyclables", "attended", daily_quantity=Decimal(10), daily_cap=1)
    book(world, programme, claim(world, ref, 1))
    with pytest.raises(CapReached):
        book(world, programme, claim(world, ref, 2))


def test_between_two_there_is_the_least_interval(world: World, ref: ResidentRef) -> None:
    programme = ruled(world, "recyclables", "attended", interval=30 * MINUTE)
    book(world, programme, claim(world, ref, 1))
    first = world.now
    for minutes in (0, 29):
        world.now = first + minutes * MINUTE
        with pytest.raises(TooSoon) as refused:
            book(world, programme, claim(world, ref, 2))
        assert refused.value.params == {"until": first + 30 * MINUTE}
    world.now = first + 30 * MINUTE
    book(world, programme, claim(world, ref, 2))
    with world.database.reading() as session:
        assert session.scalars(select(LastUse.last_at)).all() == [world.now]


def test_midnight_does_not_end_an_interval(world: World, ref: ResidentRef) -> None:
    programme = ruled(world, "recyclables", "attended", interval=30 * MINUTE)
    world.now = world.programme.midnight(world.programme.local_day(world.now)) - MINUTE
    book(world, programme, claim(world, ref, 1))
    world.later(minutes=2)
    with pytest.raises(TooSoon):
        book(world, programme, claim(world, ref, 2))


def test_a_place_records_so_much_a_day_whoever_comes(world: World, ref: ResidentRef) -> None:
    programme = ruled(world, "recyclables", "attended", place_cap=2)
    here, there = (world.site("station").id for _ in range(2))
    others = [ref_of(world.resident()) for _ in range(2)]
    book(world, programme, claim(world, ref, 1, site_id=here))
    book(world, programme, claim(world, others[0], 1, site_id=here))
    with pytest.raises(PlaceFull):
        book(world, programme, claim(world, others[1], 1, site_id=here))
    book(world, programme, claim(world, others[1], 2, site_id=there))
    world.later(days=1)
    book(world, programme, claim(world, others[1], 3, site_id=here))


def test_each_tier_fills_a_place_by_itself(world: World, ref: ResidentRef) -> None:
    """Two thousand scans of a poster must not leave the cashier without room, nor the cashier's the poster."""
    world.programme = ruled(world, "own_bag", "attended", place_cap=1)
    programme = ruled(world, "own_bag", "poster", place_cap=1)
    here = world.site("shop").id
    bag: dict[str, Any] = {
        "action": "own_bag",
        "unit": "bag",
        "quantity": Decimal(1),
        "material": None,
        "site_id": here,
    }
    for tier, numbers in (("poster", (1, 2)), ("attended", (3, 4))):
        book(world, programme, claim(world, ref, numbers[0], tier=tier, **bag))
        with pytest.raises(PlaceFull):
            book(world, programme, claim(world, ref, numbers[1], tier=tier, **bag))


def test_64_claims_at_local_midnight_give_exactly_the_cap_of_each_day(world: World, ref: ResidentRef) -> None:
    programme = ruled(world, "recyclables", "attended", daily_cap=4, daily_quantity=Decimal(35))
    assert booked_at_midnight(world, programme, ref) == {-1: 3, 0: 3}
    programme = ruled(world, "recyclables", "attended", daily_cap=4, daily_quantity=None)
    other = ref_of(world.resident())
    assert booked_at_midnight(world, programme, other) == {-1: 4, 0: 4}


@pytest.mark.parametrize("either_world", ["postgresql"], indirect=True)  # SQLite has one writer at a time
def test_a_counter_that_looks_first_and_writes_then_lets_more_through(
    world: World, ref: ResidentRef, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: without the condition in the write itself the cap does not hold on a store with several writers."""
    monkeypatch.setattr(caps, "_count", look_then_write)
    programme = ruled(world, "recyclables", "attended", daily_cap=4)
    today = world.programme.local_day(world.now)
    row = {"book": ref.book, "account": ref.account, "action": "recyclables", "tier": "attended"}
    with world.database.writing() as session:
        for day in (today - timedelta(days=1), today):
            session.execute(insert(CapUse), [row | {"local_day": day, "used": 0, "quantity": 0}])
    assert max(booked_at_midnight(world, programme, ref).values()) > 4


def look_then_write(session: Any, _: Any, key: tuple[Any, ...], more: Any) -> None:
    of_day = dict(zip(("book", "account", "action", "tier", "local_day"), key, strict=True))
    there = session.scalar(select(CapUse.used).filter_by(**of_day))
    if there + 1 > more.rule.daily_cap:
        raise CapReached(cap=more.rule.daily_cap)
    session.execute(update(CapUse).filter_by(**of_day).values(used=there + 1))


def booked_at_midnight(world: World, programme: Programme, ref: ResidentRef, claims: int = 64) -> dict[int, int]:
    """How many of half the claims a second before midnight and half at it were booked, all at the same time."""
    midnight = world.programme.midnight(world.programme.local_day(world.now))
    barrier = Barrier(8)

    def some(worker: int) -> Iterator[int]:
        barrier.wait()
        for number in range(worker, claims, 8):
            second = -1 if number % 2 else 0
            at = midnight + timedelta(seconds=second)
            with suppress(GreenlifeError), world.database.writing() as session:
                book_actions(
                    session, programme, [claim(world, ref, number, at=at)], now=midnight, entropy=world.entropy
                )
                yield second

    with ThreadPoolExecutor(8) as pool:
        booked = [second for part in pool.map(lambda worker: list(some(worker)), range(8)) for second in part]
    return dict(sorted(Counter(booked).items()))


def test_undoing_twice_while_others_book_gives_back_each_use_once(world: World) -> None:
    programme = ruled(world, "recyclables", "attended", daily_cap=99, daily_quantity=None, interval=None)
    resident, staff = world.resident(), world.attendant()
    ref, barrier = ref_of(resident), Barrier(8)
    book(world, programme, *(claim(world, ref, n, site_id=staff.scope, staff_id=staff.id) for n in range(8)))
    with world.database.reading() as session:
        entries = session.scalars(select(ActionRecord.entry_id)).all()

    def work(worker: int) -> None:
        barrier.wait()
        for number in range(8):
            if worker % 2:
                book(world, programme, claim(world, ref, 100 * worker + number, staff_id=staff.id))
                continue
            with world.database.writing() as session:
                undo_weighing(
                    session, programme, staff=staff, entry_id=entries[number], reason="other",
                    reference=f"u:{number}", now=world.now, entropy=world.entropy,
                )  # fmt: skip

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(work, range(8)))
    assert used(world, ref) == [(32, 320_000)]


def test_batches_count_in_one_order_and_never_wait_for_one_another(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []
    monkeypatch.setattr(caps, "_count", lambda _, __, key, ___: seen.append(key))
    refs = [ref_of(world.resident()) for _ in range(4)]
    uses = [
        (claim(world, one, 1), world.now.date(), world.programme.actions["recyclables"].tiers["attended"])
        for one in refs
    ]
    with world.database.writing() as session:
        caps.count_towards_caps(session, uses)
        caps.count_towards_caps(session, uses[::-1])
    assert seen[:4] == seen[4:]


def test_what_an_attendant_records_has_one_unit(tmp_path: Any) -> None:
    file = tmp_path / "bus_ride.toml"
    bus = (DATA / "bus_ride.toml").read_text("utf-8")
    assert "[tier.partner]" in bus
    file.write_text(bus.replace("[tier.partner]", "[tier.attended]", 1), "utf-8")
    with pytest.raises(ConfigInvalid, match="one unit"):
        load_kind(file, dict(METHODOLOGIES), TIERS)
