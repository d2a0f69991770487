"""Understood, and the rules say no; or too often."""

from greenlife.errors.base import Refused, TooMany


class CodeForeign(Refused):
    """A code of another city or system; ``params``: host."""

    code = "code_foreign"


class CodeOfOtherCity(Refused):
    """A resident's code of another city's installation."""

    code = "code_other_city"


class CodeForged(Refused):
    """The code's proof does not fit its id."""

    code = "code_forged"


class CodeExpired(Refused):
    """A rotating code outside its half minute."""

    code = "code_expired"


class CodeUsed(Refused):
    """``params``: at (UTC)."""

    code = "code_used"


class CodeElsewhere(Refused):
    """A good code shown in the wrong place; ``params``: found (poster, kiosk, resident, voucher)."""

    code = "code_elsewhere"


class DeviceRevoked(Refused):
    """A genuine code of a phone that was signed out or whose sign-in is over."""

    code = "device_revoked"


class OwnCode(Refused):
    """Nobody scans their own code."""

    code = "own_code"


class PosterClosed(Refused):
    code = "poster_closed"


class ActionElsewhere(Refused):
    """This kind of place cannot vouch for the action; ``params``: action."""

    code = "action_elsewhere"


class KioskClosed(Refused):
    """The screen was taken out of use, or its place was."""

    code = "kiosk_closed"


class TierNotAccepted(Refused):
    """``params``: tier."""

    code = "tier_not_accepted"


class CapReached(Refused):
    """``params``: cap (times a day)."""

    code = "cap_reached"


class QuantityCapReached(Refused):
    """Enough of it for one person and day; ``params``: most, unit."""

    code = "quantity_cap_reached"


class TooSoon(Refused):
    """The least time between two has not passed; ``params``: until."""

    code = "too_soon"


class ClaimTooOld(Refused):
    """It happened too long ago to be claimed by such evidence; ``params``: days."""

    code = "claim_too_old"


class TooShort(Refused):
    """It was over sooner than it can be done; ``params``: seconds."""

    code = "duration_too_short"


class HouseholdCapReached(Refused):
    """``params``: cap (times a day, for all who live together)."""

    code = "household_cap_reached"


class HouseholdMissing(Refused):
    """The resident lives in no household that is known here."""

    code = "household_missing"


class InHousehold(Refused):
    """Whoever joins a household has left the one before."""

    code = "in_household"


class HouseholdFull(Refused):
    """``params``: most (members)."""

    code = "household_full"


class HouseholdElsewhere(Refused):
    """A household of another district."""

    code = "household_elsewhere"


class PlaceFull(Refused):
    """A place has recorded as much of it today as it may; ``params``: cap."""

    code = "place_full"


class PlaceCapReached(Refused):
    """This place's code was already used today by the same resident; ``params``: at (UTC)."""

    code = "place_cap_reached"


class BudgetEmpty(Refused):
    """The district's fund cannot pay these points."""

    code = "budget_empty"


class EvidenceClaimed(Refused):
    """This piece of evidence was booked before; ``params``: at (UTC)."""

    code = "evidence_claimed"


class PhotoUsed(Refused):
    """This very file was sent before, by whomever."""

    code = "photo_used"


class HomeMissing(Refused):
    """District and town are not chosen yet."""

    code = "home_missing"


class HomeLocked(Refused):
    """The first entry has fixed the home district."""

    code = "home_locked"


class PrivacyMissing(Refused):
    code = "privacy_missing"


class VisitOver(Refused):
    """The ten minutes are over; ``params``: at (UTC)."""

    code = "visit_over"


class UndoTooLate(Refused):
    """``params``: minutes."""

    code = "undo_too_late"


class UndoneAlready(Refused):
    """``params``: at (UTC)."""

    code = "undone_already"


class PointsSpentAlready(Refused):
    """The points of the record were spent, so it cannot be undone."""

    code = "points_spent_already"


class TooManyCodes(TooMany):
    """``params``: seconds until the next one may be asked for."""

    code = "too_many_codes"


class TooManyDevices(TooMany):
    """``params``: most (a day)."""

    code = "too_many_devices"


class TooManyPhotos(TooMany):
    """``params``: most (a day)."""

    code = "too_many_photos"


class TooManyTries(TooMany):
    code = "too_many_tries"
