"""Who presses again because the answer was lost gets the first answer, whatever became of the code since.

Each test has its control: a press of its own is refused.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import update

from greenlife.errors import (
    ActionElsewhere,
    ActionUnknown,
    CodeExpired,
    CodeForged,
    GreenlifeError,
    KioskClosed,
    PosterClosed,
    TierNotAccepted,
)
from greenlife.models import Kiosk, Poster, Resident, Site
from greenlife.photos import TakenPhoto, take_photo
from greenlife.programme import Programme
from greenlife.scans import declare_action
from ledger import ReferenceConflict
from tests.greenlife.photos.pictures import plain_picture, saved
from tests.greenlife.test_kiosks import set_up, shown
from tests.greenlife.test_scans import entries, scan
from tests.greenlife.test_weighing import visited, weigh
from tests.world import World

Closing = Callable[[World], None]


def close_place(world: World) -> None:
    with world.database.writing() as session:
        session.execute(update(Site).values(active=False))


def close_poster(world: World) -> None:
    with world.database.writing() as session:
        session.execute(update(Poster).values(active=False))


def close_screen(world: World) -> None:
    with world.database.writing() as session:
        session.execute(update(Kiosk).values(closed_at=world.now))


def one_window_late(world: World) -> None:
    world.later(seconds=60)


def a_day_late(world: World) -> None:
    world.later(days=1)


def without(programme: Programme, action: str, tier: str | None = None) -> Programme:
    """The programme as a city would have it that has switched an action off, or one tier of it."""
    others = {code: kind for code, kind in programme.actions.items() if code != action}
    if tier:
        kind = programme.actions[action]
        others[action] = replace(kind, tiers={name: rule for name, rule in kind.tiers.items() if name != tier})
    return replace(programme, actions=others)


def press_again(world: World, resident: Resident, code: str, close: Closing, error: type[GreenlifeError]) -> None:
    first = scan(world, resident, code)
    close(world)

    second = scan(world, resident, code)

    assert second.booked == replace(first.booked, replayed=True)
    assert second.points_balance == first.points_balance
    for who, reference in ((resident, "r2"), (world.resident(), "r1")):
        with pytest.raises(error):  # the control
            scan(world, who, code, reference)
    assert entries(world, resident) == 1


@pytest.mark.parametrize("close", [close_poster, close_place])
def test_a_poster_that_was_closed_meanwhile(world: World, close: Closing) -> None:
    press_again(world, world.resident(), world.poster().code, close, PosterClosed)


def test_typed_like_scanned(world: World) -> None:
    poster, resident = world.poster(), world.resident()
    first = scan(world, resident, poster.code)
    close_poster(world)
    assert scan(world, resident, poster.short).booked.entry_id == first.booked.entry_id


@pytest.mark.parametrize(
    ("close", "error"),
    [
        (close_screen, KioskClosed),
        (close_place, KioskClosed),
        (one_window_late, CodeExpired),
        (a_day_late, CodeForged),
    ],
)
def test_a_screen_that_was_closed_meanwhile_or_a_code_that_is_too_old(
    world: World, close: Closing, error: type[GreenlifeError]
) -> None:
    _, kiosk = set_up(world)
    press_again(world, world.resident(), shown(world, kiosk), close, error)


def test_another_code_under_the_same_key_is_another_press(world: World) -> None:
    resident, (_, kiosk) = world.resident(), set_up(world)
    code = shown(world, kiosk)
    scan(world, resident, code)
    world.later(minutes=5)
    later = shown(world, kiosk)
    world.later(minutes=5)
    with pytest.raises(CodeExpired):
        scan(world, resident, later)
    with pytest.raises(CodeForged):
        scan(world, resident, code[:-1] + ("0" if code[-1] != "0" else "1"))
    poster = world.poster()
    close_poster(world)
    with pytest.raises(ReferenceConflict):
        scan(world, resident, poster.code)


@pytest.mark.parametrize(("tier", "error"), [(None, ActionUnknown), ("declared", TierNotAccepted)])
def test_a_photo_of_an_action_that_was_switched_off_meanwhile(
    world: World, tier: str | None, error: type[GreenlifeError]
) -> None:
    resident, (one, other) = world.resident(), (take_photo(saved(plain_picture(seed))) for seed in (1, 2))

    def send(reference: str, photo: TakenPhoto = one, action: str = "own_cup") -> str:
        with world.database.writing() as session:
            return declare_action(
                session,
                world.programme,
                resident=resident,
                action=action,
                photo=photo,
                reference=reference,
                now=world.now,
                entropy=world.entropy,
            ).entry_id

    first = send("form:1")
    world.programme = without(world.programme, "own_cup", tier)
    assert send("form:1") == first
    with pytest.raises(ReferenceConflict):
        send("form:1", other)
    with pytest.raises(error):  # the control
        send("form:2", other)


def test_a_weighing_that_was_switched_off_meanwhile(world: World) -> None:
    staff, _, visit = visited(world)
    first = weigh(world, staff, visit.id)
    for tier, error in (("attended", ActionElsewhere), (None, ActionUnknown)):
        world.programme = without(world.programme, "recyclables", tier)
        assert weigh(world, staff, visit.id).booked == replace(first.booked, replayed=True)
        with pytest.raises(error):  # the control
            weigh(world, staff, visit.id, reference="w2")
