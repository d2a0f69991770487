"""Actions: their kinds, what one is worth, and the one place that books them."""

from greenlife.actions.booking import CITY_FUND, book_actions
from greenlife.actions.claim import ActionClaim, Booked, ResidentRef
from greenlife.actions.quantity import parse_quantity
from greenlife.actions.quote import Quote, quote_action

__all__ = [
    "CITY_FUND",
    "ActionClaim",
    "Booked",
    "Quote",
    "ResidentRef",
    "book_actions",
    "parse_quantity",
    "quote_action",
]
