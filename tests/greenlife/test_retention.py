"""What only the review rules look at is forgotten in its time, and not before."""

from datetime import timedelta

from sqlalchemy import func, select, update

from greenlife.actions import PHOTO_HASHES_KEPT_FOR, TRACES_KEPT_FOR, Position, forget_traces
from greenlife.models import ActionRecord, PhotoBand, StaffTally
from greenlife.scans.own_code import ref_of
from tests.greenlife.test_pending import book, claim
from tests.world import World

DAY = timedelta(days=1)


def forget(world: World) -> int:
    with world.database.writing() as session:
        return forget_traces(session, world.programme, now=world.now)


def left(world: World) -> tuple[int, int, int, int]:
    """Records with a browser, tallies, pieces of hashes, records with a hash."""
    with world.database.reading() as session:
        records = select(func.count()).select_from(ActionRecord)
        counts = (
            records.where(ActionRecord.device_id.is_not(None), ActionRecord.fix_latitude_e7.is_not(None)),
            select(func.count()).select_from(StaffTally),
            select(func.count()).select_from(PhotoBand),
            records.where(ActionRecord.photo_hash.is_not(None)),
        )
        one, two, three, four = (session.scalar(count) or 0 for count in counts)
        return one, two, three, four


def record_one(world: World) -> None:
    position = Position.of_degrees(30.5, 119.9, 10)
    staff = world.attendant()
    one = claim(world, ref_of(world.resident()), staff_id=staff.id, device_id="web_1", position=position, photo_hash=7)
    book(world, world.programme, one)


def test_traces_go_when_no_rule_looks_so_far_back(world: World) -> None:
    record_one(world)
    world.now += TRACES_KEPT_FOR
    assert (forget(world), left(world)) == (0, (1, 2, 4, 1))
    world.now += DAY
    assert (forget(world), left(world)) == (1, (0, 0, 4, 1))
    assert forget(world) == 0
    world.now += PHOTO_HASHES_KEPT_FOR - TRACES_KEPT_FOR
    forget(world)
    assert left(world) == (0, 0, 0, 0)


def test_what_waits_keeps_its_evidence(world: World) -> None:
    record_one(world)
    with world.database.writing() as session:
        session.execute(update(ActionRecord).values(state="pending"))
    world.now += TRACES_KEPT_FOR + DAY
    assert forget(world) == 0
    assert left(world)[0] == 1


def test_the_longest_rule_looks_back_no_further(world: World) -> None:
    """Else a rule would be asked about what is gone."""
    looks_back = [
        value
        for rule in world.programme.rulebook.rules
        for name in ("within_days", "digits_within_days", "habit_within_days")
        if (value := getattr(rule, name, None)) is not None and rule.code != "photo_reused"
    ]
    assert max(looks_back) < TRACES_KEPT_FOR.days
