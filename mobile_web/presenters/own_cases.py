"""The own actions that wait for a person or were refused: where each stands, why, and what happens next."""

from dataclasses import dataclass

from flask_babel import gettext

from greenlife.cases import APPEAL_DAYS, OwnCaseView
from mobile_web.languages import pick
from mobile_web.presenters import actions, dates, numbers, reasons
from mobile_web.presenters.actions import Evidence
from mobile_web.web import now


@dataclass(frozen=True, kw_only=True)
class OwnRow:
    """One line of the list."""

    id: str
    icon: str
    title: str
    note: str
    state: str
    tone: str
    points: str


@dataclass(frozen=True, kw_only=True)
class OwnCase:
    """What the page of one says; ``decided`` and ``second`` are what was decided and why, ``next_`` what comes."""

    id: str
    icon: str
    what: str
    place: str
    happened: str
    evidence: Evidence
    is_photo: bool
    points: str
    are_kept: bool
    state: str
    tone: str
    noticed: list[str]
    decided: str
    second: str
    next_: str
    appeal_until: str


def row(view: OwnCaseView) -> OwnRow:
    evidence = actions.evidence(view.tier).word
    return OwnRow(
        id=view.entry_id,
        icon=actions.icon_name(view.action, view.material),
        title=_what(view),
        note=gettext("%(time)s, %(evidence)s", time=dates.moment(view.occurred_at), evidence=evidence),
        state=state_word(view.state),
        tone=_tone(view.state),
        points=numbers.signed_points(view.points),
    )


def page(view: OwnCaseView) -> OwnCase:
    return OwnCase(
        id=view.entry_id,
        icon=actions.icon_name(view.action, view.material),
        what=_what(view),
        place=pick(dict(view.site.names)) if view.site else "",
        happened=dates.moment(view.occurred_at),
        evidence=actions.evidence(view.tier),
        is_photo=view.tier == "declared",
        points=numbers.signed_points(view.points),
        are_kept=view.state in {"open", "refused", "appealed"},
        state=state_word(view.state),
        tone=_tone(view.state),
        noticed=list(dict.fromkeys(reasons.for_resident(code, params) for code, params in view.noticed)),
        decided=reasons.of_decision(view.decision_reason),
        second=reasons.of_decision(view.second_reason),
        next_=_next(view),
        appeal_until=dates.moment(view.appeal_until) if view.appeal_until else "",
    )


def state_word(state: str) -> str:
    """Where it stands, for whose it is."""
    return {
        "open": gettext("Waits for a look"),
        "refused": gettext("Not recorded"),
        "appealed": gettext("Waits for a second look"),
        "refused_finally": gettext("Not recorded"),
        "withdrawn": gettext("Taken back"),
    }.get(state, state)


def _what(view: OwnCaseView) -> str:
    return actions.headline(view.action, view.material, str(view.quantity), view.unit)


def _tone(state: str) -> str:
    return "" if state in {"open", "appealed"} else "warn"


def _next(view: OwnCaseView) -> str:
    if view.answer_by and view.answer_by < now():
        return gettext("This takes longer than promised. It is not forgotten, and your points are kept.")
    by = dates.day(dates.local(view.answer_by).date()) if view.answer_by else ""
    if view.state == "open":
        return gettext("A person looks at it, and you are told here by %(day)s.", day=by)
    if view.state == "appealed":
        return gettext("Somebody else looks at it again, and you are told here by %(day)s.", day=by)
    if view.appeal_until:
        return gettext("If you see it differently, ask for a second look within %(days)s days.", days=APPEAL_DAYS)
    if view.state == "withdrawn":
        return gettext("It was taken back at the counter and counts towards nothing.")
    return gettext("This is decided. If you have questions, ask at the district’s counter.")
