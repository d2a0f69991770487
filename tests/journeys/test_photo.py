"""A photo from a phone: chosen, seen, sent, and waiting; too large, lost on the way, and without scripts."""

import sqlite3
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from greenlife.photos import LARGEST_FILE, MEGABYTE
from tests.greenlife.photos.pictures import plain_picture, saved
from tests.journeys.conftest import Browse, Demo
from tests.journeys.people import entries, newcomer
from tests.journeys.test_every_page import complaints

pytestmark = pytest.mark.xdist_group("browser")
_seeds = count(7000)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """As a phone writes it: twelve megapixels, and never the same twice."""
    file = tmp_path / "photo.jpg"
    file.write_bytes(saved(plain_picture(next(_seeds), (3000, 4000)), quality=92))
    return file


def photos(var: Path) -> int:
    with sqlite3.connect(var / "demo.db") as database:
        return int(database.execute("select count(*) from photo where picture is not null").fetchone()[0])


def choose(page: Page, base: str, file: Path) -> None:
    page.goto(f"{base}/scan")
    page.get_by_text("这里没有码？发张照片").click()
    page.get_by_text("自带杯", exact=True).click()
    page.set_input_files("#photo", file)


def test_from_the_scan_page_to_a_photo_that_waits(demo: Demo, browse: Browse, photo: Path) -> None:
    page = newcomer(browse(), demo.base)
    before = photos(demo.var)
    choose(page, demo.base, photo)
    expect(page.locator("[data-photo-seen]")).to_be_visible()
    page.get_by_role("button", name="发送照片").click()
    expect(page.get_by_text("等人工看一下")).to_be_visible()
    page.wait_for_function("document.querySelector('img.seen').naturalWidth === 1200")
    assert photos(demo.var) == before + 1
    assert not complaints(page)
    page.get_by_role("link", name="完成").click()
    expect(page.locator(".balance.points .figure")).to_contain_text("0")


def test_without_scripts_it_is_the_same(demo: Demo, browse: Browse, photo: Path) -> None:
    page = newcomer(browse(java_script_enabled=False), demo.base, scripts=False)
    choose(page, demo.base, photo)
    page.get_by_role("button", name="发送照片").click()
    expect(page.get_by_text("等人工看一下")).to_be_visible()


def test_the_same_file_is_refused_in_words_and_another_can_be_sent_from_there(
    demo: Demo, browse: Browse, photo: Path
) -> None:
    first, second = newcomer(browse(), demo.base), newcomer(browse(), demo.base)
    choose(first, demo.base, photo)
    first.get_by_role("button", name="发送照片").click()
    expect(first.get_by_text("等人工看一下")).to_be_visible()

    choose(second, demo.base, photo)
    second.get_by_role("button", name="发送照片").click()
    expect(second.get_by_role("alert").first).to_contain_text("这张照片已经发过")

    photo.write_bytes(saved(plain_picture(next(_seeds), (1200, 1600))))
    second.set_input_files("#photo", photo)
    second.get_by_role("button", name="发送照片").click()
    expect(second.get_by_text("等人工看一下")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_what_is_too_large_is_refused_before_or_when_it_arrives(
    demo: Demo, browse: Browse, photo: Path, scripts: bool
) -> None:
    page = newcomer(browse(java_script_enabled=scripts), demo.base, scripts=scripts)
    before = photos(demo.var), entries(demo.var)
    photo.write_bytes(photo.read_bytes() + bytes(LARGEST_FILE * MEGABYTE))
    choose(page, demo.base, photo)
    page.get_by_role("button", name="发送照片").click()
    expect(page.get_by_text("照片太大").first).to_be_visible()
    assert (photos(demo.var), entries(demo.var)) == before


def test_a_lost_answer_can_be_asked_for_again_and_counts_once(demo: Demo, browse: Browse, photo: Path) -> None:
    page = newcomer(browse(), demo.base)
    before = photos(demo.var)
    lost: list[str] = []

    def lose_the_first(route: Route) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.request.url)
            route.fetch(max_redirects=0)  # it arrives, and the answer does not
            route.abort()
        else:
            route.continue_()

    choose(page, demo.base, photo)
    page.route("**/photo", lose_the_first)
    page.get_by_role("button", name="发送照片").click()
    expect(page.get_by_text("照片没有发到")).to_be_visible()
    page.get_by_role("button", name="发送照片").click()
    expect(page.get_by_text("等人工看一下")).to_be_visible()
    assert lost
    assert photos(demo.var) == before + 1
