"""A person leaves: nothing links the account to the person, and everything that was proved stays proved."""

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

import ledger
import rewards
from greenlife.actions import ActionClaim, ResidentRef, book_actions
from greenlife.errors import EvidenceClaimed, RecordUnknown, ResidentGone, ResidentUnknown
from greenlife.models import DailyFact, DailyParticipant, Staff
from greenlife.public_log import advance_log, origin_of, verifiers_of
from greenlife.residents import (
    Farewell,
    ScreenSender,
    confirm_code,
    find_resident,
    forget_resident,
    request_code,
    take_try,
    who,
)
from greenlife.residents.sign_in import new_resident
from greenlife.scans import last_weighings, undo_weighing
from greenlife.scans.own_code import ref_of
from greenlife.statistics import rebuild_statistics
from tests.greenlife.conftest import SQLITE
from tests.greenlife.life import PLACE, Life, Town, forget, live, make_town, mentions
from tests.greenlife.logs import assert_whole, database_leaves, make_log
from tests.world import DEQING, World

LEDGER, FACTS = ("ledger_",), ("ledger_", "daily_")


@pytest.fixture
def world(either_world: World) -> World:
    return either_world


@pytest.fixture
def town(world: World) -> Town:
    return make_town(world)


@pytest.fixture
def life(town: Town) -> Life:
    return live(town)


def rebuild(world: World) -> set[tuple[Any, ...]]:
    """The statistics, built from nothing."""
    with world.database.writing() as session:
        rebuild_statistics(session, world.programme, now=world.now, progress=lambda *_: None)
    with world.database.reading() as session:
        return {
            tuple(row)
            for model in (DailyFact, DailyParticipant)
            for row in session.connection().execute(select(model.__table__))
        }


def claims(world: World) -> dict[str, tuple[Any, ...]]:
    with world.database.reading() as session:
        table = ledger.metadata.tables["claim"]
        return {key: tuple(rest) for key, *rest in session.connection().execute(select(table))}


def test_nothing_is_left_that_is_the_persons_or_leads_to_the_account(world: World, life: Life) -> None:
    rebuild(world)
    known = {name for _, name in mentions(world, life.personal | life.traces)}
    assert known == set(life.personal | life.traces)  # the control: before, the search finds all of it

    assert forget(life) == Farewell(records=6, vouchers=1)

    assert mentions(world, life.personal) == set()
    assert mentions(world, life.traces, but=FACTS) == set()
    assert {place for place, _ in mentions(world, life.traces, but=LEDGER)} == {"daily_participant.account"}


@pytest.mark.parametrize(
    ("left", "place"),
    [
        ("DELETE FROM action_record", "action_record.c2_salt"),
        ("DELETE FROM claim", "claim.key"),
        ("DELETE FROM visit", "visit.resident_id"),
        ("DELETE FROM cap_use", "cap_use.account"),
        ("DELETE FROM sign_in WHERE", "sign_in.subject_id"),
        ("DELETE FROM sign_in_code", "sign_in_code.phone"),
        ("DELETE FROM offer_use", "offer_use.holder"),
        ("UPDATE redemption SET held_at", "redemption.c2_salt"),
    ],
)
@SQLITE
def test_the_search_finds_what_a_forgotten_step_leaves(world: World, life: Life, left: str, place: str) -> None:
    """The control: each step taken away by itself is found."""
    from sqlalchemy import event

    def skip(_c: object, _cursor: object, statement: str, params: Any, *_: object) -> tuple[str, Any]:
        if re.sub(r"\s+", " ", statement).startswith(left.split(" held_at")[0]):
            statement += " AND 1 = 0" if " WHERE " in statement else " WHERE 1 = 0"
        return statement, params

    event.listen(world.database.engine, "before_cursor_execute", skip, retval=True)
    forget(life)

    found = mentions(world, life.personal) | mentions(world, life.traces, but=FACTS)
    assert place in {where for where, _ in found}


@SQLITE
def test_not_even_the_file_remembers(world: World, life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    def in_file() -> set[str]:
        with world.database.engine.connect() as connection:
            connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        world.database.engine.dispose()
        assert world.database.path
        stored = world.database.path.read_bytes()
        return {
            name for name, one in life.personal.items() if (one if isinstance(one, bytes) else one.encode()) in stored
        }

    assert in_file() == set(life.personal)
    forget(life)
    assert in_file() == set()

    other = live(life.town)
    monkeypatch.setattr("greenlife.db.database._PRAGMAS", ("journal_mode=WAL", "secure_delete=OFF"))
    world.database.engine.dispose()
    forget(other)
    life.resident, life.salts = other.resident, other.salts
    assert in_file()  # the control: rows that are only unlinked can be read


def test_statistics_and_books_are_what_they_were(world: World, life: Life) -> None:
    before = rebuild(world)

    forget(life)

    assert before and rebuild(world) == before
    with world.database.reading() as session:
        assert ledger.check_book(session, DEQING) is None


@SQLITE
def test_receipts_from_before_verify_and_new_ones_can_be_made(world: World, life: Life, tmp_path: Path) -> None:
    runtime = make_log(world, tmp_path)
    advance_log(runtime)
    known: dict[str, Any] = {
        "origin": origin_of(runtime.settings, DEQING), "verifiers": verifiers_of(runtime.settings, DEQING),
    }  # fmt: skip
    with world.database.reading() as session:
        kept = {entry: ledger.make_receipt(session, DEQING, entry) for entry in life.entries}
    leaves = database_leaves(runtime)

    forget(life)
    advance_log(runtime)

    assert {ledger.open_receipt(text, **known).id for text in kept.values()} == set(life.entries)
    assert database_leaves(runtime)[: len(leaves)] == leaves
    assert_whole(runtime, len(leaves) + 1)  # the voucher that was given back
    with world.database.reading() as session:
        for entry in life.entries:
            assert ledger.open_receipt(ledger.make_receipt(session, DEQING, entry), **known).home == life.holder


def test_the_same_number_signs_up_anew_and_is_somebody_else(world: World, life: Life) -> None:
    forget(life)
    again = new_resident(phone=life.resident.phone, now=world.now, entropy=world.entropy)
    again.book, again.town = life.resident.book, life.resident.town
    with world.database.writing() as session:
        session.add(again)
    old = life.resident
    assert not {again.id, again.account, again.code_id, again.code_alias} & {
        old.id,
        old.account,
        old.code_id,
        old.code_alias,
    }

    claim = ActionClaim(
        resident=ref_of(again), action="shared_bike", tier="partner", quantity=Decimal(1), unit="km", occurred_at=world.now,
        evidence_key=life.trip, reference="feed:1",
    )  # fmt: skip
    with pytest.raises(EvidenceClaimed), world.database.writing() as session:  # a trip pays once
        book_actions(session, world.programme, [claim], now=world.later(minutes=1), entropy=world.entropy)


def test_evidence_from_elsewhere_stays_claimed_without_second_and_place(world: World, life: Life) -> None:
    assert len([key for key in claims(world) if life.resident.account in key or life.visit in key]) == 5

    forget(life)

    assert claims(world) == {life.trip: (world.now.replace(day=1, hour=0, minute=0), None)}


def test_a_used_voucher_stays_the_merchants_and_is_nobodys(world: World, life: Life) -> None:
    taken, given_back, open_ = life.vouchers
    with world.database.reading() as session:
        stock = stock_of(session, life)
    forget(life)

    till: dict[str, Any] = {
        "merchant_id": life.town.shop, "clerk_id": "stf_clerk", "place": PLACE, "now": world.now,
        "today": world.programme.local_day(world.now), "entropy": world.entropy,
    }  # fmt: skip
    with world.database.writing() as session:
        again = rewards.capture_voucher(session, code=taken.code, reference=life.trip, **till)
        assert (again.replayed, again.points) == (True, 20)
        for gone in (given_back, open_):
            with pytest.raises(rewards.VoucherUnknown):
                rewards.capture_voucher(session, code=gone.code, reference="form:late", **till)
        assert stock_of(session, life) == stock + 1
        assert ledger.balances(session, DEQING, "held") == {}


def stock_of(session: Any, life: Life) -> int:
    offers = ledger.metadata.tables["offer"].c
    return int(session.connection().execute(select(offers.stock).where(offers.id == life.town.offer)).scalar_one())


def test_points_run_out_as_all_points_do(world: World, life: Life) -> None:
    forget(life)
    with world.database.reading() as session:
        left = sum(ledger.balances(session, DEQING, f"{life.holder}:points").values())
    assert left > 0
    world.later(days=500)
    with world.database.writing() as session:
        today = world.programme.local_day(world.now)
        rewards.expire_lots(session, book=DEQING, today=today, now=world.now, entropy=world.entropy)
        assert sum(ledger.balances(session, DEQING, f"{life.holder}:points").values()) == 0
        assert ledger.check_book(session, DEQING) is None


def test_others_keep_everything(world: World, life: Life) -> None:
    world.later(minutes=15)
    other = live(life.town)
    before = mentions(world, other.personal | other.traces)

    forget(life)

    assert mentions(world, other.personal | other.traces) == before


def test_the_attendant_sees_and_undoes_nothing_of_it(world: World, life: Life) -> None:
    forget(life)
    with world.database.writing() as session:
        assert last_weighings(session, staff=life.town.attendant, now=world.now) == ()
        assert who(session, life.token, now=world.now) is None
        with pytest.raises(RecordUnknown):
            undo_weighing(
                session, world.programme, staff=life.town.attendant, entry_id=life.entries[2], reason="other",
                reference="form:u", now=world.now, entropy=world.entropy,
            )  # fmt: skip


def references(world: World, home: str) -> dict[str, str]:
    """Kind → the reference that the ledger has, of this home's entries."""
    entries = ledger.metadata.tables["ledger_entry"].c
    with world.database.reading() as session:
        query = select(entries.kind, entries.reference).where(entries.home == home)
        return {row.kind: row.reference for row in session.connection().execute(query)}


@SQLITE
def test_the_ledger_never_had_a_reference_that_says_anything(world: World, life: Life) -> None:
    found = references(world, life.holder)
    assert set(found) == {"action", "hold", "capture", "release", "reversal"}
    for kind in ("action", "hold", "release", "reversal"):
        assert re.fullmatch("ref:[0-9a-f]{32}", found[kind])
    assert {place for place, _ in mentions(world, {"trip": life.trip})} & {"ledger_entry.reference"} == set()


@SQLITE
def test_with_the_key_gone_no_reference_can_be_recognised(world: World, life: Life) -> None:
    sent = f"feed:{life.trip}"
    with_key = ref_of(life.resident).blind(sent)
    assert mentions(world, {"trip": with_key}) == {
        ("ledger_entry.reference", "trip")
    }  # the control: whoever has it can

    forget(life)

    known = [life.resident.account, life.resident.id, life.resident.phone, "s" * 40, ""]
    again = new_resident(phone=life.resident.phone, now=world.now, entropy=world.entropy)
    keys = [again.reference_key, *(value.encode() for value in known), bytes(32)]
    for key in keys:
        tried = ResidentRef("res", DEQING, "acc", "town", key).blind(sent)
        assert mentions(world, {"trip": tried}) == set()
    assert {place for place, _ in mentions(world, {"key": life.resident.reference_key})} == set()


def test_a_trip_that_is_sent_again_pays_once_before_and_after(world: World, life: Life) -> None:
    claim = ActionClaim(
        resident=ref_of(life.resident), action="shared_bike", tier="partner", quantity=Decimal("3.2"), unit="km",
        occurred_at=world.now - timedelta(hours=3), evidence_key=life.trip, reference=f"feed:{life.trip}",
    )  # fmt: skip
    with world.database.writing() as session:
        (again,) = book_actions(session, world.programme, [claim], now=world.later(minutes=1), entropy=world.entropy)
    assert (again.replayed, again.entry_id) == (True, life.entries[-1])

    forget(life)

    other = replace(claim, resident=ref_of(world.resident()))
    for late, refused in ((claim, ResidentGone), (other, EvidenceClaimed)):
        with pytest.raises(refused), world.database.writing() as session:
            book_actions(session, world.programme, [late], now=world.later(minutes=1), entropy=world.entropy)


@SQLITE
def test_a_member_of_staff_with_the_same_number_stays_one(world: World, life: Life) -> None:
    """Leaving is the resident's: the counter is the employer's, and has its own sign-in, codes and records."""
    phone = life.resident.phone
    with world.database.writing() as session:
        session.add(
            Staff(id="stf_same", phone=phone, role="clerk", scope=life.town.shop, label=PLACE, created_at=world.now)
        )
        sent = request_code(
            session, phone=phone, purpose="staff", sender=ScreenSender(), key=b"k" * 32, now=world.now,
            entropy=world.entropy,
        )  # fmt: skip

    forget(life)

    with world.database.writing() as session:
        told: dict[str, Any] = {"phone": phone, "purpose": "staff", "code": str(sent.shown_code), "now": world.now}
        take_try(session, **told)
        token = confirm_code(session, **told, key=b"k" * 32, entropy=world.entropy).token
        signed = who(session, token, now=world.now)
    assert signed is not None
    assert (signed.staff and signed.staff.id, signed.resident) == ("stf_same", None)
    needle = {"phone": life.personal["phone"]}
    assert {place for place, _ in mentions(world, needle)} == {"staff.phone"}
    # Nothing leads from the counter to what its owner did as a resident.
    assert mentions(world, {"staff": "stf_same"}) == {("staff.id", "staff"), ("sign_in.subject_id", "staff")}


@SQLITE
def test_it_is_all_or_nothing(world: World, life: Life) -> None:
    before = mentions(world, life.personal | life.traces)

    def broken(**_: str) -> int:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="disk is full"), world.database.writing() as session:
        forget_resident(
            session, resident=life.resident, forget_vouchers=broken, remember=lambda _: None,
            withdraw=lambda _: None,
        )  # fmt: skip
    assert mentions(world, life.personal | life.traces) == before


def test_twice_is_as_good_as_once_and_who_had_no_home_is_forgotten_too(world: World, life: Life) -> None:
    forget(life)
    assert forget(life) == Farewell(records=0, vouchers=0)
    homeless = Life(life.town, world.resident(None))
    assert forget(homeless) == Farewell(records=0, vouchers=0)
    with pytest.raises(ResidentUnknown), world.database.reading() as session:
        find_resident(session, phone=homeless.resident.phone)
