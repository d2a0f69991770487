"""Codes that change, computed in the browser: on the resident's phone, and on a screen at a place."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Browse, Demo
from tests.journeys.people import ATTENDANT, DISTRICT, entries, newcomer, shop, sign_in
from tests.journeys.test_every_page import complaints

pytestmark = pytest.mark.xdist_group("browser")
KEYS = """name => new Promise((resolve) => {
  indexedDB.open("greenlife").onsuccess = ({ target }) => {
    target.result.transaction("keys").objectStore("keys").get(name).onsuccess = async ({ target }) => {
      const { key } = target.result;
      resolve([key.extractable, await crypto.subtle.exportKey("raw", key).then(() => "given", () => "refused")]);
    };
  };
})"""
"""What the browser says of a key that it keeps."""


def picture(page: Page, path: Path) -> Path:
    """The code on the page, as another phone's camera would take it."""
    page.locator(".qr").screenshot(path=path)
    return path


def phone_with_code(demo: Demo, page: Page) -> Page:
    page.goto(f"{demo.base}/my-code")
    page.wait_for_selector("[data-computed]")
    return page


def show_at_counter(demo: Demo, counter: Page, photo: Path) -> None:
    counter.goto(f"{demo.base}/counter")
    counter.set_input_files("[data-photo]", photo)


def test_the_phone_computes_its_code_without_a_network(demo: Demo, browse: Browse, tmp_path: Path) -> None:
    page = phone_with_code(demo, newcomer(browse(), demo.base))
    assert page.evaluate(KEYS, "resident") == [False, "refused"]
    page.context.set_offline(True)
    first = page.inner_text("[data-typed]")
    page.wait_for_function(
        "first => document.querySelector('[data-typed]').innerText !== first", arg=first, timeout=45_000
    )

    counter = sign_in(browse(), demo.base, ATTENDANT)
    show_at_counter(demo, counter, picture(page, tmp_path / "code.png"))
    counter.wait_for_url("**/counter/visit/*")
    counter.goto(f"{demo.base}/counter")
    counter.fill("#code", page.inner_text("[data-typed]"))
    counter.click("button[form=code-form]")
    expect(counter.get_by_role("alert")).to_contain_text("已经有人用过")


def test_the_phone_keeps_its_key_from_page_to_page(demo: Demo, browse: Browse) -> None:
    page = phone_with_code(demo, newcomer(browse(), demo.base))
    device = page.get_attribute("[data-own-code]", "data-computed")
    second = phone_with_code(demo, page.context.new_page())
    assert second.get_attribute("[data-own-code]", "data-computed") == device
    page.goto(f"{demo.base}/me/phones")
    expect(page.get_by_text("这部手机", exact=True)).to_have_count(1)


def test_two_tabs_at_once_share_one_key(demo: Demo, browse: Browse) -> None:
    page = newcomer(browse(), demo.base)
    tabs = [page.context.new_page() for _ in range(2)]
    for tab in tabs:
        tab.goto(f"{demo.base}/my-code", wait_until="commit")
    for tab in tabs:
        tab.wait_for_selector("[data-computed]")
    assert len({tab.get_attribute("[data-own-code]", "data-computed") for tab in tabs}) == 1


def test_a_lost_phone_is_signed_out_from_elsewhere(demo: Demo, browse: Browse, tmp_path: Path) -> None:
    page = phone_with_code(demo, newcomer(browse(), demo.base))
    phones = page.context.new_page()
    phones.goto(f"{demo.base}/me/phones")
    assert not complaints(phones)
    phones.get_by_role("button", name="退出").first.click()

    counter = sign_in(browse(), demo.base, ATTENDANT)
    show_at_counter(demo, counter, picture(page, tmp_path / "code.png"))
    expect(counter.get_by_role("alert")).to_contain_text("已经退出登录")


@pytest.mark.parametrize("missing", ["delete Crypto.prototype.subtle", "delete globalThis.indexedDB"])
def test_a_browser_that_cannot_keep_a_key_asks_the_server(demo: Demo, browse: Browse, missing: str) -> None:
    page = newcomer(browse(), demo.base)
    page.add_init_script(missing)
    with page.expect_response("**/my-code/panel", timeout=45_000):
        page.goto(f"{demo.base}/my-code")
        first = page.inner_text("[data-typed]")
    page.wait_for_function("first => document.querySelector('[data-typed]').innerText !== first", arg=first)
    assert page.locator("[data-computed]").count() == 0


def test_a_phone_whose_clock_is_wrong_shows_the_servers_half_minute(demo: Demo, browse: Browse, tmp_path: Path) -> None:
    page = newcomer(browse(), demo.base)
    page.add_init_script("const real = Date.now; Date.now = () => real() + 600_000;")
    phone_with_code(demo, page)
    counter = sign_in(browse(), demo.base, ATTENDANT)
    show_at_counter(demo, counter, picture(page, tmp_path / "code.png"))
    counter.wait_for_url("**/counter/visit/*")


def set_up_screen(demo: Demo, page: Page) -> Page:
    page.goto(f"{demo.base}/kiosk")
    page.wait_for_selector("[data-set-up]:enabled")  # a colour that is on its way is nobody's contrast
    assert not complaints(page)
    page.select_option("#site", shop(demo.var))
    page.select_option("#action", "own_bag")
    page.click("[data-set-up]")
    page.wait_for_url(lambda address: "/kiosk/" in address)
    page.wait_for_selector("[data-shown]")
    return page


def test_a_screen_shows_its_code_without_a_network_and_is_scanned_once(
    demo: Demo, browse: Browse, tmp_path: Path
) -> None:
    screen = set_up_screen(demo, sign_in(browse(viewport={"width": 1024, "height": 768}), demo.base, DISTRICT))
    kiosk = screen.url.rpartition("/")[2]
    assert screen.evaluate(KEYS, f"kiosk:{kiosk}") == [False, "refused"]
    assert "gl_session" not in {cookie["name"] for cookie in screen.context.cookies()}
    assert not complaints(screen)
    screen.context.set_offline(True)
    step = screen.get_attribute("[data-kiosk]", "data-shown")
    screen.wait_for_function(
        "step => document.querySelector('[data-kiosk]').dataset.shown !== step", arg=step, timeout=45_000
    )

    resident = newcomer(browse(), demo.base)
    resident.goto(f"{demo.base}/scan")
    resident.set_input_files("[data-photo]", picture(screen, tmp_path / "screen.png"))
    resident.wait_for_url(f"**/K/{kiosk}*")
    before = entries(demo.var)
    assert not complaints(resident)
    resident.get_by_role("button", name="记下这一次").click()
    expect(resident.get_by_text("记好了")).to_be_visible()
    expect(resident.get_by_text("动态码", exact=True)).to_be_visible()
    assert entries(demo.var) == before + 1

    resident.goto(f"{demo.base}/scan")
    resident.set_input_files("[data-photo]", tmp_path / "screen.png")
    resident.wait_for_url(f"**/K/{kiosk}*")
    expect(resident.get_by_role("button", name="已经记过了")).to_be_disabled()


def test_a_screen_whose_clock_is_wrong_says_so_and_goes_by_the_servers(demo: Demo, browse: Browse) -> None:
    screen = set_up_screen(demo, sign_in(browse(), demo.base, DISTRICT))
    expect(screen.locator("[data-clock-off]")).to_be_hidden()  # the control
    step = int(screen.get_attribute("[data-kiosk]", "data-shown") or 0)
    screen.add_init_script("const real = Date.now; Date.now = () => real() - 3_600_000;")
    screen.reload()
    expect(screen.locator("[data-clock-off]")).to_be_visible()
    assert int(screen.get_attribute("[data-kiosk]", "data-shown") or 0) - step in {0, 1}


def test_a_screen_that_slept_without_a_network_says_that_its_clock_may_be_wrong(demo: Demo, browse: Browse) -> None:
    page = sign_in(browse(), demo.base, DISTRICT)
    page.add_init_script("const real = Date.now; globalThis.ahead = 0; Date.now = () => real() + globalThis.ahead;")
    screen = set_up_screen(demo, page)
    screen.context.set_offline(True)
    screen.evaluate("ahead = 120_000")
    expect(screen.locator("[data-clock-unsure]")).to_be_visible()
    screen.context.set_offline(False)
    expect(screen.locator("[data-clock-unsure]")).to_be_hidden(timeout=25_000)


def test_another_browser_has_no_key_for_the_screen(demo: Demo, browse: Browse) -> None:
    screen = set_up_screen(demo, sign_in(browse(), demo.base, DISTRICT))
    other = browse().new_page()
    other.goto(screen.url)
    expect(other.get_by_text("这台设备没有这块屏幕的密钥")).to_be_visible()
    expect(other.locator(".qr")).to_be_hidden()
    assert not complaints(other)


def test_a_screen_without_scripts_says_so(demo: Demo, browse: Browse) -> None:
    screen = set_up_screen(demo, sign_in(browse(), demo.base, DISTRICT))
    other = browse(java_script_enabled=False).new_page()
    other.goto(screen.url)
    expect(other.get_by_text("这个浏览器没有启用脚本")).to_be_visible()
