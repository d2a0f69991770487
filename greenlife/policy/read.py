"""Drafts read from a TOML file; a mistake is named with file, line and key.

[[rule]]                    [[campaign]]
action = "bus_ride"         titles = { zh-CN = "…", en = "…" }
tier = "partner"            multiplier = "2"
…                           …
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from greenlife.checked_table import CheckedTable, open_table
from greenlife.kinds import PointsRule
from greenlife.policy.draft import CampaignDraft, Draft, RuleDraft, mistakes
from greenlife.programme import Programme
from translations.sentences import sentence


def read_drafts(file: Path, programme: Programme, *, now: datetime) -> list[Draft]:
    """The drafts of a file, at least one; raises ConfigInvalid."""
    with open_table(file) as table:
        found = [(one, _rule(one)) for one in table.tables("rule", least=0)]
        found += [(one, _campaign(one)) for one in table.tables("campaign", least=0)]
        if not found:
            raise table.wrong("rule", "there is neither a rule nor a campaign")
        for one, draft in found:
            for key, mistake in mistakes(programme, draft, now=now):
                said = sentence(mistake.code, mistake.params, str)
                raise one.wrong(key, f"{said.title}. {said.why} [{mistake.code}]")
    return [draft for _, draft in found]


def _rule(table: CheckedTable) -> Draft:
    draft = RuleDraft(
        action=table.string("action"),
        tier=table.string("tier"),
        points=PointsRule(
            base=table.integer("base"),
            per_unit=table.decimal("per_unit"),
            least=table.integer("least"),
            most=table.integer("most"),
        ),
        valid_from=table.day("valid_from"),
        valid_to=table.optional_day("valid_to"),
    )
    table.done()
    return draft


def _campaign(table: CheckedTable) -> Draft:
    names = dict(_names(table))
    draft = CampaignDraft(
        titles=table.texts("titles"),
        multiplier=table.decimal("multiplier"),
        starts_on=table.day("starts_on"),
        ends_on=table.day("ends_on"),
        budget=table.integer("budget"),
        actions=names.get("actions"),
        tiers=names.get("tiers"),
        districts=names.get("districts"),
    )
    table.done()
    return draft


def _names(table: CheckedTable) -> Iterator[tuple[str, tuple[str, ...]]]:
    for key in ("actions", "tiers", "districts"):
        if table.has(key):
            yield key, table.strings(key)
