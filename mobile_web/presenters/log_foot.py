"""The footnote of figures: how far the public log of each book is, and under which root."""

from collections.abc import Iterable
from dataclasses import dataclass

from greenlife.public_log import path_of
from ledger import SignedHead
from mobile_web.languages import pick
from mobile_web.presenters import dates, numbers
from mobile_web.web import runtime

HEAD, TAIL = 8, 6
"""Letters of a root that are shown: enough to see that two are not the same; the whole one lies in the checkpoint."""


@dataclass(frozen=True, kw_only=True)
class LogLine:
    """One book's log; ``address`` is that of its checkpoint."""

    name: str
    size: str
    root: str
    signed: str
    address: str


@dataclass(frozen=True, kw_only=True)
class LogFoot:
    """The lines, and how many entries they have together."""

    lines: list[LogLine]
    total: str


def log_foot(heads: Iterable[SignedHead | None]) -> LogFoot:
    """The footnote for these logs; those that were never signed have no line."""
    signed = [head for head in heads if head is not None]
    return LogFoot(lines=list(map(_line, signed)), total=numbers.integer(sum(head.size for head in signed)))


def _line(head: SignedHead) -> LogLine:
    root = head.root.hex()
    return LogLine(
        name=pick(dict(runtime().programme.city.district(head.book).names)),
        size=numbers.integer(head.size),
        root=f"{root[:HEAD]}…{root[-TAIL:]}",
        signed=dates.moment_to_second(head.signed_at),
        address=f"/log/{path_of(runtime().settings, head.book)}/checkpoint",
    )
