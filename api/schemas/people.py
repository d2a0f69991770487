"""Signing in, and who one is."""

from marshmallow import fields

from api.schemas.fields import In, Locales, Out, Part, Text, amount

PURPOSES = ("resident", "staff")


class SignInCodeIn(In):
    phone = Text(metadata={"description": "a mobile number", "example": "138 0000 0021"})
    purpose = Text(one_of=PURPOSES, required=False, load_default="resident")


class SignInCodeOut(Out):
    expires_at = fields.DateTime()
    shown_code = fields.String(allow_none=True, metadata={"description": "the code itself, in a demo only"})


class SessionIn(SignInCodeIn):
    code = Text(metadata={"description": "the six digits"})


class SessionOut(Out):
    token = fields.String(metadata={"description": "told once; send it as `Authorization: Bearer …`"})
    expires_at = fields.DateTime()
    kind = fields.String()
    new = fields.Boolean(metadata={"description": "whether this sign-in made the resident"})


class HomeIn(In):
    district = Text(metadata={"example": "huzhou-deqing"})
    town = Text()


class MeIn(In):
    """What is not sent stays as it is."""

    privacy_version = Text(required=False, metadata={"description": "the version of the notice that was read"})
    home = Part(HomeIn, required=False)


class PrivacyOut(Out):
    current_version = fields.String()
    accepted_version = fields.String(allow_none=True)
    accepted_at = fields.DateTime(allow_none=True)


class LotOut(Out):
    month = fields.String(metadata={"description": "YYYY-MM; the points end with this month"})
    points = amount("points")


class SummaryOut(Out):
    points = amount("points that can be spent today")
    carbon_year_mg = amount("milligrams of CO2e avoided this calendar year")
    carbon_total_mg = amount("milligrams of CO2e avoided in all")
    next_to_expire = fields.Nested(LotOut, allow_none=True)


class ResidentOut(Out):
    district = fields.String(allow_none=True)
    town = fields.String(allow_none=True)
    privacy = fields.Nested(PrivacyOut)
    summary = fields.Nested(SummaryOut, allow_none=True, metadata={"description": "null until a home is chosen"})


class StaffOut(Out):
    role = fields.String()
    scope = fields.String(metadata={"description": "the site, merchant, district or city the role is bound to"})
    label = Locales()


class MeOut(Out):
    """Exactly one of ``resident`` and ``staff`` is not null."""

    id = fields.String()
    phone = fields.String(metadata={"description": "masked", "example": "138****0021"})
    resident = fields.Nested(ResidentOut, allow_none=True)
    staff = fields.Nested(StaffOut, allow_none=True)


class OwnCodeOut(Out):
    text = fields.String(metadata={"description": "what the QR code says"})
    typed = fields.String(metadata={"description": "for reading aloud"})
    seconds_left = fields.Integer()
    step_seconds = fields.Integer()
