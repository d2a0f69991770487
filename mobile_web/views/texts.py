"""What scripts say, in each language, and what they ask the time of; and where browsers look for things by name."""

from flask import Response, abort, redirect

import translations
from mobile_web.built_files import asset
from mobile_web.pages import pages
from mobile_web.web import Page, now, open_to_all


@pages.get("/texts/<tag>.json")
@open_to_all
def script_texts(tag: str) -> Response:
    if tag not in translations.LOCALES:
        abort(404)
    response = Response(translations.script_texts(tag), mimetype="application/json")
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@pages.get("/favicon.ico")
@open_to_all
def favicon() -> Page:
    return redirect(asset("mark.svg"), 301)


@pages.get("/clock")
@open_to_all
def clock() -> Response:
    """The server's time in milliseconds since 1970, for devices whose own clock decides which code they show."""
    return Response(str(round(now().timestamp() * 1000)), mimetype="text/plain")


@pages.get("/healthz")
@open_to_all
def health() -> Response:
    """For whatever watches the server: it answers, and needs nobody."""
    return Response("ok\n", mimetype="text/plain")
