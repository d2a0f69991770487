"""Writing: post one entry, post many, reverse one, capture or release what is held.

Each is the same three steps: look at what the entries touch, decide (``core``), write the decision.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from ledger.accounts import Account
from ledger.core import decide, read_request
from ledger.errors import BalanceTooLow, EntryUnknown, HoldUnknown, NotOfHold
from ledger.holding import held_line, release_lines, remaining, with_amount
from ledger.known import Known, Posted, Target
from ledger.linked import mirror_lines
from ledger.log import Line
from ledger.postings import Act, Entry, Leg, check_name, is_name, name_for_log
from ledger.stores import Interfered, open_store
from ledger.times import read_instant


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What a new entry brings that no rule gives it: its names, its times, what it commits to."""

    id: str
    reference: str
    kind: str
    occurred_at: datetime
    local_day: date
    details: Mapping[str, object]
    salt: bytes
    commitment: bytes


def post(session: Session, entry: Entry, *, now: datetime) -> Posted:
    """The entry in the ledger, or the first answer where its reference was posted before with the same content.

    Raises ReferenceConflict, then any EntryInvalid, then what the state of the book refuses; then nothing was written.
    """
    return post_many(session, [entry], now=now)[0]


def post_many(session: Session, entries: Sequence[Entry], *, now: datetime) -> list[Posted]:
    """The entries in the ledger, in their order: all of them or, with the first error of ``post``, none.

    The bounds hold after each entry of the batch, in its order, not only at its end. Of several errors the first entry's
    is raised, but for an id that is taken (IdConflict): hardly any is, so they are looked for when the write meets one,
    and what the book refuses of a later entry comes before it.
    """
    store = open_store(session.connection())
    requests = [read_request(entry) for entry in entries]
    there = -1
    while True:
        try:
            with store.attempt():
                known = store.look(requests, ids=there >= 0)
                # What stood in the way of the last attempt is seen by now, so there is an end to this.
                if known.there <= there:
                    raise RuntimeError("the write meets something that the look does not show")
                there = known.there
                decision = decide(requests, known, now=now)
                if decision.entries:
                    store.save(decision)
        except Interfered:
            continue
        return decision.answers


def reverse(session: Session, *, book: str, entry_id: str, stamp: Stamp, now: datetime) -> Posted:
    """A new entry that mirrors ``entry_id`` on the same accounts, lots included; the old one stays as it is.

    A reversed capture gives back to the lots that it used. Raises EntryUnknown, ReversalOfReversal, ReversalOfHold,
    AlreadyReversed, BalanceTooLow where what was given is spent, and what ``post`` raises. The same reference again
    gives the first answer.
    """
    known, original = _look_up(session, book, entry_id)
    if original is None:
        raise EntryUnknown(entry_id=name_for_log(entry_id))
    legs = _legs(mirror_lines(book, original, known))
    return post(session, _stamped(stamp, book, original.home, legs, reverses=entry_id), now=now)


def capture(
    session: Session, *, book: str, hold: str, into: Account, amount: int | None = None, stamp: Stamp, now: datetime
) -> Posted:
    """``amount`` of what is held (all that is left, where None) moved into an account, before the hold's deadline.

    Raises HoldUnknown, HoldEnded, HoldOverdue, BalanceTooLow where less is left, and what ``post`` raises. The same
    reference again gives the first answer.
    """

    def make(found: Target) -> Entry:
        wanted = (remaining(found) or found.taken[-1][1]) if amount is None else amount
        # What is no amount goes into the entry as it is, to be refused where all entries are.
        off = -wanted if type(wanted) is int else wanted
        legs = (*_legs((with_amount(held_line(found), off),)), Leg(into, wanted))
        return _stamped(stamp, book, found.home, legs, act=Act.CAPTURE, hold=hold)

    return _post_act(session, book, hold, make, now)


def release(session: Session, *, book: str, hold: str, stamp: Stamp, now: datetime) -> Posted:
    """All that is left of a hold back in the lots that it came from; before or after its deadline.

    Raises HoldUnknown, HoldEnded, and what ``post`` raises. The same reference again gives the first answer.
    """

    def make(found: Target) -> Entry:
        legs = _legs(release_lines(found)) if remaining(found) else _release_again(found)
        return _stamped(stamp, book, found.home, legs, act=Act.RELEASE, hold=hold)

    return _post_act(session, book, hold, make, now)


def _post_act(session: Session, book: str, hold: str, make: Callable[[Target], Entry], now: datetime) -> Posted:
    """Posts what is made of a hold; made again where others took something off it before it could be posted."""
    found = _hold(session, book, hold)
    while True:
        try:
            return post(session, make(found), now=now)
        except (NotOfHold, BalanceTooLow):
            before, found = found, _hold(session, book, hold)
            if found.taken == before.taken:
                raise


def _release_again(hold: Target) -> tuple[Leg, ...]:
    """The legs of the release that ended the hold, so that the same request again is known as such."""
    before = hold.taken[:-1]
    return _legs(release_lines(Target(hold.id, hold.home, hold.lines, None, None, hold.act, None, None, before)))


def _look_up(session: Session, book: str, entry_id: str) -> tuple[Known, Target | None]:
    """The entry of this id, and what stands behind it."""
    check_name("book", book)
    known = Known()
    if not is_name("id", entry_id):
        return known, None
    open_store(session.connection()).look_for_target((book, entry_id), known)
    return known, known.targets.get((book, entry_id))


def _hold(session: Session, book: str, hold: str) -> Target:
    _, found = _look_up(session, book, hold)
    if found is None or found.act != Act.HOLD:
        raise HoldUnknown(hold=name_for_log(hold))
    return found


def _legs(lines: Sequence[Line]) -> tuple[Leg, ...]:
    return tuple(
        Leg(Account(path, unit, floor, ceiling, None if expires_at is None else read_instant(expires_at)), amount)
        for path, unit, floor, ceiling, expires_at, amount in lines
    )


def _stamped(
    stamp: Stamp,
    book: str,
    home: str,
    legs: tuple[Leg, ...],
    *,
    reverses: str | None = None,
    act: Act | None = None,
    hold: str | None = None,
) -> Entry:
    return Entry(
        id=stamp.id,
        book=book,
        home=home,
        reference=stamp.reference,
        kind=stamp.kind,
        occurred_at=stamp.occurred_at,
        local_day=stamp.local_day,
        legs=legs,
        details=stamp.details,
        salt=stamp.salt,
        commitment=stamp.commitment,
        reverses=reverses,
        act=act,
        hold=hold,
    )
