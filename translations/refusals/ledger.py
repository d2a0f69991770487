"""What the ledger refuses. People meet few of these; the rest say that a program sent something wrong."""

from translations import N_
from translations.refusals.sentence import Refusal

_MALFORMED = Refusal(
    N_("This could not be recorded"),
    N_("The entry is not well-formed, so the ledger did not take it."),
    N_("Go back and try again. If it stays, tell the help line the code below."),
)
_MALFORMED_CODES = (
    "entry_invalid", "entry_empty", "too_many_legs", "duplicate_leg", "entry_unbalanced", "amount_invalid",
    "amount_out_of_range", "ledger_unit_unknown", "unit_mismatch", "floor_mismatch", "path_invalid", "name_invalid",
    "time_invalid", "details_invalid", "salt_invalid", "commitment_invalid", "not_a_mirror", "entry_refused",
    "balance_out_of_range", "entry_conflict", "id_conflict", "reversal_of_reversal", "reversal_of_hold",
    "ceiling_mismatch", "expiry_mismatch", "act_invalid", "hold_invalid", "not_of_hold", "account_not_empty",
    "account_held", "account_unknown", "hold_unknown", "leg_invalid",
)  # fmt: skip

LEDGER: dict[str, Refusal] = dict.fromkeys(_MALFORMED_CODES, _MALFORMED) | {
    "cursor_invalid": Refusal(
        N_("There is no such page"), N_("The address of the page is not complete."), N_("Begin with the first page.")
    ),
    "balance_too_low": Refusal(
        N_("The balance is too low"),
        N_("It is %(short_by)s short. No balance goes below zero."),
        N_("Look at the balance and try a smaller amount."),
    ),
    "already_reversed": Refusal(
        N_("This was already undone"), N_("Nothing is undone twice."), N_("Look it up in the records.")
    ),
    "balance_too_high": Refusal(
        N_("The account is full"),
        N_("It would be %(over_by)s above what it may hold."),
        N_("Try a smaller amount."),
    ),
    "account_closed": Refusal(
        N_("This account is closed"), N_("It takes nothing more."), N_("Tell the help line the code below.")
    ),
    "account_has_hold": Refusal(
        N_("Part of this account is held"),
        N_("It can be closed when what is held is used or released."),
        N_("Release the hold first, or wait until it ends."),
    ),
    "account_expired": Refusal(
        N_("These points have expired"), N_("Nothing can be spent after their last day."), N_("Look at the balance.")
    ),
    "hold_ended": Refusal(
        N_("Nothing is held any more"), N_("It was used, or given back."), N_("Look it up in the records.")
    ),
    "hold_overdue": Refusal(
        N_("The time for this is over"), N_("What was held goes back to its owner."), N_("Look it up in the records.")
    ),
    "not_in_log_yet": Refusal(
        N_("Not in the public log yet"),
        N_("The record stands. The log is signed about once a second, and this one is still waiting for it."),
        N_("Load the page again in a moment."),
    ),
    "reference_conflict": Refusal(
        N_("This form was already sent, with other content"),
        N_("Each form is recorded once."),
        N_("Open the page again and fill it in anew."),
    ),
    "entry_unknown": Refusal(
        N_("There is no such record"),
        N_("It belongs to somebody else, or the address is wrong."),
        N_("Look for it in the list."),
    ),
}
