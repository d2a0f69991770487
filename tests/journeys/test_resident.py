"""A resident on a phone: the first visit, a scan by camera, the receipt, and what is refused."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys.camera import film
from tests.journeys.conftest import Browse, Demo
from tests.journeys.people import entries, newcomer, poster

pytestmark = pytest.mark.xdist_group("browser")


def scan(page: Page, base: str) -> None:
    """The camera finds the code by itself; what it would book is shown."""
    page.goto(f"{base}/scan")
    page.wait_for_url("**/P/*")


def address(demo: Demo, code: str) -> str:
    return f"{demo.base}/P/{code}".upper()


def test_from_the_camera_to_the_receipt_and_no_replay(demo: Demo, browse: Browse, tmp_path: Path) -> None:
    code, _ = poster(demo.var)
    page = newcomer(browse(film(address(demo, code), tmp_path / "film.mjpeg")), demo.base)
    before = entries(demo.var)
    scan(page, demo.base)
    assert entries(demo.var) == before, "looking at a poster books nothing"
    page.get_by_role("button", name="记下这一次").click()
    expect(page.get_by_text("记好了")).to_be_visible()
    expect(page.get_by_text("只记积分：海报码算不出减碳量")).to_be_visible()
    assert entries(demo.var) == before + 1
    page.locator("summary").click()
    expect(page.locator("table.sum")).to_be_visible()
    page.get_by_role("link", name="完成").click()
    expect(page.locator(".balance.points .figure")).to_contain_text("2")
    scan(page, demo.base)
    expect(page.get_by_role("button", name="今天已经记过")).to_be_disabled()
    assert entries(demo.var) == before + 1


def test_a_replayed_confirmation_is_refused_in_words(demo: Demo, browse: Browse) -> None:
    code, _ = poster(demo.var, skip=1)
    page = newcomer(browse(), demo.base)
    page.goto(f"{demo.base}/P/{code}")
    second = page.context.new_page()
    second.goto(f"{demo.base}/P/{code}")
    page.get_by_role("button", name="记下这一次").click()
    expect(page.get_by_text("记好了")).to_be_visible()
    before = entries(demo.var)
    second.get_by_role("button", name="记下这一次").click()
    expect(second.get_by_role("alert")).to_contain_text("您扫过这张海报")
    expect(second.get_by_text("什么都没有变")).to_be_visible()
    expect(second.get_by_text("place_cap_reached")).to_be_visible()
    assert entries(demo.var) == before


def test_the_small_decoder_reads_where_the_wasm_cannot_be_had(demo: Demo, browse: Browse, tmp_path: Path) -> None:
    code, _ = poster(demo.var, "bus_ride")
    context = browse(film(address(demo, code), tmp_path / "film.mjpeg"))
    blocked: list[str] = []

    def block(route: Route) -> None:
        blocked.append(route.request.url)
        route.abort()

    context.route("**/*.wasm", block)
    scan(newcomer(context, demo.base), demo.base)


def test_the_wasm_decoder_reads_a_photo(demo: Demo, browse: Browse, tmp_path: Path) -> None:
    code, _ = poster(demo.var, "bus_ride", skip=1)
    frames = film(address(demo, code), tmp_path / "film.mjpeg").read_bytes()
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(frames[: frames.index(b"\xff\xd9") + 2])
    page = newcomer(browse(), demo.base)
    page.goto(f"{demo.base}/scan")
    page.set_input_files("[data-photo]", photo)
    page.wait_for_url(f"**/P/{code}")


def test_typed_without_scripts(demo: Demo, browse: Browse) -> None:
    _, short = poster(demo.var, skip=2)
    page = newcomer(browse(java_script_enabled=False), demo.base, scripts=False)
    page.goto(f"{demo.base}/scan")
    page.fill("#code", f"{short[:4].lower()} {short[4:]}")
    page.click("button[form=code-form]")
    page.get_by_role("button", name="记下这一次").click()
    expect(page.get_by_text("记好了")).to_be_visible()
    page.goto(f"{demo.base}/my-code")
    expect(page.locator(".qr svg")).to_be_visible()
    assert page.locator("noscript").count() == 1


def test_a_code_of_nobody_says_so_beside_the_field(demo: Demo, browse: Browse) -> None:
    page = newcomer(browse(), demo.base)
    page.goto(f"{demo.base}/scan")
    page.fill("#code", "ZZZZ ZZZZ")
    page.click("button[form=code-form]")
    expect(page.get_by_role("alert")).to_contain_text("这不是我们的码")
    expect(page.locator("#code")).to_have_value("ZZZZ ZZZZ")


def test_language_and_large_type(demo: Demo, browse: Browse) -> None:
    page = newcomer(browse(), demo.base)
    page.goto(f"{demo.base}/me")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Me")).to_be_visible()
    page.goto(demo.base)
    expect(page.get_by_role("link", name="Scan")).to_be_visible()
    page.get_by_role("button", name="Large").click()
    expect(page.locator("html[data-senior]")).to_have_count(1)
    page.goto(f"{demo.base}/me")
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", name="我的")).to_be_visible()


def test_the_own_code_renews_itself(demo: Demo, browse: Browse) -> None:
    page = newcomer(browse(), demo.base)
    page.goto(f"{demo.base}/my-code")
    first = page.inner_text(".typed .code")
    page.wait_for_function(
        "first => document.querySelector('.typed .code').innerText !== first", arg=first, timeout=45_000
    )
    expect(page.locator("[data-left]")).to_be_visible()


def test_a_double_click_books_once(demo: Demo, browse: Browse) -> None:
    code, _ = poster(demo.var, skip=3)
    page = newcomer(browse(), demo.base)
    page.goto(f"{demo.base}/P/{code}")
    before = entries(demo.var)
    page.get_by_role("button", name="记下这一次").dblclick(no_wait_after=True)
    expect(page.get_by_text("记好了")).to_be_visible()
    assert entries(demo.var) == before + 1


def test_a_poster_leads_a_stranger_through_the_first_visit_and_back(demo: Demo, browse: Browse) -> None:
    code, _ = poster(demo.var, "bus_ride", skip=2)
    page = browse().new_page()
    page.goto(f"{demo.base}/P/{code}")
    page.fill("#phone", "18700000001")
    page.click("button[form=phone-form]")
    page.fill("#code", page.inner_text(".shown-code b"))
    page.click("button[form=code-form]")
    page.click("button[form=accept]")
    page.wait_for_selector("html.js")
    page.select_option("#district", "huzhou-anji")
    page.wait_for_selector("#town")
    page.select_option("#town", index=1)
    page.click("button[form=home-form]")
    page.wait_for_url(f"**/P/{code}")
    expect(page.get_by_role("button", name="记下这一次")).to_be_visible()


def test_a_choice_made_before_the_scripts_came_is_not_a_dead_end(demo: Demo, browse: Browse) -> None:
    context = browse()
    page = newcomer(context, demo.base)
    held: list[Route] = []
    # The first page's script only; and a lambda, for Playwright cannot hold a builtin.
    context.route("**/static/app-*.js", lambda route: held.append(route), times=1)  # noqa: PLW0108
    page.goto(f"{demo.base}/home-district?district=huzhou-anji", wait_until="commit")
    page.select_option("#district", "huzhou-deqing")
    for route in held:
        route.continue_()
    page.wait_for_selector("html.js")
    page.get_by_role("button", name="看镇（街道）").click()
    page.wait_for_url("**district=huzhou-deqing*")
