"""What is asked to be booked, and what was."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from greenlife.kinds import TierRule

BLINDED = "ref:"
"""How a reference begins that says nothing."""
REFERENCE_BYTES = 16


@dataclass(frozen=True, slots=True)
class ResidentRef:
    """As much of a resident as booking needs; ``account`` names the ledger's accounts, ``id`` the person."""

    id: str
    book: str
    account: str
    town: str
    reference_key: bytes = field(repr=False)

    def blind(self, reference: str) -> str:
        """What the ledger knows a request by: the same for the same reference, and nothing to be recognised.

        A reference may say which trip it was, or be whatever a client made of it, and the ledger never forgets. The key
        goes with the person, and then nobody can tell which reference this was, not even by trying (decision 14).
        """
        digest = hmac.digest(self.reference_key, reference.encode(), "sha256")
        return f"{BLINDED}{digest[:REFERENCE_BYTES].hex()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionClaim:
    """One action with its evidence.

    ``evidence_key`` is unique in the city for this piece of evidence; ``reference`` makes the request idempotent
    for this resident; ``started_at`` is when what ended at ``occurred_at`` began, where that is known: a trip's start, a
    visit's opening; ``inputs`` are what its methodology asks for beside the quantity; ``details`` go into the ledger
    beside the standard ones and must not identify anybody. ``household`` is what it counts for, filled in by booking.
    """

    resident: ResidentRef
    action: str
    tier: str
    quantity: Decimal
    unit: str
    material: str | None = None
    inputs: Mapping[str, Decimal] = field(default_factory=dict)
    site_id: str | None = None
    staff_id: str | None = None
    visit_id: str | None = None
    started_at: datetime | None = None
    occurred_at: datetime
    evidence_key: str
    reference: str
    details: Mapping[str, str | int] = field(default_factory=dict)
    household: str | None = None


Use = tuple[ActionClaim, date, TierRule]
"""What is claimed, on which local day, and the rule of its tier."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """An action in the ledger: milligrams of CO2e, points, and whether the same request had booked it before."""

    entry_id: str
    book: str
    action: str
    tier: str
    mg: int
    points: int
    local_day: date
    replayed: bool
