"""The OpenAPI document: valid by its own rules, complete, and the copy in docs/ is fresh."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from api.blueprint import PREFIX
from api.openapi import written
from tests.api.client import Client
from tests.api.test_access import ACCESS, ANYONE

COPY = Path(__file__).parents[2] / "docs" / "openapi.json"
METHODS = {"get", "post", "patch", "delete", "put"}


@pytest.fixture
def document(app: Flask) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(written(app))
    return loaded


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for method in METHODS & set(item):
            yield f"{method.upper()} {path.removeprefix(PREFIX)}", item[method] | {"path": item.get("parameters", [])}


def test_the_copy_in_the_documentation_is_fresh(app: Flask) -> None:
    assert COPY.read_text(encoding="utf-8") == written(app), "run `make openapi`"


def test_every_view_is_described(document: dict[str, Any]) -> None:
    views = {route.replace("<", "{").replace(">", "}") for route in ACCESS}

    assert {route for route, _ in operations(document)} == views


def test_the_document_is_openapi_3_1(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    assert set(document) <= {"openapi", "info", "servers", "paths", "components", "tags", "security"}
    names = [operation["operationId"] for _, operation in operations(document)]
    assert len(names) == len(set(names))
    for _, operation in operations(document):
        assert operation["summary"]
        assert operation["responses"]
        for code, response in operation["responses"].items():
            assert re.fullmatch(r"[1-5][0-9][0-9]|default", code)
            assert "$ref" in response or response["description"]


def test_every_reference_leads_somewhere(document: dict[str, Any]) -> None:
    references = set(re.findall(r'"\$ref": "#/([^"]+)"', json.dumps(document)))

    assert references
    for reference in references:
        at: Any = document
        for part in reference.split("/"):
            at = at[part]


def test_every_error_is_served_as_problem_json(document: dict[str, Any]) -> None:
    for name, response in document["components"]["responses"].items():
        assert list(response["content"]) == ["application/problem+json"], name
        assert response["content"]["application/problem+json"]["schema"]["$ref"].endswith("/ProblemOut")


def test_security_and_idempotency_are_described_as_they_are(document: dict[str, Any]) -> None:
    for route, operation in operations(document):
        open_to_all = ACCESS[route.replace("{", "<").replace("}", ">")] == ANYONE
        assert operation["security"] == ([] if open_to_all else [{"token": []}]), route
        books = any(parameter.get("name") == "Idempotency-Key" for parameter in operation.get("parameters", []))
        books_nothing = (
            "POST /sign-in/codes",
            "POST /sign-in/sessions",
            "POST /scans/preview",
            "POST /me/devices",
            "POST /me/household",
            "POST /me/household/invitations",
            "POST /me/household/joining",
            # The case is its own key: the same again changes nothing.
            "POST /me/cases/{case}/appeal",
            "POST /desk/cases/{case}/decision",
        )
        assert books == (route.startswith("POST") and route not in books_nothing), route


def test_path_parameters_are_described(document: dict[str, Any]) -> None:
    for route, operation in operations(document):
        named = {parameter["name"] for parameter in operation["path"] if parameter["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", route)), route


def test_the_document_is_served_and_asked_for_again_without_a_body(client: Client) -> None:
    served = client.get("/openapi.json")

    again = client.get("/openapi.json", If_None_Match=served.headers["ETag"])

    assert served.json == json.loads(COPY.read_text(encoding="utf-8"))
    assert (again.status_code, again.data) == (304, b"")
