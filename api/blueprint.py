"""A blueprint whose views are guarded, whose errors are problems, and whose documentation says both."""

from typing import Any

import flask_smorest
from flask import Response, current_app, request
from werkzeug.exceptions import HTTPException

from api.body import StrictParser
from api.calls import Guard, bearer_token, guard_of
from api.errors import RequestError
from api.idempotency import PARAMETER
from api.problems import domain_problem, http_problem, request_problem
from greenlife.errors import GreenlifeError
from ledger import LedgerError
from rewards import RewardsError

PREFIX = "/api/v1"


class Blueprint(flask_smorest.Blueprint):
    """A chapter of the API."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, description: str) -> None:
        super().__init__(f"api_{name}", __name__, url_prefix=PREFIX, description=description)
        self._prepare_doc_cbks.append(_document_guard)
        self.before_request(_require_token)
        self.after_request(_keep_private)
        self.register_error_handler(RequestError, request_problem)
        self.register_error_handler(HTTPException, http_problem)
        for refusal in (GreenlifeError, LedgerError, RewardsError):
            self.register_error_handler(refusal, domain_problem)


def _require_token() -> None:
    # Before the body is read: whoever has no token at all is not listened to.
    if request.method != "OPTIONS" and guard_of(current_app.view_functions[str(request.endpoint)]):
        bearer_token()


def _keep_private(response: Response) -> Response:
    """Answers are about the person who asks, and kept nowhere, unless a view says otherwise."""
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    if "no-store" not in response.headers["Cache-Control"] and request.method == "GET":
        response.add_etag()
        response.make_conditional(request)
    return response


def _document_guard(doc: dict[str, Any], info: dict[str, Any], **_: object) -> dict[str, Any]:
    guard: Guard = info["guard"]
    doc["operationId"] = guard.view
    if not guard.roles:
        return doc | {"security": []}
    doc.setdefault("responses", {}).update({"401": "UNAUTHORIZED", "403": "FORBIDDEN"})
    if guard.books:
        doc.setdefault("parameters", []).append(PARAMETER)
        doc["responses"].update({"400": "BAD_REQUEST", "409": "CONFLICT"})
    doc["security"] = [{"token": []}]
    doc["x-roles"] = list(guard.roles)
    return doc
