"""Actions: their kinds, what one is worth, and the one place that books them."""

from greenlife.actions.bonuses import expected_quote
from greenlife.actions.booking import KIND, book_actions
from greenlife.actions.caps import give_back_caps
from greenlife.actions.claim import WIDEST_METRES, ActionClaim, Booked, Position, ResidentRef, State
from greenlife.actions.drafts import read_state
from greenlife.actions.foresight import foresee_refusals
from greenlife.actions.pending import confirm_pending, end_hold, refuse_pending, withdraw_all, withdraw_pending
from greenlife.actions.quantity import parse_quantity
from greenlife.actions.quote import METHOD_NO_GRAMS, Quote, quote_action
from greenlife.actions.recompute import CreditDifference, check_credit, derive_credit
from greenlife.actions.retention import (
    PHOTO_HASHES_KEPT_FOR,
    TRACES,
    TRACES_KEPT_FOR,
    Trace,
    find_traces,
    forget_traces,
)
from greenlife.actions.tallies import take_back_record
from greenlife.policy import CITY_FUND

__all__ = [
    "CITY_FUND",
    "KIND",
    "METHOD_NO_GRAMS",
    "PHOTO_HASHES_KEPT_FOR",
    "TRACES",
    "TRACES_KEPT_FOR",
    "WIDEST_METRES",
    "ActionClaim",
    "Booked",
    "CreditDifference",
    "Position",
    "Quote",
    "ResidentRef",
    "State",
    "Trace",
    "book_actions",
    "check_credit",
    "confirm_pending",
    "derive_credit",
    "end_hold",
    "expected_quote",
    "find_traces",
    "foresee_refusals",
    "forget_traces",
    "give_back_caps",
    "parse_quantity",
    "quote_action",
    "read_state",
    "refuse_pending",
    "take_back_record",
    "withdraw_all",
    "withdraw_pending",
]
