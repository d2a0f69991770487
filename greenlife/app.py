"""The composition root: an application put together from its parts, chapter by chapter."""

import os
from datetime import timedelta
from functools import partial
from multiprocessing.util import Finalize

from flask import Flask, current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import UnicodeConverter, ValidationError

import api
import mobile_web
from greenlife.errors import PhotoTooLarge
from greenlife.front import Front, Wsgi, with_readable_hosts
from greenlife.photos import LARGEST_FILE
from greenlife.runtime import Runtime, open_runtime
from greenlife.scheduler import follow_parent, run_in_background
from greenlife.settings import Settings, read_settings

LARGEST_BODY = 256 * 1024
"""Bytes; nothing that is sent here is larger but photos, and what is larger is refused before it is read."""


class AddressPart(UnicodeConverter):
    """A part of an address. With NUL in it there is no such address; PostgreSQL would refuse to look for it."""

    def to_python(self, value: str) -> str:
        if "\0" in value:
            raise ValidationError
        return value


def create_app(runtime: Runtime | None = None) -> Flask:
    """The application; raises ConfigInvalid when the installation is half configured."""
    runtime = runtime or open_runtime(read_settings(os.environ))
    app = Flask("greenlife", static_folder=None, template_folder=None)
    app.wsgi_app = with_readable_hosts(app.wsgi_app)  # type: ignore[assignment, method-assign]  # made to be wrapped
    app.extensions["greenlife"] = runtime
    configure(app, runtime.settings)
    mobile_web.register(app)
    api.register(app)
    return app


def configure(app: Flask, settings: Settings) -> None:
    """Limits, cookies, and nothing that a request could change."""
    app.url_map.converters["default"] = AddressPart
    app.url_map.merge_slashes = False  # it redirects to whatever host the request names
    app.before_request(allow_photos)
    app.config.update(
        SECRET_KEY=settings.secret_key,
        MAX_CONTENT_LENGTH=LARGEST_BODY,
        MAX_FORM_PARTS=100,
        SESSION_COOKIE_NAME="gl_form",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.secure,
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        WTF_CSRF_TIME_LIMIT=12 * 3600,
    )


def allow_photos() -> None:
    """A view that takes a photo says how large its body may be; raises PhotoTooLarge before anything is read.

    This comes before whoever looks into the form, such as the protection against forgery.
    """
    largest = getattr(current_app.view_functions.get(request.endpoint or ""), "largest_body", None)
    if largest is None:
        return
    request.max_content_length = largest
    if (request.content_length or 0) > largest:
        raise PhotoTooLarge(most=LARGEST_FILE)


def largest_body(app: Flask, method: str, path: str) -> int:
    """How many bytes may be sent to an address."""
    try:
        endpoint, _ = app.url_map.bind("").match(path, method)
    except HTTPException:
        return LARGEST_BODY
    return getattr(app.view_functions[endpoint], "largest_body", None) or LARGEST_BODY


def in_front_of(app: Flask, wsgi: Wsgi | None = None) -> Front:
    """What a web server calls: requests are taken in whole before a thread works on them."""
    return Front(wsgi or app, partial(largest_body, app))


def create_worker() -> Front:
    """The application of a web worker: it ends with its parent, and may be elected to run the scheduled jobs."""
    app = create_app()
    # A worker waits for the threads of its jobs when it ends: by then they have to know.
    Finalize(None, app.extensions["greenlife"].stopping.set, exitpriority=0)
    follow_parent()
    run_in_background(app.extensions["greenlife"])
    return in_front_of(app)
