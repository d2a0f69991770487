"""Holds: what a capture, a release and a refund are made of.

::

               capture, before the deadline        the last of it captured
    hold ──▶ held ─────────────────────────▶ held ────────────────────────▶ ended
               │        (in part)             │
               └──────────── release ─────────┴───────────────────────────▶ ended

A hold moves amounts from their lots into one new account that nothing else may move, so what is left of a hold is that
account's balance. Captures use up the lots in the order of the hold's legs, which is that of their expiry; a release
gives back to the lots that are left. A reversed capture gives back to the lots that it used.
"""

from collections.abc import Iterator

from ledger.errors import HoldInvalid
from ledger.known import Target
from ledger.log import Line
from ledger.postings import Entry

HeldLines = tuple[Line, ...]


def check_hold(entry: Entry) -> None:
    """Raises HoldInvalid, unless the entry moves one unit from accounts with a floor into one plain account."""
    into = [leg.account for leg in entry.legs if leg.amount > 0]
    if len(into) != 1:
        raise HoldInvalid(path=entry.home)
    held = into[0]
    if held.floor != 0 or held.ceiling is not None or held.expires_at is not None:
        raise HoldInvalid(path=held.path)
    for leg in entry.legs:
        if leg.account.unit != held.unit or leg.account.floor is None:
            raise HoldInvalid(path=leg.account.path)


def held_line(hold: Target) -> Line:
    """The line of the hold that goes into the held account."""
    return next(line for line in hold.lines if line[-1] > 0)


def taken_so_far(hold: Target) -> int:
    """What captures and the release took off it."""
    return sum(amount for _, amount in hold.taken)


def remaining(hold: Target) -> int:
    """What is left of it."""
    return held_line(hold)[-1] - taken_so_far(hold)


def release_lines(hold: Target) -> HeldLines:
    """All that is left goes back to the lots that are left."""
    left = remaining(hold)
    return (with_amount(held_line(hold), -left), *lots_between(hold, taken_so_far(hold), left))


def refund_lines(capture: Target, hold: Target) -> HeldLines:
    """The mirror of a capture: from where it went, back into the lots that it used."""
    start, amount = 0, 0
    for entry_id, taken in hold.taken:
        if entry_id == capture.id:
            amount = taken
            break
        start += taken
    back = (with_amount(line, -line[-1]) for line in capture.lines if line[-1] > 0)
    return (*lots_between(hold, start, amount), *back)


def lots_between(hold: Target, start: int, amount: int) -> Iterator[Line]:
    """The lots that the amounts [start, start + amount) of the hold came from, as lines that give back to them."""
    at, end = 0, start + amount
    for line in hold.lines:
        if line[-1] > 0:
            continue
        low, high = max(at, start), min(at - line[-1], end)
        if low < high:
            yield with_amount(line, high - low)
        at -= line[-1]


def with_amount(line: Line, amount: int) -> Line:
    """The same account with another amount."""
    return (*line[:-1], amount)
