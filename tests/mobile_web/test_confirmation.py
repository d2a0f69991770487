"""The page before the press says what would be refused, and offers no button for it."""

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
