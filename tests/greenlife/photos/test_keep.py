"""A photo is kept for a stated time and no longer, and nobody's photo is kept at all."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from greenlife.errors import PhotoUnknown
from greenlife.models import Claim, Photo, Resident
from greenlife.photos import (
    KEPT_FOR,
    KNOWN_FOR,
    TakenPhoto,
    abandon_photos,
    evidence_of,
    keep_photo,
    see_photo,
    take_photo,
)
from greenlife.photos import keep as keeping
from greenlife.scheduler import JOBS, delete_photos
from tests.greenlife.conftest import SQLITE
from tests.greenlife.photos.pictures import photo, picture, saved
from tests.world import World

TAKEN = take_photo(photo(1))


@pytest.fixture
def world(either_world: World) -> World:
    return either_world


def keep(world: World, person: Resident, entry: str, taken: TakenPhoto = TAKEN) -> None:
    """As booking does: the claim and the photo."""
    with world.database.writing() as session:
        session.add(Claim(key=evidence_of(taken.sha256), claimed_at=world.now, site_id=None))
        today = world.programme.local_day(world.now)
        keep_photo(
            session,
            taken,
            resident_id=person.id,
            entry_id=entry,
            today=today,
            now=world.now,
            entropy=world.entropy,
        )


def see(world: World, person: Resident, entry: str) -> bytes:
    with world.database.reading() as session:
        return see_photo(session, resident=person, entry_id=entry)


def kept(world: World) -> list[Photo]:
    with world.database.reading() as session:
        return list(session.scalars(select(Photo).order_by(Photo.taken_in_at)))


def claimed(world: World) -> set[str]:
    with world.database.reading() as session:
        return set(session.scalars(select(Claim.key)))


def test_whose_photo_it_is_sees_it_and_nobody_else(world: World) -> None:
    person, other = world.resident(), world.resident()
    keep(world, person, "ent_1")

    assert see(world, person, "ent_1") == TAKEN.picture
    for who, entry in ((other, "ent_1"), (person, "ent_2")):
        with pytest.raises(PhotoUnknown):
            see(world, who, entry)


def test_the_picture_goes_when_its_time_is_over_and_that_it_was_used_stays(world: World, tmp_path: Path) -> None:
    person = world.resident()
    keep(world, person, "ent_1")
    runtime = replace(world.runtime(tmp_path), clock=lambda: world.now)

    world.later(days=KEPT_FOR.days)
    assert delete_photos(runtime) == 0
    assert see(world, person, "ent_1") == TAKEN.picture

    world.later(days=1)
    assert delete_photos(runtime) == 1
    assert delete_photos(runtime) == 0
    with pytest.raises(PhotoUnknown):
        see(world, person, "ent_1")
    assert [one.sha256 for one in kept(world)] == [TAKEN.sha256]
    assert claimed(world) == {evidence_of(TAKEN.sha256)}


def test_after_a_year_nothing_is_left_and_other_evidence_stays(world: World, tmp_path: Path) -> None:
    keep(world, world.resident(), "ent_1")
    with world.database.writing() as session:
        session.add(Claim(key="ticket:7", claimed_at=world.now, site_id=None))
    world.later(days=KNOWN_FOR.days + 1)

    assert delete_photos(world.runtime(tmp_path)) == 2  # the picture, then the rest

    assert kept(world) == []
    assert claimed(world) == {"ticket:7"}


def test_many_go_a_part_at_a_time_and_all_of_them(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "A_PART", 2)
    person = world.resident()
    for number in range(5):
        keep(world, person, f"ent_{number}", replace(TAKEN, sha256=f"{number:064d}"))
    world.later(days=KEPT_FOR.days + 1)

    assert delete_photos(world.runtime(tmp_path)) == 5


def test_a_job_that_is_told_to_stop_leaves_the_rest_for_the_next(world: World, tmp_path: Path) -> None:
    keep(world, world.resident(), "ent_1")
    world.later(days=KEPT_FOR.days + 1)
    runtime = world.runtime(tmp_path)
    runtime.stopping.set()
    assert delete_photos(runtime) == 0
    assert delete_photos in [job.run for job in JOBS]


def test_who_leaves_takes_the_pictures_along_and_leaves_which_files_were_used(world: World, tmp_path: Path) -> None:
    person, other = world.resident(), world.resident()
    keep(world, person, "ent_1")
    keep(world, other, "ent_2", take_photo(saved(picture(2))))

    with world.database.writing() as session:
        abandon_photos(session, resident_id=person.id)

    nobodys, others = sorted(kept(world), key=lambda one: one.resident_id or "")
    assert (nobodys.resident_id, nobodys.entry_id, nobodys.delete_after, nobodys.size) == (None, None, None, 0)
    assert nobodys.taken_in_at == datetime(2026, 11, 1, tzinfo=UTC)
    assert nobodys.forget_after.day == 1
    assert others.resident_id == other.id
    assert see(world, other, "ent_2")
    with world.database.reading() as session:
        assert session.scalar(select(Photo.picture).where(Photo.id == nobodys.id)) is None


@SQLITE  # how PostgreSQL keeps its rows is its own affair
def test_a_picture_whose_time_is_over_is_overwritten_in_the_file(tmp_path: Path, world: World) -> None:
    keep(world, world.resident(), "ent_1")
    path, piece = world.database.path, TAKEN.picture[2000:2064]
    assert path is not None

    def in_file() -> bool:
        with world.database.engine.connect() as connection:
            connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        world.database.engine.dispose()
        return piece in path.read_bytes()

    assert in_file()  # the control
    world.later(days=KEPT_FOR.days + 1)
    delete_photos(world.runtime(tmp_path))
    assert not in_file()


def test_the_time_is_long_enough_for_a_review_and_shorter_than_the_memory_of_it() -> None:
    assert timedelta(days=30) < KEPT_FOR < KNOWN_FOR
