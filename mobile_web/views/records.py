"""The own records: a month of leaves, the list by day, and one record with its derivation."""

from contextlib import suppress
from datetime import date

from flask import redirect, render_template, request, url_for
from sqlalchemy.orm import Session

import ledger
from greenlife import chart
from greenlife.cases import appeal_case, find_check, get_own_case, list_own_cases
from greenlife.errors import AppealedAlready, CaseUnknown, RecordUnknown
from greenlife.models import Resident
from greenlife.scans import Record, resident_record, resident_records, resident_summary
from mobile_web.pages import pages
from mobile_web.presenters import calendar, dates, numbers, own_cases, proofs, receipt
from mobile_web.presenters import records as lists
from mobile_web.web import Page, now, resident, resident_only, runtime
from rewards import VoucherView, find_vouchers

A_PAGE = 20
MOST_PAGES_A_MONTH = 10
"""Two thousand records in a month; the calendar of somebody with more counts the newest ones."""


@pages.get("/records")
@resident_only
def records() -> Page:
    """The calendar is of the month asked for, the list goes on by cursor."""
    person, cursor = resident(), request.args.get("before")
    first = calendar.parse_month(request.args.get("month", ""))
    with runtime().database.reading() as session:
        page = resident_records(session, resident=person, before=cursor, limit=A_PAGE)
        days = lists.days(page.items, _vouchers(session, person, page.items))
        waiting = [] if cursor else list_own_cases(session, resident=person, now=now())
        month = None if cursor else calendar.month(first, _of_month(session, person, first), oldest=_beginning(person))
    return render_template(
        "records.html",
        days=days,
        month=month,
        next=page.next,
        waiting=[own_cases.row(one) for one in waiting],
    )


@pages.get("/records/<entry>")
@resident_only
def record(entry: str) -> Page:
    """One record; just after booking it is the receipt, with the new balance, or says that it waits for a look."""
    try:
        return _booked(entry)
    except RecordUnknown:
        return _waiting(entry)


@pages.post("/records/<entry>/appeal")
@resident_only
def appeal(entry: str) -> Page:
    """A second press means the same."""
    with suppress(AppealedAlready), runtime().database.writing() as session:
        appeal_case(session, resident=resident(), case_id=entry, now=now())
    return redirect(url_for("pages.record", entry=entry), 303)


def _waiting(entry: str) -> Page:
    with runtime().database.reading() as session:
        try:
            found = get_own_case(session, resident=resident(), case_id=entry, now=now())
        except CaseUnknown:
            raise RecordUnknown from None
    return render_template("waiting.html", case=own_cases.page(found), is_new=request.args.get("new") == "1")


def _booked(entry: str) -> Page:
    person, programme = resident(), runtime().programme
    with runtime().database.reading() as session:
        found = resident_record(session, programme, resident=person, entry_id=entry)
        vouchers = _vouchers(session, person, [found])
        summary = resident_summary(session, programme, resident=person, now=now())
        checked = find_check(session, resident=person, entry_id=entry)
        place = ledger.find_place(session, found.entry.book, entry)
    public = proofs.place(found.entry.book, place)
    title = lists.title(found, vouchers)
    if found.record is None:
        return render_template(
            "movement.html",
            entry=entry,
            heading=title,
            row=lists.row(found, vouchers),
            moment=dates.moment(found.entry.occurred_at),
            public=public,
        )
    return render_template(
        "receipt.html",
        receipt=receipt.receipt(found, title),
        is_new=request.args.get("new") == "1",
        balance=numbers.integer(summary.points),
        checked=dates.moment(checked) if checked else "",
        entry=entry,
        public=public,
    )


def _vouchers(session: Session, person: Resident, found: list[Record] | tuple[Record, ...]) -> dict[str, VoucherView]:
    return find_vouchers(
        session, book=person.book or "", holder=chart.holder(person.account), ids=lists.redemption_ids(found)
    )


def _of_month(session: Session, person: Resident, first: date) -> list[Record]:
    found: list[Record] = []
    cursor = None
    for _ in range(MOST_PAGES_A_MONTH):
        page = resident_records(session, resident=person, before=cursor, limit=200)
        found += page.items
        cursor = page.next
        if cursor is None or found[-1].entry.local_day < first:
            break
    return [one for one in found if (one.entry.local_day.year, one.entry.local_day.month) == (first.year, first.month)]


def _beginning(person: Resident) -> date:
    return runtime().programme.local_day(person.created_at)
