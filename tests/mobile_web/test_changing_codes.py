"""The own code and its phones, and the screens at places: the pages, and what they hand to their scripts."""

import base64
import re

from flask import Flask
from flask.testing import FlaskClient

from greenlife.codes import kiosk_address, kiosk_url, resident_code
from greenlife.codes.resident import CodeKey
from greenlife.models import Site
from greenlife.scans import KioskKey
from tests.greenlife.test_kiosks import set_up
from tests.mobile_web.conftest import Browser, People
from tests.world import World

BASE = "http://green.example"


def enrol(browser: Browser) -> dict[str, str]:
    token = re.search(r'data-token="([^"]+)"', browser.get("/my-code").text)
    assert token
    answer = browser.http.post("/my-code/device", headers={"X-CSRFToken": token.group(1)})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    return dict(answer.json or {})


def device_on_page(browser: Browser) -> str:
    found = re.search(r'data-device="([^"]*)"', browser.get("/my-code").text)
    assert found
    return found.group(1)


def key_of(told: dict[str, str]) -> CodeKey:
    return CodeKey(city="huzhou", code_id=told["id"], alias=told["alias"], secret=base64.b64decode(told["secret"]))


def open_visit(world: World, people: People, text: str) -> str:
    counter = people.sign_in(world.attendant())
    return counter.send("/counter", "/counter/open", code=text).text


def test_a_browser_is_told_its_key_once(world: World, people: People) -> None:
    browser = people.sign_in(world.resident())
    assert device_on_page(browser) == ""
    told = enrol(browser)
    page = browser.get("/my-code").text
    assert device_on_page(browser) == told["id"]
    assert told["secret"] not in page + browser.get("/me/phones").text


def test_the_key_is_not_told_without_the_forms_token(world: World, people: People) -> None:
    browser = people.sign_in(world.resident())
    answer = browser.http.post("/my-code/device")
    assert "form_stale" in answer.text
    assert device_on_page(browser) == ""


def test_without_scripts_the_server_computes_the_code(world: World, people: People) -> None:
    browser = people.sign_in(world.resident())
    page = browser.get("/my-code").text
    assert '<noscript><meta http-equiv="refresh"' in page
    typed = re.search(r"data-typed>([^<]+)<", page)
    assert typed
    counter = people.sign_in(world.attendant())
    assert counter.send("/counter", "/counter/open", code=typed.group(1)).status_code == 303


def test_a_phone_is_listed_and_signed_out_from_another(world: World, people: People) -> None:
    resident = world.resident()
    lost, other = people.sign_in(resident), people.sign_in(resident)
    told, _ = enrol(lost), enrol(other)
    page = other.get("/me/phones").text
    assert page.count("/revoke") == 2
    assert page.count("这部手机") == 1
    assert "device_revoked" not in open_visit(world, people, resident_code(key_of(told), now=world.now).text)
    assert other.send("/me/phones", f"/me/phones/{told['id']}/revoke").status_code == 303
    assert lost.get("/my-code").status_code == 303
    world.later(minutes=1)
    assert "device_revoked" in open_visit(world, people, resident_code(key_of(told), now=world.now).text)


def test_signing_out_revokes_the_phone(world: World, people: People) -> None:
    browser = people.sign_in(world.resident())
    told = enrol(browser)
    browser.send("/me", "/sign-out")
    assert "device_revoked" in open_visit(world, people, resident_code(key_of(told), now=world.now).text)


def test_a_phone_of_somebody_else_is_unknown(world: World, people: People) -> None:
    told = enrol(people.sign_in(world.resident()))
    stranger = people.sign_in(world.resident())
    assert "device_unknown" in stranger.send("/me", f"/me/phones/{told['id']}/revoke").text


def screen_by_staff(world: World, people: People) -> tuple[Browser, dict[str, str], Site]:
    site = world.site()
    browser = people.sign_in(world.staff("attendant", site.id))
    answer = browser.send("/kiosk", site=site.id, action="own_bag")
    assert answer.status_code == 200
    return browser, dict(answer.json or {}), site


def test_setting_up_a_screen_tells_the_key_once_and_signs_the_tablet_out(world: World, people: People) -> None:
    browser, told, site = screen_by_staff(world, people)
    assert browser.get("/kiosk").status_code == 303
    page = browser.get(told["page"])
    assert page.status_code == 200
    assert told["secret"] not in page.text
    assert kiosk_address(BASE, told["id"]) in page.text
    how = ("用手机相机扫码", "Scan with your phone’s camera", "秒后", "seconds until the next code")
    for words in (*site.names.values(), "自带购物袋", "Own bag", *how):
        assert words in page.text


def test_only_what_a_place_can_record_is_offered(world: World, people: People) -> None:
    shop, stop = world.site(), world.site("stop")
    page = people.sign_in(world.staff("district_admin", shop.district)).get("/kiosk").text
    assert f'value="{shop.id}" data-able="own_bag' in page
    assert f'value="{stop.id}" data-able="bus_ride"' in page
    station = world.attendant()
    assert station.scope not in page


def test_a_place_of_somebody_else_and_an_unfit_action_are_refused(world: World, people: People) -> None:
    browser = people.sign_in(world.attendant())
    assert "site_unknown" in browser.send("/kiosk", site=world.site().id, action="own_bag").text
    assert browser.get("/kiosk").status_code == 200  # still signed in
    site = world.site()
    other = people.sign_in(world.staff("attendant", site.id))
    assert "tier_not_accepted" in other.send("/kiosk", site=site.id, action="recyclables").text


def test_where_nothing_fits_a_screen_the_page_says_so(world: World, people: People) -> None:
    page = people.sign_in(world.attendant()).get("/kiosk", Accept_Language="en").text
    assert "Nothing that is done at your place is recorded by a screen." in page
    assert "data-set-up" not in page
    till = people.sign_in(world.staff("attendant", world.site("shop").id)).get("/kiosk", Accept_Language="en").text
    assert "data-set-up" in till  # the control


def test_a_screen_is_taken_out_of_use(world: World, people: People, stranger: Browser) -> None:
    staff, kiosk = set_up(world)
    browser = people.sign_in(staff)
    assert kiosk.id in browser.get("/kiosk").text
    assert browser.send("/kiosk", f"/kiosk/{kiosk.id}/close").status_code == 303
    assert "kiosk_closed" in stranger.get(f"/kiosk/{kiosk.id}").text
    assert "kiosk_unknown" in stranger.get("/kiosk/0000000000").text


def code_of(world: World, kiosk: KioskKey) -> str:
    return kiosk_url(BASE, kiosk.id, city="huzhou", secret=kiosk.secret, now=world.now)


def test_the_phones_camera_opens_the_confirmation_and_one_press_books(world: World, people: People) -> None:
    _, kiosk = set_up(world)
    browser = people.sign_in(world.resident())
    text = code_of(world, kiosk)
    path = text.removeprefix(BASE.upper())
    page = browser.get(path)
    assert "2.5" in page.text
    receipt = browser.send(path, "/scan/confirm", code=text)
    assert "new=1" in receipt.headers["Location"]
    assert "disabled" in browser.get(path).text
    assert "evidence_claimed" in browser.send("/scan", "/scan/confirm", code=text, form_key="a" * 32).text


def test_a_scanned_screen_leads_to_its_confirmation(world: World, people: People) -> None:
    _, kiosk = set_up(world)
    browser = people.sign_in(world.resident())
    answer = browser.send("/scan", code=code_of(world, kiosk))
    assert answer.headers["Location"].startswith(f"/K/{kiosk.id}")
    world.later(minutes=1)
    assert "code_expired" in browser.get(answer.headers["Location"]).text
    assert (
        "code_expired"
        in browser.send("/scan", code=code_of(world, kiosk)[:-16] + answer.headers["Location"][-16:]).text
    )


def test_the_clock_says_the_servers_time(world: World, app: Flask) -> None:
    client: FlaskClient = app.test_client()
    assert client.get("/clock").text == str(round(world.now.timestamp() * 1000))
