"""Deciding on held actions, and asking for a second look."""

from translations import N_
from translations.refusals.sentence import Refusal

CASES: dict[str, Refusal] = {
    "case_unknown": Refusal(
        N_("There is no such case"),
        N_("It was closed long ago, its resident left, or the address is wrong."),
        N_("Look for it in the list."),
    ),
    "case_decided": Refusal(
        N_("Somebody decided on this already"),
        N_("The action does not wait any more."),
        N_("Look at the list again."),
    ),
    "decision_invalid": Refusal(
        N_("Choose a reason first"),
        N_("Each decision has reasons of its own, and the resident is told which one it was."),
        N_("Choose one of the reasons, then press the button below it."),
    ),
    "own_case": Refusal(
        N_("You cannot decide on this one"),
        N_("It is your own action, or one that you recorded for somebody."),
        N_("Leave it to a colleague."),
    ),
    "same_reviewer": Refusal(
        N_("The second look is somebody else’s"),
        N_("You decided on this one the first time."),
        N_("Leave it to a colleague."),
    ),
    "nothing_to_appeal": Refusal(
        N_("There is nothing to look at again"),
        N_("This record was not refused."),
        N_("Open the record to see how it stands."),
    ),
    "appealed_already": Refusal(
        N_("You have asked for a second look already"),
        N_("You asked at %(at)s, and each record is looked at again once."),
        N_("Open the record to see how it stands."),
    ),
    "appeal_too_late": Refusal(
        N_("It is too late to ask for a second look"),
        N_("That could be asked until %(until)s."),
        N_("If something is wrong, ask at the district’s counter."),
    ),
}
