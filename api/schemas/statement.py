"""A resident's own entries, and one with its derivation."""

from marshmallow import fields

from api.schemas.fields import Locales, Number, Out, amount, page_of
from api.schemas.scans import MILLIGRAMS, SiteOut


class LineOut(Out):
    account = fields.String(attribute="path")
    unit = fields.String(metadata={"description": "mgCO2e or point"})
    amount = amount("signed; the lines of a unit sum to zero")


class EntryOut(Out):
    id = fields.String(attribute="entry.id")
    kind = fields.String(attribute="entry.kind", metadata={"example": "action"})
    occurred_at = fields.DateTime(attribute="entry.occurred_at")
    recorded_at = fields.DateTime(attribute="entry.recorded_at")
    local_day = fields.Date(attribute="entry.local_day")
    mg = amount(MILLIGRAMS)
    points = amount("points; negative when spent or held")
    site = fields.Nested(SiteOut, allow_none=True)
    details = fields.Dict(attribute="entry.details")
    reverses = fields.String(attribute="entry.reverses", allow_none=True)
    reversed_by = fields.String(attribute="entry.reversed_by", allow_none=True)
    hold = fields.String(
        attribute="entry.hold",
        allow_none=True,
        metadata={"description": "the entry whose hold this captures or releases"},
    )


class StepOut(Out):
    """One line of a derivation, to be read downwards."""

    label = Locales()
    value = Number()
    unit = fields.String()
    operator = fields.String(metadata={"description": "empty, ×, − or ="})


class SourceOut(Out):
    names = Locales()
    title = fields.String(metadata={"description": "in the source's own language"})
    year = fields.Integer()
    url = fields.String()
    provenance = Locales()


class FactorOut(Out):
    id = fields.String()
    label = Locales()
    value = Number()
    unit = fields.String()
    confidence = fields.String(metadata={"description": "published, derived, placeholder"})
    source = fields.Nested(SourceOut)


class DerivationOut(Out):
    methodology = fields.String(metadata={"description": "code and version, as frozen into the entry"})
    mg = amount(MILLIGRAMS)
    points = amount("points")
    zero_reason = fields.String(allow_none=True)
    steps = fields.List(fields.Nested(StepOut), attribute="quantification.steps")
    factors = fields.List(fields.Nested(FactorOut), attribute="quantification.parameters")


class EntryDetailOut(EntryOut):
    """An entry with all its lines, its leaf in the log, and how its grams were worked out."""

    lines = fields.List(fields.Nested(LineOut), attribute="entry.lines")
    leaf_hash = fields.Function(
        lambda record: record.entry.leaf_hash.hex(), metadata={"type": "string", "description": "SHA-256, hexadecimal"}
    )
    derivation = fields.Nested(DerivationOut, attribute="quote", allow_none=True)


EntryPageOut = page_of(EntryOut)
