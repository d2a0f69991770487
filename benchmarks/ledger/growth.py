"""Posting to a large book against posting to a small one."""

import ledger
from benchmarks.ledger.actions import City, time_of
from benchmarks.ledger.filling import fill, homes_for
from benchmarks.ledger.meter import Work, ratio_of, take_turns
from benchmarks.ledger.pair import analyse
from benchmarks.ledger.places import VAR, Place, make_tables, open_file
from benchmarks.ledger.report import Aim, Finding
from greenlife.db import Database

SMALL = 10_000
AIM = Aim(1.15)


def measure_growth(place: Place, *, size: int, rounds: int, each: int) -> Finding:
    """Of ``size`` entries against SMALL."""
    sizes = {f"at {count:,} entries": count for count in (size, SMALL)}
    books = {name: _book_of(place, count) for name, count in sizes.items()}
    sides = {name: _posting(book, sizes[name], rounds, each) for name, book in books.items()}
    costs = take_turns(sides, rounds=rounds, entries=each, pids=place.pids)
    large, small = costs.values()
    cpu = ratio_of([cost.cpu for cost in large], [cost.cpu for cost in small])
    wall = ratio_of([cost.wall for cost in large], [cost.wall for cost in small])
    for book in books.values():
        book.engine.dispose()
    return Finding(
        "post to a large book", costs, [("CPU, large / small", cpu, AIM), ("wall, large / small", wall, None)]
    )


def _posting(book: Database, size: int, rounds: int, each: int) -> Work:
    # Another seed each time: a book that was kept has the postings of earlier runs.
    city = City(homes=homes_for(size), seed=None, number=size)
    parts = [city.actions(each) for _ in range(rounds + 1)]

    def work(number: int) -> None:
        for entry in parts[number]:
            with book.writing() as session:
                ledger.post(session, entry, now=time_of(entry))

    return work


def _book_of(place: Place, size: int) -> Database:
    """On SQLite a large one is kept for the next run."""
    if place.name != "SQLite" or size <= SMALL:
        book = place.open_new()
        fill(book, size)
        analyse(book)
        return book
    path = VAR / f"growth-{size}.db"
    if not path.exists():
        part = path.with_suffix(".part")
        part.unlink(missing_ok=True)
        book = open_file(part)
        make_tables(book)
        fill(book, size)
        book.engine.dispose()
        part.rename(path)
    return open_file(path)
