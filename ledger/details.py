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
    try:
        plain = dict(details) if isinstance(details, Mapping) else None
    except Exception:  # noqa: BLE001 - a map is anybody's code
        plain = None
    if plain is None:
        raise DetailsInvalid(why="type")
    _check(plain, DEEPEST_DETAILS)
    try:
        size = len(write_details(plain).encode())
    except UnicodeEncodeError:
        raise DetailsInvalid(why="text") from None
    if size > LARGEST_DETAILS:
        raise DetailsInvalid(why="size")


def _check(value: object, levels: int) -> None:
    kind = type(value)  # a subclass may write itself otherwise than it checks
    if value is None or kind is str or kind is bool:
        return
    if isinstance(value, int | float):
        if kind is not int or abs(value) > LARGEST_NUMBER:
            raise DetailsInvalid(why="number")
        return
    if not levels:
        raise DetailsInvalid(why="depth")
    if isinstance(value, dict):
        if not all(type(key) is str for key in value):
            raise DetailsInvalid(why="key")
        parts = list(value.values())
    elif isinstance(value, list | tuple):
        parts = list(value)
    else:
        raise DetailsInvalid(why="type")
    if kind not in (dict, list, tuple):
        raise DetailsInvalid(why="type")
    for part in parts:
        _check(part, levels - 1)
