"""Phones and screens that compute codes by themselves."""

from marshmallow import fields

from api.schemas.fields import Out


class KeyOut(Out):
    """A key, told once, and what it proves.

    A proof is HMAC-SHA-256 under the key over the prefix and the number of the step (seconds since 1970 by
    ``step_seconds``, rounded down, eight bytes, big-endian), cut to its first bits and written in Crockford's base 32.
    """

    id = fields.String()
    secret = fields.String(metadata={"description": "32 bytes in base64; keep it where it cannot be copied from"})
    step_seconds = fields.Integer()


class DeviceKeyOut(KeyOut):
    """The code is ``GLC1:R:<subject>:<proof of 80 bits>``; read aloud it is the alias and a proof of 20 bits."""

    subject = fields.String(metadata={"description": "the city's tag and the phone's id"})
    alias = fields.String()
    scanned_prefix = fields.String()
    typed_prefix = fields.String()


class DeviceOut(Out):
    id = fields.String()
    created_at = fields.DateTime()
    last_seen_at = fields.DateTime(allow_none=True, metadata={"description": "when a code of it was last taken"})
    is_this = fields.Boolean(metadata={"description": "whether it was enrolled with this token"})


class DevicesOut(Out):
    items = fields.List(fields.Nested(DeviceOut))
