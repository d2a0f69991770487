"""Actions: their kinds, what one is worth, and the one place that books them."""

from greenlife.actions.bonuses import expected_quote
from greenlife.actions.booking import KIND, book_actions
from greenlife.actions.caps import give_back_caps
from greenlife.actions.claim import ActionClaim, Booked, ResidentRef
from greenlife.actions.quantity import parse_quantity
from greenlife.actions.quote import METHOD_NO_GRAMS, Quote, quote_action
from greenlife.actions.recompute import CreditDifference, check_credit, derive_credit
from greenlife.policy import CITY_FUND

__all__ = [
    "CITY_FUND",
    "KIND",
    "METHOD_NO_GRAMS",
    "ActionClaim",
    "Booked",
    "CreditDifference",
    "Quote",
    "ResidentRef",
    "book_actions",
    "check_credit",
    "derive_credit",
    "expected_quote",
    "give_back_caps",
    "parse_quantity",
    "quote_action",
]
