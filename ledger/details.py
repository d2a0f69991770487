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

# Named once: a union of types would be made anew for each value.
_NUMBER, _LIST, _PLAIN = (int, float), (list, tuple), (dict, list, tuple)

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
    """Of anything but None, a text or a boolean: most details are such, and not worth a call."""
    if isinstance(value, _NUMBER):
        if type(value) is not int or abs(value) > LARGEST_NUMBER:
            raise DetailsInvalid(why="number")
        return
    if not levels:
        raise DetailsInvalid(why="depth")
    for part in _parts(value):
        if part is not None and type(part) is not str and type(part) is not bool:
            _check(part, levels - 1)


def _parts(value: object) -> list[object]:
    parts: list[object]
    if isinstance(value, dict):
        for key in value:
            if type(key) is not str:
                raise DetailsInvalid(why="key")
        parts = list(value.values())
    elif isinstance(value, _LIST):
        parts = list(value)
    else:
        raise DetailsInvalid(why="type")
    if type(value) not in _PLAIN:  # a subclass may write itself otherwise than it checks
        raise DetailsInvalid(why="type")
    return parts
