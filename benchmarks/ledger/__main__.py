"""`python -m benchmarks.ledger`: what the ledger costs beside the same rows by hand, on SQLite and on PostgreSQL."""

import argparse
from dataclasses import replace

from benchmarks.ledger.meter import cores
from benchmarks.ledger.places import on_postgresql, on_sqlite
from benchmarks.ledger.report import show
from benchmarks.ledger.rows import ROWS, Scale, findings

PLACES = {"sqlite": on_sqlite, "postgresql": on_postgresql}
FULL = Scale(rounds=11, posts=300, batches=3, book=1_000_000, leaves=1_000_000, seconds=2.0)
QUICK = Scale(rounds=3, posts=100, batches=1, book=50_000, leaves=50_000, seconds=0.5)


def main() -> None:
    """Prints the findings as they come."""
    options = _parse()
    scale = QUICK if options.quick else FULL
    if options.size:
        scale = replace(scale, book=options.size)
    print(f"{scale.rounds} rounds of either side by turns, on {cores()} cores: median (least to most)")
    for name in options.place or PLACES:
        with PLACES[name]() as place:
            for finding in findings(place, scale, options.only or ROWS):
                show(finding)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a look that takes a minute")
    parser.add_argument("--size", type=int, help=f"entries of the large book (else {FULL.book:,})")
    parser.add_argument("--only", nargs="+", choices=ROWS, help="these rows alone")
    parser.add_argument("--place", nargs="+", choices=PLACES, help="this database alone")
    return parser.parse_args()


if __name__ == "__main__":
    main()
