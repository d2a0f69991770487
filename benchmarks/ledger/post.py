"""One action at a time and a thousand at once, against the same rows by hand."""

import ledger
from benchmarks.ledger.actions import City, time_of
from benchmarks.ledger.by_hand import write_in
from benchmarks.ledger.meter import Work
from benchmarks.ledger.pair import Pair, compare
from benchmarks.ledger.places import Place
from benchmarks.ledger.report import Finding
from ledger import Entry

BATCH = 1000


def measure_post(place: Place, *, rounds: int, each: int) -> Finding:
    """Each action in a transaction of its own."""
    return _measure("post, one at a time", place, City(homes=50), rounds=rounds, batches=each, size=1)


def measure_post_many(place: Place, *, rounds: int, each: int) -> Finding:
    """Batches, each in a transaction."""
    city = City(homes=2000)
    return _measure(f"post_many, {BATCH:,} at once", place, city, rounds=rounds, batches=each, size=BATCH)


def _measure(title: str, place: Place, city: City, *, rounds: int, batches: int, size: int) -> Finding:
    pair = Pair(place, city)
    parts = [[city.actions(size) for _ in range(batches)] for _ in range(rounds + 1)]
    return compare(title, place, pair, _sides(pair, parts), rounds=rounds, entries=batches * size)


def _sides(pair: Pair, parts: list[list[list[Entry]]]) -> dict[str, Work]:
    def ours(number: int) -> None:
        for batch in parts[number]:
            now = time_of(batch[-1])
            with pair.ours.writing() as session:
                if len(batch) == 1:
                    ledger.post(session, batch[0], now=now)
                else:
                    ledger.post_many(session, batch, now=now)

    def inside(number: int) -> None:
        for batch in parts[number]:
            now = time_of(batch[-1])
            with pair.inside.writing() as session:
                hand = write_in(session)
                if len(batch) == 1:
                    hand.post(batch[0], now)
                else:
                    hand.post_many(batch, now)

    def bare(number: int) -> None:
        for batch in parts[number]:
            now = time_of(batch[-1])
            if len(batch) == 1:
                pair.hand.post(batch[0], now)
            else:
                pair.hand.post_many(batch, now)

    return {"ledger": ours, "cursor in writing()": inside, "bare cursor": bare}
