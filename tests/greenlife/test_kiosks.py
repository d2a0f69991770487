"""Screens at a place: their code changes, and is one piece of evidence for each resident who scans it."""

import pytest

import ledger
from greenlife.codes import kiosk_url
from greenlife.errors import (
    ActionElsewhere,
    ActionUnknown,
    CapReached,
    CodeElsewhere,
    CodeExpired,
    CodeForeign,
    CodeForged,
    CodeUnknown,
    EvidenceClaimed,
    KioskClosed,
    KioskUnknown,
    RoleRequired,
    SiteUnknown,
    TierNotAccepted,
)
from greenlife.kinds import PLACES
from greenlife.models import Resident, Site, Staff
from greenlife.scans import (
    KioskKey,
    ScanPreview,
    ScanReceipt,
    close_kiosk,
    kiosk_actions,
    kiosk_sites,
    list_kiosks,
    open_kiosk,
    preview_scan,
    record_scan,
    show_kiosk,
)
from tests.greenlife.test_weighing import open_for
from tests.world import ANJI, DEQING, HOSTS, World

BASE = "https://green.example"


def set_up(world: World, site: Site | None = None, action: str = "own_bag") -> tuple[Staff, KioskKey]:
    site = site or world.site()
    staff = world.staff("attendant", site.id)
    return staff, opened(world, staff, site.id, action)


def opened(world: World, staff: Staff, site_id: str, action: str = "own_bag") -> KioskKey:
    with world.database.writing() as session:
        return open_kiosk(
            session, world.programme, staff=staff, site_id=site_id, action=action, now=world.now,
            entropy=world.entropy,
        )  # fmt: skip


def closed(world: World, staff: Staff, kiosk: KioskKey) -> None:
    with world.database.writing() as session:
        close_kiosk(session, staff=staff, kiosk_id=kiosk.id, now=world.now)


def shown(world: World, kiosk: KioskKey, *, base: str = BASE, city: str = "huzhou") -> str:
    return kiosk_url(base, kiosk.id, city=city, secret=kiosk.secret, now=world.now)


def scan(world: World, resident: Resident, code: str, reference: str = "r1") -> ScanReceipt:
    with world.database.writing() as session:
        return record_scan(
            session, world.programme, resident=resident, code=code, hosts=HOSTS, reference=reference, now=world.now,
            entropy=world.entropy,
        )  # fmt: skip


def preview(world: World, resident: Resident, code: str) -> ScanPreview:
    with world.database.reading() as session:
        return preview_scan(session, world.programme, resident=resident, code=code, hosts=HOSTS, now=world.now)


def test_a_scan_of_the_screen_books_grams_below_those_of_an_attendant(world: World) -> None:
    _, kiosk = set_up(world)
    resident, code = world.resident(), shown(world, kiosk)
    seen = preview(world, resident, code)
    receipt = scan(world, resident, code)
    assert (receipt.booked.tier, receipt.booked.mg, receipt.booked.points) == ("rotating", 2_500, 2)
    assert (seen.quote.mg, seen.quote.points, seen.tier, seen.used, seen.here_at) == (2_500, 2, "rotating", 0, None)
    assert preview(world, resident, code).here_at == world.now
    with world.database.reading() as session:
        assert ledger.check_book(session, DEQING) is None


def test_each_kind_gives_a_changing_code_less_than_stronger_evidence(world: World) -> None:
    for kind in kiosk_actions(world.programme, [world.site(place) for place in PLACES]):
        rotating = kind.tiers["rotating"]
        for stronger in {"attended", "partner"} & set(kind.tiers):
            assert rotating.weight < kind.tiers[stronger].weight
            assert rotating.points.most <= kind.tiers[stronger].points.most


def test_one_half_minute_is_one_scan_of_a_resident_and_one_of_each_other(world: World) -> None:
    _, kiosk = set_up(world)
    resident, code, at = world.resident(), shown(world, kiosk), world.now
    first = scan(world, resident, code)
    world.later(seconds=29)
    assert scan(world, resident, code).booked.entry_id == first.booked.entry_id  # a second click
    with pytest.raises(EvidenceClaimed) as refusal:
        scan(world, resident, code, "r2")
    assert refusal.value.params == {"at": at}
    scan(world, world.resident(), code)
    world.later(seconds=30)
    scan(world, resident, shown(world, kiosk), "r3")


def test_control_without_the_claim_one_screenful_is_booked_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("greenlife.actions.booking.claim_evidence", lambda *_, **__: None)
    _, kiosk = set_up(world)
    resident, code = world.resident(), shown(world, kiosk)
    assert scan(world, resident, code).booked.entry_id != scan(world, resident, code, "r2").booked.entry_id


def test_the_day_has_a_cap_however_often_the_code_changes(world: World) -> None:
    _, kiosk = set_up(world)
    resident = world.resident()
    for number in range(2):
        scan(world, resident, shown(world, kiosk), f"r{number}")
        world.later(seconds=30)
    with pytest.raises(CapReached):
        scan(world, resident, shown(world, kiosk), "r9")


def test_one_window_late_it_is_too_old_and_nothing_is_booked(world: World) -> None:
    _, kiosk = set_up(world)
    resident, code = world.resident(), shown(world, kiosk)
    world.later(seconds=30)
    assert preview(world, resident, code)  # the control
    world.later(seconds=30)
    for attempt in (preview, scan):
        with pytest.raises(CodeExpired):
            attempt(world, resident, code)


def test_forged_foreign_and_unknown_screens_book_nothing(world: World) -> None:
    (_, kiosk), (_, other), resident = set_up(world), set_up(world), world.resident()
    code = shown(world, kiosk)
    refused = {
        code[:-16] + shown(world, other)[-16:]: CodeForged,
        code[:-1] + ("0" if code[-1] != "0" else "1"): CodeForged,
        shown(world, kiosk, city="jiaxing"): CodeForged,
        shown(world, kiosk, base="https://jiaxing.example"): CodeForeign,
        code.replace(kiosk.id, "0" * 10): CodeUnknown,
        code.lower(): CodeUnknown,
    }
    for text, error in refused.items():
        with pytest.raises(error):
            scan(world, resident, text)
    scan(world, resident, code)  # the control


def test_control_without_the_proof_any_address_would_do(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("greenlife.scans.place_codes.kiosk_step", lambda *_, **__: 1)
    _, kiosk = set_up(world)
    assert scan(world, world.resident(), shown(world, kiosk)[:-16] + "0" * 16)


def test_a_screen_out_of_use_or_at_a_closed_place_books_nothing(world: World) -> None:
    (staff, kiosk), (_, other), resident = set_up(world), set_up(world), world.resident()
    scan(world, resident, shown(world, kiosk))  # the control
    world.later(seconds=30)
    closed(world, staff, kiosk)
    closed(world, staff, kiosk)
    with world.database.writing() as session:
        site = session.get_one(Site, show_kiosk(session, other.id).site.id)
        site.active = False
    for one in (kiosk, other):
        with pytest.raises(KioskClosed):
            scan(world, resident, shown(world, one), "r2")
        with pytest.raises(KioskClosed), world.database.reading() as session:
            show_kiosk(session, one.id)


def test_a_screens_code_is_in_the_wrong_place_at_a_counter(world: World) -> None:
    _, kiosk = set_up(world)
    with pytest.raises(CodeElsewhere) as refusal:
        open_for(world, world.attendant(), shown(world, kiosk))
    assert refusal.value.params == {"found": "kiosk"}


def test_staff_set_up_screens_at_their_own_places_only(world: World) -> None:
    here, there, far = world.site(), world.site(), world.site(district=ANJI)
    attendant, admin = world.staff("attendant", here.id), world.staff("district_admin", DEQING)
    with world.database.reading() as session:
        assert [site.id for site in kiosk_sites(session, staff=attendant)] == [here.id]
        assert {site.id for site in kiosk_sites(session, staff=admin)} == {here.id, there.id}
    kiosk = opened(world, attendant, here.id)
    for staff, site in ((attendant, there), (admin, far)):
        with pytest.raises(SiteUnknown):
            opened(world, staff, site.id)
    with pytest.raises(RoleRequired):
        opened(world, world.staff("clerk", "mer_x"), here.id)
    with pytest.raises(KioskUnknown):
        closed(world, world.staff("attendant", there.id), kiosk)
    with world.database.reading() as session:
        assert [one.id for one in list_kiosks(session, staff=admin)] == [kiosk.id]
        assert list_kiosks(session, staff=world.staff("attendant", there.id)) == ()
    closed(world, admin, kiosk)


@pytest.mark.parametrize(("action", "error"), [("recyclables", TierNotAccepted), ("flying", ActionUnknown)])
def test_a_screen_shows_what_a_changing_code_can_be_evidence_of(
    world: World, action: str, error: type[Exception]
) -> None:
    site = world.site()
    with pytest.raises(error):
        opened(world, world.staff("attendant", site.id), site.id, action)


def test_a_place_offers_and_gets_screens_of_what_happens_there(world: World) -> None:
    shop, stop, station = (world.site(place) for place in ("shop", "stop", "station"))
    for sites, offered in (
        ([shop], ["own_bag"]), ([stop], ["bus_ride"]), ([station], []), ([stop, shop], ["bus_ride", "own_bag"])
    ):  # fmt: skip
        assert [kind.code for kind in kiosk_actions(world.programme, sites)] == offered
    for site, action in ((shop, "bus_ride"), (stop, "own_bag"), (station, "own_bag")):
        with pytest.raises(ActionElsewhere):
            set_up(world, site, action)
    assert set_up(world, shop, "own_bag") and set_up(world, stop, "bus_ride")  # the control


def test_a_ride_is_counted_by_the_ride(world: World) -> None:
    _, kiosk = set_up(world, world.site("stop"), "bus_ride")
    assert scan(world, world.resident(), shown(world, kiosk)).booked.mg == 40_000
