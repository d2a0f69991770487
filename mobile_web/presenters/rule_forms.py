"""The two forms of a proposal: what can be chosen, and what was sent."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from werkzeug.datastructures import MultiDict

from greenlife.actions import parse_quantity
from greenlife.errors import PeriodInvalid, QuantityInvalid
from greenlife.kinds import PointsRule
from greenlife.policy import CampaignDraft, RuleDraft
from mobile_web.languages import pick
from mobile_web.presenters import actions
from mobile_web.web import runtime

Form = MultiDict[str, str]
Choices = Sequence[tuple[str, str]]


def ways() -> Choices:
    """Each action by each kind of evidence."""
    return [
        (f"{action}:{tier}", f"{actions.subject(action, None)} · {actions.evidence(tier).word}")
        for action, kind in runtime().programme.actions.items()
        for tier in kind.tiers
    ]


def choices() -> list[tuple[str, Choices]]:
    """What a campaign can be limited to, by the name of its field."""
    programme = runtime().programme
    return [
        ("districts", [(one.id, pick(dict(one.names))) for one in programme.city.districts]),
        ("tiers", [(tier, actions.evidence(tier).word) for tier in programme.tiers]),
        ("actions", [(action, actions.subject(action, None)) for action in programme.actions]),
    ]


def read_rule(form: Form) -> RuleDraft:
    """Raises QuantityInvalid for what is no number, and PeriodInvalid for what is no day."""
    action, _, tier = form.get("way", "").partition(":")
    return RuleDraft(
        action=action,
        tier=tier,
        points=PointsRule(
            base=_whole(form, "base"),
            per_unit=_number(form, "per_unit"),
            least=_whole(form, "least"),
            most=_whole(form, "most"),
        ),
        valid_from=_day(form, "valid_from"),
        valid_to=_day(form, "valid_to") if form.get("valid_to", "").strip() else None,
    )


def read_campaign(form: Form) -> CampaignDraft:
    """Raises as ``read_rule`` does; where nothing is chosen, all is meant."""
    return CampaignDraft(
        titles={"zh-CN": form.get("title_zh", "").strip(), "en": form.get("title_en", "").strip()},
        multiplier=_number(form, "multiplier"),
        starts_on=_day(form, "starts_on"),
        ends_on=_day(form, "ends_on"),
        budget=_whole(form, "budget"),
        actions=tuple(form.getlist("actions")) or None,
        tiers=tuple(form.getlist("tiers")) or None,
        districts=tuple(form.getlist("districts")) or None,
    )


def _number(form: Form, name: str) -> Decimal:
    return parse_quantity(form.get(name, ""))


def _whole(form: Form, name: str) -> int:
    value = _number(form, name)
    if value != value.to_integral_value():
        raise QuantityInvalid(text=form.get(name, ""))
    return int(value)


def _day(form: Form, name: str) -> date:
    try:
        return date.fromisoformat(form.get(name, "").strip())
    except ValueError:
        raise PeriodInvalid from None
