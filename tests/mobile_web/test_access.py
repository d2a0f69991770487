"""Each page says whom it is for, and holds to it."""

import pytest
from flask import Flask

from tests.mobile_web.conftest import Browser, People
from tests.world import ANJI, DEQING, World

RESIDENTS = (
    "/scan",
    "/photo",
    "/records",
    "/my-code",
    "/my-code/panel",
    "/rewards",
    "/vouchers",
    "/me",
    "/me/phones",
    "/me/household",
)
ATTENDANTS = ("/counter", "/counter/last")
CLERKS = ("/till", "/till/today")
ADMINISTRATORS = (
    "/desk",
    "/desk/index",
    "/desk/export/by_town.csv",
    "/desk/review",
    "/desk/posters",
    "/desk/posters/new",
)


def merchant(world: World) -> str:
    from rewards import add_merchant

    with world.database.writing() as session:
        return add_merchant(
            session, names={"zh-CN": "七号摊", "en": "Stall 7"}, district=DEQING, town=world.town(),
            address={"zh-CN": "城西", "en": "West"}, entropy=world.entropy,
        )  # fmt: skip


def test_every_route_has_a_guard(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if not rule.endpoint.startswith("api_") and rule.endpoint.partition(".")[0] in {"pages", "demo", "built_files"}:
            assert hasattr(view, "guard"), f"{rule.endpoint} does not say whom it is for"


@pytest.mark.parametrize("path", ["/", "/kiosk", *RESIDENTS, *ATTENDANTS, *CLERKS, *ADMINISTRATORS])
def test_strangers_are_led_to_the_sign_in_and_back(stranger: Browser, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 303
    assert "/sign-in" in answer.headers["Location"]
    if path != "/":
        assert f"next={path}" in answer.headers["Location"]


def test_roles_see_their_own_pages_only(world: World, people: People) -> None:
    signed = {
        "resident": (people.sign_in(world.resident()), RESIDENTS),
        "attendant": (people.sign_in(world.attendant()), ATTENDANTS),
        "clerk": (people.sign_in(world.staff("clerk", merchant(world))), CLERKS),
        "district_admin": (people.sign_in(world.staff("district_admin", DEQING)), ADMINISTRATORS),
    }
    for role, (browser, own) in signed.items():
        for path in (*RESIDENTS, *ATTENDANTS, *CLERKS, *ADMINISTRATORS):
            assert browser.get(path).status_code == (200 if path in own else 403), (role, path)


def test_screens_are_set_up_by_attendants_and_district_administrators(world: World, people: People) -> None:
    staff = [world.attendant(), world.staff("district_admin", DEQING)]
    others = [world.resident(), world.staff("clerk", merchant(world)), world.staff("city_admin", "huzhou")]
    assert [people.sign_in(one).get("/kiosk").status_code for one in staff] == [200, 200]
    assert [people.sign_in(one).get("/kiosk").status_code for one in others] == [403, 403, 403]


def test_another_districts_administrator_sees_nothing(world: World, people: People) -> None:
    admin = people.sign_in(world.staff("district_admin", DEQING))
    for path in ("/desk", "/desk/index", "/desk/export/by_town.csv", "/desk/posters"):
        assert "other_district" in admin.get(f"{path}?district={ANJI}").text
        assert admin.get(f"{path}?district={DEQING}").status_code == 200  # the control
    assert admin.get("/desk/city").status_code == 403
    assert admin.get("/desk/export/districts.csv").status_code == 403


def test_the_demos_page_is_only_in_a_demo(world: World, app: Flask, tmp_path) -> None:  # type: ignore[no-untyped-def]
    import dataclasses

    from greenlife.app import create_app

    runtime = world.runtime(tmp_path)
    city = create_app(dataclasses.replace(runtime, settings=dataclasses.replace(runtime.settings, demo=False)))
    assert app.test_client().get("/demo/codes").status_code == 200
    assert city.test_client().get("/demo/codes").status_code == 404


@pytest.mark.parametrize("next_", ["//evil.example", "https://evil.example", "/\\evil.example", "javascript:x"])
def test_nobody_is_led_to_another_site(world: World, people: People, next_: str) -> None:
    browser = people.sign_in(world.resident())
    answer = browser.http.get("/sign-in", query_string={"next": next_})
    assert answer.headers["Location"] == "/"
    assert browser.http.get("/sign-in", query_string={"next": "/me"}).headers["Location"] == "/me"  # the control
