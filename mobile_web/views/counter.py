"""The counter of a recycling station: open a visit with the resident's code, weigh, take back what was wrong."""

from flask import make_response, redirect, render_template, request, url_for
from flask_babel import gettext

from greenlife.actions import parse_quantity
from greenlife.errors import ActionElsewhere, GreenlifeError
from greenlife.models import Site
from greenlife.scans import (
    UNDO_FOR,
    UNDO_REASONS,
    attended_kinds,
    get_visit,
    last_weighings,
    open_visit,
    record_attended,
    undo_weighing,
)
from ledger import LedgerError
from mobile_web.languages import pick
from mobile_web.pages import leave_note, pages
from mobile_web.presenters import actions, dates, numbers, weighing
from mobile_web.presenters.refusals import refused
from mobile_web.refusals import status_of
from mobile_web.web import Page, form_key, now, reference, runtime, staff, staff_only

attendants = staff_only("attendant")


@pages.get("/counter")
@attendants
def counter() -> Page:
    return _scan_page()


@pages.post("/counter/open")
@attendants
def open_a_visit() -> Page:
    code = request.form.get("code", "")
    try:
        with runtime().database.writing() as session:
            visit = open_visit(
                session,
                runtime().programme,
                staff=staff(),
                code=code,
                hosts=runtime().settings.hosts,
                reference=reference(),
                now=now(),
                entropy=runtime().entropy,
            )
    except GreenlifeError as error:
        return _scan_page(error, code)
    return redirect(url_for("pages.visit", visit=visit.id), 303)


@pages.get("/counter/visit/<visit>")
@attendants
def visit(visit: str) -> Page:
    return _weigh_page(visit, request.args.get("action", ""))


@pages.post("/counter/visit/<visit>")
@attendants
def weigh(visit: str) -> Page:
    """Books, and comes back to the same visit for the next one."""
    action, material = request.form.get("action", ""), request.form.get("material") or None
    try:
        with runtime().database.writing() as session:
            receipt = record_attended(
                session,
                runtime().programme,
                staff=staff(),
                visit_id=visit,
                action=action,
                material=material,
                quantity=parse_quantity(request.form.get("quantity", ""), actions.kind_of(action)),
                reference=reference(),
                now=now(),
                entropy=runtime().entropy,
            )
    except (GreenlifeError, LedgerError) as error:
        return _weigh_page(visit, action, error)
    booked = receipt.booked
    said = {
        "what": actions.subject(booked.action, material),
        "mass": numbers.mass(booked.mg).text,
        "points": numbers.signed_points(booked.points),
    }
    leave_note(
        gettext("Taken down: %(what)s, %(mass)s, %(points)s. It waits for a look", **said)
        if booked.state == "pending"
        else gettext("Recorded: %(what)s, %(mass)s, %(points)s", **said)
    )
    return redirect(url_for("pages.visit", visit=visit, action=action), 303)


@pages.get("/counter/last")
@attendants
def last_ten() -> Page:
    with runtime().database.reading() as session:
        found = last_weighings(session, staff=staff(), now=now())
    return render_template(
        "last_ten.html",
        site=_site_name(),
        rows=[weighing.row(one) for one in found],
        asked=request.args.get("undo", ""),
        reasons=[(reason, weighing.reason_word(reason)) for reason in UNDO_REASONS],
        key=form_key(),
        back=request.args.get("visit", ""),
        minutes=numbers.integer(int(UNDO_FOR.total_seconds()) // 60),
    )


@pages.post("/counter/undo/<entry>")
@attendants
def undo(entry: str) -> Page:
    with runtime().database.writing() as session:
        undo_weighing(
            session,
            runtime().programme,
            staff=staff(),
            entry_id=entry,
            reason=request.form.get("reason", ""),
            reference=reference(),
            now=now(),
            entropy=runtime().entropy,
        )
    leave_note(gettext("Undone. The undo is on record too"))
    return redirect(url_for("pages.last_ten"), 303)


def _scan_page(error: GreenlifeError | None = None, typed: str = "") -> Page:
    page = render_template(
        "counter.html",
        site=_site_name(),
        key=form_key(),
        typed=typed[:80],
        error=refused(error) if error else None,
    )
    return make_response(page, status_of(error) if error else 200)


def _weigh_page(visit_id: str, action: str, error: Exception | None = None) -> Page:
    with runtime().database.reading() as session:
        found = get_visit(session, runtime().programme, staff=staff(), visit_id=visit_id)
        last = last_weighings(session, staff=staff(), now=now(), limit=1)
    kinds = {kind.code: kind for kind in attended_kinds(runtime().programme, found.site)}
    kind = kinds.get(action) or next(iter(kinds.values()), None)
    if kind is None:
        raise ActionElsewhere(action=action)
    (unit,) = kind.units.values()
    page = render_template(
        "weigh.html",
        visit=found.id,
        kinds=[
            (one.code, one.icon, actions.subject(one.code, None), one is kind)
            for one in sorted(kinds.values(), key=lambda one: one is not kind)  # the chosen one in sight
        ],
        action=kind.code,
        site=pick(dict(found.site.names)),
        phone=found.phone,
        opened=dates.clock(found.opened_at),
        seconds_left=max(0, int((found.expires_at - now()).total_seconds())),
        until_clock=dates.clock(found.expires_at),
        ordinal=numbers.integer(found.ordinal),
        is_over=now() >= found.expires_at,
        materials=[(one.id, one.icon, pick(dict(one.titles))) for one in kind.materials.values()],
        most=numbers.quantity(unit.most, unit.unit),
        unit=actions.unit_word(unit.unit),
        whole=unit.decimals == 0,
        chosen=request.form.get("material", "") if error else "",
        typed=request.form.get("quantity", "")[:20] if error else "" if unit.decimals else "1",
        key=form_key(),
        last=weighing.row(last[0]) if last else None,
        error=refused(error) if error else None,
    )
    return make_response(page, status_of(error) if error else 200)


def _site_name() -> str:
    with runtime().database.reading() as session:
        site = session.get(Site, staff().scope)
        return pick(dict(site.names)) if site else pick(dict(staff().label))
