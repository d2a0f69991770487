"""A store for the core in memory: it answers a look from dicts and keeps what a decision says."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from ledger import Act, Entry, Posted
from ledger.core import Request, account_keys, decide, read_request
from ledger.known import AccountKey, AccountState, Decision, Earlier, EntryKey, Known, Posting, ReferenceKey, Target
from ledger.seal import Sealed
from ledger.times import read_instant


@dataclass
class Memory:
    accounts: dict[AccountKey, AccountState] = field(default_factory=dict)
    earlier: dict[ReferenceKey, Earlier] = field(default_factory=dict)
    entries: dict[EntryKey, Sealed] = field(default_factory=dict)
    postings: list[Posting] = field(default_factory=list)

    def post_many(self, entries: Sequence[Entry], *, now: datetime) -> list[Posted]:
        requests = [read_request(entry) for entry in entries]
        decision = decide(requests, self.look(requests), now=now)
        self.apply(decision)
        return decision.answers

    def look(self, requests: Sequence[Request]) -> Known:
        known = Known()
        for request in requests:
            if request.key in self.earlier:
                known.earlier[request.key] = self.earlier[request.key]
            if request.error is None:
                self._look_around(request.entry, known)
        return known

    def _look_around(self, entry: Entry, known: Known) -> None:
        if (entry.book, entry.id) in self.entries:
            known.ids.add((entry.book, entry.id))
        for book, path, stripe in account_keys(entry):
            for key in ((book, path, stripe), (book, path, 0)):
                if key in self.accounts and key not in known.accounts:
                    known.accounts[key] = replace(self.accounts[key])
        holds = [entry_id for (_, entry_id), sealed in self.entries.items() if sealed.record.act == Act.HOLD]
        for target in (entry.reverses, entry.hold, *(holds if entry.closes else ())):
            self._look_for_target(entry.book, target, known)

    def _look_for_target(self, book: str, entry_id: str | None, known: Known) -> None:
        if entry_id is None or (book, entry_id) not in self.entries:
            return
        record = self.entries[book, entry_id].record
        others = [sealed.record for sealed in self.entries.values()]
        known.targets[book, entry_id] = Target(
            id=entry_id,
            home=record.home,
            lines=record.lines,
            reverses=record.reverses,
            reversed_by=next((other.id for other in others if other.reverses == entry_id), None),
            act=record.act,
            hold=record.hold,
            deadline=None if record.deadline is None else read_instant(record.deadline),
            taken=[
                (other.id, -sum(line[-1] for line in other.lines if line[-1] < 0))
                for other in sorted(others, key=lambda other: other.recorded_at)
                if other.hold == entry_id
            ],
        )
        if record.act == Act.CAPTURE:
            self._look_for_target(book, record.hold, known)

    def apply(self, decision: Decision) -> None:
        for key, state in decision.accounts.items():
            before = self.accounts.get(key)
            assert state.seen == (None if before is None else before.balance)
            self.accounts[key] = replace(state, seen=state.balance)
        for sealed in decision.entries:
            record = sealed.record
            assert (record.book, record.id) not in self.entries
            self.entries[record.book, record.id] = sealed
            first = Earlier(
                record.id, record.kind, read_instant(record.recorded_at), sealed.content_hash, sealed.leaf_hash
            )
            self.earlier[record.book, record.home, record.reference] = first
        self.postings += decision.postings
