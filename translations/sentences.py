"""What a refusal is called, why it happened, and what to do: one sentence each, for every error code.

The message ids lie in ``translations/refusals/``, by what the person was doing; the catalogues have them in every
language.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from translations.refusals import REFUSALS, VARIANTS
from translations.refusals.sentence import UNKNOWN, Refusal

__all__ = ["REFUSALS", "Sentence", "refusal_of", "sentence"]


@dataclass(frozen=True)
class Sentence:
    """``title`` says what happened; ``why`` and ``what_to_do`` may be empty."""

    title: str
    why: str
    what_to_do: str


class _Params(dict[str, str]):
    """What a sentence can name; what was not told is left out instead of failing."""

    def __missing__(self, key: str) -> str:
        return "…"


def sentence(code: str, params: Mapping[str, object], gettext: Callable[[str], str]) -> Sentence:
    """The words for an error, in the language of ``gettext``; unknown codes get words that are true of any.

    Times and numbers in ``params`` are shown as they are, so a face turns them into text of its language first.
    """
    refusal = refusal_of(code, params)
    shown = _Params({name: _plain(value) for name, value in params.items()})
    return Sentence(*(gettext(text) % shown if text else "" for text in refusal))


def refusal_of(code: str, params: Mapping[str, object]) -> Refusal:
    """The message ids for an error; some codes have one set for each value of a parameter."""
    variant = f"{code}.{params.get(VARIANTS.get(code, ''), '')}"
    return REFUSALS.get(variant) or REFUSALS.get(code) or UNKNOWN


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M %Z}".strip()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return str(next(iter(value.values()), ""))
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return str(value)
