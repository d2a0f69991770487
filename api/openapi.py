"""The OpenAPI 3.1 description, made from the views and their schemas; ``docs/openapi.json`` is a copy of it."""

import json
from http import HTTPStatus
from typing import Any

import flask_smorest
from flask import Flask

from api.problems import MEDIA_TYPE
from api.schemas.problems import ProblemOut

TITLE, VERSION, OPENAPI = "Green life code", "1.0.0", "3.1.0"
DESCRIPTION = """\
The same use cases as the pages. Sign in by phone, send the token as a bearer token.

* **Errors** are problem details (RFC 9457) with a stable `code`; title and detail are in the language of
  `Accept-Language`.
* **Bookings** need an `Idempotency-Key`; sent again with the same key they are answered, not booked, again.
* **Amounts** are integers, in points or in milligrams of CO2e, and never above 2^53 - 1. Quantities are decimal
  numbers as text. Ids are text.
* **Lists** are paged by cursor: ask again with `cursor` set to the `next` of the page before, until it is null.
* **Text that is data** comes in every language it is kept in, as an object locale → text.
"""


class Api(flask_smorest.Api):
    """flask-smorest, with problems instead of its errors, and without its app-wide error handler."""

    ERROR_SCHEMA = ProblemOut

    def _register_error_handlers(self) -> None:
        """None: the pages keep their own errors; a blueprint's are registered with it, routing's by path."""

    def _register_responses(self) -> None:
        content = {MEDIA_TYPE: {"schema": ProblemOut}}
        for status in HTTPStatus:
            if status >= 400:
                response = {"description": status.phrase, "content": content}
                self.spec.components.response(status.name, response, lazy=True)
        default = {"description": "Any other problem", "content": content}
        self.spec.components.response("DEFAULT_ERROR", default, lazy=True)


def create_api(app: Flask) -> Api:
    """The description to which blueprints add themselves."""
    app.config.update(API_TITLE=TITLE, API_VERSION=VERSION, OPENAPI_VERSION=OPENAPI)
    scheme = {"type": "http", "scheme": "bearer", "description": "the token of POST /sign-in/sessions"}
    api = Api(app, spec_kwargs={"info": {"description": DESCRIPTION}, "servers": [{"url": "/"}]})
    api.spec.components.security_scheme("token", scheme)
    return api


def description(app: Flask) -> dict[str, Any]:
    """The OpenAPI document of an application."""
    api: Api = app.extensions["flask-smorest"]["apis"][""]["ext_obj"]
    return dict(api.spec.to_dict())


def written(app: Flask) -> str:
    """The document as it is kept in ``docs/openapi.json``."""
    return json.dumps(description(app), ensure_ascii=False, indent=2) + "\n"
