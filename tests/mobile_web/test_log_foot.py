"""The footnote of the desk names the public log as somebody can check it."""

import pytest

from greenlife.public_log import advance_log, books_of, make_first_key
from greenlife.runtime import Runtime
from tests.greenlife.logs import fill, kept
from tests.mobile_web.conftest import People
from tests.world import ANJI, DEQING, World


@pytest.fixture
def runtime(app, world: World) -> Runtime:  # type: ignore[no-untyped-def]
    """A signed log of three entries in one book and two in another."""
    runtime: Runtime = app.extensions["greenlife"]
    make_first_key(runtime.settings, books_of(runtime), world.entropy)
    fill(world, 2)
    fill(world, 2, ANJI)
    advance_log(runtime)
    return runtime


@pytest.mark.parametrize("path", ["/desk", "/desk/index"])
def test_a_districts_desk_names_size_and_root_of_its_log(
    world: World, people: People, runtime: Runtime, path: str
) -> None:
    admin = people.sign_in(world.staff("district_admin", DEQING))
    root = kept(runtime).root.hex()

    page = admin.get(path).text
    assert f"<code>{root[:8]}…{root[-6:]}</code>" in page
    assert f'href="/log/{DEQING}/checkpoint"' in page
    assert "德清县账本共 3 条" in page
    page = admin.http.get(path, headers={"Accept-Language": "en"}).text
    assert "Log of Deqing County: 3 entries" in page


def test_the_citys_desk_names_them_all(world: World, people: People, runtime: Runtime) -> None:
    page = people.sign_in(world.staff("city_admin", "huzhou")).get("/desk/city").text

    assert "2 本公开日志" in page  # those that have an entry
    assert "共 5 条" in page
    for book in (DEQING, ANJI):
        assert kept(runtime, book).root.hex()[:8] in page


def test_without_a_log_there_is_no_root(world: World, people: People) -> None:
    assert "log-foot" not in people.sign_in(world.staff("district_admin", DEQING)).get("/desk").text
