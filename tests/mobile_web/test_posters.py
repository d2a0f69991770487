"""The desk's posters: the list, the files of sheets, what is done to one, and whose they are."""

import re
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from flask import Flask

from greenlife.app import create_app
from greenlife.models import Poster, Site
from mobile_web.presenters import posters as words
from tests.greenlife.test_posters import FONT, LATIN_ONLY
from tests.mobile_web.conftest import Browser, People
from tests.world import ANJI, DEQING, World

SHEETS = "/desk/posters/sheets.pdf"


@pytest.fixture
def app(world: World, tmp_path: Path) -> Flask:
    """An installation that has a font."""
    return app_with(world, tmp_path, FONT)


def app_with(world: World, folder: Path, font: Path | None) -> Flask:
    runtime = world.runtime(folder)
    return create_app(replace(runtime, settings=replace(runtime.settings, poster_font=font)))


def district(world: World, people: People, of: str = DEQING) -> Browser:
    return people.sign_in(world.staff("district_admin", of))


def city(world: World, people: People) -> Browser:
    return people.sign_in(world.staff("city_admin", "huzhou"))


def typed(poster: Poster) -> str:
    return f"{poster.short[:4]} {poster.short[4:]}"


def test_the_list_has_town_place_action_and_code(world: World, people: People) -> None:
    bag = world.poster()
    bus = world.poster("bus_ride", "ride", world.site("stop"))
    page = district(world, people).get("/desk/posters").text
    for text in (
        world.programme.city.town(world.town()).names["zh-CN"],
        "城西农贸市场 3 号门",
        "自带购物袋",
        "坐公交",
        typed(bag),
        typed(bus),
    ):
        assert text in page


def test_the_list_is_narrowed_by_town_place_and_action(world: World, people: People) -> None:
    bag, bus = world.poster(), world.poster("bus_ride", "ride", world.site("stop"))
    browser = district(world, people)
    for query, shown in (
        (f"at={world.town()}", {bag.short, bus.short}),
        (f"at={world.town(at=1)}", set()),
        (f"at={bag.site_id}", {bag.short}),
        ("action=bus_ride", {bus.short}),
        (f"at={bag.site_id}&action=bus_ride", set()),
    ):
        page = browser.get(f"/desk/posters?{query}").text
        assert set(re.findall(r"/desk/posters/([0-9A-Z]{8})\"", page)) == shown, query
        assert (SHEETS in page) == bool(shown)


def test_the_city_sees_all_and_chooses_a_district(world: World, people: People) -> None:
    near, far = world.poster(), world.poster(site=world.site(district=ANJI))
    browser = city(world, people)
    everything = browser.get("/desk/posters").text
    assert typed(near) in everything
    assert typed(far) in everything
    chosen = browser.get(f"/desk/posters?district={ANJI}").text
    assert typed(near) not in chosen
    assert typed(far) in chosen


def test_the_file_holds_the_sheets_of_what_is_chosen(world: World, people: People) -> None:
    bag = world.poster()
    world.poster("bus_ride", "ride", world.site("stop"))
    browser = district(world, people)
    for query, sheets in (("", 2), ("?action=own_bag", 1), (f"?at={bag.site_id}", 1)):
        answer = browser.get(SHEETS + query)
        assert answer.content_type == "application/pdf"
        assert f'filename="posters-{DEQING}-1.pdf"' in answer.headers["Content-Disposition"]
        assert len(pypdfium2.PdfDocument(answer.data)) == sheets
    one = browser.get(f"/desk/posters/{bag.short}.pdf")
    assert typed(bag) in pypdfium2.PdfDocument(one.data)[0].get_textpage().get_text_range()
    assert "posters_missing" in browser.get(f"{SHEETS}?file=2").text


def test_many_sheets_are_several_files_and_slow_ones_say_so(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "en"}):
        files = words.files(430)
        assert [(one.number, one.seconds) for one in files] == [(1, "4"), (2, "4"), (3, "")]
        assert files[0].sheets == "Download sheets 1 to 200"
        assert files[1].sheets == "Download sheets 201 to 400"
        assert [one.sheets for one in words.files(200)] == ["Download 200 sheets"]
        assert words.files(0) == []


def test_without_a_font_the_page_says_whom_to_ask(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("greenlife.posters.typeface.USUAL", ())
    poster = world.poster()
    browser = district(world, People(app_with(world, tmp_path, None)))
    for path in ("/desk/posters", f"/desk/posters/{poster.short}"):
        page = browser.get(path).text
        assert "请联系服务器管理员" in page
        assert ".pdf" not in page
    for path in (SHEETS, f"/desk/posters/{poster.short}.pdf"):
        refused = browser.get(path)
        assert refused.status_code == 409
        assert "typeface_missing" in refused.text


def test_control_with_a_font_it_says_nothing_of_it(world: World, people: People) -> None:
    poster, browser = world.poster(), district(world, people)
    for path in ("/desk/posters", f"/desk/posters/{poster.short}"):
        page = browser.get(path).text
        assert "请联系服务器管理员" not in page
        assert ".pdf" in page


def test_a_font_that_lacks_a_character_or_is_none_is_refused(world: World, tmp_path: Path) -> None:
    world.poster()
    (tmp_path / "font.ttf").write_text("no font")
    for font, code in ((LATIN_ONLY, "typeface_lacks"), (tmp_path / "font.ttf", "typeface_unusable")):
        refused = district(world, People(app_with(world, tmp_path, font))).get(SHEETS)
        assert refused.status_code == 409
        assert code in refused.text


def test_a_poster_is_taken_out_of_use_after_a_question_and_put_in_use_again(world: World, people: People) -> None:
    poster, browser = world.poster(), district(world, people)
    page = f"/desk/posters/{poster.short}"
    assert f"{page}/close" in browser.get(page).text
    assert world_has(world, poster.short).active  # the question has done nothing
    assert "保持不变" in browser.get(f"{page}/close").text
    assert world_has(world, poster.short).active
    assert browser.send(f"{page}/close").headers["Location"] == page
    closed = browser.get(page).text
    assert "已停用" in closed
    assert "您" in closed
    assert typed(poster) in browser.get("/desk/posters?show=out").text
    browser.send(f"{page}/reopen")
    assert world_has(world, poster.short).active


def world_has(world: World, short: str) -> Poster:
    with world.database.reading() as session:
        return next(one for one in session.query(Poster) if one.short == short)


def test_a_poster_is_replaced_by_one_with_a_new_code(world: World, people: People) -> None:
    poster, browser = world.poster(), district(world, people)
    answer = browser.send(f"/desk/posters/{poster.short}/replace")
    new = answer.headers["Location"].rpartition("/")[2]
    assert new != poster.short
    assert world_has(world, new).site_id == poster.site_id
    assert f"/desk/posters/{new}" in browser.get(f"/desk/posters/{poster.short}").text
    assert "poster_replaced" in browser.send(f"/desk/posters/{poster.short}/replace").text


def test_a_new_poster_is_made_where_its_action_fits(world: World, people: People) -> None:
    shop, station, browser = world.site(), world.site("station"), district(world, people)
    first = browser.get("/desk/posters/new").text
    assert shop.id in first
    assert station.id not in first
    page = f"/desk/posters/new?site={shop.id}"
    assert set(re.findall(r'name="action" value="([a-z_]+)"', browser.get(page).text)) >= {"own_bag", "own_cup"}
    assert "bus_ride" not in browser.get(page).text
    answer = browser.send(page, "/desk/posters/new", site=shop.id, action="own_bag")
    assert world_has(world, answer.headers["Location"].rpartition("/")[2]).action == "own_bag"
    for site, action, code in (
        (shop.id, "bus_ride", "action_elsewhere"),
        (shop.id, "", "action_unknown"),
        ("x", "own_bag", "site_unknown"),
    ):
        assert code in browser.send(page, "/desk/posters/new", site=site, action=action).text


def test_another_districts_administrator_touches_nothing(world: World, people: People) -> None:
    poster = world.poster()
    stranger, own = district(world, people, ANJI), district(world, people)
    for browser, refused in ((stranger, True), (own, False)):  # the second is the control
        paths = (
            f"/desk/posters/{poster.short}",
            f"/desk/posters/{poster.short}.pdf",
            f"/desk/posters/{poster.short}/close",
        )
        for path in paths:
            assert (b"poster_unknown" in browser.get(path).data) == refused, path
        assert (b"posters_missing" in browser.get(f"{SHEETS}?at={poster.site_id}").data) == refused
        browser.send("/desk/posters/new", f"/desk/posters/{poster.short}/close")
        assert world_has(world, poster.short).active == refused
    made = stranger.send("/desk/posters/new", "/desk/posters/new", site=poster.site_id, action="own_bag")
    assert "site_unknown" in made.text


def test_without_the_forms_token_nothing_is_done(world: World, people: People) -> None:
    poster, browser = world.poster(), district(world, people)
    answer = browser.http.post(f"/desk/posters/{poster.short}/close")
    assert "form_stale" in answer.text
    assert world_has(world, poster.short).active


@pytest.mark.parametrize("change", ["close", "reopen", "replace"])
def test_each_change_asks_first_and_other_words_are_no_pages(world: World, people: People, change: str) -> None:
    poster, browser = world.poster(), district(world, people)
    assert browser.get(f"/desk/posters/{poster.short}/{change}").status_code == 200
    assert browser.get(f"/desk/posters/{poster.short}/burn").status_code == 404
    assert browser.send("/desk/posters/new", f"/desk/posters/{poster.short}/burn").status_code == 404
    assert browser.get(f"/desk/posters/AAAAAAAA/{change}").status_code == 404


def test_a_closed_place_offers_no_change_but_closing(world: World, people: People) -> None:
    poster, browser = world.poster(), district(world, people)
    with world.database.writing() as session:
        session.get_one(Site, poster.site_id).active = False
    page = browser.get(f"/desk/posters/{poster.short}").text
    assert "地点已关闭" in page
    assert f"{poster.short}/replace" not in page
    assert f"{poster.short}.pdf" not in page
