"""An action that the city switches off: what was recorded is still shown, and nothing that hangs on it is a 500."""

from dataclasses import replace

import pytest
from flask import Flask

from greenlife.scans import open_kiosk, own_code
from tests.mobile_web.conftest import Browser, People
from tests.world import DEQING, World


def keep(app: Flask, world: World, *actions: str) -> None:
    """The installation's city has these actions only."""
    kept = {code: kind for code, kind in world.programme.actions.items() if code in actions}
    runtime = app.extensions["greenlife"]
    app.extensions["greenlife"] = replace(runtime, programme=replace(world.programme, actions=kept))


def test_a_record_of_it_keeps_its_page(world: World, people: People, app: Flask) -> None:
    browser, poster = people.sign_in(world.resident()), world.poster()
    page = browser.send(f"/P/{poster.code}", "/scan/confirm", code=poster.code).headers["Location"]
    assert "own-bag" in browser.get(page).text
    keep(app, world, "bus_ride")
    answer = browser.get(page)
    assert answer.status_code == 200
    assert "own-bag" in answer.text, "it derives by what it froze, whatever the city has today"


def test_its_screens_are_closed(world: World, app: Flask, stranger: Browser) -> None:
    staff, site = world.staff("district_admin", DEQING), world.site()
    with world.database.writing() as session:
        key = open_kiosk(
            session, world.programme, staff=staff, site_id=site.id, action="own_bag", now=world.now,
            entropy=world.entropy,
        )  # fmt: skip
    assert stranger.get(f"/kiosk/{key.id}").status_code == 200
    keep(app, world, "bus_ride")
    answer = stranger.get(f"/kiosk/{key.id}")
    assert answer.status_code < 500
    assert "kiosk_closed" in answer.text


@pytest.mark.parametrize("quantity", ["1", "junk"])
def test_a_counter_with_nothing_left_to_record_says_so(world: World, people: People, app: Flask, quantity: str) -> None:
    counter = people.sign_in(world.attendant())
    code = own_code(world.resident(), city="huzhou", now=world.now).text
    visit = counter.send("/counter", "/counter/open", code=code).headers["Location"]
    form = counter.form(visit)
    keep(app, world, "bus_ride")
    sent = counter.http.post(visit, data=form | {"action": "recyclables", "quantity": quantity})
    for answer in (counter.get(visit), sent):
        assert answer.status_code == 409
        assert "action_elsewhere" in answer.text


def test_what_is_counted_in_pieces_has_no_decimal_key(world: World, people: People) -> None:
    counter = people.sign_in(world.staff("attendant", world.site("shop").id))
    code = own_code(world.resident(), city="huzhou", now=world.now).text
    visit = counter.send("/counter", "/counter/open", code=code).headers["Location"]
    assert 'data-key="." disabled' in counter.get(f"{visit}?action=own_cup").text
    assert 'data-key="." disabled' not in counter.get(f"{visit}?action=own_bottle").text
