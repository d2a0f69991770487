"""Details of an entry: plain JSON without fractions, written one way, read back the same on every store."""

import json
from collections.abc import Mapping
from typing import Any

from ledger.errors import DetailsInvalid

LARGEST_DETAILS = 4096
"""Bytes of the canonical text."""

DEEPEST_DETAILS = 6
"""Levels of lists and maps, the outer map included."""

LARGEST_NUMBER = 2**53 - 1
"""Larger integers lose digits in many JSON readers: write them as text."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))


def write_details(details: Mapping[str, object]) -> str:
    """The canonical text: keys sorted by code point, no spaces, UTF-8; raises TypeError or ValueError."""
    return _ENCODER.encode(dict(details))


def read_details(text: str) -> dict[str, Any]:
    """The details that write_details wrote."""
    details: dict[str, Any] = json.loads(text)
    return details


def check_details(details: object) -> None:
    """Raises DetailsInvalid, unless ``details`` is a map of text, integers, booleans, None, lists and maps."""
    if not isinstance(details, Mapping):
        raise DetailsInvalid(why="type")
    _check(dict(details), DEEPEST_DETAILS)
    try:
        size = len(write_details(details).encode())
    except UnicodeEncodeError:
        raise DetailsInvalid(why="text") from None
    if size > LARGEST_DETAILS:
        raise DetailsInvalid(why="size")


def _check(value: object, levels: int) -> None:
    if value is None or isinstance(value, str | bool):
        return
    if isinstance(value, int):
        if abs(value) > LARGEST_NUMBER:
            raise DetailsInvalid(why="number")
        return
    if isinstance(value, float):
        raise DetailsInvalid(why="number")
    if not levels:
        raise DetailsInvalid(why="depth")
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise DetailsInvalid(why="key")
        value = list(value.values())
    if not isinstance(value, list | tuple):
        raise DetailsInvalid(why="type")
    for part in value:
        _check(part, levels - 1)
