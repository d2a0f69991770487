"""Entries that act upon others: reversals, captures and releases, and whether they are what they say."""

from datetime import datetime

from ledger.errors import (
    AlreadyReversed,
    EntryUnknown,
    HoldEnded,
    HoldOverdue,
    HoldUnknown,
    NotAMirror,
    NotOfHold,
    ReversalOfHold,
    ReversalOfReversal,
)
from ledger.holding import check_hold, held_line, refund_lines, release_lines, remaining, with_amount
from ledger.known import Known, Target
from ledger.log import Line, Record, make_line
from ledger.postings import Act, Entry
from ledger.times import read_instant


def check_links(entry: Entry, known: Known, at: datetime) -> None:
    """Raises what fits, unless the entry may do what it does to the one that it acts upon, at this time."""
    if entry.reverses is not None:
        _check_reversal(entry, known, entry.reverses)
    elif entry.act is Act.HOLD:
        check_hold(entry)
    elif entry.hold is not None:
        _check_act(entry, known, entry.hold, at)


def mirror_lines(book: str, target: Target, known: Known) -> tuple[Line, ...]:
    """What reverses the entry: the same accounts with the opposite amounts, lots included."""
    if target.act == Act.CAPTURE:
        return refund_lines(target, known.targets[book, target.hold or ""])
    return tuple(with_amount(line, -line[-1]) for line in target.lines)


def link(record: Record, known: Known) -> None:
    """Makes a decided entry known to those after it in its batch."""
    if record.reverses is not None:
        known.targets[record.book, record.reverses].reversed_by = record.id
    if record.hold is not None:
        known.targets[record.book, record.hold].taken.append((record.id, amount_off(record.lines)))
    known.targets[record.book, record.id] = Target(
        record.id,
        record.home,
        record.lines,
        record.reverses,
        None,
        record.act,
        record.hold,
        None if record.deadline is None else read_instant(record.deadline),
    )


def find_hold(book: str, path: str, known: Known) -> str | None:
    """A hold of which something is left that would go back into this account."""
    for (of, entry_id), target in known.targets.items():
        if of == book and target.act == Act.HOLD and any(line[0] == path for line in release_lines(target)[1:]):
            return entry_id
    return None


def amount_off(lines: tuple[Line, ...]) -> int:
    """What a capture or a release takes off the hold: its one debit."""
    return -sum(line[-1] for line in lines if line[-1] < 0)


def _check_reversal(entry: Entry, known: Known, entry_id: str) -> None:
    target = known.targets.get((entry.book, entry_id))
    if target is None:
        raise EntryUnknown(entry_id=entry_id)
    if target.reverses is not None:
        raise ReversalOfReversal(entry_id=entry_id)
    if target.act in (Act.HOLD, Act.RELEASE):
        raise ReversalOfHold(entry_id=entry_id)
    if target.reversed_by is not None:
        raise AlreadyReversed(entry_id=entry_id, reversed_by=target.reversed_by)
    mirror = mirror_lines(entry.book, target, known)
    if entry.home != target.home or tuple(map(make_line, entry.legs)) != mirror:
        raise NotAMirror(entry_id=entry_id)


def _check_act(entry: Entry, known: Known, hold_id: str, at: datetime) -> None:
    hold = known.targets.get((entry.book, hold_id))
    if hold is None or hold.act != Act.HOLD:
        raise HoldUnknown(hold=hold_id)
    if not remaining(hold):
        raise HoldEnded(hold=hold_id, ended_by=hold.taken[-1][0])
    lines = tuple(map(make_line, entry.legs))
    if entry.home != hold.home:
        raise NotOfHold(hold=hold_id)
    if entry.act is Act.RELEASE:
        if lines != release_lines(hold):
            raise NotOfHold(hold=hold_id)
        return
    if hold.deadline is not None and at >= hold.deadline:
        raise HoldOverdue(hold=hold_id, deadline=hold.deadline)
    debits = [line for line in lines if line[-1] < 0]
    if len(debits) != 1 or debits[0] != with_amount(held_line(hold), debits[0][-1]):
        raise NotOfHold(hold=hold_id)
    # Giving back to a lot is a release: as a capture it could not be mirrored, which gives back to the same lot.
    if {line[0] for line in lines if line[-1] > 0} & {line[0] for line in hold.lines}:
        raise NotOfHold(hold=hold_id)
