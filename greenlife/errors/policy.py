"""Rules of points and campaigns that cannot be proposed, or not be decided that way."""

from greenlife.errors.base import Forbidden, Invalid, NotFound, Refused


class PointsInvalid(Invalid):
    """``params``: problem (negative, order, too_many, several_units), most."""

    code = "points_invalid"


class MultiplierInvalid(Invalid):
    """``params``: most."""

    code = "multiplier_invalid"


class WindowInvalid(Invalid):
    """The last day is before the first; ``params``: since, until."""

    code = "window_invalid"


class BudgetInvalid(Invalid):
    """``params``: most."""

    code = "budget_invalid"


class TitlesMissing(Invalid):
    """A campaign without a title in each language that is needed."""

    code = "titles_missing"


class DraftUnknown(NotFound):
    code = "draft_unknown"


class OwnDraft(Forbidden):
    """Who proposes does not approve."""

    code = "own_draft"


class DraftSettled(Refused):
    """Somebody has decided already; ``params``: state (approved, withdrawn, closed)."""

    code = "draft_settled"


class StartsTooSoon(Refused):
    """``params``: earliest, the first local day that can be had."""

    code = "starts_too_soon"


class RulesOverlap(Refused):
    """An approved rule of the same action and evidence is in the way; ``params``: rule."""

    code = "rules_overlap"


class CampaignNotOpen(Refused):
    """Only what was approved and is not closed yet can be closed; ``params``: state."""

    code = "campaign_not_open"
