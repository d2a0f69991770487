"""Why an action waits, and why it was decided as it was, in words."""

from collections.abc import Mapping
from decimal import Decimal

from flask_babel import gettext

from mobile_web.presenters import numbers
from translations.reasons import DECISION_REASONS, words_of

GRAMS_PER_KG, METRES_PER_KM = 1000, 1000


def title(code: str, params: Mapping[str, int]) -> str:
    """A few words; the code itself for a rule that is no longer there."""
    words = words_of(code, params)
    return gettext(words.title) if words else code


def for_reviewer(code: str, params: Mapping[str, int]) -> str:
    """A sentence with the figures."""
    words = words_of(code, params)
    figures = {name: _figure(name, value) for name, value in params.items()}
    return gettext(words.reviewer) % figures if words else code


def for_resident(code: str, params: Mapping[str, int]) -> str:
    """A sentence that says what was noticed, and accuses nobody."""
    words = words_of(code, params)
    return gettext(words.resident) if words else gettext("A person looks at this record.")


def of_decision(reason: str | None) -> str:
    return gettext(DECISION_REASONS[reason]) if reason in DECISION_REASONS else ""


def metres(value: int) -> str:
    """850 m, 12.4 km"""
    if value < METRES_PER_KM:
        return f"{numbers.integer(value)}{numbers.NBSP}m"
    return numbers.quantity(Decimal(value) / METRES_PER_KM, "km")


def _figure(name: str, value: int) -> str:
    if name == "metres":
        return metres(value)
    if name == "grams":
        return numbers.quantity(Decimal(value) / GRAMS_PER_KG, "kg")
    return numbers.integer(value)
