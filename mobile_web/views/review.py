"""The desk's queue of actions that wait for a person, and one of them with its evidence."""

from flask import make_response, redirect, render_template, request, url_for
from flask_babel import gettext, pgettext

from greenlife.cases import FIRST, SECOND, TABS, decide_case, get_case, list_cases
from greenlife.errors import GreenlifeError
from mobile_web.pages import leave_note, pages
from mobile_web.presenters import cases
from mobile_web.presenters.desk_side import side
from mobile_web.presenters.refusals import refused
from mobile_web.refusals import status_of
from mobile_web.web import Page, now, runtime, staff, staff_only

reviewers = staff_only("district_admin", "city_admin")
A_PAGE = 20


@pages.get("/desk/review")
@reviewers
def review() -> Page:
    tab = request.args.get("show", "")
    tab = tab if tab in TABS else "waiting"
    with runtime().database.reading() as session:
        page = list_cases(session, staff=staff(), tab=tab, after=request.args.get("after"), limit=A_PAGE)
    around = side()
    return render_template(
        "desk_review.html",
        tab=tab,
        tabs=_tabs(),
        lines=[cases.line(row) for row in page.items],
        next=page.next,
        **around,
    )


@pages.get("/desk/review/<case>")
@reviewers
def review_case(case: str) -> Page:
    return _case_page(case)


@pages.post("/desk/review/<case>")
@reviewers
def review_decide(case: str) -> Page:
    """The first look or the second one; the next case waits in the list.

    Whoever comes too late sees on the case's own page who decided before, and why.
    """
    look = SECOND if request.form.get("look") == SECOND else FIRST
    try:
        with runtime().database.writing() as session:
            decided = decide_case(
                session,
                runtime().programme,
                look=look,
                staff=staff(),
                case_id=case,
                decision=request.form.get("decision", ""),
                reason=request.form.get("reason", ""),
                now=now(),
                entropy=runtime().entropy,
            )
            state = decided.state
    except GreenlifeError as error:
        return _case_page(case, error)
    leave_note(
        gettext("Approved. It is booked")
        if state == "approved"
        else gettext("Refused. The resident is told the reason")
    )
    return redirect(url_for("pages.review", show="appeals" if look == SECOND else None), 303)


def _case_page(case: str, error: GreenlifeError | None = None) -> Page:
    with runtime().database.reading() as session:
        found = get_case(session, runtime().programme, staff=staff(), case_id=case)
    page = render_template(
        "desk_case.html",
        case=cases.page(found),
        decisions=[
            ("approved", pgettext("review", "Approve"), "solid", cases.choices("approved")),
            ("refused", gettext("Refuse"), "danger", cases.choices("refused")),
        ],
        error=refused(error) if error else None,
        **side(),
    )
    return make_response(page, status_of(error) if error else 200)


def _tabs() -> list[tuple[str, str]]:
    return [
        ("waiting", gettext("Waiting")),
        ("appeals", gettext("Appeals")),
        ("marked", gettext("Marked")),
        ("decided", gettext("Decided")),
    ]
