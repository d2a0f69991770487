"""Waiting entries given their place in the log: read, hashed, and the tree above them stored, a thousand at once."""

import ledger
from benchmarks.ledger.actions import BOOK, City, time_of
from benchmarks.ledger.meter import Work
from benchmarks.ledger.pair import Pair, compare
from benchmarks.ledger.places import Place
from benchmarks.ledger.report import Finding

BATCH = 1000


def measure_sequencing(place: Place, *, rounds: int, each: int) -> Finding:
    """``each`` runs a round."""
    city = City(homes=2000)
    pair = Pair(place, city)
    for _ in range((rounds + 1) * each):
        batch = city.actions(BATCH)
        with pair.ours.writing() as session:
            ledger.post_many(session, batch, now=time_of(batch[-1]))
        pair.hand.post_many(batch, time_of(batch[-1]))
    pair.analyse()
    sides: dict[str, Work] = {"ledger": _ours(pair, each), "by hand": _by_hand(pair, each)}
    return compare(f"sequencing, {BATCH:,} at once", place, pair, sides, rounds=rounds, entries=each * BATCH)


def _ours(pair: Pair, each: int) -> Work:
    kept: list[ledger.Checkpoint | None] = [None]

    def work(_number: int) -> None:
        for _ in range(each):
            with pair.ours.writing() as session:
                head = ledger.extend_log(session, BOOK, kept=kept[0], limit=BATCH)
            kept[0] = ledger.Checkpoint("bench", head.size, head.root)
            assert head.added == BATCH

    return work


def _by_hand(pair: Pair, each: int) -> Work:
    def work(_number: int) -> None:
        for _ in range(each):
            assert pair.hand.sequence(BOOK, BATCH) == BATCH

    return work
