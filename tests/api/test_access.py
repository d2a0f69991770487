"""Every view asks who is calling: a table of the whole API, so that a new view cannot be forgotten."""

import pytest
from flask import Flask

from api.blueprint import PREFIX
from api.calls import guard_of
from tests.api.client import Client, Form, assert_problem

ROLES = ("resident", "attendant", "clerk", "district_admin", "city_admin")
ANYONE, SIGNED_IN = (), ("anyone signed in",)

ACCESS = {
    "POST /sign-in/codes": ANYONE,
    "POST /sign-in/sessions": ANYONE,
    "DELETE /sign-in/sessions/current": SIGNED_IN,
    "GET /me": SIGNED_IN,
    "PATCH /me": ("resident",),
    "DELETE /me": ("resident",),
    "GET /me/code": ("resident",),
    "POST /me/devices": ("resident",),
    "GET /me/devices": ("resident",),
    "DELETE /me/devices/<device>": ("resident",),
    "GET /me/household": ("resident",),
    "POST /me/household": ("resident",),
    "POST /me/household/invitations": ("resident",),
    "POST /me/household/joining": ("resident",),
    "DELETE /me/household": ("resident",),
    "POST /scans/preview": ("resident",),
    "POST /scans": ("resident",),
    "POST /actions/<action>/photos": ("resident",),
    "GET /statement": ("resident",),
    "GET /statement/<entry>": ("resident",),
    "GET /offers": ("resident",),
    "POST /redemptions": ("resident",),
    "GET /redemptions": ("resident",),
    "GET /redemptions/<redemption>": ("resident",),
    "POST /redemptions/<redemption>/release": ("resident",),
    "POST /vouchers/capture": ("clerk",),
    "GET /vouchers/captures": ("clerk",),
    "POST /visits": ("attendant",),
    "POST /visits/<visit>/weighings": ("attendant",),
    "GET /weighings": ("attendant",),
    "POST /weighings/<entry>/undo": ("attendant",),
    "GET /statistics/index": ("district_admin", "city_admin"),
    "GET /statistics/<panel>": ("district_admin", "city_admin"),
    "GET /me/cases": ("resident",),
    "GET /me/cases/<case>": ("resident",),
    "POST /me/cases/<case>/appeal": ("resident",),
    "GET /desk/cases": ("district_admin", "city_admin"),
    "GET /desk/cases/<case>": ("district_admin", "city_admin"),
    "POST /desk/cases/<case>/decision": ("district_admin", "city_admin"),
    "GET /openapi.json": ANYONE,
}
"""Who may call what. Bodies that fit are below: a role is looked at after the body was read."""

BODIES: dict[str, object] = {
    "PATCH /me": {},
    "POST /me/household/joining": {"code": "0"},
    "POST /scans/preview": {"code": "0"},
    "POST /scans": {"code": "0"},
    "POST /actions/<action>/photos": Form({"photo": b"0"}),
    "POST /redemptions": {"offer": "off_0"},
    "POST /vouchers/capture": {"code": "0"},
    "POST /visits": {"code": "0"},
    "POST /visits/<visit>/weighings": {"material": "glass", "quantity": "1"},
    "POST /weighings/<entry>/undo": {"reason": "other"},
    "POST /desk/cases/<case>/decision": {"look": "first", "decision": "approved", "reason": "explained"},
}


def routes(app: Flask) -> dict[str, tuple[str, ...]]:
    """Method and path of every view of the API, with the guard that is written on it."""
    found = {}
    for rule in app.url_map.iter_rules():
        if rule.rule.startswith(f"{PREFIX}/"):
            for method in set(rule.methods or ()) - {"HEAD", "OPTIONS"}:
                found[f"{method} {rule.rule.removeprefix(PREFIX)}"] = guard_of(app.view_functions[rule.endpoint])
    return found


def test_the_table_is_the_api(app: Flask) -> None:
    assert routes(app) == ACCESS


@pytest.mark.parametrize("route", [route for route, roles in ACCESS.items() if roles != ANYONE])
def test_without_a_token_nobody_is_answered(client: Client, route: str) -> None:
    method, path = route.replace("<", "").replace(">", "").split()

    for token in (None, "", "tok_unknown", "x" * 5000):
        client.token = token
        response = client.send(method, path, BODIES.get(route), Idempotency_Key="key")
        assert_problem(response, 401, "sign_in_required")


@pytest.mark.parametrize("route", [route for route, roles in ACCESS.items() if roles not in (ANYONE, SIGNED_IN)])
def test_another_role_is_refused(client: Client, route: str) -> None:
    method, path = route.replace("<", "").replace(">", "").split()

    for role in set(ROLES) - set(ACCESS[route]):
        person = client.world.resident() if role == "resident" else client.world.staff(role, "anywhere")
        response = client.as_(person).send(method, path, BODIES.get(route), Idempotency_Key="key")
        assert_problem(response, 403, "role_required")


def test_a_view_without_a_guard_would_answer_nobody(app: Flask, client: Client) -> None:
    blueprint = app.blueprints["api_me"]
    app.add_url_rule(f"{PREFIX}/forgotten", "api_me.forgotten", lambda: "secret")
    assert blueprint.name == "api_me"
    app.config["PROPAGATE_EXCEPTIONS"] = False

    response = client.get("/forgotten")

    assert_problem(response, 500, "internal_error")


def test_a_token_in_another_scheme_is_none(client: Client) -> None:
    resident = client.as_(client.world.resident())

    for header in (f"Basic {resident.token}", f"{resident.token}", "Bearer", "Bearer "):
        response = client.http.get(f"{PREFIX}/me", headers={"Authorization": header})
        assert_problem(response, 401, "sign_in_required")


def test_a_cookie_signs_nobody_in(client: Client) -> None:
    resident = client.as_(client.world.resident())
    for name in ("token", "session", "gl_session", "sign_in"):
        client.http.set_cookie(name, resident.token or "")

    assert_problem(client.get("/me"), 401, "sign_in_required")
