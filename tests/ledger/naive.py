"""A second ledger, naive on purpose: balances are sums of a list of legs, a hold is a list of single points.

It has none of the ledger's code, only its words for accounts and entries, and takes no care for speed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from ledger import Account, Act, Entry, Leg

TICK = timedelta(microseconds=1)

Answer = tuple[str, bool, datetime]
"""Id, whether replayed, and when it was recorded."""


def is_striped(account: Account) -> bool:
    return account.floor is None and account.ceiling is None


def content(entry: Entry) -> tuple[object, ...]:
    """What makes a request the same one: all but id, salt and commitment."""
    return (
        entry.kind, entry.occurred_at, entry.local_day, entry.legs, entry.details, entry.reverses, entry.act,
        entry.hold, entry.deadline, entry.closes,
    )  # fmt: skip


def malformed(entry: Entry) -> str:
    """The code of what is wrong with the entry by itself."""
    if not entry.kind.islower():
        return "name_invalid"
    if len(entry.salt) != 32:
        return "salt_invalid"
    if any(isinstance(value, float) for value in entry.details.values()):
        return "details_invalid"
    if len(entry.closes) != len(set(entry.closes)):
        return "act_invalid"
    if not entry.legs and not entry.closes:
        return "entry_empty"
    for at, leg in enumerate(entry.legs):
        if not leg.amount:
            return "amount_invalid"
        if leg.account.path in [other.account.path for other in entry.legs[:at]]:
            return "duplicate_leg"
    units = {leg.account.unit for leg in entry.legs}
    if any(sum(leg.amount for leg in entry.legs if leg.account.unit == unit) for unit in units):
        return "entry_unbalanced"
    return ""


def disagreement(asked: Account, found: Account) -> str:
    for name, code in (("unit", "unit"), ("floor", "floor"), ("ceiling", "ceiling"), ("expires_at", "expiry")):
        if getattr(asked, name) != getattr(found, name):
            return f"{code}_mismatch"
    return ""


@dataclass
class Moved:
    """A leg of an entry that was taken; ``row`` is its home where the account has no bounds."""

    account: Account
    row: str
    amount: int
    at: datetime


@dataclass
class Naive:
    """``first_home`` is the one whose row of an account without bounds is there from its opening on."""

    first_home: str
    moved: list[Moved] = field(default_factory=list)
    answers: dict[tuple[str, str], tuple[Entry, Answer]] = field(default_factory=dict)
    entries: dict[str, Entry] = field(default_factory=dict)
    opened: dict[str, tuple[Account, datetime]] = field(default_factory=dict)
    closed: list[str] = field(default_factory=list)
    held: dict[str, str] = field(default_factory=dict)
    points: dict[str, list[Account]] = field(default_factory=dict)
    """Hold → the lot of each single point that is left of it, in their order."""
    used: dict[str, list[Account]] = field(default_factory=dict)
    """Capture → the lots of the points that it took."""
    reversed: list[str] = field(default_factory=list)

    def copy(self) -> Naive:
        copy = Naive(self.first_home)
        for name, value in vars(self).items():
            setattr(copy, name, value if isinstance(value, str) else type(value)(value))
        return copy

    def balance(self, path: str) -> int:
        return sum(moved.amount for moved in self.moved if moved.account.path == path)

    def post(self, entry: Entry, now: datetime) -> Answer | str:
        """The answer, or the code of the refusal."""
        key = entry.home, entry.reference
        if key in self.answers:
            first, (entry_id, _, at) = self.answers[key]
            return (entry_id, True, at) if content(first) == content(entry) else "reference_conflict"
        code = malformed(entry) or ("id_conflict" if entry.id in self.entries else "")
        if code:
            return code
        at = self.time(entry, now)
        code = self.bad_link(entry, at) or self.bad_legs(entry, at) or self.bad_closing(entry)
        if code:
            return code
        self.write(entry, at)
        self.answers[key] = entry, (entry.id, False, at)
        return entry.id, False, at

    def time(self, entry: Entry, now: datetime) -> datetime:
        """Later than anything that happened to the rows it touches."""
        rows = [(leg.account.path, entry.home if is_striped(leg.account) else "") for leg in entry.legs]
        times = [now]
        for path, row in [*rows, *((path, "") for path in entry.closes)]:
            moves = [moved.at + TICK for moved in self.moved if (moved.account.path, moved.row) == (path, row)]
            opened = [self.opened[path][1] + TICK * (row == self.first_home)] if path in self.opened else []
            times += moves or opened
        return max(times)

    def bad_link(self, entry: Entry, at: datetime) -> str:
        if entry.reverses is not None:
            return self.bad_reversal(entry, self.entries.get(entry.reverses))
        if entry.act is Act.HOLD:
            return self.bad_hold(entry)
        return self.bad_act(entry, entry.hold, at) if entry.hold is not None else ""

    def bad_reversal(self, entry: Entry, old: Entry | None) -> str:
        if old is None:
            return "entry_unknown"
        if old.reverses is not None:
            return "reversal_of_reversal"
        if old.act in (Act.HOLD, Act.RELEASE):
            return "reversal_of_hold"
        if old.id in self.reversed:
            return "already_reversed"
        return "" if (entry.home, entry.legs) == (old.home, self.mirror(old.id)) else "not_a_mirror"

    def bad_hold(self, entry: Entry) -> str:
        into = [leg.account for leg in entry.legs if leg.amount > 0]
        plain = [account for account in into if (account.floor, account.ceiling, account.expires_at) == (0, None, None)]
        units = {leg.account.unit for leg in entry.legs}
        bottomless = [leg for leg in entry.legs if leg.account.floor is None]
        return "" if len(into) == len(plain) == len(units) == 1 and not bottomless else "hold_invalid"

    def bad_act(self, entry: Entry, hold: str, at: datetime) -> str:
        if hold not in self.points:
            return "hold_unknown"
        if not self.points[hold]:
            return "hold_ended"
        first = self.entries[hold]
        if entry.home != first.home:
            return "not_of_hold"
        if entry.act is Act.RELEASE:
            return "" if entry.legs == self.release(hold) else "not_of_hold"
        if first.deadline is not None and at >= first.deadline:
            return "hold_overdue"
        debits = [leg.account for leg in entry.legs if leg.amount < 0]
        lots = [leg.account.path for leg in first.legs]
        back = [leg for leg in entry.legs if leg.amount > 0 and leg.account.path in lots]
        return "" if debits == [self.held_account(hold)] and not back else "not_of_hold"

    def bad_legs(self, entry: Entry, at: datetime) -> str:
        return next((code for leg in entry.legs if (code := self.bad_leg(entry, leg, at))), "")

    def bad_leg(self, entry: Entry, leg: Leg, at: datetime) -> str:
        path, known = leg.account.path, self.opened.get(leg.account.path, (leg.account,))[0]
        after = self.balance(path) + leg.amount
        is_over = known.expires_at is not None and at >= known.expires_at
        code = disagreement(leg.account, known)
        if code:
            return code
        if path in self.closed:
            return "account_closed"
        if self.held.get(path, entry.hold) != entry.hold:
            return "account_held"
        if leg.amount > 0:
            if entry.act is Act.HOLD and path in self.opened:
                return "hold_invalid"
            return "balance_too_high" if known.ceiling is not None and after > known.ceiling else ""
        if entry.act is Act.SWEEP and not is_over:
            return "act_invalid"
        if is_over and entry.act is not Act.SWEEP and entry.reverses is None:
            return "account_expired"
        return "balance_too_low" if known.floor is not None and after < known.floor else ""

    def bad_closing(self, entry: Entry) -> str:
        for path in entry.closes:
            if path not in [*self.opened, *(leg.account.path for leg in entry.legs)]:
                return "account_unknown"
            account = next((leg.account for leg in entry.legs if leg.account.path == path), None)
            account = account or self.opened[path][0]
            if is_striped(account):
                return "act_invalid"
            if path in self.closed:
                return "account_closed"
            if self.balance(path) + sum(leg.amount for leg in entry.legs if leg.account.path == path):
                return "account_not_empty"
            if any(lot.path == path for hold, left in self.left_after(entry).items() for lot in left):
                return "account_has_hold"
        return ""

    def left_after(self, entry: Entry) -> dict[str, list[Account]]:
        """The lots of what is left of each hold once the entry is written."""
        left = dict(self.points)
        if entry.act is Act.HOLD:
            left[entry.id] = _points_of(entry)
        if entry.hold is not None:
            left[entry.hold] = left[entry.hold][_taken(entry) :]
        return left

    def write(self, entry: Entry, at: datetime) -> None:
        self.entries[entry.id] = entry
        for leg in entry.legs:
            account = leg.account
            self.opened.setdefault(account.path, (account, at))
            self.moved.append(Moved(account, entry.home if is_striped(account) else "", leg.amount, at))
            if entry.act is Act.HOLD and leg.amount > 0:
                self.held[account.path] = entry.id
        self.closed += entry.closes
        if entry.reverses is not None:
            self.reversed.append(entry.reverses)
        if entry.act is Act.HOLD:
            self.points[entry.id] = _points_of(entry)
        if entry.hold is not None:
            left, taken = self.points[entry.hold], _taken(entry)
            self.used[entry.id], self.points[entry.hold] = left[:taken], left[taken:]

    def held_account(self, hold: str) -> Account:
        return next(leg.account for leg in self.entries[hold].legs if leg.amount > 0)

    def release(self, hold: str) -> tuple[Leg, ...]:
        """All that is left of a hold back to its lots."""
        left = self.points[hold]
        return (Leg(self.held_account(hold), -len(left)), *_by_lot(left))

    def mirror(self, entry_id: str) -> tuple[Leg, ...]:
        """What undoes an entry; of a capture, back into the lots of the points that it took."""
        legs = tuple(Leg(leg.account, -leg.amount) for leg in self.entries[entry_id].legs)
        if self.entries[entry_id].act is not Act.CAPTURE:
            return legs
        return (*_by_lot(self.used[entry_id]), *(leg for leg in legs if leg.amount < 0))


def _points_of(hold: Entry) -> list[Account]:
    """The lot of each single point that it takes."""
    return [leg.account for leg in hold.legs for _ in range(-leg.amount)]


def _taken(act: Entry) -> int:
    """How many points it takes off its hold."""
    return -sum(leg.amount for leg in act.legs if leg.amount < 0)


def _by_lot(points: list[Account]) -> list[Leg]:
    return [Leg(lot, len(list(some))) for lot, some in groupby(points)]
