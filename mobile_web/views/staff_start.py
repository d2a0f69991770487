"""Where staff land after signing in: their own counter or desk."""

from flask import redirect, url_for

from mobile_web.pages import pages
from mobile_web.refusals import home_endpoint
from mobile_web.web import Page, staff_only


@pages.get("/staff")
@staff_only("attendant", "clerk", "district_admin", "city_admin")
def staff_start() -> Page:
    return redirect(url_for(home_endpoint()), 303)
