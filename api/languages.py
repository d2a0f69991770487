"""The language of an answer: only problems have text of their own, data comes in every language it is kept in."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from flask import request

from translations import BABEL_NAMES, DEFAULT, LOCALES, pick


def language() -> str:
    """The locale that fits Accept-Language best; the city's own where none does."""
    return request.accept_languages.best_match(LOCALES) or DEFAULT


def in_words(params: Mapping[str, object], *, locale: str, zone: ZoneInfo) -> dict[str, object]:
    """The parameters of a sentence as text of its language: times in the city's zone, numbers, names."""
    return {name: _word(value, locale, zone) for name, value in params.items()}


def _word(value: object, locale: str, zone: ZoneInfo) -> object:
    name = BABEL_NAMES[locale]
    if isinstance(value, datetime):
        return format_datetime(value, "medium", tzinfo=zone, locale=name)
    if isinstance(value, date):
        return format_date(value, "long", locale=name)
    if isinstance(value, int | Decimal):
        return format_decimal(value, locale=name)
    if isinstance(value, Mapping):
        return pick(dict(value), locale)
    return value
