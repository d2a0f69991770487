"""Everything the programme can refuse, as one tree.

    GreenlifeError
    ├── ConfigInvalid                   the installation does not start
    │   └── NotADemo
    ├── Invalid (422)                   the request itself is wrong
    │   ├── PhoneInvalid  CodeFormInvalid  QuantityInvalid  QuantityOutOfRange  UnitUnknown
    │   ├── MaterialUnknown  ReasonMissing  MappingInvalid  PeriodInvalid
    │   └── PrivacyVersionStale
    ├── Unauthenticated (401)
    │   └── SignInRequired  SignInCodeWrong  SignInCodeExpired
    ├── Forbidden (403)
    │   └── RoleRequired  OtherDistrict  OtherSite  OtherResident
    ├── NotFound (404)
    │   └── DistrictUnknown  TownUnknown  ActionUnknown  CodeUnknown  VisitUnknown  RecordUnknown  MethodologyUnknown
    │       StaffUnknown
    ├── Refused (409)                   understood, and the rules say no
    │   ├── CodeForeign  CodeForged  CodeExpired  CodeUsed  CodeElsewhere  OwnCode  PosterClosed  TierNotAccepted
    │   ├── CapReached  PlaceCapReached  BudgetEmpty  EvidenceClaimed
    │   ├── HomeMissing  HomeLocked  PrivacyMissing
    │   └── VisitOver  UndoTooLate  UndoneAlready  PointsSpentAlready
    └── TooMany (429)
        └── TooManyCodes  TooManyTries

``code`` is stable and public; ``kind`` says what a face makes of it; ``params`` fill the sentence, which the
catalogues hold. ``str(error)`` is for logs only.
"""

from typing import ClassVar


class GreenlifeError(Exception):
    """A refusal with a stable code; nothing was changed."""

    code: ClassVar[str] = "error"
    kind: ClassVar[str] = "refused"

    def __init__(self, **params: object) -> None:
        super().__init__(f"{self.code} {params}" if params else self.code)
        self.params: dict[str, object] = params


class ConfigInvalid(GreenlifeError):
    """A setting or a data file is wrong; ``params``: where, key, why."""

    code = "config_invalid"
    kind = "invalid"


class NotADemo(ConfigInvalid):
    """A demo setting on a database that the demo did not make; ``params``: where, key, why."""

    code = "not_a_demo"


# The request itself is wrong.
class Invalid(GreenlifeError):
    kind = "invalid"


class PhoneInvalid(Invalid):
    code = "phone_invalid"


class CodeFormInvalid(Invalid):
    """A one-time code that is not six digits."""

    code = "code_form_invalid"


class QuantityInvalid(Invalid):
    """Not a plain number; ``params``: text."""

    code = "quantity_invalid"


class QuantityOutOfRange(Invalid):
    """``params``: least, most, unit."""

    code = "quantity_out_of_range"


class UnitUnknown(Invalid):
    """``params``: unit, known."""

    code = "unit_unknown"


class MaterialUnknown(Invalid):
    """``params``: material."""

    code = "material_unknown"


class ReasonMissing(Invalid):
    code = "reason_missing"


class MappingInvalid(Invalid):
    """A feed's mapping does not fit its file; ``params``: where, why."""

    code = "mapping_invalid"


class PeriodInvalid(Invalid):
    code = "period_invalid"


class PrivacyVersionStale(Invalid):
    """The notice accepted is not the one in force; ``params``: version."""

    code = "privacy_version_stale"


# Who are you?
class Unauthenticated(GreenlifeError):
    kind = "unauthenticated"


class SignInRequired(Unauthenticated):
    code = "sign_in_required"


class SignInCodeWrong(Unauthenticated):
    """``params``: tries_left."""

    code = "sign_in_code_wrong"


class SignInCodeExpired(Unauthenticated):
    code = "sign_in_code_expired"


# Not yours.
class Forbidden(GreenlifeError):
    kind = "forbidden"


class RoleRequired(Forbidden):
    """``params``: role."""

    code = "role_required"


class OtherDistrict(Forbidden):
    code = "other_district"


class OtherSite(Forbidden):
    code = "other_site"


class OtherResident(Forbidden):
    code = "other_resident"


# No such thing.
class NotFound(GreenlifeError):
    kind = "not_found"


class DistrictUnknown(NotFound):
    code = "district_unknown"


class TownUnknown(NotFound):
    code = "town_unknown"


class ActionUnknown(NotFound):
    code = "action_unknown"


class MethodologyUnknown(NotFound):
    code = "methodology_unknown"


class CodeUnknown(NotFound):
    """Nothing of ours; the text of the code is not repeated."""

    code = "code_unknown"


class VisitUnknown(NotFound):
    code = "visit_unknown"


class RecordUnknown(NotFound):
    code = "record_unknown"


class StaffUnknown(NotFound):
    """No desk or counter belongs to this phone."""

    code = "staff_unknown"


# The rules say no.
class Refused(GreenlifeError):
    kind = "refused"


class CodeForeign(Refused):
    """A code of another city or system; ``params``: host."""

    code = "code_foreign"


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
    """A good code shown in the wrong place; ``params``: found (poster, resident, voucher)."""

    code = "code_elsewhere"


class OwnCode(Refused):
    """Nobody scans their own code."""

    code = "own_code"


class PosterClosed(Refused):
    code = "poster_closed"


class TierNotAccepted(Refused):
    """``params``: tier."""

    code = "tier_not_accepted"


class CapReached(Refused):
    """``params``: cap (times a day)."""

    code = "cap_reached"


class PlaceCapReached(Refused):
    """This place's code was already used today by the same resident; ``params``: at (UTC)."""

    code = "place_cap_reached"


class BudgetEmpty(Refused):
    """The district's fund cannot pay these points."""

    code = "budget_empty"


class EvidenceClaimed(Refused):
    """This piece of evidence was booked before; ``params``: at (UTC)."""

    code = "evidence_claimed"


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


# Too often.
class TooMany(GreenlifeError):
    kind = "too_many"


class TooManyCodes(TooMany):
    """``params``: seconds until the next one may be asked for."""

    code = "too_many_codes"


class TooManyTries(TooMany):
    code = "too_many_tries"
