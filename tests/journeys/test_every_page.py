"""Every page in both languages: nothing for axe to say, nothing wider than a small phone, and small to load."""

import gzip
from pathlib import Path

import pytest
from playwright.sync_api import Page, Response

from tests.journeys.conftest import Browse, Demo
from tests.journeys.people import ATTENDANT, CITY, CLERK, DISTRICT, RESIDENT, newcomer, poster, sign_in

pytestmark = pytest.mark.xdist_group("browser")
AXE = Path(__file__).parents[1] / "browser/node_modules/axe-core/axe.min.js"
PAGES = {
    RESIDENT: (
        "/", "/scan", "/photo", "/my-code", "/records", "/rewards", "/vouchers", "/me", "/me/delete", "/me/household", "/me/phones", "/methodology",
        "/methodology/recyclables", "/privacy", "/home-district", "/nowhere", "/demo/codes", "/verify",
    ),
    ATTENDANT: ("/counter", "/counter/last", "/kiosk"),
    CLERK: ("/till", "/till/today"),
    DISTRICT: ("/desk", "/desk/index", "/desk/review", "/desk/review?show=decided", "/desk/posters", "/desk/posters?show=out", "/desk/posters/new", "/kiosk"),
    CITY: (
        "/desk/city", "/desk/city?show=participation", "/desk/index", "/desk?district=huzhou-anji", "/desk/review", "/desk/rules",
        "/desk/rules/propose?kind=rule", "/desk/rules/propose?kind=campaign", "/desk/posters", "/desk/posters?district=huzhou-anji",
        "/desk/posters/new?district=huzhou-anji",
    ),
}  # fmt: skip
LIGHT_AND_SMALL = {"viewport": {"width": 320, "height": 640}}
MOST_BYTES = 60_000


def first_links(page: Page, base: str, var: Path) -> list[str]:
    """Pages that have an id in their address."""
    found = [f"/P/{poster(var)[0]}"]
    for place, selector in (("/records", "a.row:not(.money)"), ("/rewards", "a.button.green"), ("/vouchers", "a.row")):
        page.goto(base + place)
        found.append(str(page.locator(selector).first.get_attribute("href")))
    return [*found, f"{found[1]}/proof"]


def complaints(page: Page) -> list[str]:
    # What a script switches on once it has its texts is judged switched on, and a colour on its way to another one is
    # nobody's contrast: whatever is switched on while axe looks changes at once.
    page.emulate_media(reduced_motion="reduce")
    page.wait_for_load_state("networkidle")
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})))")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    answer = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in answer["violations"]]


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize("phone", PAGES)
def test_axe_and_width(demo: Demo, browse: Browse, phone: str, language: str) -> None:
    page = sign_in(browse(locale=language, **LIGHT_AND_SMALL), demo.base, phone)
    paths = [*PAGES[phone], *(first_links(page, demo.base, demo.var) if phone == RESIDENT else [])]
    if phone == CITY:
        page.goto(f"{demo.base}/desk/rules")
        paths += [str(link.get_attribute("href")) for link in page.locator(".rule-lines a").all()]
    if phone in {DISTRICT, CITY}:
        page.goto(f"{demo.base}/desk/posters")
        one = str(page.locator("a.row").first.get_attribute("href"))
        paths += [one, *(f"{one}/{change}" for change in ("close", "reopen", "replace"))]
    found = []
    for path in paths:
        page.goto(demo.base + path)
        assert page.get_attribute("html", "lang") == language
        found += [f"{path}: {complaint}" for complaint in complaints(page)]
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > 320:
            found.append(f"{path}: {width} px wide")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_axe_and_width_of_the_farewell(demo: Demo, browse: Browse, language: str) -> None:
    page = newcomer(browse(locale=language, **LIGHT_AND_SMALL), demo.base)
    page.goto(f"{demo.base}/me/delete")
    page.click("form[action='/me/delete'] button")
    page.wait_for_url("**/farewell")
    assert page.get_attribute("html", "lang") == language
    assert not complaints(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_axe_in_the_dark_and_in_large_type(demo: Demo, browse: Browse) -> None:
    page = sign_in(browse(color_scheme="dark", **LIGHT_AND_SMALL), demo.base, RESIDENT)
    page.locator("button.pill").first.click()
    found = []
    for path in ("/", "/my-code", "/records", "/rewards", "/me"):
        page.goto(demo.base + path)
        found += [f"{path}: {complaint}" for complaint in complaints(page)]
    assert not found, "\n".join(found)


def test_axe_before_signing_in(demo: Demo, browse: Browse) -> None:
    for language in ("zh-CN", "en"):
        page = browse(locale=language, **LIGHT_AND_SMALL).new_page()
        for path in ("/sign-in", "/staff/sign-in", "/methodology", "/verify"):
            page.goto(demo.base + path)
            assert not complaints(page)


def test_the_axe_that_judges_sees_something(demo: Demo, browse: Browse) -> None:
    """The control: a picture without words is found."""
    page = browse().new_page()
    page.goto(f"{demo.base}/sign-in")
    page.evaluate("document.body.append(document.createElement('img'))")
    assert any(one.startswith("image-alt") for one in complaints(page))


def test_the_home_page_is_small_and_loads_nothing_from_elsewhere(demo: Demo, browse: Browse) -> None:
    context = browse()
    sign_in(context, demo.base, RESIDENT)
    state = context.storage_state()
    page = browse(storage_state=state).new_page()
    answers: list[Response] = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108  (Playwright cannot hold a builtin)
    page.goto(demo.base)
    page.wait_for_load_state("networkidle")
    assert all(answer.url.startswith(demo.base) for answer in answers)
    assert sum(len(gzip.compress(answer.body())) for answer in answers if answer.ok) <= MOST_BYTES
    assert not [answer.url for answer in answers if "scanner" in answer.url or "wasm" in answer.url]
