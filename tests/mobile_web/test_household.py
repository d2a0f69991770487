"""“My household” without scripts: founded, shown once, typed, left."""

import re

from tests.mobile_web.conftest import People
from tests.world import ANJI, World

PAGE = "/me/household"
SHOWN = re.compile(r'<p class="code big-code">([0-9A-Z]{4}(?: [0-9A-Z]{4}){3})</p>')


def test_one_founds_it_and_another_joins_by_what_is_shown(world: World, people: People) -> None:
    first, second = people.sign_in(world.resident()), people.sign_in(world.resident())
    assert f'href="{PAGE}"' in first.get("/me").text
    assert "新建家庭" in first.get(PAGE, Accept_Language="zh-CN").text
    assert first.send(PAGE).status_code == 303
    shown = SHOWN.search(first.send(PAGE, f"{PAGE}/invitation").text)
    assert shown and not SHOWN.search(first.get(PAGE).text)  # once

    assert second.send(PAGE, f"{PAGE}/join", code=shown.group(1).lower()).status_code == 303

    page = second.get(PAGE, Accept_Language="en").text
    assert "2 of at most 12" in page
    assert "from 3 November" in page
    assert second.send(PAGE, f"{PAGE}/leave").status_code == 303
    assert "1 of at most 12" in first.get(PAGE, Accept_Language="en").text


def test_what_does_not_work_is_said_beside_the_field(world: World, people: People) -> None:
    first, other = people.sign_in(world.resident()), people.sign_in(world.resident(ANJI))
    first.send(PAGE)
    shown = SHOWN.search(first.send(PAGE, f"{PAGE}/invitation").text)
    assert shown
    for typed, status in ((shown.group(1), 409), ("<b>0</b>", 404), ("", 404)):
        answer = other.send(PAGE, f"{PAGE}/join", code=typed)
        assert answer.status_code == status
        assert 'aria-describedby="code-wrong"' in answer.text
        assert "<b>0</b>" not in answer.text
    assert other.send(PAGE, f"{PAGE}/invitation").status_code == 409


def test_a_page_that_is_left_open_and_sent_again_is_answered_in_words(world: World, people: People) -> None:
    browser = people.sign_in(world.resident())
    fields = browser.form(PAGE)
    assert browser.http.post(PAGE, data=fields).status_code == 303
    again = browser.http.post(PAGE, data=fields)
    assert (again.status_code, "in_household" in again.text) == (409, True)
