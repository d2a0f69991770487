"""Offers, vouchers, and the till."""

from translations import N_
from translations.refusals.sentence import Refusal

REWARDS: dict[str, Refusal] = {
    "offer_invalid": Refusal(
        N_("This offer is not complete"), N_("Something is wrong with: %(field)s."), N_("Correct it and send it again.")
    ),
    "merchant_invalid": Refusal(
        N_("This merchant is not complete"),
        N_("Something is wrong with: %(field)s."),
        N_("Correct it and send it again."),
    ),
    "merchant_unknown": Refusal(
        N_("There is no such merchant"), N_("The city’s list does not have it."), N_("Choose one from the list.")
    ),
    "offer_unknown": Refusal(
        N_("There is no such offer"), N_("It was taken back, or the address is wrong."), N_("See what else there is.")
    ),
    "offer_not_open": Refusal(
        N_("This offer is not open"), N_("It runs from %(starts_on)s to %(ends_on)s."), N_("See what else there is.")
    ),
    "offer_not_open.not_yet": Refusal(
        N_("This offer has not begun"), N_("It begins on %(starts_on)s."), N_("Come back then.")
    ),
    "offer_not_open.over": Refusal(
        N_("This offer is over"), N_("Its last day was %(ends_on)s."), N_("See what else there is.")
    ),
    "offer_not_open.paused": Refusal(
        N_("This offer is paused"), N_("The merchant does not take it at the moment."), N_("See what else there is.")
    ),
    "offer_not_open.elsewhere": Refusal(
        N_("This offer is for another district"),
        N_("It is paid by that district’s sponsor."),
        N_("See what your own district offers."),
    ),
    "sold_out": Refusal(N_("None left"), N_("The last one has just gone."), N_("See what else there is.")),
    "limit_reached": Refusal(
        N_("You have had your share of this one"),
        N_("Each person can have %(limit)s."),
        N_("Leave some for others, and see what else there is."),
    ),
    "points_short": Refusal(
        N_("%(short_by)s points short"),
        N_("The offer costs more than you can spend today."),
        N_("A few more actions, and it is yours."),
    ),
    "redemption_unknown": Refusal(
        N_("There is no such voucher"),
        N_("It belongs to somebody else, or the address is wrong."),
        N_("Look for it under My vouchers."),
    ),
    "voucher_unknown": Refusal(
        N_("There is no voucher with this code"),
        N_("It was misread or mistyped."),
        N_("Compare the eight characters and enter them again."),
    ),
    "voucher_used": Refusal(
        N_("Already used"), N_("First used at %(at)s, %(place)s."), N_("Ask the customer for another voucher.")
    ),
    "voucher_expired": Refusal(
        N_("This voucher has expired"),
        N_("Its last day was %(last_day)s."),
        N_("The customer has the points back and can redeem again."),
    ),
    "voucher_returned": Refusal(
        N_("This voucher was given back"),
        N_("The customer took the points back at %(at)s."),
        N_("Ask the customer for another voucher."),
    ),
    "voucher_foreign": Refusal(
        N_("This voucher is for another shop"),
        N_("A voucher is accepted by the merchant named on it."),
        N_("Ask the customer to look at the shop on the voucher."),
    ),
}
