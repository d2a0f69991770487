"""Whatever is sent, it is answered below 500 and as described: input made from the OpenAPI document and from nothing."""

import json
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from api.openapi import written
from tests.api.client import V1, Client
from tests.api.test_access import ACCESS

EXTREMES = st.sampled_from([0, -1, 2**53, 2**63, 10**15, 1e308, float("inf"), float("nan"), "", "x" * 301])
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | EXTREMES,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.text(), below, max_size=3),
    max_leaves=6,
)
TEXTS = st.text() | st.sampled_from(
    [
        "1",
        "NaN",
        "GLC1:V:7K3M92QF",
        "http://green.example/P/0",
        "2026-11-01",
        "0001-01-01",
        "9999-12-31",
        "-1",
        "1e400",
        "٣",
        "9" * 30,
        "\0",
        "🌱",
    ]
)
ALWAYS = {400, 401, 403, 404, 405, 409, 413, 415, 422, 429}


def shaped(schema: dict[str, Any], schemas: dict[str, Any]) -> SearchStrategy[Any]:
    """Bodies of the right shape with any text in them, and now and then something else."""
    if "$ref" in schema:
        schema = schemas[schema["$ref"].rpartition("/")[2]]
    if schema.get("type") != "object":
        return st.sampled_from(schema["enum"]) | TEXTS if "enum" in schema else TEXTS
    fields = {name: shaped(field, schemas) | ANYTHING for name, field in schema["properties"].items()}
    return st.fixed_dictionaries(fields) | st.dictionaries(st.sampled_from(sorted(fields)), TEXTS)


def token_for(client: Client, roles: tuple[str, ...]) -> str | None:
    world = client.world
    if not roles or roles[0] in {"resident", "anyone signed in"}:
        return client.as_(world.resident()).token
    scope = world.site("station").id if roles[0] == "attendant" else world.programme.city.districts[0].id
    return client.as_(world.staff(roles[0], scope)).token


@pytest.mark.parametrize("route", [route for route in ACCESS if "sessions/current" not in route])
def test_no_input_breaks_a_view(app: Flask, client: Client, route: str) -> None:
    document = json.loads(written(app))
    method, path = route.split()
    template = path.replace("<", "{").replace(">", "}")
    operation = document["paths"][V1 + template][method.lower()]
    content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
    bodies = shaped(content["schema"], document["components"]["schemas"]) | ANYTHING if content else st.none()
    described = {int(code) for code in operation["responses"] if code.isdigit()} | ALWAYS
    client.token = token_for(client, ACCESS[route])

    @settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(bodies, TEXTS, st.dictionaries(st.sampled_from(["cursor", "limit", "from", "until"]), TEXTS), TEXTS)
    def send(body: object, part: str, query: dict[str, str], key: str) -> None:
        address = template.split("{")[0] + (quote(part or "x", safe="") + template.rpartition("}")[2]) * (
            "{" in template
        )
        headers = {"Content-Type": "application/json", "Idempotency-Key": quote(key)[:120] or "k"}
        response = client.http.open(
            V1 + address,
            method=method,
            query_string=query,
            data=None if body is None else json.dumps(body),
            headers=headers | {"Authorization": f"Bearer {client.token}"},
        )
        assert response.status_code in described, response.data
        kind = "application/json" if response.status_code < 300 else "application/problem+json"
        assert response.mimetype == kind
        if response.status_code >= 300:
            problem = response.get_json(force=True)
            assert problem["code"] != problem["title"], "a code without a sentence"

    send()
