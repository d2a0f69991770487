"""The ledger against a naive second one: a dict of balances, a dict of requests, nothing clever."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from sqlalchemy.orm import Session

import ledger
from ledger import CARBON, POINT, Account, Entry, LedgerError, Leg, Posted
from tests.ledger.sample import BOOK, NOW, OpenStore, Scribe, everything

ACCOUNTS = (
    Account("source", POINT, None),
    Account("a", POINT),
    Account("b", POINT),
    Account("credit", POINT, -10),
    Account("nature", CARBON, None),
    Account("grams", CARBON),
)
AMOUNTS = st.integers(-15, 15)
LEGS = st.lists(st.tuples(st.sampled_from(ACCOUNTS), AMOUNTS), max_size=4)
PAIRS = st.tuples(st.sampled_from(ACCOUNTS[:4]), st.sampled_from(ACCOUNTS[:4]), st.integers(1, 15)).map(
    lambda pair: [(pair[0], -pair[2]), (pair[1], pair[2])]
)
REFERENCES = st.integers(1, 30).map(lambda number: f"form:{number}")


class Naive:
    """What the ledger should hold, kept without any care for speed or safety."""

    def __init__(self) -> None:
        self.balances: dict[str, int] = {}
        self.requests: dict[str, tuple[tuple[Leg, ...], str | None, str]] = {}
        self.legs: dict[str, tuple[Leg, ...]] = {}
        self.reversals: dict[str, str] = {}

    def post(self, entry: Entry) -> tuple[str, bool] | str:
        """Id and whether replayed, or the code of the refusal."""
        if entry.reference in self.requests:
            legs, reverses, first = self.requests[entry.reference]
            return (first, True) if (legs, reverses) == (entry.legs, entry.reverses) else "reference_conflict"
        if entry.reverses is None:
            code = self._check_legs(entry.legs)
        else:
            code = self._check_reversal(entry.reverses)
        moved = dict(self.balances)
        for leg in entry.legs:
            path, floor = leg.account.path, leg.account.floor
            moved[path] = moved.get(path, 0) + leg.amount
            if not code and floor is not None and moved[path] < floor:
                code = "balance_too_low"
        if code:
            return code
        self.balances = moved
        self.requests[entry.reference] = (entry.legs, entry.reverses, entry.id)
        self.legs[entry.id] = entry.legs
        if entry.reverses:
            self.reversals[entry.reverses] = entry.id
        return entry.id, False

    def _check_legs(self, legs: tuple[Leg, ...]) -> str:
        if not legs:
            return "entry_empty"
        for at, leg in enumerate(legs):
            if not leg.amount:
                return "amount_invalid"
            if leg.account in [other.account for other in legs[:at]]:
                return "duplicate_leg"
        units = {leg.account.unit for leg in legs}
        if any(sum(leg.amount for leg in legs if leg.account.unit == unit) for unit in units):
            return "entry_unbalanced"
        return ""

    def _check_reversal(self, entry_id: str) -> str:
        if entry_id in self.reversals.values():
            return "reversal_of_reversal"
        return "already_reversed" if entry_id in self.reversals else ""

    def post_many(self, entries: list[Entry]) -> list[tuple[str, bool]] | str:
        kept = dict(self.balances), dict(self.requests), dict(self.legs)
        answers: list[tuple[str, bool]] = []
        for entry in entries:
            answer = self.post(entry)
            if isinstance(answer, str):
                self.balances, self.requests, self.legs = kept
                return answer
            answers.append(answer)
        return answers


def attempt(write: Callable[[], list[Posted]]) -> tuple[list[Posted], str]:
    """The answers, or the code of the refusal."""
    try:
        return write(), ""
    except LedgerError as error:
        return [], error.code


class LedgerMachine(RuleBasedStateMachine):
    posted = Bundle("posted")

    def __init__(self, open_store: OpenStore) -> None:
        super().__init__()
        self.opened = ExitStack()
        self.session = self.opened.enter_context(Session(self.opened.enter_context(open_store())))
        self.scribe = Scribe()
        self.naive = Naive()

    def make(self, legs: list[tuple[Account, int]], reference: str) -> Entry:
        return self.scribe.entry(*legs, reference=reference, kind="move")

    @rule(target=posted, legs=st.one_of(PAIRS, LEGS), reference=REFERENCES)
    def post(self, legs: list[tuple[Account, int]], reference: str) -> str:
        entry = self.make(legs, reference)
        expected = self.naive.post(entry)
        return self.compare(expected, lambda: [ledger.post(self.session, entry, now=NOW)])

    @rule(requests=st.lists(st.tuples(PAIRS, REFERENCES), min_size=1, max_size=5))
    def post_many(self, requests: list[tuple[list[tuple[Account, int]], str]]) -> None:
        entries = [self.make(legs, reference) for legs, reference in requests]
        expected = self.naive.post_many(entries)
        before = everything(self.session)
        answers, code = attempt(lambda: ledger.post_many(self.session, entries, now=NOW))
        if code:
            assert code == expected
            assert everything(self.session) == before
        else:
            assert [(answer.entry_id, answer.replayed) for answer in answers] == expected

    @rule(entry_id=posted, reference=REFERENCES)
    def reverse(self, entry_id: str, reference: str) -> None:
        if not entry_id:
            return
        legs = tuple(replace(leg, amount=-leg.amount) for leg in self.naive.legs[entry_id])
        new = ledger.new_id("rev", self.scribe.entropy)
        fields: dict[str, Any] = {
            "legs": legs,
            "reference": reference,
            "id": new,
            "reverses": entry_id,
        }
        expected = self.naive.post(self.scribe.entry(**fields))
        self.compare(
            expected,
            lambda: [self.scribe.reverse(self.session, entry_id, id=new, reference=reference, kind="move")],
        )

    def compare(self, expected: object, write: Callable[[], list[Posted]]) -> str:
        before = everything(self.session)
        answers, code = attempt(write)
        if code:
            assert code == expected
            assert everything(self.session) == before
            return ""
        assert [(answer.entry_id, answer.replayed) for answer in answers] == [expected]
        return answers[0].entry_id

    @invariant()
    def balances_are_equal(self) -> None:
        for account in ACCOUNTS:
            assert ledger.balance(self.session, BOOK, account.path) == self.naive.balances.get(account.path, 0)

    def teardown(self) -> None:
        with self.opened:
            assert ledger.check_book(self.session, BOOK) is None


# Fewer on PostgreSQL, where each statement is a way to another process and back.
@pytest.mark.parametrize(("open_store", "examples"), [("sqlite", 40), ("postgresql", 15)], indirect=["open_store"])
def test_the_ledger_does_what_a_naive_one_does(open_store: OpenStore, examples: int) -> None:
    run_state_machine_as_test(
        lambda: LedgerMachine(open_store),
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
