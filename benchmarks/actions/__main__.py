"""`python -m benchmarks.actions`: what codes and actions cost beside the least that would do."""

import argparse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from benchmarks.actions.codes import verify_codes
from benchmarks.actions.days import book_late
from benchmarks.actions.quantifying import quantify_actions
from benchmarks.actions.rules import judge_scans
from benchmarks.ledger.meter import cores
from benchmarks.ledger.report import Finding, show


@dataclass(frozen=True)
class Scale:
    """``rounds`` of either side, each of ``codes`` codes or quantities, or of so many ``bookings``."""

    rounds: int
    codes: int
    bookings: int


FULL = Scale(rounds=21, codes=20_000, bookings=200)
QUICK = Scale(rounds=5, codes=5_000, bookings=50)
ROWS: Mapping[str, Callable[[Scale], Iterator[Finding]]] = {
    "codes": lambda scale: verify_codes(rounds=scale.rounds, codes=scale.codes),
    "quantify": lambda scale: quantify_actions(rounds=scale.rounds, times=scale.codes),
    "rules": lambda scale: judge_scans(rounds=scale.rounds, each=scale.bookings),
    "days": lambda scale: book_late(rounds=scale.rounds, each=scale.bookings),
}


def main() -> None:
    """Prints the findings as they come."""
    options = _parse()
    scale = QUICK if options.quick else FULL
    print(f"{scale.rounds} rounds of either side by turns, on {cores()} cores: median (least to most)")
    for row in options.only or ROWS:
        for finding in ROWS[row](scale):
            show(finding)


def _parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a look that takes seconds")
    parser.add_argument("--only", nargs="+", choices=ROWS, help="these rows alone")
    return parser.parse_args()


if __name__ == "__main__":
    main()
