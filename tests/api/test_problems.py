"""Errors: one form, in the language asked for, below /api/ and nowhere else."""

from pathlib import Path

import pytest
from flask import Flask

import api
from api.blueprint import PREFIX
from api.errors import RequestError
from api.problems import CODE_OF_STATUS, STATUS_OF_KIND
from greenlife.errors import GreenlifeError
from ledger import LedgerError
from rewards import RewardsError
from tests.api.client import Client, assert_problem
from tests.world import World
from translations.sentences import REFUSALS


def descendants(error: type[Exception]) -> set[type[Exception]]:
    return {error}.union(*(descendants(child) for child in error.__subclasses__()))


def test_every_refusal_has_a_status_and_words() -> None:
    domain = descendants(GreenlifeError) | descendants(LedgerError) | descendants(RewardsError)

    assert {error.kind for error in domain} <= set(STATUS_OF_KIND)  # type: ignore[attr-defined]
    codes = {error.code for error in descendants(RequestError)} | set(CODE_OF_STATUS.values())  # type: ignore[attr-defined]
    assert codes - {"request_invalid"} <= set(REFUSALS)


def test_an_address_below_the_api_that_no_view_has_is_a_problem(client: Client) -> None:
    for path in ("/api/", "/api/v1/", "/api/v1/mars", "/api/v2/me", "/api/v1/me/", "/api/v1/%ff%00", "/api/v1/scans/x"):
        assert_problem(client.http.get(path), 404, "address_unknown")


def test_another_method_is_a_problem_that_names_those_allowed(client: Client) -> None:
    response = client.http.put(f"{PREFIX}/me")

    assert_problem(response, 405, "method_not_allowed")
    assert {"GET", "PATCH"} <= set(response.headers["Allow"].split(", "))


def test_a_method_nobody_knows_is_a_problem(client: Client) -> None:
    assert_problem(client.http.open(f"{PREFIX}/me", method="BREW"), 405, "method_not_allowed")


def test_the_words_are_in_the_language_asked_for(client: Client) -> None:
    english = client.get("/me", Accept_Language="en-GB,en;q=0.9")
    chinese = client.get("/me", Accept_Language="zh-Hans-CN,zh;q=0.9")
    other = client.get("/me", Accept_Language="tlh, *;q=0.1")

    assert english.headers["Content-Language"] == "en"
    assert chinese.headers["Content-Language"] == "zh-CN"
    assert other.headers["Content-Language"] in {"zh-CN", "en"}
    assert "Accept-Language" in english.headers["Vary"]
    assert client.http.get(f"{PREFIX}/mars").headers["Content-Language"] == "zh-CN"


def test_times_and_numbers_in_the_words_are_those_of_city_and_language(client: Client) -> None:
    resident, poster = client.as_(client.world.resident()), client.world.poster()
    resident.post("/scans", {"code": poster.code})
    client.world.later(minutes=20)

    english = resident.post("/scans", {"code": poster.code}, Accept_Language="en")
    chinese = resident.post("/scans", {"code": poster.code}, Accept_Language="zh-CN")

    # Booked at 01:00 UTC, which is nine in the morning in the city.
    assert "9:00" in assert_problem(english, 409, "place_cap_reached")["title"]
    assert "09:00" in assert_problem(chinese, 409, "place_cap_reached")["title"]


def test_what_breaks_inside_is_a_problem_that_tells_nothing(app: Flask, client: Client, world: World) -> None:
    resident = client.as_(world.resident())
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.extensions["greenlife"] = None

    problem = assert_problem(resident.get("/me"), 500, "internal_error")

    assert "NoneType" not in str(problem)


@pytest.fixture
def both_faces(world: World, tmp_path: Path) -> Flask:
    """Pages beside the API, with handlers of their own."""
    app = Flask("both", static_folder=None)
    app.extensions["greenlife"] = world.runtime(tmp_path)
    app.config["MAX_CONTENT_LENGTH"] = 256 * 1024
    app.add_url_rule("/page", "page", lambda: "a page")
    api.register(app)
    return app


@pytest.mark.parametrize(
    ("path", "method", "status"), [("/mars", "GET", 404), ("/page", "POST", 405), ("/apis", "GET", 404)]
)
def test_pages_keep_their_own_errors(both_faces: Flask, path: str, method: str, status: int) -> None:
    response = both_faces.test_client().open(path, method=method)

    assert (response.status_code, response.mimetype) == (status, "text/html")


def test_flask_smorests_own_handler_would_take_the_pages_errors(both_faces: Flask) -> None:
    # The negative control: with the handler that the library installs, the pages answer in JSON.
    smorest = both_faces.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    super(type(smorest), smorest)._register_error_handlers()

    assert both_faces.test_client().get("/mars").mimetype == "application/json"


def test_unfit_parts_of_an_address_are_problems(client: Client) -> None:
    resident = client.as_(client.world.resident())

    for entry in ("%00", "%ff", "%F0%9F%98%80", "9" * 5000, "..%2f..", "%ed%a0%80", "'--"):
        assert resident.get(f"/statement/{entry}").status_code == 404
        assert resident.get(f"/redemptions/{entry}").status_code == 404
