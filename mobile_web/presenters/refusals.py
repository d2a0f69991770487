"""A refusal in the language of the page: what happened, why, what to do, and its code for the help line."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from flask_babel import gettext

from mobile_web.languages import pick
from mobile_web.presenters import actions, dates, numbers
from translations.sentences import sentence


@dataclass(frozen=True)
class Refused:
    """``title``, ``why`` and ``what_to_do`` are sentences; ``code`` is stable."""

    code: str
    title: str
    why: str
    what_to_do: str


def refused(error: Exception) -> Refused:
    """The words for an error that has a ``code`` and ``params``."""
    return words(str(getattr(error, "code", "error")), dict(getattr(error, "params", {})))


def words(code: str, params: Mapping[str, object]) -> Refused:
    said = {name: actions.unit_word(str(one)) if name == "unit" else _word(one) for name, one in params.items()}
    found = sentence(code, said, gettext)
    return Refused(code, found.title, found.why, found.what_to_do)


def _word(value: object) -> object:
    match value:
        case datetime():
            word: object = dates.when(value)
        case date():
            word = dates.day(value)
        case int():
            word = numbers.integer(value)
        case Decimal():
            word = numbers.decimal(value)
        case Mapping():
            word = pick(dict(value))
        case tuple():
            word = gettext(", ").join(actions.unit_word(str(one)) for one in value)
        case _:
            word = value
    return word
