"""One action at a time and a thousand at once, against the same rows by hand."""

import ledger
from benchmarks.ledger.actions import City, time_of
from benchmarks.ledger.pair import Pair, compare
from benchmarks.ledger.places import Place
from benchmarks.ledger.report import Finding

BATCH = 1000


def measure_post(place: Place, *, rounds: int, each: int) -> Finding:
    """Each action in a transaction of its own."""
    city = City(homes=50)
    pair = Pair(place, city)
    parts = [city.actions(each) for _ in range(rounds + 1)]

    def ours(number: int) -> None:
        for entry in parts[number]:
            with pair.ours.writing() as session:
                ledger.post(session, entry, now=time_of(entry))

    def by_hand(number: int) -> None:
        for entry in parts[number]:
            pair.hand.post(entry, time_of(entry))

    return compare(
        "post, one at a time", place, pair, {"ledger": ours, "by hand": by_hand}, rounds=rounds, entries=each
    )


def measure_post_many(place: Place, *, rounds: int, each: int) -> Finding:
    """Batches, each in a transaction."""
    city = City(homes=2000)
    pair = Pair(place, city)
    parts = [[city.actions(BATCH) for _ in range(each)] for _ in range(rounds + 1)]

    def ours(number: int) -> None:
        for batch in parts[number]:
            with pair.ours.writing() as session:
                ledger.post_many(session, batch, now=time_of(batch[-1]))

    def by_hand(number: int) -> None:
        for batch in parts[number]:
            pair.hand.post_many(batch, time_of(batch[-1]))

    title, sides = f"post_many, {BATCH:,} at once", {"ledger": ours, "by hand": by_hand}
    return compare(title, place, pair, sides, rounds=rounds, entries=each * BATCH)
