"""Scans through the API: look, book, replay, refuse."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from greenlife.models import ActionRecord
from tests.api.client import Client, assert_problem
from tests.greenlife.policy_world import campaign_draft, live
from tests.world import World


def booked(world: World) -> int:
    with world.database.reading() as session:
        return session.scalar(select(func.count()).select_from(ActionRecord)) or 0


def test_a_preview_shows_and_writes_nothing(client: Client) -> None:
    resident, poster = client.as_(client.world.resident()), client.world.poster()

    preview = resident.send("POST", "/scans/preview", {"code": poster.code})

    assert preview.status_code == 200
    assert preview.json["action"] == "own_bag"
    assert preview.json["points"] >= 1
    assert preview.json["mg"] == 0
    assert preview.json["zero_reason"] == "poster_no_grams"
    assert preview.json["scanned_here_at"] is None
    assert (preview.json["too_soon_until"], preview.json["would_be_refused"]) == (None, None)
    assert preview.json["bonus"] is None
    assert booked(client.world) == 0


def test_a_preview_tells_what_of_the_points_a_campaign_pays(client: Client) -> None:
    resident, poster = client.as_(client.world.resident()), client.world.poster()
    plain = resident.send("POST", "/scans/preview", {"code": poster.code}).json["points"]
    campaign = live(client.world, campaign_draft(client.world))
    client.world.now += timedelta(days=1)

    preview = resident.send("POST", "/scans/preview", {"code": poster.code}).json

    bonus = preview["bonus"]
    assert preview["points"] - bonus["points"] == plain >= 1
    assert bonus["campaign"] == campaign
    assert bonus["titles"]["zh-CN"]


def test_a_scan_is_booked_and_answered_with_the_balance(client: Client) -> None:
    resident, poster = client.as_(client.world.resident()), client.world.poster()
    text = f"HTTP://GREEN.EXAMPLE/P/{poster.code}"

    scan = resident.post("/scans", {"code": text})

    assert scan.status_code == 201
    assert scan.json["points_balance"] == scan.json["entry"]["points"] >= 1
    assert scan.json["site"]["names"]["zh-CN"]
    assert "Idempotency-Replayed" not in scan.headers
    assert booked(client.world) == 1


def test_the_same_key_is_answered_with_the_first_receipt(client: Client) -> None:
    resident, poster = client.as_(client.world.resident()), client.world.poster()
    first = resident.post("/scans", {"code": poster.code}, key="mine")
    client.world.later(minutes=3)

    again = resident.post("/scans", {"code": poster.code}, key="mine")

    assert (again.status_code, again.json) == (201, first.json)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert booked(client.world) == 1


def test_a_key_that_was_used_for_something_else_is_a_conflict(client: Client) -> None:
    resident = client.as_(client.world.resident())
    resident.post("/scans", {"code": client.world.poster().code}, key="mine")

    other = resident.post("/scans", {"code": client.world.poster("bus_ride", "ride").code}, key="mine")

    assert_problem(other, 409, "reference_conflict")
    assert booked(client.world) == 1


def test_a_key_belongs_to_one_resident(client: Client) -> None:
    one, two = client.as_(client.world.resident()), client.as_(client.world.resident())
    poster = client.world.poster()

    assert one.post("/scans", {"code": poster.code}, key="mine").status_code == 201
    assert two.post("/scans", {"code": poster.code}, key="mine").status_code == 201


def test_a_booking_without_a_key_is_refused(client: Client) -> None:
    resident, poster = client.as_(client.world.resident()), client.world.poster()

    assert_problem(resident.send("POST", "/scans", {"code": poster.code}), 400, "idempotency_key_missing")

    assert booked(client.world) == 0


@pytest.mark.parametrize("key", ["a b", "x" * 101, "钥匙".encode().decode("latin-1"), "tab\tkey"])
def test_a_key_of_the_wrong_form_is_refused(client: Client, key: str) -> None:
    resident, poster = client.as_(client.world.resident()), client.world.poster()

    assert_problem(resident.post("/scans", {"code": poster.code}, key=key), 400, "idempotency_key_invalid")


def test_the_same_poster_counts_once_a_day(client: Client) -> None:
    resident, poster = client.as_(client.world.resident()), client.world.poster()
    resident.post("/scans", {"code": poster.code})
    client.world.later(minutes=1)

    assert_problem(resident.post("/scans", {"code": poster.code}), 409, "place_cap_reached")
    assert resident.send("POST", "/scans/preview", {"code": poster.code}).json["scanned_here_at"]


@pytest.mark.parametrize(
    ("code", "status", "problem"),
    [
        ("HTTPS://EVIL.EXAMPLE/P/ABCDEFGHJKMNPQRSTVWXYZ0123", 409, "code_foreign"),
        ("HTTP://GREEN.EXAMPLE/P/00000000000000000000000000", 404, "code_unknown"),
        ("00000000", 404, "code_unknown"),
        ("GLC1:V:ABCDEFGH", 409, "code_elsewhere"),
        ("GLC1:R:00000000000000000000000000000:0000000000000000", 409, "code_elsewhere"),
        ("GLC1:R:x", 404, "code_unknown"),
        ("http://[", 404, "code_unknown"),
        ("' OR 1=1 --", 404, "code_unknown"),
        ("😀" * 100, 404, "code_unknown"),
    ],
)
def test_a_code_that_is_none_of_ours_is_refused(client: Client, code: str, status: int, problem: str) -> None:
    resident = client.as_(client.world.resident())

    assert_problem(resident.post("/scans", {"code": code}), status, problem)
    assert_problem(resident.send("POST", "/scans/preview", {"code": code}), status, problem)

    assert booked(client.world) == 0


def test_without_a_home_nothing_is_booked(client: Client) -> None:
    resident = client.as_(client.world.resident(None))

    assert_problem(resident.post("/scans", {"code": client.world.poster().code}), 409, "home_missing")


def test_an_empty_budget_is_told(client: Client) -> None:
    resident = client.as_(client.world.resident("huzhou-anji"))

    assert_problem(resident.post("/scans", {"code": client.world.poster().code}), 409, "budget_empty")
    assert booked(client.world) == 0


def test_a_position_may_come_with_a_scan(client: Client) -> None:
    resident, poster = client.as_(client.world.resident()), client.world.poster()
    here = {"latitude": 30.5, "longitude": 119.9, "accuracy_metres": 12.4}

    scan = resident.post("/scans", {"code": poster.code, "position": here})

    assert scan.status_code == 201
    assert scan.json["entry"]["state"] == "booked"
    with client.world.database.reading() as session:
        record = session.scalars(select(ActionRecord)).one()
        assert (record.fix_latitude_e7, record.fix_accuracy_metres) == (305_000_000, 12)


@pytest.mark.parametrize(
    "wrong", [{"latitude": 90.1}, {"longitude": "east"}, {"accuracy_metres": -1}, {"height": 3}, {"latitude": None}]
)
def test_a_position_that_is_none_is_refused(client: Client, wrong: dict[str, object]) -> None:
    resident, poster = client.as_(client.world.resident()), client.world.poster()
    here: dict[str, object] = {"latitude": 30.5, "longitude": 119.9, "accuracy_metres": 12}

    answer = resident.post("/scans", {"code": poster.code, "position": here | wrong})

    assert_problem(answer, 422, "input_invalid")
    assert booked(client.world) == 0
