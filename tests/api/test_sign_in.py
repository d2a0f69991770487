"""Signing in, and what is told about oneself."""

import pytest

from greenlife.residents import PRIVACY_VERSION
from tests.api.client import Client, assert_problem
from tests.world import ANJI, DEQING

PHONE = "13800000021"


def test_a_new_resident_signs_in_accepts_the_notice_and_chooses_a_home(client: Client) -> None:
    sent = client.post("/sign-in/codes", {"phone": PHONE})
    assert sent.status_code == 202
    signed_in = client.post("/sign-in/sessions", {"phone": PHONE, "code": sent.json["shown_code"]})
    assert (signed_in.status_code, signed_in.json["new"]) == (201, True)
    client.token = signed_in.json["token"]

    home = {"district": DEQING, "town": client.world.town()}
    changed = client.send("PATCH", "/me", {"privacy_version": PRIVACY_VERSION, "home": home})

    assert changed.status_code == 200
    me = client.get("/me").json
    assert me == changed.json
    assert me["phone"] == "138****0021"
    assert me["resident"]["district"] == DEQING
    assert me["resident"]["privacy"]["accepted_version"] == PRIVACY_VERSION
    assert me["resident"]["summary"]["points"] == 0


def test_a_home_cannot_be_chosen_before_the_notice_is_accepted(client: Client) -> None:
    resident = client.as_(client.world.resident(None))
    sent = client.post("/sign-in/codes", {"phone": PHONE})
    client.token = client.post("/sign-in/sessions", {"phone": PHONE, "code": sent.json["shown_code"]}).json["token"]

    home = {"district": DEQING, "town": client.world.town()}

    assert_problem(client.send("PATCH", "/me", {"home": home}), 409, "privacy_missing")
    assert_problem(resident.send("PATCH", "/me", {"home": home | {"district": "mars"}}), 404, "district_unknown")
    assert_problem(resident.send("PATCH", "/me", {"home": home | {"town": "mars"}}), 404, "town_unknown")
    assert_problem(resident.send("PATCH", "/me", {"home": home | {"district": ANJI}}), 404, "town_unknown")
    assert_problem(resident.send("PATCH", "/me", {"privacy_version": "1999"}), 422, "privacy_version_stale")


def test_nothing_of_a_request_that_was_refused_is_kept(client: Client) -> None:
    code = client.post("/sign-in/codes", {"phone": PHONE}).json["shown_code"]
    client.token = client.post("/sign-in/sessions", {"phone": PHONE, "code": code}).json["token"]

    half_good = {"privacy_version": PRIVACY_VERSION, "home": {"district": "mars", "town": "mars"}}
    assert_problem(client.send("PATCH", "/me", half_good), 404, "district_unknown")

    assert client.get("/me").json["resident"]["privacy"]["accepted_version"] is None


def test_wrong_codes_are_counted_though_each_is_refused(client: Client) -> None:
    code = client.post("/sign-in/codes", {"phone": PHONE}).json["shown_code"]
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"

    for _ in range(5):
        refused = client.post("/sign-in/sessions", {"phone": PHONE, "code": wrong})
        assert_problem(refused, 401, "sign_in_code_wrong")

    assert_problem(client.post("/sign-in/sessions", {"phone": PHONE, "code": code}), 429, "too_many_tries")


def test_codes_run_out_and_the_answer_says_when_to_come_again(client: Client) -> None:
    for _ in range(6):
        assert client.post("/sign-in/codes", {"phone": PHONE}).status_code == 202
        client.world.later(seconds=31)

    response = client.post("/sign-in/codes", {"phone": PHONE})

    assert_problem(response, 429, "too_many_codes")
    assert 0 < int(response.headers["Retry-After"]) <= 3600


@pytest.mark.parametrize("phone", ["1", "+1 202 555 0100 0", "abc", "１３８", "0572 8888 8888 88"])
def test_a_phone_that_is_none_is_refused(client: Client, phone: str) -> None:
    assert_problem(client.post("/sign-in/codes", {"phone": phone}), 422, "phone_invalid")


def test_a_stranger_has_no_counter(client: Client) -> None:
    response = client.post("/sign-in/codes", {"phone": PHONE, "purpose": "staff"})

    assert_problem(response, 404, "staff_unknown")


@pytest.mark.parametrize("code", ["12345", "1234567", "12345a", "１２３４５６"])
def test_a_code_that_is_no_six_digits_is_refused(client: Client, code: str) -> None:
    client.post("/sign-in/codes", {"phone": PHONE})

    assert_problem(client.post("/sign-in/sessions", {"phone": PHONE, "code": code}), 422, "code_form_invalid")


def test_an_old_code_is_refused(client: Client) -> None:
    code = client.post("/sign-in/codes", {"phone": PHONE}).json["shown_code"]
    client.world.later(minutes=6)

    assert_problem(client.post("/sign-in/sessions", {"phone": PHONE, "code": code}), 401, "sign_in_code_expired")


def test_a_token_ends_with_signing_out(client: Client) -> None:
    resident = client.as_(client.world.resident())

    assert resident.send("DELETE", "/sign-in/sessions/current").status_code == 204

    response = resident.get("/me")
    assert_problem(response, 401, "sign_in_required")
    assert response.headers["WWW-Authenticate"] == "Bearer"


def test_a_counter_sees_its_role_and_label(client: Client) -> None:
    attendant = client.as_(client.world.attendant())

    me = attendant.get("/me").json

    assert me["resident"] is None
    assert (me["staff"]["role"], me["staff"]["label"]["en"]) == ("attendant", "Counter 1")


def test_answers_about_a_person_are_kept_nowhere(client: Client) -> None:
    resident = client.as_(client.world.resident())

    assert resident.get("/me").headers["Cache-Control"] == "no-store"
