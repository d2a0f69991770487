"""What is declared with a photo waits for somebody to look, earns points and no grams, and each photo counts once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from PIL import ImageEnhance
from sqlalchemy import func, select

import ledger
import rewards
from greenlife import chart
from greenlife.actions import Booked, confirm_pending, refuse_pending, withdraw_all
from greenlife.errors import (
    ActionUnknown,
    CapReached,
    GreenlifeError,
    PhotoUnknown,
    PhotoUsed,
    RecordUnknown,
    RoleRequired,
    TierNotAccepted,
)
from greenlife.models import ActionRecord, CapUse, Claim, Photo, PhotoBand, Resident, ReviewCase
from greenlife.photos import KNOWN_FOR, TakenPhoto, evidence_of, review_photo, see_photo, take_photo
from greenlife.residents import forget_resident
from greenlife.scans import declarable_actions, declare_action, declared_action
from greenlife.scans import declare as declaring
from greenlife.scheduler import delete_photos, forget_old_traces
from ledger import ReferenceConflict
from tests.greenlife.photos.pictures import picture, plain_picture, saved
from tests.world import ANJI, DEQING, World

CUP, OTHER_CUP = (take_photo(saved(plain_picture(seed))) for seed in (1, 2))
SAVED_AGAIN = take_photo(saved(ImageEnhance.Brightness(plain_picture(1)).enhance(0.95), quality=60))


@pytest.fixture
def world(either_world: World) -> World:
    return either_world


@pytest.fixture
def person(world: World) -> Resident:
    return world.resident()


def declare(
    world: World, person: Resident, photo: TakenPhoto = CUP, action: str = "own_cup", reference: str = "form:1"
) -> Booked:
    with world.database.writing() as session:
        return declare_action(
            session, world.programme, resident=person, action=action, photo=photo, reference=reference,
            now=world.now, entropy=world.entropy,
        )  # fmt: skip


def case_of(world: World, booked: Booked) -> ReviewCase:
    with world.database.reading() as session:
        return session.scalars(select(ReviewCase).where(ReviewCase.entry_id == booked.entry_id)).one()


def codes(world: World, booked: Booked) -> list[str]:
    return [reason["code"] for reason in case_of(world, booked).reasons]


def end(world: World, booked: Booked, how: Callable[..., object]) -> None:
    with world.database.writing() as session:
        case = session.get_one(ReviewCase, case_of(world, booked).id)
        today = world.programme.local_day(world.now)
        how(session, case=case, local_day=today, now=world.now, entropy=world.entropy)


def purse(world: World, person: Resident) -> dict[str, int]:
    with world.database.reading() as session:
        return ledger.balances(session, DEQING, chart.holder(person.account))


def rows(world: World) -> dict[str, int]:
    with world.database.reading() as session:
        models = (ActionRecord, Claim, CapUse, Photo, PhotoBand, ReviewCase)
        return {one.__tablename__: session.scalar(select(func.count()).select_from(one)) or 0 for one in models}


def test_it_waits_and_nothing_of_the_person_is_in_the_ledger(world: World, person: Resident) -> None:
    booked = declare(world, person)

    assert (booked.state, booked.tier, booked.points, booked.mg) == ("pending", "declared", 1, 0)
    assert codes(world, booked) == ["to_be_seen"]
    assert purse(world, person) == {}
    assert rows(world) == {
        "action_record": 1, "claim": 1, "cap_use": 1, "photo": 1, "photo_band": 4, "review_case": 1,
    }  # fmt: skip


def test_once_it_is_approved_it_has_points_and_no_grams(world: World, person: Resident) -> None:
    booked = declare(world, person)
    end(world, booked, partial(confirm_pending))
    assert sum(purse(world, person).values()) == booked.points == 1
    assert not any(path.endswith(":carbon") for path in purse(world, person))


def test_once_it_is_refused_it_has_nothing_and_the_photo_stays_used(world: World, person: Resident) -> None:
    booked = declare(world, person)
    end(world, booked, lambda session, *, case, **_: refuse_pending(session, case=case))
    assert purse(world, person) == {}
    world.later(days=1)
    with pytest.raises(PhotoUsed):
        declare(world, person, reference="form:2")


@pytest.mark.parametrize("own", [True, False])
def test_the_same_file_is_refused_whoever_sends_it_and_nothing_is_changed(
    world: World, person: Resident, own: bool
) -> None:
    declare(world, person)
    before = rows(world)
    world.later(days=1)
    with pytest.raises(PhotoUsed) as refused:
        declare(world, person if own else world.resident(), reference="form:2")
    assert refused.value.params == {}
    assert rows(world) == before


def test_without_the_claim_it_would_be_taken_twice(
    world: World, person: Resident, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the key of the evidence is what refuses it."""
    declare(world, person)
    monkeypatch.setattr(declaring, "evidence_of", lambda sha256: f"photo:{sha256}:{world.random.random()}")
    assert declare(world, world.resident(), reference="form:2").state == "pending"


def test_of_many_who_send_one_file_at_once_one_is_taken(world: World) -> None:
    people = [world.resident() for _ in range(6)]

    def send(person: Resident) -> bool:
        try:
            return bool(declare(world, person))
        except PhotoUsed:
            return False

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(send, people)) == [False] * 5 + [True]
    assert rows(world)["photo"] == 1


def test_the_same_picture_saved_again_is_held_with_its_reason(world: World, person: Resident) -> None:
    declare(world, person)
    world.later(days=3)
    again = declare(world, world.resident(), SAVED_AGAIN)
    assert SAVED_AGAIN.sha256 != CUP.sha256
    assert codes(world, again) == ["photo_reused", "to_be_seen"]
    assert case_of(world, again).reasons[0]["params"]["own"] == 0


def test_another_picture_is_held_because_it_has_to_be_seen_and_for_nothing_else(world: World, person: Resident) -> None:
    declare(world, person)
    assert codes(world, declare(world, world.resident(), OTHER_CUP)) == ["to_be_seen"]


def test_one_a_day_of_each_action(world: World, person: Resident) -> None:
    declare(world, person)
    with pytest.raises(CapReached):
        declare(world, person, OTHER_CUP, reference="form:2")
    assert declare(world, person, OTHER_CUP, action="own_bag", reference="form:3")
    world.later(days=1)
    assert declare(world, person, take_photo(saved(picture(3))), reference="form:4")


def test_the_same_request_is_answered_again_and_keeps_one_photo(world: World, person: Resident) -> None:
    first, second = declare(world, person), declare(world, person)
    assert (first.replayed, second.replayed) == (False, True)
    assert (second.entry_id, second.state) == (first.entry_id, "pending")
    assert rows(world)["photo"] == 1


def test_another_photo_under_the_same_reference_is_a_conflict(world: World, person: Resident) -> None:
    declare(world, person)
    with pytest.raises(ReferenceConflict):
        declare(world, person, OTHER_CUP)


@pytest.mark.parametrize(("action", "error"), [("bus_ride", TierNotAccepted), ("mars", ActionUnknown)])
def test_what_cannot_be_declared_is_refused(
    world: World, person: Resident, action: str, error: type[GreenlifeError]
) -> None:
    with pytest.raises(error):
        declare(world, person, action=action)
    assert set(rows(world).values()) == {0}


def test_what_can_be_declared_earns_few_points_once_or_twice_a_day_and_is_looked_at(world: World) -> None:
    kinds = declarable_actions(world.programme)
    assert {kind.code for kind in kinds} == {"own_bag", "own_cup", "clean_plate", "plant_tree"}
    for rule in (kind.tiers["declared"] for kind in kinds):
        assert rule.review
        assert rule.weight == 0
        assert rule.points.most <= 3
        assert rule.daily_cap <= 2


def test_the_own_one_is_seen_with_its_state_and_nobody_elses(world: World, person: Resident) -> None:
    booked = declare(world, person)
    other = world.resident()
    with world.database.reading() as session:
        found = declared_action(session, resident=person, entry_id=booked.entry_id)
        assert (found.action, found.state, found.points) == ("own_cup", "pending", 1)
        assert found.delete_after
        assert see_photo(session, resident=person, entry_id=booked.entry_id) == CUP.picture
        for who, entry in ((other, booked.entry_id), (person, "ent_none")):
            with pytest.raises(RecordUnknown):
                declared_action(session, resident=who, entry_id=entry)


def test_the_districts_desk_and_the_citys_see_the_photo_of_a_case_and_no_others(world: World, person: Resident) -> None:
    case = case_of(world, declare(world, person)).id
    city = world.programme.city.id
    with world.database.reading() as session:
        for role, scope in (("district_admin", DEQING), ("city_admin", city)):
            assert review_photo(session, staff=world.staff(role, scope), case_id=case) == CUP.picture
        with pytest.raises(PhotoUnknown):
            review_photo(session, staff=world.staff("district_admin", ANJI), case_id=case)
        with pytest.raises(PhotoUnknown):
            review_photo(session, staff=world.staff("district_admin", DEQING), case_id="rev_none")
        for role in ("attendant", "clerk"):
            with pytest.raises(RoleRequired):
                review_photo(session, staff=world.staff(role, DEQING), case_id=case)


def test_who_leaves_takes_the_photo_along_and_the_file_stays_used(world: World, person: Resident) -> None:
    booked = declare(world, person)
    world.later(hours=5)
    with world.database.writing() as session:
        today = world.programme.local_day(world.now)
        at = {"now": world.now, "entropy": world.entropy}
        forget_resident(
            session, resident=person, remember=lambda _: None,
            forget_vouchers=partial(rewards.forget_holder, session, today=today, **at),
            withdraw=partial(withdraw_all, session, local_day=today, **at),
        )  # fmt: skip

    assert rows(world) == {"action_record": 0, "claim": 1, "cap_use": 0, "photo": 1, "photo_band": 0, "review_case": 0}
    with world.database.reading() as session:
        left = session.scalars(select(Photo)).one()
        assert left.picture is None
        assert (left.resident_id, left.entry_id, left.sha256) == (None, None, CUP.sha256)
        assert booked.entry_id not in str(vars(left))
    with pytest.raises(PhotoUsed):
        declare(world, world.resident())


def test_after_a_year_it_is_compared_no_more_and_the_file_can_be_sent_again(
    world: World, person: Resident, tmp_path: Path
) -> None:
    booked = declare(world, person)
    world.later(days=KNOWN_FOR.days + 2)
    delete_photos(world.runtime(tmp_path))
    forget_old_traces(world.runtime(tmp_path))

    with world.database.reading() as session:
        assert session.get_one(ActionRecord, (DEQING, booked.entry_id)).photo_hash is None
        assert session.get(Claim, evidence_of(CUP.sha256)) is None
    assert rows(world)["photo_band"] == rows(world)["photo"] == 0
    assert codes(world, declare(world, world.resident())) == ["to_be_seen"]
