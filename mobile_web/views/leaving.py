"""Deleting the own account: what goes and what stays, one button, and a farewell."""

from functools import partial

from flask import redirect, render_template, session, url_for

from greenlife import chart
from greenlife.actions import withdraw_all
from greenlife.public_log import remember_forgotten
from greenlife.residents import Farewell, forget_resident
from greenlife.scans import spendable_points
from mobile_web.pages import pages
from mobile_web.presenters import dates, numbers
from mobile_web.web import COOKIE, Page, now, open_to_all, resident, runtime, signed_in
from rewards import count_open, forget_holder

FAREWELL = "farewell"
"""Where the session, by then nobody's, keeps what the last page says."""


@pages.get("/me/delete")
@signed_in
def close_account() -> Page:
    """Also for those who do not agree to the notice: the way out asks for no consent."""
    points, vouchers = _left_behind()
    return render_template("close_account.html", points=numbers.points(points) if points else "", vouchers=vouchers)


@pages.post("/me/delete")
@signed_in
def delete_account() -> Page:
    person, at = resident(), now()
    with runtime().database.writing() as db:
        forget = partial(forget_holder, db, today=dates.today(), now=at, entropy=runtime().entropy)
        remember = partial(remember_forgotten, runtime().settings)
        farewell = forget_resident(
            db,
            resident=person,
            forget_vouchers=forget,
            remember=remember,
            withdraw=partial(withdraw_all, db, local_day=dates.today(), now=at, entropy=runtime().entropy),
        )
    session.clear()
    session[FAREWELL] = {"records": farewell.records, "vouchers": farewell.vouchers}
    response = redirect(url_for("pages.farewell"), 303)
    response.delete_cookie(COOKIE)
    return response


@pages.get("/farewell")
@open_to_all
def farewell() -> Page:
    """Nobody is told that an account was deleted unless it was."""
    said = session.get(FAREWELL)
    if not isinstance(said, dict):
        return redirect(url_for("pages.sign_in"), 303)
    return render_template("farewell.html", farewell=Farewell(**said))


def _left_behind() -> tuple[int, int]:
    """Points that would be lost, and open vouchers that would be given back."""
    person = resident()
    if person.book is None:
        return 0, 0
    today = dates.today()
    with runtime().database.reading() as db:
        points = spendable_points(db, book=person.book, account=person.account, today=today)
        return points, count_open(db, book=person.book, holder=chart.holder(person.account), today=today)
