"""The core against a naive second ledger: the same answers, the same refusals, the same balances, whatever happens."""

from dataclasses import fields, replace
from datetime import timedelta
from typing import Any, TypeVar

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from ledger import CARBON, POINT, Account, Act, Entry, LedgerError, Leg
from ledger.accounts import stripe_of
from tests.ledger.memory import Memory
from tests.ledger.naive import Naive
from tests.ledger.sample import NOW, THOROUGH, Scribe

T = TypeVar("T")

HOUR = timedelta(hours=1)
SOURCE = Account("sponsor", POINT, floor=None)
MERCHANT = Account("merchant", POINT, floor=None)
EXPIRED = Account("expired", POINT, floor=None)
NATURE = Account("nature", CARBON, floor=None)
FUND = Account("fund", POINT)
LOTS = (
    Account("lot:1", POINT, expires_at=NOW + 2 * HOUR),
    Account("lot:2", POINT, expires_at=NOW + 5 * HOUR),
    Account("lot:3", POINT),
)
ACCOUNTS = (
    SOURCE,
    MERCHANT,
    EXPIRED,
    NATURE,
    *LOTS,
    FUND,
    Account("credit", POINT, floor=-10),
    Account("capped", POINT, ceiling=12),
    Account("owed", POINT, floor=None, ceiling=15),
    Account("grams", CARBON),
)
HELD = tuple(Account(f"held:{number}", POINT) for number in range(6))
HOMES = ("resident:1", "resident:2", "resident:9")
ROW_0 = next(home for home in (f"fund:{number}" for number in range(1000)) if not stripe_of(SOURCE, home))

PICK = st.integers(0, 99)
AMOUNT = st.integers(1, 12)
HOME = st.sampled_from((*HOMES, ROW_0))
PLAIN = st.sampled_from(ACCOUNTS)
NOTHING: dict[str, Any] = {}
OTHER = st.sampled_from(
    [
        *[NOTHING] * 6, {"kind": "gift"}, {"kind": "BAD"}, {"legs": ()}, {"salt": b"short"}, {"details": {"a": 0.5}},
        {"occurred_at": NOW + HOUR}, {"reverses": "ent_nobody"}, {"closes": ("fund",)}, {"closes": ("fund", "fund")},
    ]
)  # fmt: skip


def test_the_homes_have_a_row_each() -> None:
    assert len({stripe_of(SOURCE, home) for home in (*HOMES, ROW_0)}) == 4


class CoreMachine(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.memory, self.naive, self.scribe = Memory(), Naive(ROW_0), Scribe()
        self.now, self.before = NOW, self.naive.copy()
        self.in_batch, self.asked, self.expected = False, list[Entry](), list[object]()

    @initialize()
    def something_is_there(self) -> None:
        self.put(Leg(SOURCE, -60), *(Leg(account, 15) for account in (*LOTS, FUND)), home=HOMES[0])
        self.put(Leg(NATURE, -20), Leg(ACCOUNTS[-1], 20), home=HOMES[1])
        self.hold([(LOTS[0], 3), (LOTS[1], 2), (LOTS[2], 4)], HOMES[0], HELD[0], 1)
        self.hold([(LOTS[1], 5), (FUND, 5)], HOMES[1], HELD[1], 3)

    # What is asked for, alone or as part of a batch.
    def put(self, *legs: Leg, **parts: Any) -> None:
        new = self.scribe.entry(**{"kind": "move", "details": {}, "legs": legs} | parts)
        self.expected.append(self.naive.post(new, self.now))
        self.asked.append(new)
        if not self.in_batch or isinstance(self.expected[-1], str):
            self.send()

    def send(self) -> None:
        """All of it or none: what the ledger answers is what the naive one did."""
        kept = dict(self.memory.accounts), dict(self.memory.entries), len(self.memory.postings)
        try:
            answers = self.memory.post_many(self.asked, now=self.now)
        except LedgerError as error:
            assert error.code == self.expected[-1]
            assert kept == (self.memory.accounts, self.memory.entries, len(self.memory.postings))
            self.naive = self.before
        else:
            assert [(answer.entry_id, answer.replayed, answer.recorded_at) for answer in answers] == self.expected
        self.before, self.asked, self.expected, self.in_batch = self.naive.copy(), [], [], False

    def some(self, values: Any, pick: int) -> Any:
        values = list(values)
        return values[pick % len(values)]

    @rule(hours=st.integers(-2, 3), seconds=st.integers(0, 1))
    @precondition(lambda self: not self.in_batch)
    def time_goes_on_or_back(self, hours: int, seconds: int) -> None:
        self.now += HOUR * hours + timedelta(seconds=seconds)

    @rule(pick=PICK, ticks=st.integers(-1, 1))
    @precondition(lambda self: not self.in_batch)
    def time_meets_a_deadline(self, pick: int, ticks: int) -> None:
        ends = [lot.expires_at for lot in LOTS] + [self.naive.entries[hold].deadline for hold in self.naive.points]
        self.now = self.some([end for end in ends if end is not None], pick) + timedelta(microseconds=ticks)

    @rule()
    @precondition(lambda self: not self.in_batch)
    def a_batch_begins(self) -> None:
        self.in_batch = True

    @rule()
    @precondition(lambda self: self.asked)
    def a_batch_is_sent(self) -> None:
        self.send()

    @rule(into=st.sampled_from(ACCOUNTS[4:11]), amount=AMOUNT, home=HOME, pick=PICK)
    def fill(self, into: Account, amount: int, home: str, pick: int) -> None:
        taken = {"id": self.some(self.naive.entries, pick)} if pick > 90 and self.naive.entries else {}
        self.put(Leg(SOURCE, -amount), Leg(into, amount), home=home, **taken)

    @rule(account=st.sampled_from(ACCOUNTS[7:11]), low=st.booleans(), past=st.integers(0, 1))
    def reach_a_bound(self, account: Account, low: bool, past: int) -> None:
        bound = account.floor if low else account.ceiling
        by = (bound or 0) - self.naive.balance(account.path) + (-past if low else past)
        self.put(Leg(SOURCE, -by), Leg(account, by))

    @rule(legs=st.lists(st.tuples(PLAIN, st.integers(-12, 12)), max_size=4), balanced=st.booleans(), home=HOME)
    def move(self, legs: list[tuple[Account, int]], balanced: bool, home: str) -> None:
        made = [Leg(account, amount) for account, amount in legs]
        for unit, other in ((POINT, SOURCE), (CARBON, NATURE)):
            total = sum(leg.amount for leg in made if leg.account.unit == unit)
            if balanced and total:
                made.append(Leg(other, -total))
        self.put(*made, home=home)

    @rule(account=PLAIN, amount=AMOUNT, pick=PICK)
    def disagree(self, account: Account, amount: int, pick: int) -> None:
        changes = ({"unit": CARBON}, {"floor": -3}, {"ceiling": 99}, {"expires_at": NOW + HOUR}, {"floor": None})
        other = replace(account, **self.some(changes, pick))
        self.put(Leg(NATURE if other.unit == CARBON else SOURCE, -amount), Leg(other, amount))

    @rule(lots=st.lists(st.tuples(PLAIN, AMOUNT), min_size=1, max_size=3), home=HOME, held=st.sampled_from(HELD))
    def hold_anything(self, lots: list[tuple[Account, int]], home: str, held: Account) -> None:
        self.hold(lots, home, held, 1)

    @rule(amounts=st.lists(AMOUNT, min_size=1, max_size=4), home=HOME, pick=PICK, hours=st.integers(-1, 4))
    @precondition(lambda self: self.spendable())
    def hold_lots(self, amounts: list[int], home: str, pick: int, hours: int) -> None:
        """What is there, into an account that is new as long as there is one."""
        found = [
            (lot, min(amount, self.naive.balance(lot.path)))
            for lot, amount in zip(self.spendable(), amounts, strict=False)
        ]
        new = [account for account in HELD if account.path not in self.naive.opened]
        self.hold(found, home, self.some(new or HELD, pick), hours)

    def spendable(self) -> list[Account]:
        found = [lot for lot in (*LOTS, FUND) if self.naive.balance(lot.path) > 0]
        return [lot for lot in found if lot.expires_at is None or lot.expires_at > self.now]

    def hold(self, lots: list[tuple[Account, int]], home: str, held: Account, hours: int) -> None:
        legs = [Leg(account, -amount) for account, amount in lots]
        total = sum(amount for _, amount in lots)
        self.put(*legs, Leg(held, total), home=home, act=Act.HOLD, deadline=self.now + HOUR * hours)

    @rule(pick=PICK, amount=AMOUNT, into=st.sampled_from((MERCHANT, *LOTS, FUND)), part=st.integers(0, 3))
    @precondition(lambda self: any(self.naive.points.values()))
    def capture(self, pick: int, amount: int, into: Account, part: int) -> None:
        hold = self.some((hold for hold, left in self.naive.points.items() if left), pick)
        first = self.naive.entries[hold]
        legs = [Leg(self.naive.held_account(hold), -amount), Leg(into, amount)]
        if 0 < part < amount and into != EXPIRED:
            legs[1:] = [Leg(into, amount - part), Leg(EXPIRED, part)]
        self.put(*legs, home=first.home, act=Act.CAPTURE, hold=hold)

    @rule(pick=PICK)
    @precondition(lambda self: any(self.naive.points.values()))
    def capture_all(self, pick: int) -> None:
        hold = self.some((hold for hold, left in self.naive.points.items() if left), pick)
        left = len(self.naive.points[hold])
        legs = Leg(self.naive.held_account(hold), -left), Leg(MERCHANT, left)
        self.put(*legs, home=self.naive.entries[hold].home, act=Act.CAPTURE, hold=hold)

    @rule(pick=PICK)
    @precondition(lambda self: any(self.naive.points.values()))
    def release(self, pick: int) -> None:
        hold = self.some((hold for hold, left in self.naive.points.items() if left), pick)
        self.put(*self.naive.release(hold), home=self.naive.entries[hold].home, act=Act.RELEASE, hold=hold)

    @rule(pick=PICK, home=st.none() | HOME, lot=st.sampled_from(LOTS), amount=AMOUNT)
    @precondition(lambda self: self.naive.points)
    def release_wrongly(self, pick: int, home: str | None, lot: Account, amount: int) -> None:
        hold = self.some(self.naive.points, pick)
        legs = Leg(self.naive.held_account(hold), -amount), Leg(lot, amount)
        self.put(*legs, home=home or self.naive.entries[hold].home, act=Act.RELEASE, hold=hold)

    @rule(pick=PICK, act=st.sampled_from((Act.CAPTURE, Act.RELEASE)), amount=AMOUNT)
    @precondition(lambda self: self.naive.entries)
    def act_on_what_may_be_no_hold(self, pick: int, act: Act, amount: int) -> None:
        hold = self.some([*self.naive.entries, "ent_nobody"], pick)
        self.put(Leg(LOTS[2], -amount), Leg(MERCHANT, amount), act=act, hold=hold)

    @rule(pick=PICK, held=st.sampled_from(HELD), amount=AMOUNT)
    def move_what_is_held(self, pick: int, held: Account, amount: int) -> None:
        self.put(Leg(held, -amount), Leg(self.some(LOTS, pick), amount))

    @rule(
        pick=PICK,
        other=st.sampled_from([*[NOTHING] * 4, {"home": HOMES[0]}, {"legs": (Leg(SOURCE, -1), Leg(MERCHANT, 1))}]),
    )
    @precondition(lambda self: self.naive.entries)
    def reverse(self, pick: int, other: dict[str, Any]) -> None:
        old = self.naive.entries[self.some(self.naive.entries, pick)]
        self.put(**{"legs": self.naive.mirror(old.id), "home": old.home, "reverses": old.id, **other})

    @rule(pick=PICK)
    @precondition(lambda self: self.naive.used)
    def reverse_an_act(self, pick: int) -> None:
        old = self.naive.entries[self.some(self.naive.used, pick)]
        self.put(legs=self.naive.mirror(old.id), home=old.home, reverses=old.id)

    @rule(lot=st.sampled_from(LOTS), home=HOME, less=st.integers(0, 1))
    @precondition(lambda self: self.now >= NOW + 2 * HOUR)
    def sweep(self, lot: Account, home: str, less: int) -> None:
        amount = max(1, self.naive.balance(lot.path) - less)
        self.put(Leg(lot, -amount), Leg(EXPIRED, amount), home=home, act=Act.SWEEP)

    @rule(picks=st.lists(PICK, min_size=1, max_size=2), empty=st.booleans())
    def close(self, picks: list[int], empty: bool) -> None:
        paths = [self.some([*ACCOUNTS, *HELD], pick) for pick in picks]
        legs: list[Leg] = []
        left = self.naive.balance(paths[0].path)
        if empty and left:
            legs = [Leg(paths[0], -left), Leg(NATURE if paths[0].unit == CARBON else SOURCE, left)]
        self.put(*legs, closes=tuple(account.path for account in paths))

    @rule(pick=PICK, other=OTHER)
    @precondition(lambda self: self.naive.entries)
    def ask_again(self, pick: int, other: dict[str, Any]) -> None:
        old = self.naive.entries[self.some(self.naive.entries, pick)]
        same = {one.name: getattr(old, one.name) for one in fields(old) if one.name not in ("id", "salt", "commitment")}
        self.put(**same | other)

    @invariant()
    def balances_are_the_sums_of_what_moved(self) -> None:
        if self.in_batch:
            return
        rows: dict[str, int] = {}
        for (_, path, _), state in self.memory.accounts.items():
            rows[path] = rows.get(path, 0) + state.balance
        assert rows == {path: self.naive.balance(path) for path in self.naive.opened}

    @invariant()
    def held_accounts_have_what_is_left_of_their_holds(self) -> None:
        for path, hold in self.naive.held.items():
            assert self.naive.balance(path) == len(self.naive.points[hold])

    @invariant()
    def each_row_moves_later_and_keeps_its_running_balance(self) -> None:
        last: dict[object, Any] = {}
        for posting in self.memory.postings:
            at, balance = last.get((posting.path, posting.stripe), (None, 0))
            assert at is None or posting.recorded_at > at
            assert posting.balance == balance + posting.amount
            last[posting.path, posting.stripe] = posting.recorded_at, posting.balance


MACHINES, STEPS = (2000, 50) if THOROUGH else (160, 40)


def test_the_core_does_what_a_naive_ledger_does() -> None:
    run_state_machine_as_test(
        CoreMachine,
        settings=settings(
            max_examples=MACHINES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
