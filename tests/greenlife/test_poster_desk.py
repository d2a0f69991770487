"""What a desk does to posters: whose they are, what a change does to their codes, and what is noted of it."""

from collections.abc import Callable

import pytest

from greenlife.errors import (
    ActionElsewhere,
    ActionUnknown,
    CodeUnknown,
    GreenlifeError,
    OtherDistrict,
    PosterClosed,
    PosterReplaced,
    PostersMissing,
    PosterUnknown,
    RoleRequired,
    SiteUnknown,
)
from greenlife.models import Poster, Site, Staff
from greenlife.posters import (
    BATCH,
    Listed,
    PosterView,
    Which,
    close_poster,
    get_poster,
    get_sheet,
    hung_sites,
    list_batch,
    list_done,
    list_posters,
    make_poster,
    poster_actions,
    poster_sites,
    reopen_poster,
    replace_poster,
)
from greenlife.scans import preview_scan
from tests.world import ANJI, DEQING, HOSTS, World

BASE = "https://green.huzhou.example"
CHANGES = (close_poster, reopen_poster, replace_poster)


@pytest.fixture
def world(either_world: World) -> World:
    return either_world


def admin(world: World, district: str = DEQING) -> Staff:
    return world.staff("district_admin", district)


def change(world: World, do: Callable[..., PosterView], staff: Staff, short: str) -> PosterView:
    world.later(minutes=1)
    with world.database.writing() as session:
        return do(session, world.programme, staff=staff, short=short, now=world.now, entropy=world.entropy)


def made(world: World, staff: Staff, site_id: str, action: str = "own_bag") -> PosterView:
    with world.database.writing() as session:
        return make_poster(
            session, world.programme, staff=staff, site_id=site_id, action=action, now=world.now, entropy=world.entropy
        )


def listed(world: World, staff: Staff, *, used: bool = True, start: int = 0, **which: str) -> Listed:
    with world.database.reading() as session:
        return list_posters(
            session, world.programme, staff=staff, which=Which(**which), used=used, start=start, limit=10
        )


def scan(world: World, code: str) -> None:
    """Looks at what a resident would record with it."""
    resident = world.resident()
    with world.database.reading() as session:
        preview_scan(session, world.programme, resident=resident, code=code, hosts=HOSTS, now=world.now)


def done_to(world: World, staff: Staff, short: str) -> list[tuple[str, bool]]:
    with world.database.reading() as session:
        found = get_poster(session, world.programme, staff=staff, short=short)
        return [(one.what, one.is_own) for one in list_done(session, staff=staff, poster=found)]


def test_a_poster_taken_out_of_use_is_refused_and_counts_again_afterwards(world: World) -> None:
    staff, poster = admin(world), world.poster()
    scan(world, poster.short)
    assert not change(world, close_poster, staff, poster.short).is_open
    with pytest.raises(PosterClosed):
        scan(world, poster.short)
    assert change(world, reopen_poster, staff, poster.short).is_open
    scan(world, poster.code)


def test_a_replaced_poster_has_a_successor_and_stays_out_of_use(world: World) -> None:
    staff, old = admin(world), world.poster()
    new = change(world, replace_poster, staff, old.short)
    assert (new.site.id, new.action, new.is_open) == (old.site_id, old.action, True)
    assert new.code[:8] == new.short != old.short
    scan(world, new.short)
    with pytest.raises(PosterClosed):
        scan(world, old.code)
    for again in (reopen_poster, replace_poster):
        with pytest.raises(PosterReplaced):
            change(world, again, staff, old.short)
    with world.database.reading() as session:
        assert get_poster(session, world.programme, staff=staff, short=old.short).replaced_by == new.short


def test_what_is_done_is_noted_with_who_and_when_and_once(world: World) -> None:
    staff, other, poster = admin(world), admin(world), world.poster()
    change(world, close_poster, staff, poster.short)
    change(world, close_poster, staff, poster.short)  # changes nothing
    change(world, reopen_poster, other, poster.short)
    new = change(world, replace_poster, staff, poster.short)
    assert done_to(world, staff, poster.short) == [("replaced", True), ("reopened", False), ("closed", True)]
    assert done_to(world, other, new.short) == [("made", False)]


def test_a_district_admin_touches_no_poster_of_another_district(world: World) -> None:
    far, near = world.poster(site=world.site(district=ANJI)), world.poster()
    staff = admin(world)
    for do in CHANGES:
        with pytest.raises(PosterUnknown):
            change(world, do, staff, far.short)
    with pytest.raises(SiteUnknown):
        made(world, staff, far.site_id)
    with pytest.raises(OtherDistrict):
        listed(world, staff, district=ANJI)
    with world.database.reading() as session:
        with pytest.raises(PosterUnknown):
            get_sheet(session, world.programme, staff=staff, base_url=BASE, short=far.short)
        with pytest.raises(OtherDistrict):
            list_batch(session, world.programme, staff=staff, base_url=BASE, which=Which(district=ANJI), number=1)
        with pytest.raises(PostersMissing):
            list_batch(session, world.programme, staff=staff, base_url=BASE, which=Which(site=far.site_id), number=1)
        assert [one.id for one in hung_sites(session, staff=staff)] == [near.site_id]
    assert [one.short for one in listed(world, staff).posters] == [near.short]
    scan(world, far.short)  # nothing has happened to it


def test_control_the_citys_administrator_and_the_own_one_may(world: World) -> None:
    far = world.poster(site=world.site(district=ANJI))
    for staff in (world.staff("city_admin", "huzhou"), admin(world, ANJI)):
        change(world, close_poster, staff, far.short)
        change(world, reopen_poster, staff, far.short)
        assert made(world, staff, far.site_id).is_open
        assert far.short in [one.short for one in listed(world, staff, district=ANJI).posters]


def test_control_without_the_district_in_the_query_another_districts_poster_is_closed(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenlife.posters.listing.own_district", lambda _staff: None)
    far = world.poster(site=world.site(district=ANJI))
    change(world, close_poster, admin(world), far.short)
    with pytest.raises(PosterClosed):
        scan(world, far.short)


@pytest.mark.parametrize("role", ["attendant", "clerk"])
def test_nobody_else_makes_posters(world: World, role: str) -> None:
    site = world.site()
    with pytest.raises(RoleRequired):
        made(world, world.staff(role, site.id), site.id)


@pytest.mark.parametrize(
    ("kind", "action", "error"),
    [
        ("shop", "bus_ride", ActionElsewhere),
        ("station", "own_bag", ActionElsewhere),
        ("station", "recyclables", ActionElsewhere),
        ("shop", "flying", ActionUnknown),
        ("shop", "metro_ride", ActionUnknown),
        ("shop", "", ActionUnknown),
        ("nowhere", "own_bag", SiteUnknown),
    ],
)
def test_a_poster_hangs_where_its_action_can_be_done(
    world: World, kind: str, action: str, error: type[GreenlifeError]
) -> None:
    site = world.site(kind).id if kind != "nowhere" else "sit_\x00"
    with pytest.raises(error):
        made(world, admin(world), site, action)


def test_what_is_offered_can_be_made(world: World) -> None:
    staff = admin(world)
    sites = [world.site(kind) for kind in ("shop", "stop", "station")]
    with world.database.reading() as session:
        offered = poster_sites(session, world.programme, staff=staff)
    assert {site.id for site in offered} == {site.id for site in sites[:2]}
    for site in offered:
        kinds = [kind.code for kind in poster_actions(world.programme, site)]
        assert kinds
        for action in kinds:
            scan(world, made(world, staff, site.id, action).short)


def test_a_poster_of_a_closed_place_or_of_an_action_that_is_gone_is_out_of_use(world: World) -> None:
    staff, shut, gone = admin(world), world.poster(), world.poster("metro_ride", "ride", world.site("stop"))
    with world.database.writing() as session:
        session.get_one(Site, shut.site_id).active = False
        session.get_one(Poster, gone.code).active = False
    assert listed(world, staff).in_use == 0
    assert {one.short for one in listed(world, staff, used=False).posters} == {shut.short, gone.short}
    for poster, error in ((shut, SiteUnknown), (gone, ActionUnknown)):
        for do in (reopen_poster, replace_poster):
            with pytest.raises(error):
                change(world, do, staff, poster.short)
    change(world, close_poster, staff, shut.short)
    with world.database.reading() as session, pytest.raises(PostersMissing):
        get_sheet(session, world.programme, staff=staff, base_url=BASE, short=gone.short)


def test_a_poster_whose_action_the_city_gave_up_is_not_printed(world: World) -> None:
    world.poster("metro_ride", "ride", world.site("stop"))
    kept = world.poster()
    with world.database.reading() as session:
        (sheet,) = list_batch(session, world.programme, staff=admin(world), base_url=BASE, which=Which(), number=1)
    assert sheet.typed.replace(" ", "") == kept.short


def test_sheets_come_in_files_of_so_many(world: World) -> None:
    site, staff = world.site(), admin(world)
    for _ in range(BATCH + 1):
        world.poster(site=site)
    with world.database.reading() as session:
        parts = [
            list_batch(session, world.programme, staff=staff, base_url=BASE, which=Which(), number=number)
            for number in (1, 2)
        ]
        for number in (0, 3):
            with pytest.raises(PostersMissing):
                list_batch(session, world.programme, staff=staff, base_url=BASE, which=Which(), number=number)
    assert [len(part) for part in parts] == [BATCH, 1]
    assert len({sheet.address for part in parts for sheet in part}) == BATCH + 1


def test_the_list_has_pages_and_counts(world: World) -> None:
    site, staff = world.site(), admin(world)
    posters = [world.poster(site=site) for _ in range(12)]
    change(world, close_poster, staff, posters[0].short)
    first, second = listed(world, staff), listed(world, staff, start=10)
    assert (len(first.posters), len(second.posters)) == (10, 1)
    assert (first.in_use, first.out_of_use) == (11, 1)
    assert listed(world, staff, town=site.town, action="own_bag").in_use == 11
    assert listed(world, staff, town=world.town(at=1)).in_use == 0
    assert listed(world, staff, action="bus_ride").in_use == 0


@pytest.mark.parametrize("short", ["", "x", "A" * 8, "\x00\ud7ff", "9" * 400])
def test_codes_that_are_no_posters(world: World, short: str) -> None:
    world.poster()
    for do in CHANGES:
        with pytest.raises(PosterUnknown):
            change(world, do, admin(world), short)
    with pytest.raises(CodeUnknown):
        scan(world, "A" * 8)
