"""A photo by the API: the same use case as the page, and refusals that say what is wrong."""

from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from greenlife import photos
from greenlife.app import create_app
from greenlife.models import ActionRecord, Photo
from greenlife.photos import LARGEST_FILE, MEGABYTE
from greenlife.scans.photo_tries import MOST_A_DAY
from tests.api.client import Client, Form, assert_problem
from tests.greenlife.photos.pictures import photo
from tests.world import World

CUP = Form({"photo": photo(1, (400, 300))})
PATH = "/actions/own_cup/photos"


@pytest.fixture
def app(world: World, tmp_path: Path) -> Flask:
    """The whole application: how large a body may be is its affair."""
    return create_app(world.runtime(tmp_path))


@pytest.fixture
def resident(client: Client) -> Client:
    return client.as_(client.world.resident())


def kept(client: Client) -> int:
    with client.world.database.reading() as session:
        count = session.scalar(select(func.count()).select_from(Photo)) or 0
        assert count == session.scalar(select(func.count()).select_from(ActionRecord))
    return count


def test_a_photo_waits_and_is_answered_again(resident: Client) -> None:
    first, second = (resident.post(PATH, CUP, key="one") for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 201)
    assert {name: first.json[name] for name in ("state", "tier", "points", "mg")} == {
        "state": "pending", "tier": "declared", "points": 1, "mg": 0,
    }  # fmt: skip
    assert first.json == second.json
    assert "Idempotency-Replayed" not in first.headers
    assert second.headers["Idempotency-Replayed"] == "true"
    assert kept(resident) == 1


def test_the_same_file_of_another_person_is_a_conflict(resident: Client) -> None:
    resident.post(PATH, CUP)
    other = resident.as_(resident.world.resident())
    assert_problem(other.post(PATH, CUP), 409, "photo_used")
    assert kept(resident) == 1


@pytest.mark.parametrize(
    ("path", "body", "status", "code"),
    [
        (PATH, Form({"photo": b"no picture"}), 422, "photo_not_known"),
        (PATH, Form({"photo": b""}), 422, "photo_missing"),
        (PATH, Form({"photo": photo(1)[:900]}), 422, "photo_broken"),
        (PATH, Form({}), 422, "input_invalid"),
        (PATH, Form({"photo": "a text"}), 422, "input_invalid"),
        (PATH, {"photo": "json"}, 422, "input_invalid"),
        (PATH, Form({"photo": b"x" * (LARGEST_FILE * MEGABYTE + 1)}), 413, "photo_too_large"),
        (PATH, Form({"photo": b"x" * (LARGEST_FILE * MEGABYTE * 2)}), 413, "photo_too_large"),
        ("/actions/bus_ride/photos", CUP, 409, "tier_not_accepted"),
        ("/actions/mars/photos", CUP, 404, "action_unknown"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    resident: Client, path: str, body: object, status: int, code: str
) -> None:
    assert_problem(resident.post(path, body), status, code)
    assert kept(resident) == 0


def test_a_large_photo_is_taken_where_other_bodies_of_its_size_are_not(resident: Client) -> None:
    large = photo(1, (400, 300)) + bytes(3 * MEGABYTE)  # as a phone that writes a moving picture behind the photo
    assert resident.post(PATH, Form({"photo": large})).status_code == 201
    assert_problem(resident.post("/scans", {"code": "x" * len(large)}), 413, "body_too_large")


def test_whoever_may_not_send_makes_nobody_open_a_photo(
    client: Client, resident: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[int] = []
    monkeypatch.setattr("api.views.photos.take_photo", lambda data: opened.append(len(data)) or photos.take_photo(data))
    client.token = "tok_unknown"
    assert_problem(client.post(PATH, CUP), 401, "sign_in_required")
    assert_problem(client.as_(client.world.attendant()).post(PATH, CUP), 403, "role_required")
    assert opened == []
    assert resident.post(PATH, CUP).status_code == 201
    assert len(opened) == 1  # the control


def test_what_cannot_be_opened_is_not_opened_all_day(resident: Client) -> None:
    broken = Form({"photo": b"\xff\xd8\xff no photo"})
    for _ in range(MOST_A_DAY):
        assert_problem(resident.post(PATH, broken), 422, "photo_broken")
    assert_problem(resident.post(PATH, CUP), 429, "too_many_photos")
