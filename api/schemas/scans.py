"""Scans at posters and screens, and weighings at stations."""

from marshmallow import fields

from api.schemas.fields import In, Locales, Measure, Number, Out, Part, Text, amount
from greenlife.actions import WIDEST_METRES
from greenlife.scans import UNDO_REASONS

MILLIGRAMS = "milligrams of CO2e avoided; 0 where the evidence is too weak for grams"


class ScanIn(In):
    code = Text(metadata={"description": "what the camera read, or the typed code"})


class PositionIn(In):
    latitude = Measure(-90, 90, metadata={"description": "degrees, WGS 84"})
    longitude = Measure(-180, 180, metadata={"description": "degrees, WGS 84"})
    accuracy_metres = Measure(0, WIDEST_METRES, metadata={"description": "the radius that the phone itself gives"})


class RecordScanIn(ScanIn):
    """``position`` is where the phone says that it is: it helps against cheating, and may be left out."""

    position = Part(PositionIn, required=False, allow_none=True, load_default=None)


class SiteOut(Out):
    id = fields.String()
    kind = fields.String()
    names = Locales()
    district = fields.String()
    town = fields.String()


class BonusOut(Out):
    """What a campaign would pay of the points, if it still can when they are booked."""

    points = amount("points, contained in the total")
    campaign = fields.String(metadata={"description": "the campaign's id"})
    titles = Locales()


class ScanPreviewOut(Out):
    """What a confirmation would book."""

    action = fields.String()
    tier = fields.String()
    site = fields.Nested(SiteOut)
    mg = amount(MILLIGRAMS, attribute="quote.mg")
    points = amount("points", attribute="quote.points")
    bonus = fields.Nested(BonusOut, allow_none=True)
    zero_reason = fields.String(attribute="quote.zero_reason", allow_none=True)
    used_today = fields.Integer(attribute="used")
    daily_cap = fields.Integer(attribute="cap", allow_none=True)
    scanned_here_at = fields.DateTime(
        attribute="here_at",
        allow_none=True,
        metadata={"description": "when this poster was already used today, or this code of a screen at all"},
    )
    too_soon_until = fields.DateTime(allow_none=True, metadata={"description": "when the next one counts"})
    would_be_refused = fields.String(
        attribute="refusal_code",
        allow_none=True,
        metadata={
            "description": "the code of what a confirmation would meet now: a cap of the day, of the person, the place or "
            "the household, or the least time between two"
        },
    )


class BookedOut(Out):
    entry_id = fields.String()
    action = fields.String()
    tier = fields.String()
    mg = amount(MILLIGRAMS)
    points = amount("points")
    local_day = fields.Date()
    state = fields.String(
        metadata={
            "description": "booked; pending: it waits for a person, and its points are kept; refused; withdrawn",
            "enum": ["booked", "pending", "refused", "withdrawn"],
        }
    )


class ReceiptOut(Out):
    """A booked action and the resident's balances now."""

    entry = fields.Nested(BookedOut, attribute="booked")
    site = fields.Nested(SiteOut)
    points_balance = amount("points that can be spent today")
    carbon_balance_mg = amount("milligrams of CO2e in the carbon account")


class VisitOut(Out):
    id = fields.String()
    site = fields.Nested(SiteOut)
    phone = fields.String(metadata={"description": "the resident's, masked"})
    opened_at = fields.DateTime()
    expires_at = fields.DateTime()
    ordinal = fields.Integer(metadata={"description": "counts the resident's visits here today"})


class WeighingIn(In):
    action = Text(required=False, load_default="recyclables", metadata={"example": "recyclables"})
    material = Text(
        required=False,
        load_default=None,
        allow_none=True,
        metadata={"description": "for actions that have materials", "example": "cardboard"},
    )
    quantity = Text(metadata={"description": "a decimal number as text, in the action's own unit", "example": "3.20"})


class WeighingReceiptOut(Out):
    """What was booked for the visit's resident, whose balances are not the attendant's business."""

    entry = fields.Nested(BookedOut, attribute="booked")
    site = fields.Nested(SiteOut)


class WeighingOut(Out):
    entry_id = fields.String()
    action = fields.String()
    material = fields.String(allow_none=True)
    quantity = Number()
    unit = fields.String()
    phone = fields.String(metadata={"description": "the resident's, masked"})
    recorded_at = fields.DateTime()
    mg = amount(MILLIGRAMS)
    points = amount("points")
    state = fields.String(metadata={"description": "undoable, undone, too_late, refused"})
    waits = fields.Boolean(metadata={"description": "whether it waits for a person and is not booked yet"})


class WeighingsOut(Out):
    items = fields.List(fields.Nested(WeighingOut))


class UndoIn(In):
    reason = Text(one_of=UNDO_REASONS)
