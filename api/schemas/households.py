"""Who lives together."""

from marshmallow import fields

from api.schemas.fields import In, Out, Text


class HouseholdOut(Out):
    members = fields.Integer(metadata={"description": "how many they are; who they are is told to nobody"})
    joined_at = fields.DateTime()
    counts_from = fields.Date(metadata={"description": "the local day from which it counts: the one after joining"})


class MyHouseholdOut(Out):
    household = fields.Nested(HouseholdOut, allow_none=True, metadata={"description": "null for who is in none"})


class InvitationIn(In):
    code = Text(metadata={"description": "the 16 symbols of an invitation", "example": "9F3K 7MQ2 X4TB 0VWN"})


class InvitationOut(Out):
    code = fields.String(metadata={"description": "told once; an earlier one is worth nothing any more"})
    expires_at = fields.DateTime()
