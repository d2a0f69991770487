"""The reasons of a decision: the same words for who decides and for whose action it is, so none of them reproaches."""

from translations import N_

DECISION_REASONS: dict[str, str] = {
    "evidence_fits": N_("The evidence fits"),
    "explained": N_("There is an ordinary explanation"),
    "rule_wrong": N_("The automatic check was wrong"),
    "in_doubt": N_("It cannot be settled, so it counts"),
    "not_possible": N_("It does not fit the time and the place"),
    "used_before": N_("This evidence was counted before"),
    "does_not_show": N_("The evidence does not show the action"),
    "amount_wrong": N_("The amount does not fit"),
    "somebody_elses": N_("It was somebody else’s action"),
}
"""Code → message id."""
