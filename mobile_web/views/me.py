"""The own account, and the two choices that everybody has: language and size of type."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from greenlife.residents import mask_phone
from mobile_web.languages import COOKIE as LANGUAGE_COOKIE
from mobile_web.languages import pick
from mobile_web.pages import LARGE_TEXT_COOKIE, pages
from mobile_web.presenters import dates
from mobile_web.web import Page, next_path, open_to_all, resident, resident_only, runtime
from translations import LOCALES

A_YEAR = 365 * 24 * 3600


@pages.get("/me")
@resident_only
def me() -> Page:
    person, city = resident(), runtime().programme.city
    return render_template(
        "me.html",
        phone=mask_phone(person.phone),
        district=pick(dict(city.district(person.book or "").names)),
        town=pick(dict(city.town(person.town or "").names)),
        accepted=dates.moment(person.privacy_accepted_at) if person.privacy_accepted_at else "",
        version=person.privacy_version,
    )


@pages.post("/language")
@open_to_all
def choose_language() -> Page:
    """Kept in a cookie of its own, so that it outlives the sign-in; an unknown language changes nothing."""
    wanted = request.form.get("language", "")
    response = _back()
    if wanted in LOCALES:
        _keep(response, LANGUAGE_COOKIE, wanted)
    return response


@pages.post("/large-text")
@open_to_all
def choose_large_text() -> Page:
    response = _back()
    _keep(response, LARGE_TEXT_COOKIE, "1" if request.form.get("large") == "1" else "0")
    return response


def _back() -> Response:
    return redirect(next_path() or url_for("pages.home"), 303)


def _keep(response: Response, name: str, value: str) -> None:
    secure = runtime().settings.secure
    response.set_cookie(name, value, max_age=A_YEAR, httponly=True, samesite="Lax", secure=secure)
