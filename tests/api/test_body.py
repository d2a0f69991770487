"""Bodies that are no JSON of ours: each a problem with its own code, none a 500."""

import json

import pytest

from tests.api.client import V1, Client, assert_problem

PATH = V1 + "/sign-in/codes"
DEEP = 10_000

BODIES = {
    "not json": (b"{", 400, "json_invalid"),
    "empty": (b"", 400, "json_invalid"),
    "no UTF-8": (b'{"phone": "\xff\xfe"}', 400, "json_invalid"),
    "byte order mark": (b'\xef\xbb\xbf{"phone": "1"}', 400, "json_invalid"),
    "NaN": (b'{"phone": NaN}', 400, "json_invalid"),
    "infinity": (b'{"phone": -Infinity}', 400, "json_invalid"),
    "NUL": (b'{"phone": "138\\u0000"}', 400, "json_invalid"),
    "NUL in a name": (b'{"pho\\u0000ne": "138"}', 400, "json_invalid"),
    "half a surrogate pair": (b'{"phone": "\\ud83d"}', 400, "json_invalid"),
    "ten thousand digits": (b'{"phone": ' + b"9" * DEEP + b"}", 400, "json_invalid"),
    "seventeen digits": (b'{"phone": 12345678901234567}', 400, "json_invalid"),
    "deep lists": (b"[" * DEEP + b"]" * DEEP, 400, "json_too_deep"),
    "deep objects": (b'{"phone":' * DEEP + b"1" + b"}" * DEEP, 400, "json_too_deep"),
    "deep and unfinished": (b"[" * DEEP, 400, "json_too_deep"),
    "seventeen levels": (b"[" * 17 + b"]" * 17, 400, "json_too_deep"),
    "a list": (b"[]", 422, "input_invalid"),
    "a text": (b'"138"', 422, "input_invalid"),
    "null": (b"null", 422, "input_invalid"),
    "a number for a text": (b'{"phone": 13800000021}', 422, "input_invalid"),
    "an object for a text": (b'{"phone": {}}', 422, "input_invalid"),
    "a very long text": (b'{"phone": "' + b"1" * 301 + b'"}', 422, "input_invalid"),
    "no phone": (b"{}", 422, "input_invalid"),
    "an unknown field": (b'{"phone": "13800000021", "admin": true}', 422, "input_invalid"),
    "10 MB": (b'{"phone": "' + b"1" * 10_000_000 + b'"}', 413, "body_too_large"),
}


@pytest.mark.parametrize("name", BODIES)
def test_a_bad_body_is_a_problem_of_its_own(client: Client, name: str) -> None:
    body, status, code = BODIES[name]

    response = client.http.post(PATH, data=body, content_type="application/json")

    assert_problem(response, status, code)


@pytest.mark.parametrize("media_type", ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonx"])
def test_another_content_type_is_refused_instead_of_read_as_an_empty_body(client: Client, media_type: str) -> None:
    response = client.http.post(PATH, data=b'{"phone": "13800000021"}', content_type=media_type)

    assert_problem(response, 415, "media_type_unsupported")


def test_a_charset_beside_the_content_type_does_not_matter(client: Client) -> None:
    response = client.http.post(
        PATH, data=json.dumps({"phone": "13800000021"}), content_type="application/json; charset=utf-8"
    )

    assert response.status_code == 202


def test_wrong_fields_are_named_with_codes(client: Client) -> None:
    resident = client.as_(client.world.resident())

    response = resident.send("PATCH", "/me", {"home": {"district": 5}, "privacy_version": None, "other": 1})

    problem = assert_problem(response, 422, "input_invalid")
    assert problem["errors"] == [
        {"field": "home.district", "code": "type"},
        {"field": "home.town", "code": "required"},
        {"field": "other", "code": "unknown"},
        {"field": "privacy_version", "code": "null"},
    ]


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=many", "limit=1e9", "cursor=", "cursor=" + "x" * 301])
def test_a_bad_query_is_a_problem(client: Client, query: str) -> None:
    resident = client.as_(client.world.resident())

    assert_problem(resident.get(f"/statement?{query}"), 422, "input_invalid")


@pytest.mark.parametrize("cursor", ["x", "%00", "%ff", "2026", "..", "9" * 200])
def test_a_made_up_cursor_is_a_problem(client: Client, cursor: str) -> None:
    resident = client.as_(client.world.resident())

    for path in ("/statement", "/offers", "/redemptions"):
        assert_problem(resident.get(f"{path}?cursor={cursor}"), 422, "cursor_invalid")
