"""The own household: found one, invite to it, join one, leave it."""

from flask import make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from greenlife.errors import GreenlifeError
from greenlife.residents import (
    Invitation,
    find_household,
    found_household,
    invite_to_household,
    join_household,
    leave_household,
)
from mobile_web.pages import leave_note, pages
from mobile_web.presenters import households
from mobile_web.presenters.refusals import refused
from mobile_web.refusals import status_of
from mobile_web.web import Page, now, resident, resident_only, runtime


@pages.get("/me/household")
@resident_only
def household() -> Page:
    return _page()


@pages.post("/me/household")
@resident_only
def found() -> Page:
    parts = runtime()
    with parts.database.writing() as session:
        found_household(session, parts.programme, resident=resident(), now=now(), entropy=parts.entropy)
    leave_note(gettext("Founded. Now invite who lives with you"))
    return redirect(url_for("pages.household"), 303)


@pages.post("/me/household/invitation")
@resident_only
def invite() -> Page:
    """The code is on this page only: the server keeps no more than its hash."""
    with runtime().database.writing() as session:
        invitation = invite_to_household(session, resident=resident(), now=now(), entropy=runtime().entropy)
    return _page(invitation=invitation)


@pages.post("/me/household/join")
@resident_only
def join() -> Page:
    code = request.form.get("code", "")
    try:
        with runtime().database.writing() as session:
            join_household(session, runtime().programme, resident=resident(), code=code, now=now())
    except GreenlifeError as error:
        return make_response(_page(typed=code[:40], error=error), status_of(error))
    leave_note(gettext("Joined. It counts from tomorrow"))
    return redirect(url_for("pages.household"), 303)


@pages.post("/me/household/leave")
@resident_only
def leave_home() -> Page:
    with runtime().database.writing() as session:
        leave_household(session, runtime().programme, resident=resident(), now=now())
    leave_note(gettext("You have left it. Today still counts for it"))
    return redirect(url_for("pages.household"), 303)


def _page(*, invitation: Invitation | None = None, typed: str = "", error: GreenlifeError | None = None) -> str:
    with runtime().database.reading() as session:
        view = find_household(session, resident=resident())
    return render_template(
        "household.html",
        household=households.household(view) if view else None,
        invitation=households.invitation(invitation) if invitation else None,
        shared=households.shared(),
        typed=typed,
        error=refused(error) if error else None,
    )
