"""Pictures of the main screens for the documentation: ``python -m tests.browser.screens ADDRESS FOLDER``.

Against a running demo. It records, weighs, redeems and captures on the way, as people do.
"""

import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.chromium import driving, launch
from tests.journeys.people import ATTENDANT, CITY, CLERK, DISTRICT, RESIDENT, sign_in

PHONE, DESK = {"width": 390, "height": 844}, {"width": 1440, "height": 900}
COLOURS = 128
OVERVIEW_HEIGHT = 844


class Camera:
    """Takes pictures of pages into a folder."""

    def __init__(self, browser: Browser, base: str, folder: Path) -> None:
        self.browser, self.base, self.folder = browser, base, folder

    def context(self, **options: object) -> BrowserContext:
        return self.browser.new_context(**({"viewport": PHONE, "locale": "zh-CN"} | options))

    def take(self, page: Page, name: str, path: str | None = None) -> None:
        if path:
            page.goto(self.base + path)
        page.wait_for_timeout(200)
        target = self.folder / f"{name}.png"
        page.screenshot(path=target)
        Image.open(target).convert("RGB").quantize(COLOURS).save(target, optimize=True)


def main(base: str, folder: Path) -> None:
    with driving() as playwright:
        browser = launch(playwright)
        camera = Camera(browser, base, folder)
        code = resident(camera)
        variants(camera)
        counter(camera)
        till(camera, code)
        desk(camera)
    overview(folder)


def resident(camera: Camera) -> str:
    """The resident's screens; the code of a fresh voucher."""
    page = sign_in(camera.context(), camera.base, RESIDENT)
    for name, path in (("home", "/"), ("my-code", "/my-code"), ("records", "/records"), ("rewards", "/rewards")):
        camera.take(page, name, path)
    page.goto(f"{camera.base}/demo/codes")
    camera.take(page, "confirm-poster", page.locator(".posters a").last.get_attribute("href"))
    page.locator("footer form button").click()
    page.wait_for_url("**/records/*")
    camera.take(page, "receipt-points-only")
    page.goto(f"{camera.base}/records")
    page.locator("a.row", has_text="纸板").first.click()
    page.wait_for_url("**/records/*")
    camera.take(page, "receipt-open")
    camera.take(page, "refused", f"/P/{'A' * 26}")
    page.goto(f"{camera.base}/rewards")
    page.get_by_role("link", name="菜场 5 元券").first.click()
    page.locator("footer form button").click()
    page.wait_for_url("**/vouchers/*")
    camera.take(page, "voucher")
    return page.inner_text(".big-code")


def variants(camera: Camera) -> None:
    camera.take(sign_in(camera.context(locale="en"), camera.base, RESIDENT), "home-en", "/")
    camera.take(sign_in(camera.context(color_scheme="dark"), camera.base, RESIDENT), "home-dark", "/")
    page = sign_in(camera.context(), camera.base, RESIDENT)
    page.locator("button.pill").first.click()
    camera.take(page, "home-large", "/")


def counter(camera: Camera) -> None:
    holder = sign_in(camera.context(), camera.base, RESIDENT)
    holder.goto(f"{camera.base}/my-code")
    page = sign_in(camera.context(), camera.base, ATTENDANT)
    page.goto(f"{camera.base}/counter")
    page.fill("#code", holder.inner_text(".typed .code"))
    page.locator("footer .solid").click()
    page.wait_for_url("**/visit/*")
    page.get_by_text("纸板", exact=True).click()
    for key in "3.20":
        page.locator(f"[data-key='{key}']").click()
    camera.take(page, "weigh")
    # What is booked within three seconds of the scan is refused: nobody weighs that fast.
    page.wait_for_timeout(3_000)
    page.locator(".book").click()
    page.wait_for_selector(".note")
    camera.take(page, "last-ten", "/counter/last")


def till(camera: Camera, code: str) -> None:
    page = sign_in(camera.context(), camera.base, CLERK)
    camera.take(page, "till", "/till")
    for name in ("till-accepted", "till-refused"):
        page.goto(f"{camera.base}/till")
        page.fill("#code", code)
        page.locator("footer .solid").click()
        page.wait_for_selector(".verdict")
        camera.take(page, name)


def desk(camera: Camera) -> None:
    page = sign_in(camera.context(viewport=DESK), camera.base, DISTRICT)
    camera.take(page, "desk-district", "/desk")
    camera.take(page, "desk-index", "/desk/index")
    camera.take(page, "desk-posters", "/desk/posters")
    camera.take(sign_in(camera.context(viewport=DESK), camera.base, CITY), "desk-city", "/desk/city")


def overview(folder: Path) -> None:
    """Three screens side by side, for the top of the README."""
    pictures = [Image.open(folder / f"{name}.png").convert("RGB") for name in ("home", "receipt-open", "desk-district")]
    pictures = [one.resize((one.width * OVERVIEW_HEIGHT // one.height, OVERVIEW_HEIGHT)) for one in pictures]
    gap = 16
    sheet = Image.new("RGB", (sum(one.width + gap for one in pictures) - gap, OVERVIEW_HEIGHT), (223, 219, 209))
    left = 0
    for one in pictures:
        sheet.paste(one, (left, 0))
        left += one.width + gap
    sheet.quantize(COLOURS).save(folder / "overview.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), Path(sys.argv[2]))
