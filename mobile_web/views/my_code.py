"""The resident's own code, drawn on the server: it works without scripts, and scripts only renew it sooner."""

from flask import render_template

from greenlife.scans import own_code
from mobile_web.pages import pages
from mobile_web.presenters.qr import qr_picture
from mobile_web.web import Page, now, resident, resident_only, runtime


@pages.get("/my-code")
@resident_only
def my_code() -> Page:
    """The whole page; without scripts it loads itself anew when the code changes."""
    return _draw("my_code.html")


@pages.get("/my-code/panel")
@resident_only
def my_code_panel() -> Page:
    """The changing part alone."""
    return _draw("my_code_panel.html")


def _draw(template: str) -> Page:
    shown = own_code(resident(), city=runtime().programme.city.id, now=now())
    return render_template(
        template, picture=qr_picture(shown.text), typed=shown.typed, seconds=shown.seconds_left, step=shown.step_seconds
    )
