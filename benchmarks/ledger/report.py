"""What was found, printed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from benchmarks.ledger.meter import Cost, Ratio


@dataclass(frozen=True)
class Aim:
    """A bound of a ratio's median."""

    limit: float
    at_least: bool = False

    def says(self, found: float) -> str:
        is_met = found >= self.limit if self.at_least else found <= self.limit
        return f"aim: at {'least' if self.at_least else 'most'} {self.limit:g}, {'met' if is_met else 'MISSED'}"


@dataclass(frozen=True)
class Finding:
    """One row of the table: what was compared, what each side cost, and the ratios with what they are to be."""

    title: str
    costs: Mapping[str, Sequence[Cost]] = field(default_factory=dict)
    ratios: Sequence[tuple[str, Ratio, Aim | None]] = ()
    notes: Sequence[str] = ()


def show(finding: Finding) -> None:
    print(f"\n{finding.title}")
    for name, costs in finding.costs.items():
        parts = (f"{part} {_spread([getattr(cost, part) for cost in costs])}" for part in ("client", "server", "wall"))
        print(f"  {name:<33} µs an entry: {', '.join(parts)}")
    for name, ratio, aim in finding.ratios:
        print(f"  {name:<33} {ratio}" + (f"   {aim.says(ratio.median)}" if aim else ""))
    for note in finding.notes:
        print(f"  {note}")


def _spread(values: Sequence[float]) -> str:
    return f"{median(values):,.0f} ({min(values):,.0f} to {max(values):,.0f})"
