"""Everything that is refused becomes a page: what, why, what to do, and that nothing changed."""

from flask import Flask, Response, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from greenlife.errors import GreenlifeError, HomeMissing, PrivacyMissing, SignInRequired
from ledger import LedgerError
from mobile_web.errors import FormStale, PageError
from mobile_web.presenters.refusals import Refused, refused, words
from mobile_web.web import first_step, signed
from rewards import RewardsError
from translations.statuses import CODE_OF_STATUS, STATUS_OF_KIND

HOMES = {
    "attendant": "pages.counter",
    "clerk": "pages.till",
    "district_admin": "pages.desk",
    "city_admin": "pages.desk_city",
}
"""Role → the page it starts from."""


def register_refusals(app: Flask) -> None:
    for family in (GreenlifeError, RewardsError, LedgerError, PageError):
        app.register_error_handler(family, refuse)
    app.register_error_handler(CSRFError, lambda error: refuse(FormStale()))  # noqa: ARG005  (the handler's signature)
    app.register_error_handler(HTTPException, refuse_by_status)


def status_of(error: Exception) -> int:
    return STATUS_OF_KIND.get(getattr(error, "kind", "refused"), 409)


def refuse(error: Exception) -> Response:
    """A page for a refusal of the domain."""
    way_on = ""
    if isinstance(error, SignInRequired | PrivacyMissing | HomeMissing):
        way_on = first_step(
            error, ("staff",) if request.path.startswith(("/counter", "/till", "/desk", "/kiosk")) else ("resident",)
        )
    return _page(refused(error), status_of(error), way_on)


def refuse_by_status(error: HTTPException) -> Response:
    """A page for what HTTP itself refuses; redirects pass."""
    if error.code is None or error.code < 400:
        return Response(status=error.code or 500) if error.response is None else make_response(error.get_response())
    response = _page(words(CODE_OF_STATUS.get(error.code, "error"), {}), error.code)
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            response.headers[name] = value
    return response


def home_endpoint() -> str:
    """The page where the person who asks starts from."""
    caller = signed() if request.routing_exception is None or request.cookies else None
    return HOMES.get(caller.staff.role, "pages.home") if caller and caller.staff else "pages.home"


def _page(words_: Refused, status: int, way_on: str = "") -> Response:
    page = render_template("refused.html", refused=words_, way_on=way_on, home=home_endpoint())
    return make_response(page, status)
