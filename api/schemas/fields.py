"""Fields and schemas whose complaints are codes: ``required``, ``null``, ``type``, ``length``, ``choice`` …

A client shows its own words beside its own form; sentences for people are in the problem itself.
"""

from collections.abc import Collection, Mapping
from typing import Any

from marshmallow import Schema, fields, validate

from api.limits import LARGEST_INTEGER, LARGEST_PAGE, LONGEST_TEXT, USUAL_PAGE

COMPLAINTS: dict[str, str | list[Any] | dict[Any, Any]] = {
    "required": "required",
    "null": "null",
    "validator_failed": "value",
}
COMPLAINTS_OF_OBJECTS = {"unknown": "unknown", "type": "type"}


class In(Schema):
    """Of a request; a field that it does not know is refused."""

    error_messages = COMPLAINTS_OF_OBJECTS


class Out(Schema):
    """Of an answer: read from the attributes of what a use case gives back."""


class Text(fields.String):
    """A text in a request, of 1 to ``longest`` characters."""

    default_error_messages = COMPLAINTS | {"invalid": "type", "invalid_utf8": "type"}

    def __init__(self, longest: int = LONGEST_TEXT, one_of: Collection[str] = (), **options: Any) -> None:
        check = validate.OneOf(list(one_of), error="choice") if one_of else validate.Length(1, longest, error="length")
        super().__init__(validate=check, **{"required": True, **options})


class Part(fields.Nested):
    """An object inside a request."""

    default_error_messages = COMPLAINTS | {"type": "type"}


class Measure(fields.Float):
    """A measured number between two bounds, both included."""

    default_error_messages = COMPLAINTS | {"invalid": "type", "special": "type", "too_large": "range"}

    def __init__(self, least: float, most: float, **options: Any) -> None:
        super().__init__(validate=validate.Range(least, most, error="range"), **{"required": True, **options})


class Day(fields.Date):
    """A local day, YYYY-MM-DD, in a query."""

    default_error_messages = COMPLAINTS | {"invalid": "type", "format": "type"}


class Limit(fields.Integer):
    """How many items a page may have."""

    default_error_messages = COMPLAINTS | {"invalid": "type", "too_large": "range"}

    def __init__(self) -> None:
        super().__init__(load_default=USUAL_PAGE, validate=validate.Range(1, LARGEST_PAGE, error="range"))


class PageIn(In):
    """Which page of a list: ``cursor`` is the ``next`` of the page before."""

    cursor = Text(required=False, load_default=None)
    limit = Limit()


class Locales(fields.Dict):
    """Text that is data, in every language it is kept in: locale → text. zh-CN is always there."""

    def __init__(self, **options: Any) -> None:
        about = {"description": "locale → text; zh-CN is always there", "example": {"zh-CN": "德清县", "en": "Deqing"}}
        super().__init__(keys=fields.String(), values=fields.String(), metadata=about, **options)

    def _serialize(self, value: Mapping[str, str] | None, *_: Any, **__: Any) -> dict[str, str] | None:
        return None if value is None else dict(value)


class Number(fields.String):
    """A decimal number in an answer, as text, so that no digit is lost."""

    def _serialize(self, value: Any, *_: Any, **__: Any) -> str | None:
        return None if value is None else f"{value:f}"


def amount(unit: str, **options: Any) -> fields.Integer:
    """An integer in an answer that every JSON reader keeps exactly."""
    about = {"description": unit, "maximum": LARGEST_INTEGER, "minimum": -LARGEST_INTEGER}
    return fields.Integer(metadata=about, **options)


def page_of(item: type[Out]) -> type[Schema]:
    """A page of a list; ``next`` is null on the last one."""
    name = f"{item.__name__.removesuffix('Out')}PageOut"
    return Out.from_dict(
        {
            "items": fields.List(fields.Nested(item)),
            "next": fields.String(allow_none=True, metadata={"description": "the cursor of the next page"}),
        },
        name=name,
    )
