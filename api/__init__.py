"""What programs are served: the JSON API under ``/api/v1``, the same use cases as the pages, and the public log."""

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from api.blueprint import PREFIX
from api.log_files import log_files
from api.openapi import create_api
from api.problems import http_problem
from api.views import (
    cases,
    description,
    household,
    me,
    offers,
    photos,
    redemptions,
    scans,
    sign_in,
    statement,
    statistics,
    visits,
    vouchers,
)

CHAPTERS = (
    sign_in, me, household, scans, photos, statement, offers, redemptions, vouchers, visits, statistics, cases,
    description,
)  # fmt: skip
"""The views, in the order of the description."""


def register(app: Flask) -> None:
    """Put the API into an application."""
    app.before_request(refuse_unknown_address)
    api = create_api(app)
    for chapter in CHAPTERS:
        api.register_blueprint(chapter.blp)
        csrf = app.extensions.get("csrf")
        if csrf:  # a bearer token is not sent by a browser of its own accord, so there is nothing to forge
            csrf.exempt(chapter.blp)
    app.register_blueprint(log_files)


def refuse_unknown_address() -> Response | None:
    """A problem for an address or method below ``/api/`` that no view has.

    Routing fails outside of every blueprint, and an app-wide handler would turn the pages' errors into JSON too.
    """
    error = request.routing_exception
    if not request.path.startswith(f"{PREFIX.rpartition('/')[0]}/") or error is None:
        return None
    if isinstance(error, RequestRedirect) or not isinstance(error, HTTPException):
        return None
    return http_problem(error)
