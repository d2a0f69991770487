"""The station's counter: open, weigh, see, take back."""

import pytest

from tests.api.client import Client, assert_problem

CARDBOARD = {"material": "cardboard", "quantity": "3.20"}


@pytest.fixture
def visit(client: Client) -> tuple[Client, str]:
    """An attendant and the visit that a resident's code has opened."""
    resident = client.as_(client.world.resident())
    attendant = client.as_(client.world.attendant())
    opened = attendant.post("/visits", {"code": resident.get("/me/code").json["text"]}, key="open")
    assert opened.status_code == 201
    client.world.later(seconds=3)  # so long the rules ask for
    return attendant, f"/visits/{opened.json['id']}/weighings"


def test_a_code_opens_a_visit_once(client: Client) -> None:
    code = client.as_(client.world.resident()).get("/me/code").json
    attendant = client.as_(client.world.attendant())
    first = attendant.post("/visits", {"code": code["text"]}, key="open")
    client.world.later(seconds=5)

    again = attendant.post("/visits", {"code": code["text"]}, key="open")

    assert (again.json, again.headers["Idempotency-Replayed"]) == (first.json, "true")
    assert "****" in first.json["phone"]
    assert_problem(attendant.post("/visits", {"code": code["text"]}), 409, "code_used")
    assert_problem(attendant.post("/visits", {"code": code["typed"]}), 409, "code_used")


def test_an_old_or_forged_code_opens_nothing(client: Client) -> None:
    code = client.as_(client.world.resident()).get("/me/code").json["text"]
    attendant = client.as_(client.world.attendant())
    forged = code[:-1] + ("0" if code[-1] != "0" else "1")

    assert_problem(attendant.post("/visits", {"code": forged}), 409, "code_forged")
    client.world.later(minutes=3)
    assert_problem(attendant.post("/visits", {"code": code}), 409, "code_expired")


def test_several_materials_are_weighed_listed_and_taken_back(visit: tuple[Client, str]) -> None:
    attendant, weighings = visit
    cardboard = attendant.post(weighings, CARDBOARD)
    attendant.world.later(seconds=30)
    attendant.post(weighings, {"material": "pet", "quantity": "0.5"})

    assert cardboard.status_code == 201
    assert cardboard.json["entry"]["mg"] > 0
    assert "points_balance" not in cardboard.json
    items = attendant.get("/weighings").json["items"]
    assert [(item["material"], item["quantity"], item["state"]) for item in items] == [
        ("pet", "0.5", "undoable"),
        ("cardboard", "3.20", "undoable"),
    ]

    path = f"/weighings/{cardboard.json['entry']['entry_id']}/undo"
    undone = attendant.post(path, {"reason": "wrong_weight"}, key="undo")
    again = attendant.post(path, {"reason": "wrong_weight"}, key="undo")

    assert (undone.status_code, undone.json["mg"]) == (201, -cardboard.json["entry"]["mg"])
    assert again.headers["Idempotency-Replayed"] == "true"
    assert_problem(attendant.post(path, {"reason": "wrong_weight"}), 409, "undone_already")


def test_a_weighing_sent_twice_is_booked_once(visit: tuple[Client, str]) -> None:
    attendant, weighings = visit
    first = attendant.post(weighings, CARDBOARD, key="one")

    again = attendant.post(weighings, CARDBOARD, key="one")

    assert (again.json, again.headers["Idempotency-Replayed"]) == (first.json, "true")
    assert len(attendant.get("/weighings").json["items"]) == 1
    assert_problem(attendant.post(weighings, CARDBOARD | {"quantity": "9"}, key="one"), 409, "reference_conflict")


@pytest.mark.parametrize("kilograms", ["0", "-1", "1000000000", "NaN", "1e3", "", "0x10", "1,5", "٣", "1" * 81])
def test_a_weight_that_is_none_is_refused(visit: tuple[Client, str], kilograms: str) -> None:
    attendant, weighings = visit

    response = attendant.post(weighings, CARDBOARD | {"quantity": kilograms})

    assert response.status_code == 422
    assert response.json["code"] in {"quantity_invalid", "quantity_out_of_range", "input_invalid"}
    assert attendant.get("/weighings").json["items"] == []


def test_full_width_digits_are_read_as_plain_ones(visit: tuple[Client, str]) -> None:
    attendant, weighings = visit

    assert attendant.post(weighings, CARDBOARD | {"quantity": "３．２０"}).status_code == 201
    assert attendant.get("/weighings").json["items"][0]["quantity"] == "3.20"


def test_a_json_number_is_no_weight(visit: tuple[Client, str]) -> None:
    attendant, weighings = visit

    problem = assert_problem(attendant.post(weighings, CARDBOARD | {"quantity": 3.2}), 422, "input_invalid")

    assert problem["errors"] == [{"field": "quantity", "code": "type"}]


def test_an_unknown_material_a_past_visit_and_a_strangers_visit_are_refused(visit: tuple[Client, str]) -> None:
    attendant, weighings = visit
    stranger = attendant.as_(attendant.world.attendant())

    assert_problem(attendant.post(weighings, CARDBOARD | {"material": "gold"}), 422, "material_unknown")
    assert_problem(stranger.post(weighings, CARDBOARD), 404, "visit_unknown")
    assert_problem(attendant.post("/visits/vis_0/weighings", CARDBOARD), 404, "visit_unknown")
    attendant.world.later(minutes=10)
    assert_problem(attendant.post(weighings, CARDBOARD), 409, "visit_over")


def test_an_undo_needs_a_reason_of_the_list_its_own_station_and_its_time(visit: tuple[Client, str]) -> None:
    attendant, weighings = visit
    stranger = attendant.as_(attendant.world.attendant())
    path = f"/weighings/{attendant.post(weighings, CARDBOARD).json['entry']['entry_id']}/undo"

    assert_problem(attendant.post(path, {"reason": "because"}), 422, "input_invalid")
    assert_problem(stranger.post(path, {"reason": "other"}), 403, "other_site")
    assert_problem(attendant.post("/weighings/ent_0/undo", {"reason": "other"}), 404, "record_unknown")
    attendant.world.later(minutes=30)
    assert_problem(attendant.post(path, {"reason": "other"}), 409, "undo_too_late")
