"""The state machine: entries and what is known of the books in, records or one rejection out.

Pure: no clock, no randomness, no store. Entries are decided in their order, each on the state that the ones before it
left, and all of a batch or none of it is written: they are linked. Idempotency comes before everything: an entry whose
home has used its reference before is the same entry sent again, or a conflict, whatever else is wrong with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ledger.accounts import STRIPES, Account, stripe_of
from ledger.amounts import LARGEST_BALANCE
from ledger.errors import (
    AccountClosed,
    AccountExpired,
    AccountHasHold,
    AccountHeld,
    AccountNotEmpty,
    AccountUnknown,
    ActInvalid,
    BalanceOutOfRange,
    BalanceTooHigh,
    BalanceTooLow,
    CeilingMismatch,
    EntryInvalid,
    ExpiryMismatch,
    FloorMismatch,
    HoldInvalid,
    IdConflict,
    ReferenceConflict,
    TimeInvalid,
    UnitMismatch,
)
from ledger.known import AccountKey, AccountState, Decision, Earlier, Known, Posted, Posting, ReferenceKey
from ledger.linked import check_links, find_hold, link
from ledger.postings import Act, Entry, Leg, check_entry, has_key
from ledger.seal import has_content, seal_entry
from ledger.times import is_instant

TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Request:
    """An entry, its key if it has one, what is wrong with it by itself, and where that is nothing its ``accounts``."""

    entry: Entry
    key: ReferenceKey | None
    error: EntryInvalid | None
    accounts: tuple[AccountKey, ...] = ()


def read_request(entry: Entry) -> Request:
    """The entry looked at without the books."""
    try:
        check_entry(entry)
    except EntryInvalid as error:
        return Request(entry, _key(entry) if has_key(entry) else None, error)
    return Request(entry, _key(entry), None, account_keys(entry))


def account_keys(entry: Entry) -> tuple[AccountKey, ...]:
    """The rows of accounts that a well-formed entry touches, one for each leg and then those that it closes."""
    touched = [(entry.book, leg.account.path, stripe_of(leg.account, entry.home)) for leg in entry.legs]
    return (*touched, *((entry.book, path, 0) for path in entry.closes)) if entry.closes else tuple(touched)


def decide(requests: Sequence[Request], known: Known, *, now: datetime) -> Decision:
    """What to write and to answer; raises the first LedgerError there is, and then ``known`` is of no more use."""
    if not is_instant(now):
        raise TimeInvalid(field="now")
    now = now.astimezone(UTC)  # in other zones an hour may come twice, and sums of times go by the clock on the wall
    decision = Decision()
    ids = known.ids
    for request in requests:
        first = known.earlier.get(request.key) if request.key else None
        if first is not None:
            if not has_content(request.entry, first.content_hash):
                raise ReferenceConflict(reference=request.entry.reference)
            decision.answers.append(_repeat(request.entry, first))
            continue
        if request.error is not None:
            raise request.error
        entry = request.entry
        if (entry.book, entry.id) in ids:
            raise IdConflict(entry_id=entry.id)
        ids.add((entry.book, entry.id))
        _take(request, known, decision, now)
    return decision


def _take(request: Request, known: Known, decision: Decision, now: datetime) -> None:
    entry = request.entry
    keys = request.accounts[: len(entry.legs)]
    states = [known.accounts.get(key) or _new_row(key, leg, known) for key, leg in zip(keys, entry.legs, strict=True)]
    at = _time(entry, states, known, now)
    check_links(entry, known, at)
    for leg, state in zip(entry.legs, states, strict=True):
        _check_agreement(entry.book, leg.account, state.account)
        _check_use(entry, leg, state, at)
        _check_bounds(entry.book, leg, state)
    sealed = seal_entry(entry, now=at)
    recorded_at = sealed.record.recorded_at
    for number, (key, leg, state) in enumerate(zip(keys, entry.legs, states, strict=True)):
        if state.opened_at is None:
            _open(state, known, decision, at)
        state.balance += leg.amount
        state.moved_at = at
        if entry.act is Act.HOLD and leg.amount > 0:
            state.held_by = entry.id
        decision.accounts[key] = state
        book, path, stripe = key
        decision.postings.append(
            Posting(book, entry.id, number, path, stripe, leg.account.unit, leg.amount, recorded_at, state.balance)
        )
    link(sealed.record, known)
    _close(entry, known, decision)
    decision.entries.append(sealed)
    first = Earlier(entry.id, sealed.record.kind, at, sealed.content_hash, sealed.leaf_hash)
    known.earlier[_key(entry)] = first
    decision.answers.append(
        Posted(entry.id, entry.book, entry.reference, sealed.record.kind, at, sealed.leaf_hash, replayed=False)
    )


def _time(entry: Entry, states: Sequence[AccountState], known: Known, now: datetime) -> datetime:
    """When it is recorded: after the last move of each account that it moves or closes, whatever the clock says.

    So nothing stands on a closed account after its closing, and no row of an account is older than its row 0.
    """
    at = now
    closed = [known.accounts[entry.book, path, 0] for path in entry.closes if (entry.book, path, 0) in known.accounts]
    for state in (*states, *closed):
        if state.moved_at is not None and state.moved_at >= at:
            at = state.moved_at + TICK
        if state.opened_at is None:
            fixed = known.accounts.get((entry.book, state.account.path, 0))
            if fixed is not None and fixed.opened_at is not None and fixed.opened_at > at:
                at = fixed.opened_at
    return at


def _new_row(key: AccountKey, leg: Leg, known: Known) -> AccountState:
    """A row that there is not yet, of an account that may be there."""
    book, path, stripe = key
    fixed = known.accounts.get((book, path, 0))
    return AccountState(book, leg.account if fixed is None else fixed.account, stripe)


def _open(state: AccountState, known: Known, decision: Decision, at: datetime) -> None:
    book, path = state.book, state.account.path
    state.opened_at = at
    known.accounts[book, path, state.stripe] = state
    if (book, path, 0) not in known.accounts:
        fixed = AccountState(book, state.account, 0, opened_at=at, moved_at=at)
        known.accounts[book, path, 0] = decision.accounts[book, path, 0] = fixed


def _check_agreement(book: str, asked: Account, found: Account) -> None:
    if asked == found:
        return
    if asked.unit != found.unit:
        raise UnitMismatch(book=book, path=found.path, unit=found.unit)
    if asked.floor != found.floor:
        raise FloorMismatch(book=book, path=found.path, floor=found.floor)
    if asked.ceiling != found.ceiling:
        raise CeilingMismatch(book=book, path=found.path, ceiling=found.ceiling)
    if _in_utc(asked.expires_at) != _in_utc(found.expires_at):
        raise ExpiryMismatch(book=book, path=found.path, expires_at=found.expires_at)


def _in_utc(instant: datetime | None) -> datetime | None:
    """So that equal instants are equal: one that comes twice on its zone's clock differs from that of any other zone."""
    return None if instant is None else instant.astimezone(UTC)


def _check_use(entry: Entry, leg: Leg, state: AccountState, at: datetime) -> None:
    path = leg.account.path
    if state.closed_by is not None:
        raise AccountClosed(book=entry.book, path=path, closed_by=state.closed_by)
    if state.held_by is not None and state.held_by != entry.hold:
        raise AccountHeld(book=entry.book, path=path, hold=state.held_by)
    if entry.act is Act.HOLD and leg.amount > 0 and state.moved_at is not None:
        raise HoldInvalid(path=path)
    if leg.amount > 0:
        return
    expires_at = state.account.expires_at
    is_over = expires_at is not None and at >= expires_at
    if entry.act is Act.SWEEP and not is_over:
        raise ActInvalid(why="sweep")
    if is_over and entry.act is not Act.SWEEP and entry.reverses is None:
        raise AccountExpired(book=entry.book, path=path, expires_at=expires_at)


def _check_bounds(book: str, leg: Leg, state: AccountState) -> None:
    account, balance = leg.account, state.balance + leg.amount
    if leg.amount < 0 and account.floor is not None and balance < account.floor:
        raise BalanceTooLow(book=book, path=account.path, short_by=account.floor - balance)
    if leg.amount > 0 and account.ceiling is not None and balance > account.ceiling:
        raise BalanceTooHigh(book=book, path=account.path, over_by=balance - account.ceiling)
    # Rows of one account add up, so each has its part of what the account can hold.
    most = LARGEST_BALANCE // STRIPES if account.floor is account.ceiling is None else LARGEST_BALANCE
    if not -most <= balance <= most:
        raise BalanceOutOfRange(book=book, path=account.path, most=most)


def _close(entry: Entry, known: Known, decision: Decision) -> None:
    for path in entry.closes:
        key = entry.book, path, 0
        state = known.accounts.get(key)
        if state is None:
            raise AccountUnknown(book=entry.book, path=path)
        if state.account.floor is None and state.account.ceiling is None:
            raise ActInvalid(why="closes")
        if state.closed_by is not None:
            raise AccountClosed(book=entry.book, path=path, closed_by=state.closed_by)
        if state.balance:
            raise AccountNotEmpty(book=entry.book, path=path, balance=state.balance)
        if (hold := find_hold(entry.book, path, known)) is not None:
            raise AccountHasHold(book=entry.book, path=path, hold=hold)
        state.closed_by = entry.id
        decision.accounts[key] = state


def _key(entry: Entry) -> ReferenceKey:
    return entry.book, entry.home, entry.reference


def _repeat(entry: Entry, first: Earlier) -> Posted:
    return Posted(first.id, entry.book, entry.reference, first.kind, first.recorded_at, first.leaf_hash, replayed=True)
