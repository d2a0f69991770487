"""An action that waits for a person, clicked to the end: refused with a reason, appealed, and looked at once more."""

import re
import sqlite3
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.greenlife.photos.pictures import plain_picture, saved
from tests.journeys.conftest import Browse, Demo
from tests.journeys.people import CITY, DISTRICT, newcomer, sign_in
from tests.journeys.test_every_page import complaints

pytestmark = pytest.mark.xdist_group("browser")
_seeds = count(9000)
DESK = {"width": 1280, "height": 800}
SMALL = {"width": 320, "height": 640}


@dataclass(frozen=True)
class Held:
    """An own cup that waits: whose page, which entry, which case."""

    resident: Page
    entry: str
    case: str


def send_photo(demo: Demo, browse: Browse, folder: Path) -> Held:
    page = newcomer(browse(), demo.base)
    photo = folder / "cup.jpg"
    photo.write_bytes(saved(plain_picture(next(_seeds), (600, 800))))
    page.goto(f"{demo.base}/photo")
    page.get_by_text("自带杯", exact=True).click()
    page.set_input_files("#photo", photo)
    page.get_by_role("button", name="发送照片").click()
    page.wait_for_url("**/photos/*")
    entry = page.url.rpartition("/")[2].partition("?")[0]
    with sqlite3.connect(demo.var / "demo.db") as database:
        (case,) = database.execute("select id from review_case where entry_id = ?", (entry,)).fetchone()
    return Held(page, entry, case)


def at_desk(demo: Demo, browse: Browse, phone: str, held: Held, part: str = "waiting", **options: object) -> Page:
    """The case, opened from its part of the queue."""
    page = sign_in(browse(**options), demo.base, phone)
    page.goto(f"{demo.base}/desk/review?show={part}")
    page.locator(f"a.row[href$='{held.case}']").click()
    page.wait_for_url(f"**/{held.case}")
    return page


def decide(page: Page, reason: str, button: str) -> None:
    form = page.locator("form.card", has_text=reason)
    form.get_by_label(reason).check()
    form.get_by_role("button", name=button, exact=True).dblclick()
    page.wait_for_url(re.compile(r"/desk/review(\?.*)?$"))


def is_fine(page: Page) -> None:
    assert not complaints(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= page.evaluate("innerWidth")


def test_what_was_refused_is_appealed_and_approved_by_somebody_else(demo: Demo, browse: Browse, tmp_path: Path) -> None:
    held = send_photo(demo, browse, tmp_path)
    resident = held.resident
    desk = at_desk(demo, browse, DISTRICT, held, viewport=SMALL)
    late = at_desk(demo, browse, DISTRICT, held, viewport=DESK)
    expect(desk.get_by_role("img", name="作为凭证提交的照片")).to_be_visible()
    is_fine(desk)

    decide(desk, "凭证看不出这件事", "不通过")
    expect(desk.get_by_role("status")).to_contain_text("居民会看到理由")
    desk.go_back()  # what is decided cannot be decided again
    expect(desk.get_by_text("不通过，可申诉")).to_be_visible()
    expect(desk.get_by_role("button", name="不通过", exact=True)).to_have_count(0)

    late.get_by_label("凭证对得上").check()
    late.get_by_role("button", name="通过", exact=True).click()
    expect(late.get_by_role("alert")).to_contain_text("这条已经有人处理过了")
    expect(late.get_by_text("凭证看不出这件事")).to_be_visible()
    is_fine(late)

    resident.goto(demo.base)
    resident.get_by_role("link", name="1 条没通过审核，可以申诉").click()
    expect(resident.get_by_text("凭证看不出这件事")).to_be_visible()
    is_fine(resident)
    resident.get_by_role("button", name="申诉，请人复核").dblclick()
    expect(resident.get_by_role("status")).to_contain_text("等人复核")
    expect(resident.get_by_role("button", name="申诉，请人复核")).to_have_count(0)

    desk.goto(f"{demo.base}/desk/review/{held.case}")
    expect(desk.get_by_text("复核要换一个人")).to_be_visible()
    second = at_desk(demo, browse, CITY, held, "appeals", viewport=DESK, locale="en")
    is_fine(second)
    decide(second, "The evidence fits", "Approve")
    expect(second.get_by_role("status")).to_contain_text("It is booked")

    resident.goto(f"{demo.base}/records/{held.entry}")
    expect(resident.locator(".receipt-figures .figure.gold")).to_have_text("+1")
    expect(resident.get_by_text("人工查看")).to_be_visible()
    is_fine(resident)
    resident.goto(demo.base)
    expect(resident.locator(".balance.points .figure")).to_contain_text("1")
    expect(resident.get_by_text("可以申诉")).to_have_count(0)


def test_what_is_refused_twice_is_over(demo: Demo, browse: Browse, tmp_path: Path) -> None:
    held = send_photo(demo, browse, tmp_path)
    resident = held.resident
    decide(at_desk(demo, browse, DISTRICT, held), "数量对不上", "不通过")
    resident.goto(f"{demo.base}/records/{held.entry}")
    resident.get_by_role("button", name="申诉，请人复核").click()
    expect(resident.get_by_role("status")).to_contain_text("等人复核")

    second = at_desk(demo, browse, CITY, held, "appeals")
    expect(second.get_by_text("复核为最终决定")).to_be_visible()
    decide(second, "凭证看不出这件事", "不通过")

    resident.reload()
    expect(resident.get_by_text("这条已经办结")).to_be_visible()
    for reason in ("数量对不上", "凭证看不出这件事"):
        expect(resident.get_by_text(reason)).to_be_visible()
    expect(resident.get_by_role("button", name="申诉，请人复核")).to_have_count(0)
    expect(resident.get_by_text("预留积分")).to_have_count(0)
    is_fine(resident)
    resident.get_by_role("link", name="您的照片").click()
    expect(resident.get_by_role("link", name="看理由", exact=True)).to_be_visible()
    is_fine(resident)
    resident.goto(demo.base)
    expect(resident.locator(".balance.points .figure")).to_contain_text("0")
    expect(resident.get_by_text("可以申诉")).to_have_count(0)
