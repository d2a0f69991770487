"""What a reviewer is shown of a case, and what not."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from greenlife.cases import CaseView, count_cases, get_case, get_own_case, list_cases, list_own_cases
from greenlife.errors import RoleRequired
from greenlife.models import ActionRecord, Photo, Resident, ReviewCase, Site, Staff
from greenlife.scheduler import forget_old_traces
from tests.held import (
    appeal,
    case_of,
    decide,
    decide_again,
    hold_everything,
    let_everything_pass,
    look_at_each,
    record_of,
    reviewer,
    scan,
    weigh,
)
from tests.world import ANJI, DEQING, World


@pytest.fixture
def world(either_world: World) -> World:
    return either_world


def seen(world: World, staff: Staff, case_id: str) -> CaseView:
    with world.database.reading() as session:
        return get_case(session, world.programme, staff=staff, case_id=case_id)


def texts(value: Any) -> set[str]:
    """All that stands in a view, however deep."""
    if is_dataclass(value):
        return {text for one in fields(value) for text in texts(getattr(value, one.name))}
    if isinstance(value, tuple | list):
        return {text for one in value for text in texts(one)}
    return {str(value)}


def test_a_case_shows_the_action_its_reasons_and_what_they_rest_on(world: World) -> None:
    resident, attendant = world.resident(), world.attendant()
    earlier = scan(world, resident)
    hold_everything(world)
    world.later(minutes=5)
    booked = weigh(world, attendant, resident)

    view = seen(world, reviewer(world), case_of(world, booked).id)

    assert (view.action, view.material, str(view.quantity), view.unit) == ("recyclables", "cardboard", "3.20", "kg")
    assert (view.points, view.mg, view.tier) == (booked.points, booked.mg, "attended")
    assert view.staff_label == {"zh-CN": "1 号台", "en": "Counter 1"}
    (reason,) = view.reasons
    assert (reason.code, reason.outcome, reason.params) == (
        "too_many_at_once", "hold", {"actions": 6, "sites": 4, "minutes": 20},
    )  # fmt: skip
    assert [(one.entry_id, one.is_same_person) for one in reason.related] == [(earlier.entry_id, True)]
    assert view.recent.kinds == (
        ("own_bag", "poster", 1, earlier.points),
        ("recyclables", "attended", 1, booked.points),
    )
    assert (view.recent.approved, view.recent.refused, view.recent.waiting) == (0, 0, 0)
    assert view.barred is None
    assert not any(resident.phone in text or resident.id in text or resident.account in text for text in texts(view))


def photo_of(world: World, case: ReviewCase) -> Photo:
    day = world.programme.local_day(world.now)
    return Photo(
        id="pho_1", resident_id=case.resident_id, entry_id=case.entry_id, sha256="0" * 64, taken_in_at=world.now,
        delete_after=day, forget_after=day, size=3, picture=b"jpg",
    )  # fmt: skip


def test_a_picture_that_is_deleted_is_not_shown(world: World) -> None:
    hold_everything(world)
    case = case_of(world, scan(world, world.resident()))
    with world.database.writing() as session:
        gone = photo_of(world, case)
        gone.delete_after, gone.picture = None, None
        session.add(gone)
    assert not seen(world, reviewer(world), case.id).has_photo


def test_position_time_and_photo_are_shown_where_the_record_has_them(world: World) -> None:
    hold_everything(world)
    case = case_of(world, scan(world, world.resident()))
    with world.database.writing() as session:
        session.execute(update(Site).values(latitude_e7=305_000_000, longitude_e7=1_200_000_000))
        session.execute(update(ActionRecord).values(
            fix_latitude_e7=305_100_000, fix_longitude_e7=1_200_000_000, fix_accuracy_metres=15, moved_metres=0,
        ))  # fmt: skip
        session.add(photo_of(world, case))
    view = seen(world, reviewer(world), case.id)
    assert view.metres_away is not None
    assert 1100 < view.metres_away < 1120
    assert (view.accuracy_metres, view.has_photo, view.moved_metres) == (15, True, 0)


def test_whoever_may_not_decide_is_told_so_beforehand(world: World) -> None:
    hold_everything(world)
    resident, first = world.resident(), reviewer(world)
    case = case_of(world, scan(world, resident))
    own = reviewer(world)
    with world.database.writing() as session:
        session.execute(update(Staff).where(Staff.id == own.id).values(phone=resident.phone))
    own.phone = resident.phone
    assert seen(world, own, case.id).barred == "own_case"
    decide(world, first, case, "refused")
    appeal(world, resident, case)
    assert seen(world, first, case.id).barred == "same_reviewer"
    assert seen(world, reviewer(world), case.id).barred is None


def test_the_queue_is_the_districts_own_and_the_citys_is_all(world: World) -> None:
    world.fund(district=ANJI)
    hold_everything(world)
    waiting = scan(world, world.resident())
    elsewhere = scan(world, world.resident(ANJI), "form:2")

    def queue(staff: Staff) -> set[str]:
        with world.database.reading() as session:
            found = {one.entry_id for one in list_cases(session, staff=staff).items}
            assert count_cases(session, staff=staff) == {"waiting": len(found), "appeals": 0}
        return found

    assert queue(reviewer(world, DEQING)) == {waiting.entry_id}
    assert queue(reviewer(world, ANJI)) == {elsewhere.entry_id}
    assert queue(world.staff("city_admin", "huzhou")) == {waiting.entry_id, elsewhere.entry_id}
    with pytest.raises(RoleRequired):
        queue(world.attendant())


def test_a_resident_sees_state_and_reason_and_no_more(world: World) -> None:
    hold_everything(world)
    resident = world.resident()
    booked = scan(world, resident)
    case = case_of(world, booked)

    def own(read: Callable[..., Any] = get_own_case, **what: str) -> Any:
        with world.database.reading() as session:
            return read(session, resident=resident, now=world.now, **what)

    waits = own(case_id=booked.entry_id)
    assert (waits.state, waits.points, [code for code, _ in waits.noticed]) == (
        "open",
        booked.points,
        ["too_many_at_once"],
    )
    assert waits.answer_by > world.now
    decide(world, reviewer(world), case, "refused")
    refused = own(case_id=case.id)
    assert (refused.state, refused.decision_reason) == ("refused", "not_possible")
    assert refused.appeal_until > world.now
    assert [one.state for one in own(list_own_cases)] == ["refused"]
    world.later(days=43)
    assert own(list_own_cases) == ()


def test_what_still_waits_is_shown_however_long_ago_it_was_held(world: World) -> None:
    """Else nobody would find where to appeal what was refused late."""
    hold_everything(world)
    resident = world.resident()
    case = case_of(world, scan(world, resident))

    def listed() -> list[str]:
        with world.database.reading() as session:
            return [one.state for one in list_own_cases(session, resident=resident, now=world.now)]

    world.later(days=50)
    assert listed() == ["open"]
    decide(world, reviewer(world), case, "refused")
    world.later(days=13)
    assert listed() == ["refused"]
    appeal(world, resident, case)
    world.later(days=50)
    assert listed() == ["appealed"]
    decide_again(world, reviewer(world), case, "refused")
    world.later(days=42)
    assert listed() == ["refused_finally"]
    world.later(seconds=1)
    assert listed() == []  # the control


def test_what_was_appealed_keeps_its_traces_until_it_is_decided(world: World, tmp_path: Path) -> None:
    """Else the second look would see less than the first one."""
    hold_everything(world)
    resident = world.resident()
    booked = scan(world, resident)
    case = case_of(world, booked)
    with world.database.writing() as session:
        session.execute(update(ActionRecord).values(device_id="web_1"))

    def traced() -> bool:
        forget_old_traces(world.runtime(tmp_path))
        return record_of(world, booked).device_id is not None

    world.later(days=44)
    decide(world, reviewer(world), case, "refused")
    world.later(days=3)
    assert traced()
    appeal(world, resident, case)
    world.later(days=9)
    assert traced()
    decide_again(world, reviewer(world), case, "refused")
    assert not traced()  # the control


def test_evidence_that_is_always_looked_at_waits_without_any_suspicion(world: World) -> None:
    let_everything_pass(world)
    look_at_each(world, "own_bag", "poster")
    booked = scan(world, world.resident())
    view = seen(world, reviewer(world), case_of(world, booked).id)
    assert (booked.state, [one.code for one in view.reasons]) == ("pending", ["to_be_seen"])


def test_what_a_resident_sees_is_nobody_elses(world: World) -> None:
    hold_everything(world)
    booked = scan(world, world.resident())
    other: Resident = world.resident()
    with world.database.reading() as session:
        assert list_own_cases(session, resident=other, now=world.now) == ()
        with pytest.raises(Exception, match="case_unknown"):
            get_own_case(session, resident=other, case_id=booked.entry_id, now=world.now)
