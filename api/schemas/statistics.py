"""A district's figures; those about too few people are null."""

from marshmallow import fields

from api.schemas.fields import In, Locales, Number, Out, Text, amount
from api.schemas.scans import MILLIGRAMS


class PeriodIn(In):
    """Local days, both included; without them the last 30. ``district`` is for the city's administrator."""

    since = Text(required=False, load_default=None)
    until = Text(required=False, load_default=None)
    district = Text(required=False, load_default=None)


class RowOut(Out):
    key = fields.String(metadata={"description": "an ISO date, or the id of a town, action or district"})
    hidden = fields.Boolean(metadata={"description": "about too few people, or giving such a row away"})
    residents = amount("people, each counted once; null where hidden", allow_none=True)
    actions = amount("null where hidden", allow_none=True)
    mg = amount(f"{MILLIGRAMS}; null where hidden", allow_none=True)
    points = amount("points given; null where hidden", allow_none=True)


class PanelOut(Out):
    id = fields.String()
    district = fields.String(allow_none=True)
    since = fields.Date(attribute="period.since")
    until = fields.Date(attribute="period.until")
    least_people = fields.Integer(metadata={"description": "figures about fewer people are hidden"})
    rows = fields.List(fields.Nested(RowOut))
    total = fields.Nested(RowOut)


class IndicatorOut(Out):
    id = fields.String(attribute="indicator.id")
    titles = Locales(attribute="indicator.titles")
    missing = fields.Boolean()
    value = Number(allow_none=True)
    normalised = Number(allow_none=True, metadata={"description": "0 to 100 between the goalposts"})
    share = Number(metadata={"description": "the weight used, 0 to 1"})
    contribution = Number(metadata={"description": "points of the index"})


class DimensionOut(Out):
    id = fields.String(attribute="dimension.id")
    titles = Locales(attribute="dimension.titles")
    score = Number(allow_none=True)
    coverage = Number()
    contribution = Number()
    indicators = fields.List(fields.Nested(IndicatorOut))


class DistrictIndexOut(Out):
    district = fields.String(attribute="district.id")
    names = Locales(attribute="district.names")
    participants = amount("null where too few", allow_none=True)
    index = Number(attribute="score.index", allow_none=True)
    coverage = Number(attribute="score.coverage", metadata={"description": "share of the weights with data"})
    dimensions = fields.List(fields.Nested(DimensionOut), attribute="score.dimensions")


class IndexOut(Out):
    version = fields.String()
    standard = fields.String()
    weights_status = fields.String(metadata={"description": "placeholder until the city has set them"})
    notice = Locales()
    districts = fields.List(fields.Nested(DistrictIndexOut))
