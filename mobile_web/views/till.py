"""A merchant's till: accept a voucher once, and see what was accepted today."""

from datetime import datetime, timedelta

from flask import make_response, redirect, render_template, request, url_for
from flask_babel import ngettext
from sqlalchemy.orm import Session

from greenlife.codes import VoucherCode, parse_code
from greenlife.errors import CodeElsewhere, GreenlifeError
from ledger import LedgerError
from mobile_web.languages import pick
from mobile_web.pages import pages
from mobile_web.presenters import dates, numbers, tills
from mobile_web.presenters.refusals import refused
from mobile_web.refusals import status_of
from mobile_web.web import Page, form_key, now, reference, runtime, staff, staff_only
from rewards import (
    CaptureTotals,
    RewardsError,
    VoucherUsed,
    capture_voucher,
    list_captures,
    sum_captures,
)

clerks = staff_only("clerk")


@pages.get("/till")
@clerks
def till() -> Page:
    return _till()


@pages.post("/till/accept")
@clerks
def accept() -> Page:
    """Green or red at once; a reload of the green page accepts nothing again."""
    code = request.form.get("code", "")
    try:
        redemption = _capture(code)
    except VoucherUsed as error:
        return _used(error, code)
    except (GreenlifeError, RewardsError, LedgerError) as error:
        return _till(error, code)
    return redirect(url_for("pages.accepted", redemption=redemption), 303)


@pages.get("/till/accepted/<redemption>")
@clerks
def accepted(redemption: str) -> Page:
    """Only what this merchant accepted today is shown here; anything else leads back to the till."""
    with runtime().database.reading() as session:
        since, until = _today()
        page = list_captures(session, merchant_id=staff().scope, limit=200, day_from=since, day_until=until)
        totals = _totals(session)
    found = next((one for one in page.items if one.redemption_id == redemption), None)
    if found is None:
        return redirect(url_for("pages.till"), 303)
    return render_template("till_accepted.html", capture=tills.capture(found), totals=_sum(totals))


@pages.get("/till/today")
@clerks
def till_today() -> Page:
    with runtime().database.reading() as session:
        since, until = _today()
        page = list_captures(
            session, merchant_id=staff().scope, before=request.args.get("before"), day_from=since, day_until=until
        )
        totals = _totals(session)
    return render_template(
        "till_today.html", captures=[tills.capture(one) for one in page.items], totals=_sum(totals), next=page.next
    )


def _capture(text: str) -> str:
    code = parse_code(text, hosts=runtime().settings.hosts, typed_as="voucher")
    if not isinstance(code, VoucherCode):
        raise CodeElsewhere(found=code.found)
    with runtime().database.writing() as session:
        receipt = capture_voucher(
            session,
            code=code.code,
            merchant_id=staff().scope,
            clerk_id=staff().id,
            place=staff().label,
            reference=reference(),
            today=dates.today(),
            now=now(),
            entropy=runtime().entropy,
        )
    return receipt.redemption_id


def _till(error: Exception | None = None, typed: str = "") -> Page:
    with runtime().database.reading() as session:
        totals = _totals(session)
    page = render_template(
        "till.html",
        label=pick(dict(staff().label)),
        totals=_sum(totals),
        key=form_key(),
        typed=typed[:80],
        error=refused(error) if error else None,
    )
    return make_response(page, status_of(error) if error else 200)


def _used(error: VoucherUsed, code: str) -> Page:
    page = render_template("till_refused.html", refused=refused(error), first=tills.first_use(error), code=code[:20])
    return make_response(page, status_of(error))


def _today() -> tuple[datetime, datetime]:
    """The local day as [from, until)."""
    programme, today = runtime().programme, dates.today()
    return programme.midnight(today), programme.midnight(today + timedelta(days=1))


def _totals(session: Session) -> CaptureTotals:
    since, until = _today()
    return sum_captures(session, merchant_id=staff().scope, day_from=since, day_until=until)


def _sum(totals: CaptureTotals) -> tuple[str, str]:
    count = ngettext(
        "%(figure)s voucher", "%(figure)s vouchers", totals.vouchers, figure=numbers.integer(totals.vouchers)
    )
    return count, numbers.money(totals.value_cents)
