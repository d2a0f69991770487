"""Cases: what the review rules held or marked, and what people decide on it.

::

              undone at the counter, or the resident left
    open ─┬──────────────────────────────────────────────▶ withdrawn
          │
          ├─ approved ──▶ approved                              the action is in the ledger
          │                  ▲
          └─ refused ──▶ refused ── appealed ──▶ appealed ─┬─ approved, by another person ──▶ approved
                            │                              └─ refused, by another person ───▶ refused_finally
                            └─ nobody appealed in time ─────────────────────────────────────▶ refused_finally

    marked            booked already: to be looked at, and nothing to be decided

The points of an action are held in the budget until its case is approved, withdrawn or refused finally, so that an
appeal that is won never finds the budget empty (decision 19). Each arrow is a conditional UPDATE whose row count is
looked at: of two who decide at the same time one is told CaseDecided.

Nobody decides on their own action nor on one that they booked, and the second look is never the first one's.
"""

from greenlife.cases.appealing import appeal_case, close_unappealed, find_unappealed
from greenlife.cases.case import CaseRow, CaseView, Decided, Reason, Recent, Related
from greenlife.cases.deciding import decide_case
from greenlife.cases.evidence import get_case
from greenlife.cases.forgetting import KEPT_FOR, forget_cases
from greenlife.cases.own import OwnCaseView, find_check, get_own_case, list_own_cases
from greenlife.cases.queue import TABS, CasePage, count_cases, list_cases
from greenlife.cases.states import (
    APPEAL_DAYS,
    APPROVAL_REASONS,
    DECISIONS,
    FIRST,
    LOOKS,
    REASONS_OF,
    REFUSAL_REASONS,
    REVIEW_DAYS,
    SECOND,
)

__all__ = [
    "APPEAL_DAYS",
    "APPROVAL_REASONS",
    "DECISIONS",
    "FIRST",
    "KEPT_FOR",
    "LOOKS",
    "REASONS_OF",
    "REFUSAL_REASONS",
    "REVIEW_DAYS",
    "SECOND",
    "TABS",
    "CasePage",
    "CaseRow",
    "CaseView",
    "Decided",
    "OwnCaseView",
    "Reason",
    "Recent",
    "Related",
    "appeal_case",
    "close_unappealed",
    "count_cases",
    "decide_case",
    "find_check",
    "find_unappealed",
    "forget_cases",
    "get_case",
    "get_own_case",
    "list_cases",
    "list_own_cases",
]
