"""Quantifying by a methodology against the bare arithmetic of the same formula, in exact decimals."""

from datetime import date
from decimal import Decimal

from benchmarks.ledger.meter import Ratio, ratio_of, take_turns
from greenlife.methodology import Methodology, load_methodologies, quantify

ON, TIMES, ROUNDS = date(2026, 10, 21), 20_000, 9
"""The day, and how often in how many rounds."""
WEIGHT = Decimal("1.00")


def compare() -> dict[str, Ratio]:
    """CPU of ours to theirs, by what was quantified."""
    methods = load_methodologies()
    return {
        "a difference of two factors (e-bike)": _compare(methods["e-bike"], "3.600", "km"),
        "a net saving (bus)": _compare(methods["bus-ride"], "6.4", "km"),
    }


def _compare(methodology: Methodology, quantity: str, unit: str) -> Ratio:
    amount = Decimal(quantity)
    factors = [one.converted for one in methodology.rate(unit, None, ON).parameters]
    displacement, milligrams = methodology.displacement.value, Decimal(1_000_000)

    def ours(_: int) -> None:
        for _ in range(TIMES):
            quantify(methodology, quantity=amount, unit=unit, material=None, weight=WEIGHT, on=ON)

    def by_hand(_: int) -> None:
        saving, *project = factors
        for _ in range(TIMES):
            per_unit = saving - project[0] if project else saving
            int(max(Decimal(0), per_unit * amount * displacement * WEIGHT * milligrams))

    costs = take_turns({"ours": ours, "hand": by_hand}, rounds=ROUNDS, entries=TIMES, pids=tuple)
    return ratio_of([one.client for one in costs["ours"]], [one.client for one in costs["hand"]])
