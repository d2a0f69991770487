"""What is asked to be booked, and what was."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, Self

from greenlife.errors import PositionInvalid

State = Literal["booked", "pending", "refused", "withdrawn"]
STATES: tuple[State, ...] = ("booked", "pending", "refused", "withdrawn")
"""Only a booked one has an entry in the ledger; a pending one has the id of an entry, and waits for a person."""
E7 = 10_000_000
"""Ten-millionths of a degree: a centimetre, and a whole number."""
WIDEST_METRES = 20_040_000
"""Half way round the earth."""
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
class Position:
    """Where a phone says that it is, in ten-millionths of a degree, WGS 84, with the radius that it gives itself."""

    latitude_e7: int
    longitude_e7: int
    accuracy_metres: int

    @classmethod
    def of_degrees(cls, latitude: float, longitude: float, accuracy_metres: float) -> Self:
        """What a phone says, in degrees; raises PositionInvalid for what is nowhere."""
        if not (abs(latitude) <= 90 and abs(longitude) <= 180 and 0 <= accuracy_metres <= WIDEST_METRES):
            raise PositionInvalid  # which no number is also true of
        return cls(
            latitude_e7=round(latitude * E7), longitude_e7=round(longitude * E7), accuracy_metres=round(accuracy_metres)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionClaim:
    """One action with its evidence.

    ``evidence_key`` is unique in the city for this piece of evidence; ``reference`` makes the request idempotent
    for this resident; ``inputs`` are what its methodology asks for beside the quantity; ``details`` go into the ledger
    beside the standard ones and must not identify anybody. What follows them is for the review rules: ``device_id``
    names the phone that asked, ``moved_metres`` is how far it went since ``started_at``, ``photo_hash`` the unsigned
    perceptual hash of 64 bits.
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
    occurred_at: datetime
    evidence_key: str
    reference: str
    details: Mapping[str, str | int] = field(default_factory=dict)
    device_id: str | None = None
    position: Position | None = None
    started_at: datetime | None = None
    moved_metres: int | None = None
    photo_hash: int | None = None
    tree_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """An action in the ledger: milligrams of CO2e, points, and whether the same request had booked it before.

    One whose ``state`` is pending is not in the ledger yet: its points are kept for it until a person has decided.
    """

    entry_id: str
    book: str
    action: str
    tier: str
    mg: int
    points: int
    local_day: date
    replayed: bool
    state: State = "booked"
