"""The page before the press says what would be refused, and offers no button for it."""

from datetime import timedelta

from tests.greenlife.test_caps import ruled
from tests.mobile_web.conftest import People
from tests.world import World


def test_a_full_place_is_said_before_anybody_presses(world: World, people: People) -> None:
    world.programme = ruled(world, "own_bag", "poster", place_cap=1)
    people.app.extensions["greenlife"] = world.runtime(people.app.extensions["greenlife"].settings.var)
    first, second = people.sign_in(world.resident()), people.sign_in(world.resident())
    poster = world.poster()
    page = f"/P/{poster.code}"
    assert 'action="/scan/confirm"' in second.get(page).text  # the control
    assert first.send(page, "/scan/confirm", code=poster.code).status_code == 303

    text = second.get(page, Accept_Language="en").text

    assert "This place has recorded enough of it for today" in text
    assert "A place records at most 1 a day." in text
    assert 'action="/scan/confirm"' not in text
    assert "今天的名额已满" in second.get(page, Accept_Language="zh-CN").text


def test_what_comes_too_soon_is_said_with_the_time_from_which_it_counts(world: World, people: People) -> None:
    world.programme = ruled(world, "own_bag", "poster", interval=timedelta(hours=3))
    people.app.extensions["greenlife"] = world.runtime(people.app.extensions["greenlife"].settings.var)
    browser, first, second = people.sign_in(world.resident()), world.poster(), world.poster()
    assert 'action="/scan/confirm"' in browser.get(f"/P/{second.code}").text  # the control
    assert browser.send(f"/P/{first.code}", "/scan/confirm", code=first.code).status_code == 303

    text = browser.get(f"/P/{second.code}", Accept_Language="en").text

    assert "It is too soon for another one" in text
    assert "12:00" in text
    assert "Not yet" in text and 'action="/scan/confirm"' not in text
    assert "还没到时间" in browser.get(f"/P/{second.code}", Accept_Language="zh-CN").text
    world.later(hours=3)
    assert 'action="/scan/confirm"' in browser.get(f"/P/{second.code}").text
