"""Signing in with a phone number and a one-time code, for residents and for staff."""

from typing import Literal

from flask import make_response, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from greenlife.errors import GreenlifeError
from greenlife.residents import CodeSent, confirm_code, mask_phone, request_code, sign_out, take_try
from greenlife.residents.sign_in import SignedIn
from mobile_web.browser_cookie import keep_browser
from mobile_web.pages import pages
from mobile_web.presenters.refusals import refused
from mobile_web.refusals import home_endpoint, status_of
from mobile_web.web import COOKIE, Page, next_path, now, open_to_all, runtime, signed

Purpose = Literal["resident", "staff"]
ASKED = "asked"
"""Where the session keeps the number that a code was sent to."""
ENDPOINTS = {
    "resident": ("pages.sign_in", "pages.sign_in_code"),
    "staff": ("pages.staff_sign_in", "pages.staff_sign_in_code"),
}


@pages.get("/sign-in")
@open_to_all
def sign_in() -> Page:
    return _ask_phone("resident")


@pages.get("/staff/sign-in")
@open_to_all
def staff_sign_in() -> Page:
    return _ask_phone("staff")


@pages.post("/sign-in")
@open_to_all
def send_code() -> Page:
    return _send("resident")


@pages.post("/staff/sign-in")
@open_to_all
def send_staff_code() -> Page:
    return _send("staff")


@pages.get("/sign-in/code")
@open_to_all
def sign_in_code() -> Page:
    return _ask_code("resident")


@pages.get("/staff/sign-in/code")
@open_to_all
def staff_sign_in_code() -> Page:
    return _ask_code("staff")


@pages.post("/sign-in/code")
@open_to_all
def enter() -> Page:
    return _enter("resident")


@pages.post("/staff/sign-in/code")
@open_to_all
def enter_as_staff() -> Page:
    return _enter("staff")


@pages.post("/sign-out")
@open_to_all
def leave() -> Page:
    """The session ends on the server too, so that the cookie is worth nothing afterwards."""
    was_staff = bool((caller := signed()) and caller.staff)
    with runtime().database.writing() as db:
        sign_out(db, request.cookies.get(COOKIE, ""), now=now())
    session.clear()
    response = redirect(url_for(ENDPOINTS["staff" if was_staff else "resident"][0]), 303)
    response.delete_cookie(COOKIE)
    return response


def _ask_phone(purpose: Purpose, error: GreenlifeError | None = None) -> Page:
    if error is None and signed():
        return redirect(next_path() or url_for(home_endpoint()), 303)
    page = render_template(
        "sign_in.html",
        purpose=purpose,
        action=url_for(ENDPOINTS[purpose][0]),
        phone=request.form.get("phone", "")[:40],
        next=next_path(),
        error=refused(error) if error else None,
    )
    return make_response(page, status_of(error) if error else 200)


def _send(purpose: Purpose) -> Page:
    now_ = now()
    try:
        with runtime().database.writing() as db:
            sent = request_code(
                db,
                phone=request.form.get("phone", ""),
                purpose=purpose,
                sender=runtime().sender,
                key=runtime().key,
                now=now_,
                entropy=runtime().entropy,
            )
    except GreenlifeError as error:
        return _ask_phone(purpose, error)
    session[ASKED] = _asked(sent, purpose)
    return redirect(url_for(ENDPOINTS[purpose][1], next=next_path() or None), 303)


def _asked(sent: CodeSent, purpose: Purpose) -> dict[str, str | None]:
    return {"phone": sent.phone, "purpose": purpose, "shown_code": sent.shown_code}


def _ask_code(purpose: Purpose, error: GreenlifeError | None = None) -> Page:
    asked = session.get(ASKED)
    if not isinstance(asked, dict) or asked.get("purpose") != purpose:
        return redirect(url_for(ENDPOINTS[purpose][0], next=next_path() or None), 303)
    page = render_template(
        "sign_in_code.html",
        phone=mask_phone(asked["phone"]),
        full_phone=asked["phone"],
        shown_code=asked["shown_code"],
        action=url_for(ENDPOINTS[purpose][1]),
        again=url_for(ENDPOINTS[purpose][0]),
        next=next_path(),
        error=refused(error) if error else None,
    )
    return make_response(page, status_of(error) if error else 200)


def _enter(purpose: Purpose) -> Page:
    asked = session.get(ASKED)
    if not isinstance(asked, dict) or asked.get("purpose") != purpose:
        return redirect(url_for(ENDPOINTS[purpose][0]), 303)
    try:
        done = _confirm(purpose, asked["phone"], request.form.get("code", ""))
    except GreenlifeError as error:
        return _ask_code(purpose, error)
    # A new session, so that nothing put into the old one by somebody else lives on.
    session.clear()
    response = redirect(next_path() or url_for("pages.home" if purpose == "resident" else "pages.staff_start"), 303)
    if purpose == "resident":
        keep_browser(response)
    return _with_cookie(response, done)


def _confirm(purpose: Purpose, phone: str, code: str) -> SignedIn:
    now_ = now()
    with runtime().database.writing() as db:
        take_try(db, phone=phone, code=code, purpose=purpose, now=now_)
    with runtime().database.writing() as db:
        return confirm_code(
            db, phone=phone, code=code, purpose=purpose, key=runtime().key, now=now_, entropy=runtime().entropy
        )


def _with_cookie(response: Response, done: SignedIn) -> Response:
    response.set_cookie(
        COOKIE,
        done.token,
        expires=done.expires_at,
        httponly=True,
        samesite="Lax",
        secure=runtime().settings.secure,
    )
    return response
