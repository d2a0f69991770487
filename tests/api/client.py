"""A client of the API: signs people in, sends keys, and reads problems."""

import json
from dataclasses import dataclass
from io import BytesIO
from itertools import count
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from greenlife.models import Resident, Staff
from tests.world import World

V1 = "/api/v1"


@dataclass(frozen=True)
class Form:
    """A body that is a form of several parts; bytes are files."""

    fields: dict[str, str | bytes]

    @property
    def data(self) -> dict[str, object]:
        files = {name: (BytesIO(one), "photo.jpg") for name, one in self.fields.items() if isinstance(one, bytes)}
        return {**self.fields, **files}


@dataclass
class Client:
    """``token`` is sent when it is set; ``key`` numbers the bookings, so that each is a new one."""

    http: FlaskClient
    world: World
    token: str | None = None
    keys: Any = None

    def as_(self, person: Resident | Staff) -> "Client":
        """The same client, signed in as a person of the world."""
        purpose = "resident" if isinstance(person, Resident) else "staff"
        sent = self.post("/sign-in/codes", {"phone": person.phone, "purpose": purpose})
        code = sent.json["shown_code"]
        body = {"phone": person.phone, "purpose": purpose, "code": code}
        return Client(self.http, self.world, self.post("/sign-in/sessions", body).json["token"], count())

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.http.get(V1 + path, headers=self._headers(headers))

    def post(self, path: str, body: object = None, *, key: str | None = None, **headers: str) -> TestResponse:
        """A booking with a new key, or with the one given."""
        headers["Idempotency-Key"] = key or f"key-{next(self.keys) if self.keys else 0}"
        return self.send("POST", path, body, **headers)

    def send(self, method: str, path: str, body: object = None, **headers: str) -> TestResponse:
        if isinstance(body, Form):
            return self.http.open(V1 + path, method=method, data=body.data, headers=self._headers(headers))
        data = None if body is None else json.dumps(body)
        kind = {} if body is None else {"Content-Type": "application/json"}
        return self.http.open(V1 + path, method=method, data=data, headers=self._headers(kind | headers))

    def _headers(self, headers: dict[str, str]) -> dict[str, str]:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return named | ({"Authorization": f"Bearer {self.token}"} if self.token else {})


def assert_problem(response: TestResponse, status: int, code: str) -> dict[str, Any]:
    """The problem, after a look at its form."""
    assert response.mimetype == "application/problem+json", response.data
    problem: dict[str, Any] = json.loads(response.data)
    assert (response.status_code, problem["code"]) == (status, code)
    assert problem["status"] == status
    assert problem["type"].endswith(code)
    assert problem["title"]
    assert problem["instance"] == response.request.path
    return problem
