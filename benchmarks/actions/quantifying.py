"""Quantifying by a methodology against the bare arithmetic of the same formula, in exact decimals."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from benchmarks.ledger.meter import ratio_of, take_turns
from benchmarks.ledger.report import Aim, Finding
from greenlife.methodology import Methodology, load_methodologies, quantify

AIM = Aim(4)
ON, WEIGHT = date(2026, 10, 21), Decimal("1.00")
MILLIGRAMS = Decimal(1_000_000)


def quantify_actions(*, rounds: int, times: int) -> Iterator[Finding]:
    """A net saving, and a difference of two factors."""
    methods = load_methodologies()
    yield _compare("quantify: a net saving (bus)", methods["bus-ride"], Decimal("6.4"), rounds, times)
    yield _compare("quantify: a difference of factors (e-bike)", methods["e-bike"], Decimal("3.600"), rounds, times)


def _compare(title: str, methodology: Methodology, quantity: Decimal, rounds: int, times: int) -> Finding:
    ours, bare = _ours(methodology, quantity), _bare(methodology, quantity)
    assert ours() == bare()
    costs = take_turns(
        {"quantify": _often(ours, times), "bare": _often(bare, times)}, rounds=rounds, entries=times, pids=list
    )
    ratio = ratio_of([cost.cpu for cost in costs["quantify"]], [cost.cpu for cost in costs["bare"]])
    return Finding(title, costs, [("CPU, quantify / bare", ratio, AIM)])


def _ours(methodology: Methodology, quantity: Decimal) -> Callable[[], int]:
    def compute() -> int:
        return quantify(methodology, quantity=quantity, unit="km", material=None, weight=WEIGHT, on=ON).mg

    return compute


def _bare(methodology: Methodology, quantity: Decimal) -> Callable[[], int]:
    saving, *project = [one.converted for one in methodology.rate("km", None, ON).parameters]
    displacement = methodology.displacement.value

    def compute() -> int:
        per_unit = saving - project[0] if project else saving
        return int(max(Decimal(0), per_unit * quantity * displacement * WEIGHT * MILLIGRAMS))

    return compute


def _often(act: Callable[[], object], times: int) -> Callable[[int], None]:
    def work(_: int) -> None:
        for _time in range(times):
            act()

    return work
