"""The published methodologies: how grams are worked out, and from which sources."""

from flask import render_template

from greenlife.errors import MethodologyUnknown
from mobile_web.pages import pages
from mobile_web.presenters import methods as present
from mobile_web.web import Page, open_to_all, runtime


@pages.get("/methodology")
@open_to_all
def methodologies() -> Page:
    kinds = runtime().programme.actions.values()
    return render_template("methodologies.html", groups=present.grouped(kinds))


@pages.get("/methodology/<code>")
@open_to_all
def methodology(code: str) -> Page:
    found = runtime().programme.methodologies.get(code)
    if found is None:
        raise MethodologyUnknown(methodology=code[:40])
    return render_template("methodology.html", method=present.whole(found))
