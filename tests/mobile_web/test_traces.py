"""What a scan says of the phone: a number of the browser, and a position that the resident added."""

from sqlalchemy import select

from greenlife.models import ActionRecord
from tests.mobile_web.conftest import Browser, People
from tests.world import World

HERE = {"latitude": "30.5420001", "longitude": "119.9680002", "accuracy": "18"}


def scan(browser: Browser, code: str, **fields: str) -> int:
    return browser.send(f"/P/{code}", "/scan/confirm", code=code, **fields).status_code


def traces(world: World) -> list[tuple[object, ...]]:
    with world.database.reading() as session:
        rows = session.scalars(select(ActionRecord).order_by(ActionRecord.occurred_at)).all()
        return [
            (row.device_id, row.fix_latitude_e7, row.fix_longitude_e7, row.fix_accuracy_metres) for row in rows
        ]  # fmt: skip


def test_a_browser_is_known_again_by_a_hash_whoever_signs_in(world: World, people: People) -> None:
    first, other = world.resident(), world.resident()
    browser = people.sign_in(first)
    assert scan(browser, world.poster().code) == 303
    number = browser.http.get_cookie("gl_browser")
    assert number is not None
    assert number.http_only
    browser.send("/me", "/leave")
    again = people.sign_in(other)
    again.http.set_cookie("gl_browser", number.value)
    world.later(minutes=1)
    assert scan(again, world.poster().code) == 303
    (one, *_), (two, *_) = traces(world)
    assert one == two
    assert str(one).startswith("web_")
    assert number.value not in str(one)


def test_a_number_that_is_none_of_ours_is_as_if_there_were_none(world: World, people: People) -> None:
    browser = people.sign_in(world.resident())
    browser.http.set_cookie("gl_browser", "x" * 3000)
    assert scan(browser, world.poster().code) == 303
    assert traces(world) == [(None, None, None, None)]


def test_a_position_is_kept_where_it_was_added(world: World, people: People) -> None:
    browser = people.sign_in(world.resident())
    assert scan(browser, world.poster().code, **HERE) == 303
    assert traces(world)[0][1:] == (305_420_001, 1_199_680_002, 18)


def test_what_is_nowhere_is_refused_and_books_nothing(world: World, people: People) -> None:
    browser, poster = people.sign_in(world.resident()), world.poster()
    for wrong in (
        {"latitude": "91"},
        {"longitude": "nan"},
        {"accuracy": "-1"},
        {"accuracy": "inf"},
        {"latitude": "一"},
    ):
        answer = browser.send(f"/P/{poster.code}", "/scan/confirm", code=poster.code, **(HERE | wrong))
        assert answer.status_code == 422
        assert "position_invalid" in answer.text
    assert traces(world) == []
