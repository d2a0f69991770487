"""The resident's start page: two balances, the scan button, today, and two ways on."""

from flask import redirect, render_template, url_for

from greenlife import chart
from greenlife.cases import list_own_cases
from greenlife.policy import policy_on
from greenlife.scans import records_on, resident_summary
from mobile_web.languages import pick
from mobile_web.pages import pages
from mobile_web.presenters import actions, dates, numbers, records
from mobile_web.refusals import home_endpoint
from mobile_web.web import Page, now, open_to_all, resident, resident_only, runtime, signed
from rewards import find_vouchers

MOST_SHOWN = 4
"""Of today's records; the others are one tap away."""


@pages.get("/")
@open_to_all
def home() -> Page:
    """Staff who come here meant their own start page."""
    caller = signed()
    return redirect(url_for(home_endpoint()), 303) if caller and caller.staff else _residents_home()


@resident_only
def _residents_home() -> Page:
    programme, person = runtime().programme, resident()
    with runtime().database.reading() as session:
        summary = resident_summary(session, programme, resident=person, now=now())
        today = records_on(session, resident=person, day=dates.today())
        vouchers = find_vouchers(
            session,
            book=person.book or "",
            holder=chart.holder(person.account),
            ids=records.redemption_ids(today),
        )
        policy = policy_on(session, dates.today(), today=dates.today())
        cases = list_own_cases(session, resident=person, now=now())
        rows = [records.row(record, vouchers) for record in today]
    waiting, refused = [one for one in cases if one.answer_by], [one for one in cases if one.appeal_until]
    done = {record.record.action for record in today if record.record}
    ends = summary.next_to_expire
    return render_template(
        "home.html",
        district=pick(dict(programme.city.district(person.book or "").names)),
        points=numbers.integer(summary.points),
        expiring=(numbers.points(ends.points), dates.end_of_month(ends.month)) if ends else None,
        carbon=numbers.mass(summary.carbon_year_mg, total=True),
        rows=rows[:MOST_SHOWN],
        count=len(rows),
        today=dates.day(dates.today()),
        is_new=not rows and not cases and not summary.carbon_total_mg and not summary.points,
        waiting=len(waiting),
        refused=len(refused),
        held_at=cases[0].entry_id if len(cases) == 1 else "",
        tips=actions.tips(done, policy),
    )
