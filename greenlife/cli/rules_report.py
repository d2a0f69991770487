"""What `greenlife rules` prints: lines for people, in the language of the terminal."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from greenlife.checked_table import Texts
from greenlife.console import colon, console_locale, console_text
from greenlife.kinds import GROUPS, PointsRule
from greenlife.models import PolicyRule
from greenlife.policy import BY_FILE, CampaignView, Draft, PolicyList, RuleDraft, Simulation
from greenlife.policy.simulation import Cost
from greenlife.programme import Programme
from translations import N_, pick, texts_for

GROUP_WORDS = {
    "clothes": "Clothes", "food": "Food", "home": "Home", "travel": "Travel", "goods": "Goods and waste",
    "office": "Office", "sinks": "Carbon sinks",
}  # fmt: skip
"""As the catalogues know them, in the context "group"."""
STATES = {
    "draft": N_("draft"), "approved": N_("approved"), "withdrawn": N_("withdrawn"), "closed": N_("closed"),
    "coming": N_("coming"), "running": N_("running"), "over": N_("over"),
}  # fmt: skip


def report(programme: Programme, found: PolicyList) -> Iterator[str]:
    """The rules of today, then the proposals."""
    _ = console_text()
    for one in found.in_force:
        source = _("its file") if one.rule == BY_FILE else one.rule
        yield f"{_action(programme, one.action)} · {one.tier}{colon()}{points_words(one.points)} ({source})"
    yield ""
    for rule in found.rules:
        yield rule_line(programme, rule)
    for view in found.campaigns:
        yield from campaign_lines(programme, view)
    if not found.rules and not found.campaigns:
        yield _("Nothing was proposed yet.")


def rule_line(programme: Programme, rule: PolicyRule) -> str:
    _, end = console_text(), rule.valid_to.isoformat() if rule.valid_to else "…"
    return f"{rule.id} {_(STATES[rule.state])}{colon()}{_action(programme, rule.action)} · {rule.tier}, {rule.valid_from} – {end}"


def campaign_lines(programme: Programme, view: CampaignView) -> Iterator[str]:
    _, one = console_text(), view.campaign
    yield f"{one.id} {_(STATES[view.phase])}{colon()}{_text(one.titles)}, × {one.multiplier}, {one.starts_on} – {one.ends_on}"
    for book, left in view.left.items():
        yield _("  {district}: {left} of {budget} points left").format(
            district=_district(programme, book), left=left, budget=one.budget
        )


def points_words(points: PointsRule) -> str:
    """3 + 0.5 each, 1 to 10"""
    _ = console_text()
    each = _("{per_unit} each").format(per_unit=points.per_unit)
    return f"{points.base} + {each}, {points.least}–{points.most}" if points.per_unit else f"{points.base}"


def simulation_lines(programme: Programme, draft: Draft, result: Simulation) -> Iterator[str]:
    """A headline, a table for districts, groups and actions each, and what a campaign's budget would have left."""
    _ = console_text()
    about = (
        f"{_action(programme, draft.action)} · {draft.tier}" if isinstance(draft, RuleDraft) else _text(draft.titles)
    )
    yield f"{about}, {result.since} – {result.until}"
    groups = {group: cost for group in (*GROUPS, "") if (cost := result.by_group.get(group))}
    yield from _table(_("District"), result.by_district, lambda key: _district(programme, key))
    yield from _table(_("Group"), groups, _group)
    yield from _table(_("Action"), result.by_action, lambda key: _action(programme, key))
    yield _row(_("Total"), result.total)
    for book, use in result.budgets.items():
        yield _budget(_district(programme, book), use.left, use.ran_out)


def _budget(district: str, left: int, ran_out: date | None) -> str:
    _ = console_text()
    if ran_out is not None:
        return _("{district}: the budget would have run out on {day}").format(district=district, day=ran_out)
    return _("{district}: {left} points of the budget would be left").format(district=district, left=left)


def _table(heading: str, costs: Mapping[str, Cost], word: Callable[[str], str]) -> Iterator[str]:
    _ = console_text()
    yield _("{heading}: actions, points as they were, under the draft, difference").format(heading=heading)
    for key, cost in costs.items():
        yield f"  {_row(word(key), cost)}"


def _row(name: str, cost: Cost) -> str:
    return f"{name}{colon()}{cost.actions:,}  {cost.now:,}  {cost.draft:,}  {cost.difference:+,}"


def _group(group: str) -> str:
    return texts_for(console_locale()).pgettext("group", GROUP_WORDS[group]) if group else "–"


def _action(programme: Programme, action: str) -> str:
    kind = programme.actions.get(action)
    return _text(kind.titles) if kind else action


def _district(programme: Programme, book: str) -> str:
    return _text(programme.city.district(book).names)


def _text(texts: Texts) -> str:
    return pick(dict(texts), console_locale())
