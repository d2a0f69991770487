"""A random number that a browser keeps across sign-ins, so that many accounts on one phone are noticed."""

import hashlib
import re

from flask import request
from werkzeug.wrappers import Response

from mobile_web.web import runtime

BROWSER_COOKIE = "gl_browser"
_NUMBER = re.compile(r"[0-9a-f]{32}")
_MONTHS_13 = 400 * 24 * 3600
"""Seconds; browsers keep none longer."""


def keep_browser(response: Response) -> None:
    """The browser has a number after this answer, and keeps the one that it has."""
    number = _number() or runtime().entropy(16).hex()
    response.set_cookie(
        BROWSER_COOKIE, number, max_age=_MONTHS_13, httponly=True, samesite="Lax", secure=runtime().settings.secure
    )


def browser_id() -> str | None:
    """What records know the browser by: a hash, so that nobody who reads them can pass for it; None without a number."""
    number = _number()
    return None if number is None else f"web_{hashlib.sha256(number.encode()).hexdigest()[:32]}"


def _number() -> str | None:
    number = request.cookies.get(BROWSER_COOKIE, "")
    return number if _NUMBER.fullmatch(number) else None
