"""What auditors are given of a log: a file with one opening a line, JSON in UTF-8, in the order of the leaves.

::

    {"format": "greenlife/openings", "version": 1, "origin": "…", "size": 52108, "since": "2026-10-01", "until": …}
    {"index": 7, "leaf": "<base64>", "body": "<base64>"}
    …
    {"openings": 12345}

``leaf`` is what the log's bundle has at ``index``. ``body`` is the deterministic CBOR of ``["greenlife/body", body salt,
body]``: its SHA-256 is C1 in the leaf, and ``ledger.log`` says what a body holds. The salt of the row is not there, so
the day is shown and neither the second nor the reference; nor is anything that opens C2. ``since`` and ``until`` are
local days, both included, null where the period is open; ``size`` is how far the log was when the file was made. The
last line is there so that a file that was cut off is noticed. Nothing in the first and the last line is authenticated.
"""

import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from ledger.committed import UNREADABLE, OpenedLine, read_body, read_leaf, read_number, read_text
from ledger.errors import OpeningFalse, OpeningMalformed

LONGEST_LINE = 1 << 20
"""Bytes of a line."""

_FORMAT, _VERSION = "greenlife/openings", 1


@dataclass(frozen=True, slots=True)
class Disclosure:
    """What the file says of itself: of which log, how far that was, and which local days were asked for."""

    origin: str
    size: int
    since: date | None
    until: date | None

    def covers(self, day: date) -> bool:
        """Whether an entry of this local day belongs to the period."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Opening:
    """The leaf at ``index`` and the bytes that open its first commitment."""

    index: int
    leaf: bytes
    body: bytes


@dataclass(frozen=True, slots=True)
class OpenedBody:
    """What the totals are made of."""

    book: str
    kind: str
    day: date
    lines: tuple[OpenedLine, ...]


def write_disclosure(disclosure: Disclosure, openings: Iterable[Opening]) -> Iterator[str]:
    """The lines of the file, each with its newline."""
    since, until = (None if day is None else day.isoformat() for day in (disclosure.since, disclosure.until))
    head = {"format": _FORMAT, "version": _VERSION, "origin": disclosure.origin, "size": disclosure.size}
    yield _line(head | {"since": since, "until": until})
    count = 0
    for count, opening in enumerate(openings, start=1):  # noqa: B007 - what was counted last is written
        leaf, body = b64encode(opening.leaf).decode(), b64encode(opening.body).decode()
        yield _line({"index": opening.index, "leaf": leaf, "body": body})
    yield _line({"openings": count})


def read_disclosure(lines: Iterable[bytes]) -> tuple[Disclosure, Iterator[Opening]]:
    """The head and, as they are asked for, the openings; raises OpeningMalformed, at the latest when the file ends."""
    numbered = enumerate(lines, start=1)
    number, first = next(numbered, (1, b""))
    head = _fields(first, number, "format", "version", "origin", "size", "since", "until")
    if head["format"] != _FORMAT or head["version"] != _VERSION:
        raise OpeningMalformed(line=number, why="format")
    try:
        days = (None if head[name] is None else date.fromisoformat(head[name]) for name in ("since", "until"))
        disclosure = Disclosure(read_text(head["origin"]), _count(head["size"]), *days)
    except UNREADABLE:
        raise OpeningMalformed(line=number, why="head") from None
    return disclosure, _openings(numbered)


def open_body(opening: Opening) -> OpenedBody:
    """What a leaf commits to; raises OpeningFalse where the body is not the leaf's, OpeningMalformed for another form."""
    try:
        book, commitment = read_leaf(opening.leaf)
        if sha256(opening.body).digest() != commitment:
            raise OpeningFalse(index=opening.index, why="body")
        body, _ = read_body(opening.body)
    except UNREADABLE:
        raise OpeningMalformed(line=opening.index, why="body") from None
    return OpenedBody(book, body["kind"], body["local_day"], body["lines"])


def _openings(numbered: Iterator[tuple[int, bytes]]) -> Iterator[Opening]:
    number = 1
    for number, line in numbered:
        if line.startswith(b'{"openings"'):
            # The head is the first line.
            if _fields(line, number, "openings")["openings"] != number - 2 or next(numbered, None) is not None:
                raise OpeningMalformed(line=number, why="end")
            return
        yield _opening(_fields(line, number, "index", "leaf", "body"), number)
    raise OpeningMalformed(line=number, why="cut")


def _opening(fields: dict[str, Any], number: int) -> Opening:
    try:
        leaf, body = (b64decode(read_text(fields[name]), validate=True) for name in ("leaf", "body"))
        return Opening(_count(fields["index"]), leaf, body)
    except UNREADABLE:
        raise OpeningMalformed(line=number, why="opening") from None


def _fields(line: bytes, number: int, *names: str) -> dict[str, Any]:
    try:
        fields = json.loads(line) if len(line) <= LONGEST_LINE else None
    except UNREADABLE:
        fields = None
    if not isinstance(fields, dict) or tuple(fields) != names:
        raise OpeningMalformed(line=number, why="line")
    return fields


def _line(fields: dict[str, Any]) -> str:
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")) + "\n"


def _count(value: Any) -> int:
    if read_number(value) < 0:
        raise ValueError
    return int(value)
