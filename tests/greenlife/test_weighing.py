"""An attendant opens a visit, weighs, and takes a weighing back."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

import ledger
from greenlife.actions import Booked
from greenlife.errors import (
    ActionElsewhere,
    ActionUnknown,
    CodeElsewhere,
    CodeExpired,
    CodeForged,
    CodeUsed,
    GreenlifeError,
    MaterialUnknown,
    OtherSite,
    OwnCode,
    PointsSpentAlready,
    QuantityInvalid,
    QuantityOutOfRange,
    ReasonMissing,
    RoleRequired,
    UndoneAlready,
    UndoTooLate,
    VisitOver,
    VisitUnknown,
)
from greenlife.kinds import PLACES
from greenlife.models import CapUse, LastUse, PlaceUse, Resident, Staff
from greenlife.scans import (
    ScanReceipt,
    VisitView,
    attended_kinds,
    last_weighings,
    open_visit,
    own_code,
    record_attended,
    resident_summary,
    undo_weighing,
)
from ledger import ReferenceConflict
from tests.world import DEQING, HOSTS, World


def open_for(world: World, staff: Staff, code: str, reference: str = "v1") -> VisitView:
    with world.database.writing() as session:
        return open_visit(
            session, world.programme, staff=staff, code=code, hosts=HOSTS, reference=reference, now=world.now,
            entropy=world.entropy,
        )  # fmt: skip


def weigh(
    world: World, staff: Staff, visit: str, kilograms: str = "3.20", material: str = "cardboard", reference: str = "w1"
) -> ScanReceipt:
    with world.database.writing() as session:
        return record_attended(
            session, world.programme, staff=staff, visit_id=visit, material=material, quantity=Decimal(kilograms), action="recyclables",
            reference=reference, now=world.now, entropy=world.entropy,
        )  # fmt: skip


def undo(world: World, staff: Staff, entry_id: str, reason: str = "wrong_weight", reference: str = "u1") -> Booked:
    with world.database.writing() as session:
        return undo_weighing(
            session, world.programme, staff=staff, entry_id=entry_id, reason=reason, reference=reference,
            now=world.now, entropy=world.entropy,
        )  # fmt: skip


def visited(world: World) -> tuple[Staff, Resident, VisitView]:
    staff, resident = world.attendant(), world.resident()
    visit = open_for(world, staff, own_code(resident, city="huzhou", now=world.now).text)
    world.later(seconds=3)  # so long the rules ask for
    return staff, resident, visit


def balance(world: World, resident: Resident) -> tuple[int, int]:
    with world.database.reading() as session:
        summary = resident_summary(session, world.programme, resident=resident, now=world.now)
    return summary.points, summary.carbon_total_mg


def test_one_use_of_the_code_opens_a_visit_in_which_several_materials_are_weighed(world: World) -> None:
    staff, resident, visit = visited(world)
    assert (visit.ordinal, visit.phone) == (1, f"{resident.phone[3:6]}****{resident.phone[-4:]}")
    first = weigh(world, staff, visit.id)
    weigh(world, staff, visit.id, "1.1", "pet", "w2")
    assert (first.booked.mg, first.booked.points) == (325_152, 16)
    assert balance(world, resident)[1] > 325_152


def test_a_used_code_opens_no_second_visit_and_says_when_it_was_used(world: World) -> None:
    staff, resident = world.attendant(), world.resident()
    code, used_at = own_code(resident, city="huzhou", now=world.now), world.now
    open_for(world, staff, code.text)
    world.later(seconds=5)
    for text in (code.text, code.typed):
        with pytest.raises(CodeUsed) as refusal:
            open_for(world, world.attendant(), text, "v2")
        assert refusal.value.params == {"at": used_at}


def test_without_the_claim_a_replayed_code_opens_a_visit(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The negative control of the test above."""
    monkeypatch.setattr("greenlife.scans.visits._use_up", lambda *_: None)
    staff, resident = world.attendant(), world.resident()
    code = own_code(resident, city="huzhou", now=world.now).text
    assert open_for(world, staff, code).id != open_for(world, staff, code, "v2").id


def test_a_second_click_opens_the_same_visit(world: World) -> None:
    staff, resident = world.attendant(), world.resident()
    code = own_code(resident, city="huzhou", now=world.now).text
    assert open_for(world, staff, code).id == open_for(world, staff, code).id


def test_old_forged_and_wrong_codes_open_nothing(world: World) -> None:
    staff, resident = world.attendant(), world.resident()
    text = own_code(resident, city="huzhou", now=world.now).text
    world.later(minutes=2)
    with pytest.raises(CodeExpired):
        open_for(world, staff, text)
    with pytest.raises(CodeForged):
        open_for(world, staff, text[:-16] + "0" * 16)
    with pytest.raises(CodeElsewhere):
        open_for(world, staff, f"HTTP://GREEN.EXAMPLE/P/{world.poster().code}")


def test_nobody_scans_their_own_code_and_only_attendants_scan(world: World) -> None:
    staff, resident = world.attendant(), world.resident()
    with world.database.writing() as session:
        staff.phone = resident.phone
        session.merge(staff)
    with pytest.raises(OwnCode):
        open_for(world, staff, own_code(resident, city="huzhou", now=world.now).text)
    with pytest.raises(RoleRequired):
        open_for(world, world.staff("clerk", "mer_x"), own_code(resident, city="huzhou", now=world.now).text)


def test_a_visit_ends_after_ten_minutes_and_belongs_to_its_attendant(world: World) -> None:
    staff, _, visit = visited(world)
    with pytest.raises(VisitUnknown):
        weigh(world, world.attendant(), visit.id)
    first = weigh(world, staff, visit.id)
    world.later(minutes=10)
    assert weigh(world, staff, visit.id).booked.entry_id == first.booked.entry_id  # a late second click
    with pytest.raises(VisitOver):
        weigh(world, staff, visit.id, reference="w2")


@pytest.mark.parametrize("kilograms", ["0", "-1", "1e9", "NaN", "30.01"])
def test_impossible_weights_book_nothing(world: World, kilograms: str) -> None:
    staff, resident, visit = visited(world)
    with pytest.raises((QuantityOutOfRange, QuantityInvalid)):
        weigh(world, staff, visit.id, kilograms)
    with pytest.raises(MaterialUnknown):
        weigh(world, staff, visit.id, material="gold")
    assert balance(world, resident) == (0, 0)


def test_a_weighing_is_undone_into_the_same_lots_and_the_record_stays(world: World) -> None:
    staff, resident, visit = visited(world)
    receipt = weigh(world, staff, visit.id)
    undone = undo(world, staff, receipt.booked.entry_id)
    assert (undone.mg, undone.points, balance(world, resident)) == (-325_152, -16, (0, 0))
    with world.database.reading() as session:
        (seen,) = last_weighings(session, staff=staff, now=world.now)
        entry = ledger.get_entry(session, DEQING, receipt.booked.entry_id)
        assert ledger.check_book(session, DEQING) is None
    assert (seen.state, entry.reversed_by) == ("undone", undone.entry_id)


def test_a_weighing_is_undone_once(world: World) -> None:
    staff, _, visit = visited(world)
    receipt = weigh(world, staff, visit.id)
    first = undo(world, staff, receipt.booked.entry_id)
    world.later(seconds=2)
    assert undo(world, staff, receipt.booked.entry_id).entry_id == first.entry_id  # a second click
    with pytest.raises(UndoneAlready):
        undo(world, staff, receipt.booked.entry_id, reference="u2")


def test_undo_has_a_reason_a_time_and_a_place(world: World) -> None:
    staff, _, visit = visited(world)
    receipt = weigh(world, staff, visit.id)
    with pytest.raises(ReasonMissing):
        undo(world, staff, receipt.booked.entry_id, "because")
    with pytest.raises(OtherSite):
        undo(world, world.attendant(), receipt.booked.entry_id)
    world.later(minutes=30)
    with pytest.raises(UndoTooLate):
        undo(world, staff, receipt.booked.entry_id)


def test_points_that_were_spent_cannot_be_taken_back(world: World) -> None:
    staff, resident, visit = visited(world)
    receipt = weigh(world, staff, visit.id)
    account = f"resident:{resident.account}:points"
    with world.database.writing() as session:
        lots = ledger.standings(session, DEQING, account)
        amount = sum(lot.balance for lot in lots)
        held = ledger.Leg(ledger.Account("held:rdm_x", ledger.POINT), amount)
        legs = (*ledger.spend(lots, amount, at=world.now), held)
        spending = ledger.Entry(
            id="ent_spend", book=DEQING, home=f"resident:{resident.account}", reference="spend", kind="hold",
            occurred_at=world.now, local_day=world.programme.local_day(world.now), legs=legs, details={},
            salt=bytes(32), commitment=bytes(32),
        )  # fmt: skip
        ledger.post(session, spending, now=world.now)
    with pytest.raises(PointsSpentAlready):
        undo(world, staff, receipt.booked.entry_id)


def test_the_last_ten_are_the_newest_ten(world: World) -> None:
    staff, _, visit = visited(world)
    for at in range(12):
        world.later(seconds=1)
        weigh(world, staff, visit.id, reference=f"w{at}")
    with world.database.reading() as session:
        seen = last_weighings(session, staff=staff, now=world.now)
    assert len(seen) == 10
    assert [one.recorded_at for one in seen] == sorted((one.recorded_at for one in seen), reverse=True)


def record(
    world: World, staff: Staff, visit: str, action: str, quantity: str = "1", reference: str = "r1"
) -> ScanReceipt:
    with world.database.writing() as session:
        return record_attended(
            session, world.programme, staff=staff, visit_id=visit, action=action, material=None,
            quantity=Decimal(quantity), reference=reference, now=world.now, entropy=world.entropy,
        )  # fmt: skip


def at(world: World, place: str) -> tuple[Staff, VisitView]:
    """An attendant of this kind of place, with a visit that is open."""
    staff = world.staff("attendant", world.site(place).id)
    code = own_code(world.resident(), city="huzhou", now=world.now).text
    visit = open_for(world, staff, code)
    world.later(seconds=3)
    return staff, visit


def test_a_shop_records_what_it_sees_and_a_station_what_it_weighs(world: World) -> None:
    shop, at_shop = at(world, "shop")
    station, at_station = at(world, "station")
    for staff, visit, action, quantity, mg, points in (
        (shop, at_shop, "clean_plate", "1", 144_000, 3),
        (shop, at_shop, "own_cup", "1", 0, 2),
        (station, at_station, "used_clothes", "2.50", 3_200_000, 10),
        (station, at_station, "food_waste", "1.50", 0, 3),
    ):
        booked = record(world, staff, visit.id, action, quantity, reference=action).booked
        assert (booked.action, booked.mg, booked.points) == (action, mg, points)


def test_a_place_does_not_vouch_for_what_happens_elsewhere(world: World) -> None:
    staff, visit = at(world, "station")
    with pytest.raises(ActionElsewhere):
        record(world, staff, visit.id, "clean_plate")
    with pytest.raises(ActionElsewhere):
        record(world, staff, visit.id, "bus_ride")
    with pytest.raises(ActionUnknown):
        record(world, staff, visit.id, "flying")


def test_a_second_click_is_answered_though_the_action_was_switched_off_meanwhile(world: World) -> None:
    staff, visit = at(world, "shop")
    first = record(world, staff, visit.id, "own_cup")
    world.programme = replace(
        world.programme, actions={code: kind for code, kind in world.programme.actions.items() if code != "own_cup"}
    )
    world.later(minutes=20)  # the visit is over, too
    again = record(world, staff, visit.id, "own_cup")
    assert (again.booked.entry_id, again.booked.replayed) == (first.booked.entry_id, True)
    with pytest.raises(ReferenceConflict):
        record(world, staff, visit.id, "clean_plate")
    with pytest.raises(VisitOver):  # the control: anything new is refused
        record(world, staff, visit.id, "own_cup", reference="r2")


def test_what_is_offered_at_a_counter_is_what_it_can_record(world: World) -> None:
    offered = {place: [one.code for one in attended_kinds(world.programme, world.site(place))] for place in PLACES}
    assert offered["station"][0] == "recyclables"
    assert "clean_plate" in offered["shop"]
    assert "clean_plate" not in offered["station"]
    assert offered["stop"] == ["plant_tree"]


def with_rule(world: World, action: str, **changes: Any) -> None:
    """The world's programme with another rule of what attendants record."""
    kind = world.programme.actions[action]
    changed = replace(kind, tiers={**kind.tiers, "attended": replace(kind.tiers["attended"], **changes)})
    world.programme = replace(world.programme, actions={**world.programme.actions, action: changed})


@pytest.mark.parametrize(
    "rule", [{"daily_cap": 1}, {"daily_quantity": Decimal(50)}, {"place_cap": 1}, {"interval": timedelta(hours=1)}]
)
def test_what_was_undone_leaves_room_for_what_is_right(world: World, rule: dict[str, Any]) -> None:
    with_rule(world, "recyclables", **{"daily_quantity": None, **rule})
    staff, _, visit = visited(world)
    wrong = weigh(world, staff, visit.id, "30")
    world.later(minutes=1)
    with pytest.raises(GreenlifeError):  # the control: what is not undone counts
        weigh(world, staff, visit.id, "30", reference="w2")
    undo(world, staff, wrong.booked.entry_id)
    undo(world, staff, wrong.booked.entry_id)  # a second click gives nothing back a second time
    weigh(world, staff, visit.id, "30", reference="w3")
    with pytest.raises(GreenlifeError):
        weigh(world, staff, visit.id, "30", reference="w4")


def test_an_undo_brings_the_interval_of_the_one_before_back(world: World) -> None:
    with_rule(world, "recyclables", interval=timedelta(minutes=5), place_cap=9)
    staff, _, visit = visited(world)
    weigh(world, staff, visit.id)
    first = world.now
    world.later(minutes=5)
    second = weigh(world, staff, visit.id, reference="w2")
    undo(world, staff, second.booked.entry_id)
    with world.database.reading() as session:
        assert session.scalars(select(LastUse.last_at)).all() == [first]
        assert session.execute(select(CapUse.used, CapUse.quantity)).all() == [(1, 3_200)]
        assert session.scalars(select(PlaceUse.used)).all() == [1]
