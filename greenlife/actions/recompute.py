"""Every credit computed again from what its entry froze: methodology, factors, shares, quantity and inputs.

What the entry says is computed by the formula of its methodology and compared with what was booked; the factors it
names are compared with those of the methodology that is published. Points are policy and not looked at.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from greenlife.actions.quote import Quote, freeze_factors, zero_reason
from greenlife.checked_table import Texts
from greenlife.errors import GreenlifeError
from greenlife.methodology import Methodology, Quantification, quantify
from greenlife.policy import BY_FILE, CITY_FUND, Grant
from ledger import CARBON, PostedEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class CreditDifference:
    """What does not hold of a credit: ``part`` is methodology, factor.<id>, displacement or mg."""

    entry: str
    local_day: date
    part: str
    expected: str
    found: str


def check_credit(entry: PostedEntry, methodologies: Mapping[str, Methodology]) -> Iterator[CreditDifference]:
    """What differs of an action entry; nothing where all is as its methodology says. ``methodologies`` are by key."""

    def differs(part: str, expected: object, found: object) -> CreditDifference:
        return CreditDifference(
            entry=entry.id, local_day=entry.local_day, part=part, expected=str(expected), found=str(found)
        )

    key = str(entry.details.get("methodology"))
    methodology = methodologies.get(key)
    if methodology is None:
        yield differs("methodology", "-", key)
        return
    try:
        result = _recompute(methodology, entry)
    except (GreenlifeError, ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
        yield differs("methodology", key, f"{type(error).__name__} {error}")
        return
    frozen, published = _frozen_factors(entry), freeze_factors(result)
    for name in sorted(published.keys() | frozen.keys()):
        if published.get(name) != frozen.get(name):
            yield differs(f"factor.{name}", published.get(name, "-"), frozen.get(name, "-"))
    displacement = str(methodology.displacement.value)
    if entry.details.get("displacement") != displacement:
        yield differs("displacement", displacement, entry.details.get("displacement"))
    booked = sum(line.amount for line in entry.lines if line.unit == CARBON and line.path.startswith(f"{entry.home}:"))
    if booked != result.mg:
        yield differs("mg", result.mg, booked)


def _frozen_factors(entry: PostedEntry) -> Mapping[str, object]:
    """What the entry says of its factors; nothing where that is no map, so that each of them differs."""
    found = entry.details.get("factors")
    return found if isinstance(found, dict) else {}


def derive_credit(
    entry: PostedEntry, methodologies: Mapping[str, Methodology], *, mg: int, evidence: Texts
) -> Quote | None:
    """How the grams of an entry came about, for people; None where that cannot be told, or tells something else.

    ``mg`` is what was booked, ``evidence`` the words beside the evidence weight.
    """
    methodology = methodologies.get(str(entry.details.get("methodology")))
    if methodology is None:
        return None
    try:
        result = _recompute(methodology, entry)._replace(evidence=evidence)
    except (GreenlifeError, ArithmeticError, AttributeError, KeyError, TypeError, ValueError):
        return None
    if result.mg != mg:
        return None
    return Quote(
        mg=mg,
        grants=tuple(_grants(entry)),
        rule=str(entry.details.get("policy", BY_FILE)),
        quantification=result,
        zero_reason=zero_reason(result, str(entry.details["tier"])),
    )


def _grants(entry: PostedEntry) -> Iterator[Grant]:
    """What each fund paid into its lot: who paid is part of a lot's name."""
    lots = f"{entry.home}:points:"
    for line in entry.lines:
        if line.path.startswith(lots):
            fund = line.path.removeprefix(lots).rpartition(":")[0]
            campaign = str(entry.details.get("campaign", "")) if fund != CITY_FUND else None
            yield Grant(fund=fund, points=line.amount, campaign=campaign)


def _recompute(methodology: Methodology, entry: PostedEntry) -> Quantification:
    details = entry.details
    return quantify(
        methodology,
        quantity=Decimal(details["quantity"]),
        unit=details["unit"],
        material=details.get("material"),
        weight=Decimal(details["weight"]),
        on=entry.local_day,
        inputs={name: Decimal(value) for name, value in details.get("inputs", {}).items()},
    )
