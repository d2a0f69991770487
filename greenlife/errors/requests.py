"""The request itself is wrong, or it is not yours to make."""

from greenlife.errors.base import Forbidden, GreenlifeError, Invalid, NotFound, Unauthenticated


class ConfigInvalid(GreenlifeError):
    """A setting or a data file is wrong; ``params``: where, key, why."""

    code = "config_invalid"
    kind = "invalid"


class NotADemo(ConfigInvalid):
    """A demo setting on a database that the demo did not make; ``params``: where, key, why."""

    code = "not_a_demo"


class PhoneInvalid(Invalid):
    code = "phone_invalid"


class CodeFormInvalid(Invalid):
    """A one-time code that is not six digits."""

    code = "code_form_invalid"


class PositionInvalid(Invalid):
    """Not a place on earth."""

    code = "position_invalid"


class QuantityInvalid(Invalid):
    """Not a plain number; ``params``: text, and of ("whole" or "decimal"), what its numbers look like."""

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


class InputMissing(Invalid):
    """A methodology needs more than the quantity; ``params``: input."""

    code = "input_missing"


class InputUnknown(Invalid):
    """``params``: input, known."""

    code = "input_unknown"


class ReasonMissing(Invalid):
    code = "reason_missing"


class MappingInvalid(Invalid):
    """A feed's mapping does not fit its file; ``params``: where, why."""

    code = "mapping_invalid"


class ActionInFuture(Invalid):
    """It has not happened yet, by more than clocks differ; ``params``: at (UTC)."""

    code = "action_in_future"


class StartMissing(Invalid):
    """The rules ask how long it took, and nobody said when it began."""

    code = "start_missing"


class StartAfterEnd(Invalid):
    code = "start_after_end"


class PeriodInvalid(Invalid):
    code = "period_invalid"


class PrivacyVersionStale(Invalid):
    """The notice accepted is not the one in force; ``params``: version."""

    code = "privacy_version_stale"


class PhotoMissing(Invalid):
    """No file was sent."""

    code = "photo_missing"


class PhotoTooLarge(Invalid):
    """``params``: most (megabytes)."""

    code = "photo_too_large"
    kind = "too_large"


class PhotoTooManyPixels(Invalid):
    """``params``: most (megapixels)."""

    code = "photo_too_many_pixels"


class PhotoTooSmall(Invalid):
    """``params``: least (pixels of the shorter side)."""

    code = "photo_too_small"


class PhotoNotKnown(Invalid):
    """No picture, or none in a format that is read here."""

    code = "photo_not_known"


class PhotoHeif(Invalid):
    """HEIC or AVIF, which is not read here."""

    code = "photo_heif"


class PhotoMoving(Invalid):
    """More pictures than one."""

    code = "photo_moving"


class PhotoBroken(Invalid):
    """It says that it is a picture, and cannot be decoded, or not to its end."""

    code = "photo_broken"


class SignInRequired(Unauthenticated):
    code = "sign_in_required"


class SignInCodeWrong(Unauthenticated):
    """``params``: tries_left."""

    code = "sign_in_code_wrong"


class SignInCodeExpired(Unauthenticated):
    code = "sign_in_code_expired"


class RoleRequired(Forbidden):
    """``params``: role."""

    code = "role_required"


class OtherDistrict(Forbidden):
    code = "other_district"


class OtherSite(Forbidden):
    code = "other_site"


class OtherResident(Forbidden):
    code = "other_resident"


class DistrictUnknown(NotFound):
    code = "district_unknown"


class TownUnknown(NotFound):
    code = "town_unknown"


class ActionUnknown(NotFound):
    code = "action_unknown"


class MethodologyUnknown(NotFound):
    """No such method; with ``params`` methodology, on and about="day" one that computes nothing of that day."""

    code = "methodology_unknown"


class CodeUnknown(NotFound):
    """Nothing of ours; the text of the code is not repeated."""

    code = "code_unknown"


class PanelUnknown(NotFound):
    """No such table of statistics; ``params``: panel."""

    code = "panel_unknown"


class VisitUnknown(NotFound):
    code = "visit_unknown"


class DeviceUnknown(NotFound):
    """No phone of this resident's."""

    code = "device_unknown"


class KioskUnknown(NotFound):
    """No screen of this city, or none of this person's places."""

    code = "kiosk_unknown"


class InvitationUnknown(NotFound):
    """No household's invitation, or one that is over; the code is not repeated."""

    code = "invitation_unknown"


class SiteUnknown(NotFound):
    code = "site_unknown"


class PhotoUnknown(NotFound):
    """No such photo, none that this person may see, or it was deleted by now."""

    code = "photo_unknown"


class RecordUnknown(NotFound):
    code = "record_unknown"


class ResidentUnknown(NotFound):
    """No resident has signed up with this phone."""

    code = "resident_unknown"


class ResidentGone(NotFound):
    """The account was deleted while something was done for it."""

    code = "resident_gone"


class StaffUnknown(NotFound):
    """No desk or counter belongs to this phone."""

    code = "staff_unknown"
