"""Cases in words: lines of the queue, and one with its evidence."""

from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext

from greenlife.cases import REASONS_OF, CaseRow, CaseView, Decided, Reason, Recent, Related
from greenlife.models import Site
from mobile_web.languages import pick
from mobile_web.presenters import actions, dates, numbers, reasons
from mobile_web.presenters.actions import Evidence
from mobile_web.presenters.numbers import Mass
from mobile_web.presenters.refusals import words
from mobile_web.web import now, runtime, staff

PHOTO = "pages.review_photo"
"""The endpoint that shows a case's photo, where there is one."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One case of the queue; ``due`` is until when the resident was promised a decision, ``is_late`` that it is over."""

    id: str
    icon: str
    what: str
    note: str
    due: str
    is_late: bool
    points: str
    reasons: list[str]
    state: str
    tone: str
    is_own: bool


def line(row: CaseRow) -> Line:
    parts = [dates.moment(row.occurred_at), _place(row.site), row.phone, _district(row.book)]
    return Line(
        id=row.id,
        icon=actions.icon_name(row.action, row.material),
        what=actions.headline(row.action, row.material, str(row.quantity), row.unit),
        note=" · ".join(part for part in parts if part),
        due=dates.day(dates.local(row.answer_by).date()) if row.answer_by else "",
        is_late=row.answer_by is not None and row.answer_by < now(),
        points=numbers.signed_points(row.points),
        reasons=[reasons.title(code, params) for code, params in row.noticed],
        state=state_word(row.state),
        tone={"approved": "green", "refused": "warn", "refused_finally": "warn"}.get(row.state, ""),
        is_own=row.is_own,
    )


def state_word(state: str) -> str:
    """Where a case stands, for who reviews."""
    return {
        "open": gettext("Waits"),
        "appealed": gettext("Second look"),
        "marked": gettext("Marked only"),
        "approved": gettext("Approved"),
        "refused": gettext("Refused, can be appealed"),
        "refused_finally": gettext("Refused for good"),
        "withdrawn": gettext("Taken back"),
    }.get(state, state)


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a rule said, with lines of what it rests on; ``more`` counts those that are not shown."""

    title: str
    sentence: str
    held: bool
    related: list[tuple[str, str]]
    more: str


@dataclass(frozen=True, kw_only=True)
class Said:
    """A decision: what, why, who and when."""

    what: str
    why: str
    who: str
    when: str


@dataclass(frozen=True, kw_only=True)
class CasePage:
    """What a case's page says; ``look`` is first or second where something can be decided."""

    id: str
    icon: str
    what: str
    state: str
    facts: list[tuple[str, str]]
    evidence: Evidence
    books: str
    mass: Mass
    points: str
    photo: str
    told: list[Told]
    recent: list[tuple[str, str]]
    others: str
    first: Said | None
    appealed: str
    appeal_until: str
    second: Said | None
    look: str
    is_marked: bool
    barred: str


def page(view: CaseView) -> CasePage:
    return CasePage(
        id=view.id,
        icon=actions.icon_name(view.action, view.material),
        what=actions.headline(view.action, view.material, str(view.quantity), view.unit),
        state=state_word(view.state),
        facts=_facts(view),
        evidence=actions.evidence(view.tier),
        books=_books(view.state),
        mass=numbers.mass(view.mg),
        points=numbers.signed_points(view.points),
        photo=_photo(view),
        told=[_told(one) for one in view.reasons],
        recent=[_kind(*one) for one in view.recent.kinds],
        others=_others(view.recent),
        first=_said(view.first),
        appealed=dates.moment(view.appealed_at) if view.appealed_at else "",
        appeal_until=dates.moment(view.appeal_until) if view.appeal_until and view.state == "refused" else "",
        second=_said(view.second),
        look={"open": "first", "appealed": "second"}.get(view.state, ""),
        is_marked=view.state == "marked",
        barred=words(view.barred, {}).title if view.barred else "",
    )


def choices(decision: str) -> list[tuple[str, str]]:
    """The reasons that a decision can have."""
    return [(reason, reasons.of_decision(reason)) for reason in REASONS_OF[decision]]


def _books(state: str) -> str:
    """What the figures of a case are."""
    if state in {"approved", "marked"}:
        return gettext("Booked")
    return gettext("Would have booked") if state in {"refused_finally", "withdrawn"} else gettext("Would book")


def _facts(view: CaseView) -> list[tuple[str, str]]:
    found = [
        (gettext("Resident"), view.phone),
        (gettext("Happened"), dates.moment(view.occurred_at)),
        (gettext("Place"), _place(view.site)),
        (gettext("Recorded by"), pick(dict(view.staff_label)) if view.staff_label else gettext("the resident")),
        (gettext("Phone and place"), _distance(view.metres_away, view.accuracy_metres)),
        (gettext("Took"), gettext("%(minutes)s min", minutes=numbers.integer(view.minutes)) if view.minutes else ""),
        (gettext("The phone moved"), reasons.metres(view.moved_metres) if view.moved_metres is not None else ""),
    ]
    return [(name, value) for name, value in found if value]


def _distance(metres: int | None, accuracy: int | None) -> str:
    if metres is None:
        return ""
    return gettext(
        "%(metres)s apart, ±%(accuracy)s", metres=reasons.metres(metres), accuracy=reasons.metres(accuracy or 0)
    )


def _told(reason: Reason) -> Told:
    more = reason.of - len(reason.related)
    return Told(
        title=reasons.title(reason.code, reason.params),
        sentence=reasons.for_reviewer(reason.code, reason.params),
        held=reason.outcome == "hold",
        related=[_related(one) for one in reason.related],
        more=gettext("and %(count)s more", count=numbers.integer(more)) if more > 0 and reason.related else "",
    )


def _related(one: Related) -> tuple[str, str]:
    what = actions.headline(one.action, one.material, str(one.quantity), one.unit)
    whose = "" if one.is_same_person else one.phone
    parts = (dates.moment(one.occurred_at), _place(one.site), actions.evidence(one.tier).word, whose)
    return what, " · ".join(part for part in parts if part)


def _kind(action: str, tier: str, times: int, points: int) -> tuple[str, str]:
    name = gettext("%(what)s, %(evidence)s", what=actions.subject(action, None), evidence=actions.evidence(tier).word)
    said = gettext("%(times)s×, %(points)s", times=numbers.integer(times), points=numbers.signed_points(points))
    return name, said


def _others(recent: Recent) -> str:
    return gettext(
        "Other cases: %(approved)s approved, %(refused)s refused, %(waiting)s waiting.",
        approved=numbers.integer(recent.approved),
        refused=numbers.integer(recent.refused),
        waiting=numbers.integer(recent.waiting),
    )


def _said(decided: Decided | None) -> Said | None:
    if decided is None:
        return None
    who = pick(dict(decided.label)) if decided.label else gettext("a desk that is no longer there")
    return Said(
        what=gettext("Approved") if decided.decision == "approved" else gettext("Refused"),
        why=reasons.of_decision(decided.reason),
        who=gettext("you") if decided.is_own else who,
        when=dates.moment(decided.at),
    )


def _photo(view: CaseView) -> str:
    if not view.has_photo:
        return ""
    return url_for(PHOTO, case_id=view.id)


def _place(site: Site | None) -> str:
    return pick(dict(site.names)) if site else ""


def _district(book: str) -> str:
    """Only the city's desk sees more than one."""
    return pick(dict(runtime().programme.city.district(book).names)) if staff().role == "city_admin" else ""
