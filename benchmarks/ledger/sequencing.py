"""Waiting entries given their place in the log: read, hashed, and the tree above them stored, a thousand at once."""

import ledger
from benchmarks.ledger.actions import BOOK, City
from benchmarks.ledger.by_hand import write_in
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
        pair.post(city.actions(BATCH))
    pair.analyse()
    sides: dict[str, Work] = {
        "ledger": _ours(pair, each),
        "cursor in writing()": _inside(pair, each),
        "bare cursor": _bare(pair, each),
    }
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


def _inside(pair: Pair, each: int) -> Work:
    def work(_number: int) -> None:
        for _ in range(each):
            with pair.inside.writing() as session:
                assert write_in(session).sequence(BOOK, BATCH) == BATCH

    return work


def _bare(pair: Pair, each: int) -> Work:
    def work(_number: int) -> None:
        for _ in range(each):
            assert pair.hand.sequence(BOOK, BATCH) == BATCH

    return work
