"""The one form of every error."""

from marshmallow import fields

from api.schemas.fields import Out


class FieldErrorOut(Out):
    field = fields.String(metadata={"description": "where, as a dotted path"})
    code = fields.String(metadata={"description": "required, null, type, length, choice, range, unknown"})


class ProblemOut(Out):
    """Problem details (RFC 9457)."""

    type = fields.String(metadata={"description": "urn:problem-type:greenlife: and the code"})
    title = fields.String(metadata={"description": "what is wrong, in the language of Accept-Language"})
    status = fields.Integer()
    detail = fields.String(metadata={"description": "why, and what to do, in the same language"})
    code = fields.String(metadata={"description": "stable, for programs", "example": "place_cap_reached"})
    instance = fields.String(metadata={"description": "the path that was asked for"})
    errors = fields.List(fields.Nested(FieldErrorOut), metadata={"description": "only with code input_invalid"})
