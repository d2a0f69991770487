"""The OpenAPI document itself."""

from flask import Response, current_app

from api.blueprint import Blueprint
from api.calls import open_to_all
from api.openapi import written

blp = Blueprint("description", "This description.")


@blp.get("/openapi.json")
@blp.response(200, {"type": "object"}, description="This document")
@open_to_all
def get_description() -> Response:
    """The description of this API, as OpenAPI 3.1."""
    response = Response(written(current_app), mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    return response
