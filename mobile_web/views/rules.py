"""The city's desk of points: rules and campaigns, proposed by one person and decided by another."""

from datetime import timedelta

from flask import make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from sqlalchemy.orm import Session

from greenlife.errors import DraftUnknown, GreenlifeError
from greenlife.models import Campaign, PolicyRule
from greenlife.policy import (
    Draft,
    approve,
    close_campaign,
    count_people,
    draft_of,
    earliest_day,
    find_draft,
    find_labels,
    list_policy,
    propose,
    simulate,
    view_campaign,
    withdraw,
)
from mobile_web.pages import leave_note, pages
from mobile_web.presenters import dates, numbers, rule_forms
from mobile_web.presenters import rules as words
from mobile_web.presenters.desk_side import side
from mobile_web.presenters.refusals import refused
from mobile_web.refusals import status_of
from mobile_web.web import Page, now, runtime, staff, staff_only

city_admin = staff_only("city_admin")
SIMULATED_DAYS = 30


@pages.get("/desk/rules")
@city_admin
def rules() -> Page:
    """What is in force, what waits for somebody, and what campaigns have left."""
    with runtime().database.reading() as session:
        found = list_policy(session, runtime().programme, today=dates.today())
        lines = [*map(words.campaign_line, found.campaigns), *map(words.rule_line, found.rules)]
    return render_template(
        "desk_rules.html",
        drafts=[line for line in lines if line.state == "draft"],
        others=[line for line in lines if line.state != "draft"],
        in_force=[words.in_force(one) for one in found.in_force],
        **side(),
    )


@pages.get("/desk/rules/propose")
@city_admin
def proposal() -> Page:
    return _form()


@pages.post("/desk/rules/propose")
@city_admin
def send_proposal() -> Page:
    """The form that was filled in, as a draft; what is wrong is said above it, and what was typed is still there."""
    try:
        with runtime().database.writing() as session:
            done = propose(
                session,
                runtime().programme,
                staff=staff(),
                draft=_sent(),
                now=now(),
                entropy=runtime().entropy,
            )
    except GreenlifeError as error:
        return make_response(_form(error), status_of(error))
    leave_note(gettext("Proposed. Another city administrator decides"))
    return redirect(url_for("pages.draft", draft=done.id), 303)


@pages.get("/desk/rules/<draft>")
@city_admin
def draft(draft: str) -> Page:
    """One draft with what it would have cost, or what became of it."""
    return _draft_page(draft)


@pages.post("/desk/rules/<draft>/approve")
@city_admin
def approve_draft(draft: str) -> Page:
    try:
        with runtime().database.writing() as session:
            approve(session, runtime().programme, staff=staff(), draft_id=draft, now=now(), entropy=runtime().entropy)
    except GreenlifeError as error:
        return _too_late(draft, error)
    leave_note(gettext("Approved. It begins on its first day"))
    return redirect(url_for("pages.draft", draft=draft), 303)


@pages.post("/desk/rules/<draft>/withdraw")
@city_admin
def withdraw_draft(draft: str) -> Page:
    try:
        with runtime().database.writing() as session:
            withdraw(session, runtime().programme, staff=staff(), draft_id=draft, now=now())
    except GreenlifeError as error:
        return _too_late(draft, error)
    leave_note(gettext("Withdrawn. Nothing changes"))
    return redirect(url_for("pages.rules"), 303)


@pages.post("/desk/rules/<draft>/close")
@city_admin
def end_campaign(draft: str) -> Page:
    try:
        with runtime().database.writing() as session:
            left = close_campaign(
                session, runtime().programme, staff=staff(), campaign_id=draft, now=now(), entropy=runtime().entropy
            )
    except GreenlifeError as error:
        return _too_late(draft, error)
    leave_note(gettext("Closed. %(points)s went back to the city", points=numbers.points(left)))
    return redirect(url_for("pages.draft", draft=draft), 303)


def _too_late(draft: str, error: GreenlifeError) -> Page:
    """The draft as it stands by now, which says who decided; the bare refusal where there is none."""
    try:
        return make_response(_draft_page(draft, error), status_of(error))
    except DraftUnknown:
        raise error from None


def _draft_page(draft: str, error: GreenlifeError | None = None) -> str:
    today, programme = dates.today(), runtime().programme
    with runtime().database.reading() as session:
        row = find_draft(session, draft)
        proposed = draft_of(row)
        result = simulate(
            session,
            programme,
            draft=proposed,
            since=today - timedelta(days=SIMULATED_DAYS - 1),
            until=today,
            today=today,
        )
        count_people(session, programme, draft=proposed, result=result)
        line, labels = _line(session, row), find_labels(session, row)
    begins = row.valid_from if isinstance(row, PolicyRule) else row.starts_on
    in_time = begins >= earliest_day(programme, now())
    return render_template(
        "desk_draft.html",
        line=line,
        error=refused(error) if error else None,
        terms=[*words.terms(proposed), *words.steps(row, labels)],
        report=words.report(result),
        is_own=row.proposed_by == staff().id,
        in_time=in_time,
        can_withdraw=row.state == "draft" or (isinstance(row, PolicyRule) and row.state == "approved" and in_time),
        can_close=isinstance(row, Campaign) and row.state == "approved",
        **side(),
    )


def _sent() -> Draft:
    form = request.form
    return rule_forms.read_campaign(form) if form.get("kind") == "campaign" else rule_forms.read_rule(form)


def _form(error: GreenlifeError | None = None) -> str:
    return render_template(
        "desk_propose.html",
        error=refused(error) if error else None,
        kind=request.values.get("kind", "rule"),
        sent=request.form,
        ways=rule_forms.ways(),
        choices=rule_forms.choices(),
        earliest=earliest_day(runtime().programme, now()).isoformat(),
        **side(),
    )


def _line(session: Session, row: PolicyRule | Campaign) -> words.Line:
    if isinstance(row, PolicyRule):
        return words.rule_line(row)
    return words.campaign_line(view_campaign(session, row, today=dates.today()))
