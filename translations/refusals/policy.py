"""Rules of points and campaigns: what cannot be proposed, approved or closed."""

from translations import N_
from translations.refusals.sentence import Refusal

_CORRECT = N_("Correct it and propose it again.")
_LOOK = N_("Open the list of rules again and look at what is there now.")

POLICY: dict[str, Refusal] = {
    "points_invalid.negative": Refusal(
        N_("Points cannot be below zero"), N_("A rule gives points and never takes any."), _CORRECT
    ),
    "points_invalid.order": Refusal(
        N_("The least is more than the most"),
        N_("An action earns at least 1 point, and the least is not above the most."),
        _CORRECT,
    ),
    "points_invalid.too_many": Refusal(
        N_("These are too many points"), N_("A rule gives at most %(most)s points for an action."), _CORRECT
    ),
    "points_invalid.several_units": Refusal(
        N_("This action has several units"),
        N_("Points for each unit need an action that is counted in one."),
        N_("Set the points for each unit to 0."),
    ),
    "points_invalid": Refusal(N_("These points cannot be"), "", _CORRECT),
    "multiplier_invalid": Refusal(
        N_("This multiplier cannot be"),
        N_("It is more than 1 and at most %(most)s, with at most two decimals."),
        _CORRECT,
    ),
    "window_invalid": Refusal(
        N_("The last day is before the first"), N_("It was to begin on %(since)s and to end on %(until)s."), _CORRECT
    ),
    "budget_invalid": Refusal(
        N_("This budget cannot be"), N_("It is 1 to %(most)s points for each district."), _CORRECT
    ),
    "titles_missing": Refusal(
        N_("The campaign has no title"),
        N_("Residents read it on their receipts, in Chinese and in English."),
        N_("Give both titles, at most 40 characters each."),
    ),
    "draft_unknown": Refusal(N_("There is no such draft"), N_("Nothing of this number was proposed."), _LOOK),
    "own_draft": Refusal(
        N_("You proposed this yourself"),
        N_("Two people decide about points: whoever proposes does not approve."),
        N_("Ask another city administrator to look at it."),
    ),
    "draft_settled": Refusal(N_("This was decided already"), N_("Somebody approved or withdrew it before you."), _LOOK),
    "starts_too_soon": Refusal(
        N_("This would begin too soon"),
        N_("Nobody’s points change on the same day or in the past: the first day that can be had is %(earliest)s."),
        N_("Propose it again with a later first day."),
    ),
    "rules_overlap": Refusal(
        N_("Another rule is in the way"),
        N_("Rule %(rule)s is approved for the same action and evidence on some of these days."),
        N_("Choose other days. Within a rule without an end, a later one can begin at any time."),
    ),
    "campaign_not_open": Refusal(
        N_("This campaign is not open"),
        N_("Only a campaign that was approved and not closed yet can be closed."),
        _LOOK,
    ),
}
