"""A poster from the desk to the wall and off it again: its sheets arrive as a file, and a replaced code is refused."""

import pypdfium2
import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Browse, Demo
from tests.journeys.people import CITY, DISTRICT, newcomer, sign_in

pytestmark = pytest.mark.xdist_group("browser")


def test_the_sheets_come_as_a_file_and_the_button_says_that_it_was_heard(demo: Demo, browse: Browse) -> None:
    page = sign_in(browse(locale="zh-CN"), demo.base, CITY)
    page.goto(f"{demo.base}/desk/posters?district=huzhou-anji")
    button = page.locator("[data-download]").first
    with page.expect_download() as awaited:
        button.click()
        assert button.get_attribute("aria-busy") == "true"
        assert page.inner_text("[data-said]") == "正在生成文件"
    sheets = pypdfium2.PdfDocument(awaited.value.path())
    assert len(sheets) == page.locator("a.row").count()
    page.wait_for_function("document.querySelector('[data-said]').textContent === '文件已生成'")
    assert button.get_attribute("aria-busy") is None


@pytest.mark.parametrize("scripts", [True, False])
def test_a_poster_that_was_passed_on_is_replaced(demo: Demo, browse: Browse, scripts: bool) -> None:
    page = sign_in(browse(java_script_enabled=scripts), demo.base, DISTRICT)
    page.goto(f"{demo.base}/desk/posters")
    page.locator("a.row").nth(int(scripts)).click()
    old = page.url.rpartition("/")[2]
    page.locator("a[href$='/replace']").click()
    page.locator("form[action$='/replace'] button").click()
    page.wait_for_url(lambda address: not address.endswith((old, "replace")))
    new = page.url.rpartition("/")[2]
    resident = newcomer(browse(), demo.base)
    for code, word in ((old, "poster_closed"), (new, "记下这一次")):
        resident.goto(f"{demo.base}/scan")
        resident.fill("#code", code)
        resident.click("button[form=code-form]")
        expect(resident.locator("body")).to_contain_text(word)
