"""Screens at places: set up once by staff, who are signed out by that, and then open to whoever stands before them."""

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext

from greenlife.codes import STEP_SECONDS, kiosk_address, kiosk_prefix
from greenlife.errors import KioskClosed
from greenlife.residents import sign_out
from greenlife.scans import close_kiosk, kiosk_actions, kiosk_sites, list_kiosks, open_kiosk, show_kiosk
from mobile_web.languages import pick
from mobile_web.pages import leave_note, pages
from mobile_web.presenters import actions, devices
from mobile_web.web import COOKIE, Page, now, open_to_all, runtime, staff, staff_only
from translations import LOCALES, N_, texts_for

keepers = staff_only("attendant", "district_admin")
HOW, COUNTDOWN = N_("Scan with your phone’s camera, anew each time"), N_("seconds until the next code")


@pages.get("/kiosk")
@keepers
def kiosks() -> Page:
    """The screens of the own places, and a form for another."""
    with runtime().database.reading() as session:
        sites = kiosk_sites(session, staff=staff())
        found = list_kiosks(session, staff=staff())
    return render_template(
        "kiosks.html",
        sites=[
            (site.id, pick(dict(site.names)), " ".join(kind.code for kind in able))
            for site in sites
            if (able := kiosk_actions(runtime().programme, [site]))
        ],
        actions=[(kind.code, actions.subject(kind.code, None)) for kind in kiosk_actions(runtime().programme, sites)],
        kiosks=[devices.kiosk_row(one) for one in found],
    )


@pages.post("/kiosk")
@keepers
def add_kiosk() -> Response:
    """The key of a new screen, told once; this browser will stand in public, so it is signed out."""
    with runtime().database.writing() as session:
        key = open_kiosk(
            session,
            runtime().programme,
            staff=staff(),
            site_id=request.form.get("site", ""),
            action=request.form.get("action", ""),
            now=now(),
            entropy=runtime().entropy,
        )
        sign_out(session, request.cookies.get(COOKIE, ""), now=now())
    response = jsonify(devices.told_kiosk(key, url_for("pages.kiosk", kiosk=key.id)))
    response.delete_cookie(COOKIE)
    return response


@pages.post("/kiosk/<kiosk>/close")
@keepers
def end_kiosk(kiosk: str) -> Page:
    with runtime().database.writing() as session:
        close_kiosk(session, staff=staff(), kiosk_id=kiosk, now=now())
    leave_note(gettext("Taken out of use. Its code is refused from now on"))
    return redirect(url_for("pages.kiosks"), 303)


@pages.get("/kiosk/<kiosk>")
@open_to_all
def kiosk(kiosk: str) -> Page:
    """The screen itself; without its key, which only the browser that set it up has, it shows no code."""
    with runtime().database.reading() as session:
        found = show_kiosk(session, kiosk)
    kind = actions.kind_of(found.action)
    if kind is None:
        raise KioskClosed  # the city no longer has the action
    return render_template(
        "kiosk.html",
        kiosk=found.id,
        name=pick(dict(found.site.names)),
        titles=list(dict(kind.titles).items()),
        place=list(dict(found.site.names).items()),
        how=_in_each_language(HOW),
        countdown=_in_each_language(COUNTDOWN),
        icon_name=actions.icon_name(found.action),
        address=kiosk_address(runtime().settings.base_url, found.id),
        prefix=kiosk_prefix(runtime().programme.city.id, found.id).decode(),
        seconds=STEP_SECONDS,
        milliseconds=round(now().timestamp() * 1000),
    )


def _in_each_language(text: str) -> list[tuple[str, str]]:
    """For whoever stands before the screen: the tablet's language is not theirs."""
    return [(tag, texts_for(tag).gettext(text)) for tag in LOCALES]
