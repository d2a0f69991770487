"""Points as policy: dated rules, campaigns with budgets, what a draft would have cost, and two people who decide.

draft ──a second person──▶ approved ──its first day──▶ in force ──▶ grants of an action ──▶ the ledger
"""

from greenlife.policy.bonus import Wanted, expect_bonus, give_back_bonus, take_bonuses
from greenlife.policy.decide import approve, find_draft, withdraw
from greenlife.policy.draft import CampaignDraft, Draft, RuleDraft, earliest_day
from greenlife.policy.funding import close_campaign, districts_of
from greenlife.policy.grant import BY_FILE, CITY_FUND, Grant
from greenlife.policy.in_force import FILES_ONLY, Policy, RunningCampaign, policy_on
from greenlife.policy.listing import (
    CampaignView,
    PolicyList,
    RuleInForce,
    draft_of,
    find_labels,
    list_policy,
    view_campaign,
)
from greenlife.policy.people import count_people
from greenlife.policy.proposal import Proposed, propose
from greenlife.policy.read import read_drafts
from greenlife.policy.simulation import BudgetUse, Cost, Simulation, simulate

__all__ = [
    "BY_FILE",
    "CITY_FUND",
    "FILES_ONLY",
    "BudgetUse",
    "CampaignDraft",
    "CampaignView",
    "Cost",
    "Draft",
    "Grant",
    "Policy",
    "PolicyList",
    "Proposed",
    "RuleDraft",
    "RuleInForce",
    "RunningCampaign",
    "Simulation",
    "Wanted",
    "approve",
    "close_campaign",
    "count_people",
    "districts_of",
    "draft_of",
    "earliest_day",
    "expect_bonus",
    "find_draft",
    "find_labels",
    "give_back_bonus",
    "list_policy",
    "policy_on",
    "propose",
    "read_drafts",
    "simulate",
    "take_bonuses",
    "view_campaign",
    "withdraw",
]
