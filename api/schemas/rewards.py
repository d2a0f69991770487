"""Offers, redemptions and their vouchers."""

from marshmallow import fields

from api.schemas.fields import In, Locales, Out, Text, amount, page_of

STATES = "held, captured, released, expired"


class OfferOut(Out):
    id = fields.String()
    kind = fields.String()
    merchant_id = fields.String()
    merchant_names = Locales()
    address = Locales()
    titles = Locales()
    notes = Locales()
    points = amount("the price in points")
    value_cents = amount("what it is worth, in cents", allow_none=True)
    stock = amount("how many are left; null without end", allow_none=True)
    per_person_limit = fields.Integer(allow_none=True)
    used = fields.Integer(metadata={"description": "the caller's vouchers of this offer"})
    starts_on = fields.Date()
    ends_on = fields.Date()
    short_by = amount("points that the caller lacks")
    obstacle = fields.String(
        allow_none=True,
        metadata={"description": "null, or why it cannot be had: not_yet, over, sold_out, limit_reached, points_short"},
    )


class RedemptionIn(In):
    offer = Text(metadata={"description": "the offer's id"})


class RedemptionOut(Out):
    """Points held for an offer, and the voucher made for them."""

    id = fields.String(attribute="redemption_id")
    offer_id = fields.String()
    kind = fields.String()
    titles = Locales()
    notes = Locales()
    merchant_id = fields.String()
    merchant_names = Locales()
    address = Locales()
    points = amount("points held or spent")
    value_cents = amount("what it is worth, in cents", allow_none=True)
    code = fields.String(metadata={"description": "what the clerk scans or types", "example": "7K3M92QF"})
    state = fields.String(metadata={"description": STATES})
    held_at = fields.DateTime()
    last_day = fields.Date(metadata={"description": "the last local day on which it is taken"})
    closed_at = fields.DateTime(allow_none=True)
    captured_place = Locales(allow_none=True)


class CaptureIn(In):
    code = Text(metadata={"description": "what the camera read, or the typed code"})


class CaptureOut(Out):
    """A voucher that the merchant has taken; says nothing of who brought it."""

    redemption_id = fields.String()
    titles = Locales()
    points = amount("points that the programme owes the merchant for it")
    value_cents = amount("what it is worth, in cents", allow_none=True)
    code = fields.String()
    captured_at = fields.DateTime()
    place = Locales()


OfferPageOut, RedemptionPageOut, CapturePageOut = page_of(OfferOut), page_of(RedemptionOut), page_of(CaptureOut)
