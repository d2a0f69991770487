"""What a resident settles once: the privacy notice, then district and town."""

from flask import make_response, redirect, render_template, request, url_for

import ledger
from greenlife import chart
from greenlife.actions import TRACES_KEPT_FOR
from greenlife.errors import GreenlifeError
from greenlife.photos import KEPT_FOR, KNOWN_FOR
from greenlife.residents import PRIVACY_VERSION, accept_privacy, choose_home
from mobile_web.languages import pick
from mobile_web.pages import pages
from mobile_web.presenters.refusals import refused
from mobile_web.refusals import status_of
from mobile_web.web import Page, next_path, now, open_to_all, resident, runtime, signed_in


@pages.get("/privacy")
@open_to_all
def privacy() -> Page:
    """The notice to read, also without a sign-in."""
    return render_template("privacy.html", version=PRIVACY_VERSION, accept=False, next="", **_figures())


@pages.get("/welcome")
@signed_in
def privacy_notice() -> Page:
    return render_template("privacy.html", version=PRIVACY_VERSION, accept=True, next=next_path(), **_figures())


@pages.post("/welcome")
@signed_in
def accept_notice() -> Page:
    with runtime().database.writing() as session:
        accept_privacy(session, resident=resident(), version=request.form.get("version", ""), now=now())
    target = "pages.home" if resident().book else "pages.home_district"
    return redirect(
        url_for(target, next=next_path() or None) if target.endswith("district") else next_path() or "/", 303
    )


@pages.get("/home-district")
@signed_in
def home_district() -> Page:
    """First the district, then its towns: two small lists instead of one of seventy-four."""
    return _ask_home(request.args.get("district", resident().book or ""))


@pages.post("/home-district")
@signed_in
def settle_home() -> Page:
    district, town = request.form.get("district", ""), request.form.get("town", "")
    try:
        with runtime().database.writing() as session:
            choose_home(session, runtime().programme, resident=resident(), district=district, town=town)
    except GreenlifeError as error:
        return _ask_home(district, error)
    return redirect(next_path() or url_for("pages.home"), 303)


def _figures() -> dict[str, int]:
    return {
        "least": runtime().programme.city.least_people,
        "traces_days": TRACES_KEPT_FOR.days,
        "photo_days": KEPT_FOR.days,
        "hash_days": KNOWN_FOR.days,
    }


def _ask_home(wanted: str, error: GreenlifeError | None = None) -> Page:
    city = runtime().programme.city
    district = next((one for one in city.districts if one.id == wanted), None)
    page = render_template(
        "home_district.html",
        districts=[(one.id, pick(dict(one.names))) for one in city.districts],
        district=district.id if district else "",
        district_name=pick(dict(district.names)) if district else "",
        towns=[(one.id, pick(dict(one.names))) for one in district.towns] if district else [],
        town=resident().town or "",
        locked=_has_entries(),
        next=next_path(),
        error=refused(error) if error else None,
    )
    return make_response(page, status_of(error) if error else 200)


def _has_entries() -> bool:
    person = resident()
    if person.book is None:
        return False
    with runtime().database.reading() as session:
        return bool(ledger.statement(session, person.book, chart.holder(person.account), limit=1).items)
