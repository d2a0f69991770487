"""What may be decided on held actions, by whom, and until when."""

from greenlife.errors.base import Forbidden, Invalid, NotFound, Refused


class CaseUnknown(NotFound):
    code = "case_unknown"


class CaseDecided(Refused):
    """Somebody decided on this action before, or it was taken back."""

    code = "case_decided"


class DecisionInvalid(Invalid):
    """No such decision, or a reason that is not one of it."""

    code = "decision_invalid"


class OwnCase(Forbidden):
    """Nobody decides on their own action, nor on one that they booked."""

    code = "own_case"


class SameReviewer(Forbidden):
    """The second look is another person's than the first."""

    code = "same_reviewer"


class NothingToAppeal(Refused):
    """The action was not refused."""

    code = "nothing_to_appeal"


class AppealedAlready(Refused):
    """There is one appeal; ``params``: at (UTC)."""

    code = "appealed_already"


class AppealTooLate(Refused):
    """``params``: until (UTC)."""

    code = "appeal_too_late"
