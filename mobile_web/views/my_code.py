"""The resident's own code.

The page comes with a code that the server has computed, which is all that a browser without scripts needs. A browser that
can keep a key asks for one, once, and computes the code itself from then on.
"""

from flask import redirect, render_template, request, url_for
from flask_babel import gettext

from greenlife.codes.resident import RESIDENT_PREFIX
from greenlife.residents import enrol_device, find_device, list_devices, public_mark, revoke_device
from greenlife.scans import own_code
from mobile_web.pages import leave_note, pages
from mobile_web.presenters import devices
from mobile_web.presenters.qr import qr_picture
from mobile_web.web import COOKIE, Page, now, resident, resident_only, runtime


@pages.get("/my-code")
@resident_only
def my_code() -> Page:
    """The whole page; without scripts it loads itself anew when the code changes."""
    with runtime().database.reading() as session:
        device = find_device(session, token=_token(), now=now())
    return render_template(
        "my_code.html",
        device=device or "",
        mark=public_mark(_token()),
        prefix=RESIDENT_PREFIX,
        milliseconds=round(now().timestamp() * 1000),
        **_panel(),
    )


@pages.get("/my-code/panel")
@resident_only
def my_code_panel() -> Page:
    """The changing part alone, for a browser with scripts that cannot keep a key."""
    return render_template("my_code_panel.html", **_panel())


@pages.post("/my-code/device")
@resident_only
def add_device() -> dict[str, object]:
    """A key for this browser, told once; what it had before is worth nothing any more."""
    with runtime().database.writing() as session:
        key = enrol_device(
            session,
            resident=resident(),
            city=runtime().programme.city.id,
            token=_token(),
            now=now(),
            entropy=runtime().entropy,
        )
    return devices.told(key)


@pages.get("/me/phones")
@resident_only
def phones() -> Page:
    """The phones that compute the own code."""
    with runtime().database.reading() as session:
        found = list_devices(session, resident=resident(), token=_token(), now=now())
    return render_template("phones.html", phones=[devices.row(one) for one in found])


@pages.post("/me/phones/<phone>/revoke")
@resident_only
def revoke_phone(phone: str) -> Page:
    with runtime().database.writing() as session:
        revoke_device(session, resident=resident(), device_id=phone, now=now())
    leave_note(gettext("Signed out. Its code is refused from now on"))
    return redirect(url_for("pages.phones"), 303)


def _token() -> str:
    return request.cookies.get(COOKIE, "")


def _panel() -> dict[str, object]:
    shown = own_code(resident(), city=runtime().programme.city.id, now=now())
    return {
        "picture": qr_picture(shown.text),
        "typed": shown.typed,
        "seconds": shown.seconds_left,
        "step": shown.step_seconds,
    }
