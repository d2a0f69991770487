"""Leaving while something is booked: whoever comes second waits, and nothing of the person is written afterwards."""

import threading
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import rewards
from greenlife.actions import withdraw_all
from greenlife.db import presence
from greenlife.errors import ResidentGone, VisitUnknown
from greenlife.models import Resident
from greenlife.residents import PRIVACY_VERSION, accept_privacy, choose_home, forget_resident
from greenlife.scans import open_visit, own_code, record_attended, record_scan, undo_weighing
from tests.greenlife.conftest import SQLITE
from tests.greenlife.life import Life, Town, forget, live, make_town, mentions
from tests.world import DEQING, HOSTS, World

Act = Callable[[Session], object]
LEDGER = ("ledger_",)


@pytest.fixture
def world(either_world: World) -> World:
    return either_world


@pytest.fixture
def town(world: World) -> Town:
    return make_town(world)


def scan(life: Life) -> Act:
    world = life.town.world
    poster = world.poster("bus_ride", "ride").code
    return lambda session: record_scan(
        session, world.programme, resident=life.resident, code=poster, hosts=HOSTS, reference="form:late",
        now=world.now, entropy=world.entropy,
    )  # fmt: skip


def left_behind(life: Life) -> set[str]:
    needles = life.personal | {"account": life.resident.account}
    return {place for place, _ in mentions(life.town.world, needles, but=LEDGER)}


def act_late(world: World, act: Act) -> None:
    with world.database.writing() as session:
        act(session)


@pytest.mark.parametrize("what", ["scan", "privacy", "home"])
def test_a_request_that_read_the_person_before_writes_nothing_after(world: World, town: Town, what: str) -> None:
    life = live(town)
    acts: dict[str, Act] = {
        "scan": scan(life),
        "privacy": lambda session: accept_privacy(
            session, resident=life.resident, version=PRIVACY_VERSION, now=world.now
        ),
        "home": lambda session: choose_home(
            session, world.programme, resident=life.resident, district="huzhou-anji", town=world.town("huzhou-anji")
        ),
    }
    life.resident.privacy_version = "2020-01"
    if what == "home":
        life.resident.book = None
    home, life.resident.book = life.resident.book, DEQING
    forget(life)
    life.resident.book = home

    with pytest.raises(ResidentGone):
        act_late(world, acts[what])

    assert left_behind(life) == set()


@SQLITE
def test_control_without_the_look_a_late_scan_leaves_a_record(
    world: World, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = live(town)
    late = scan(life)
    forget(life)
    monkeypatch.setattr("greenlife.actions.booking.keep_residents", lambda *_: None)
    act_late(world, late)
    assert {"action_record.resident_id", "cap_use.account", "claim.key"} <= left_behind(life)


@SQLITE
def test_control_merged_instead_of_looked_up_the_person_comes_back_to_life(
    world: World, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    life = live(town)
    life.resident.privacy_version = "2020-01"
    forget(life)
    monkeypatch.setattr("greenlife.residents.profile.stored_resident", Session.merge)
    act_late(world, lambda s: accept_privacy(s, resident=life.resident, version=PRIVACY_VERSION, now=world.now))
    assert "resident.phone" in left_behind(life)


def test_the_counter_is_told_that_the_visit_is_over(world: World, town: Town) -> None:
    life = live(town)
    forget(life)
    by: dict[str, Any] = {"staff": town.attendant, "now": world.now, "entropy": world.entropy, "reference": "form:late"}
    with pytest.raises(VisitUnknown):
        act_late(world, lambda session: record_attended(
            session, world.programme, visit_id=life.visit, action="recyclables", material="cardboard", quantity=Decimal(1), **by
        ))  # fmt: skip


def in_turn(world: World, first: Act, second: Callable[[], object]) -> BaseException | None:
    """``second`` begins in a thread of its own while ``first`` is written and not committed; what it met."""
    met: list[BaseException] = []

    def run() -> None:
        try:
            second()
        except Exception as error:
            met.append(error)

    thread = threading.Thread(target=run)
    with world.database.writing() as session:
        first(session)
        thread.start()
        thread.join(0.3)  # time to come as far as it can
    thread.join(30)
    assert not thread.is_alive()
    return met[0] if met else None


def late_acts(life: Life) -> dict[str, Act]:
    """What is done for a person by others, and by the person."""
    town, world = life.town, life.town.world
    world.later(minutes=1)
    by: dict[str, Any] = {"staff": town.attendant, "now": world.now, "entropy": world.entropy}
    shown = own_code(life.resident, city="huzhou", now=world.now).text
    return {
        "scan": scan(life),
        "weigh": lambda session: record_attended(
            session, world.programme, visit_id=life.visit, action="recyclables", material="cardboard", quantity=Decimal(1),
            reference="form:late", **by,
        ),
        "visit": lambda session: open_visit(
            session, world.programme, code=shown, hosts=HOSTS, reference="form:late", **by
        ),
        "undo": lambda session: undo_weighing(
            session, world.programme, entry_id=life.entries[2], reason="other", reference="form:late", **by
        ),
    }  # fmt: skip


@pytest.mark.parametrize("what", ["scan", "weigh", "visit", "undo"])
def test_leaving_waits_for_what_is_being_booked_and_forgets_it_too(world: World, town: Town, what: str) -> None:
    life = live(town)
    acts = late_acts(life)

    assert in_turn(world, acts[what], lambda: forget(life)) is None

    assert left_behind(life) == set()


@pytest.mark.parametrize("what", ["scan", "weigh", "visit", "undo"])
def test_what_comes_while_somebody_leaves_waits_and_is_refused(world: World, town: Town, what: str) -> None:
    life = live(town)
    acts = late_acts(life)

    met = in_turn(world, lambda session: _forget_in(session, life), lambda: act_late(world, acts[what]))

    assert getattr(met, "code", None) in {"resident_gone", "code_unknown", "visit_unknown", "record_unknown"}
    assert left_behind(life) == set()


def _forget_in(session: Session, life: Life) -> None:
    world = life.town.world
    today = world.programme.local_day(world.now)
    vouchers = partial(rewards.forget_holder, session, today=today, now=world.now, entropy=world.entropy)
    forget_resident(
        session, resident=life.resident, forget_vouchers=vouchers, remember=lambda _: None,
        withdraw=partial(withdraw_all, session, local_day=today, now=world.now, entropy=world.entropy),
    )  # fmt: skip


@pytest.mark.parametrize("locked", [True, False])
def test_control_without_the_lock_what_is_being_booked_outlives_the_person(
    world: World, town: Town, monkeypatch: pytest.MonkeyPatch, locked: bool
) -> None:
    """For somebody without vouchers, whom no row of the ledger makes wait; on SQLite one waits for the other anyway."""
    if not locked:
        monkeypatch.setattr(presence, "select", _unlocked)
    life = Life(town, world.resident())
    late = scan(life)

    assert in_turn(world, late, lambda: forget(life)) is None

    assert bool(left_behind(life)) is not (locked or world.database.is_sqlite)


def _unlocked(*columns: Any) -> Any:
    """A SELECT that cannot be made to lock."""
    query = select(*columns)

    class Unlocked(type(query)):  # type: ignore[misc]
        inherit_cache = False

        def with_for_update(self, **_: bool) -> Any:
            return self

    query.__class__ = Unlocked
    return query


def test_two_who_delete_the_same_account_do_not_wait_for_one_another(world: World, town: Town) -> None:
    life = live(town)
    assert in_turn(world, lambda session: _forget_in(session, life), lambda: forget(life)) is None
    with world.database.reading() as session:
        assert session.scalars(select(Resident)).all() == []
