"""What a reviewer is shown of a case."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from greenlife.models import Site
from greenlife.models.base import Texts


@dataclass(frozen=True, kw_only=True)
class CaseRow:
    """A line of the queue; ``noticed`` are codes of rules with their figures, those that hold first.

    ``phone`` is masked, ``is_own`` says that it is the reviewer's own or booked by the reviewer, ``answer_by`` when the
    resident was promised a decision, where it waits for one.
    """

    id: str
    entry_id: str
    state: str
    book: str
    opened_at: datetime
    answer_by: datetime | None
    action: str
    material: str | None
    quantity: Decimal
    unit: str
    tier: str
    occurred_at: datetime
    site: Site | None
    phone: str
    mg: int
    points: int
    noticed: tuple[tuple[str, Mapping[str, int]], ...]
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class Related:
    """An action that a reason rests on; ``is_same_person`` says whether it is the resident's of the case."""

    entry_id: str
    action: str
    material: str | None
    quantity: Decimal
    unit: str
    tier: str
    occurred_at: datetime
    site: Site | None
    phone: str
    state: str
    is_same_person: bool


@dataclass(frozen=True, kw_only=True)
class Reason:
    """What a rule said: its code, its figures, and the newest of the actions that it rests on, ``of`` so many."""

    code: str
    outcome: str
    params: Mapping[str, int]
    related: tuple[Related, ...]
    of: int


@dataclass(frozen=True, kw_only=True)
class Recent:
    """A resident's last days in short: actions by kind and tier, and how earlier cases ended."""

    days: int
    kinds: tuple[tuple[str, str, int, int], ...]
    """Action, tier, times, points; the most frequent first."""
    approved: int
    refused: int
    waiting: int


@dataclass(frozen=True, kw_only=True)
class Decided:
    """Who decided what, why and when; ``label`` is None where the desk is no longer there."""

    decision: str
    reason: str
    at: datetime
    label: Texts | None
    is_own: bool


@dataclass(frozen=True, kw_only=True)
class CaseView(CaseRow):
    """One case with its evidence.

    ``metres_away`` is between phone and place, with ``accuracy_metres`` by the phone itself. ``barred`` is the code of the
    refusal that a decision by this reviewer would meet. ``points`` and ``mg`` are what an approval books.
    """

    recorded_at: datetime
    staff_label: Texts | None
    minutes: int | None
    moved_metres: int | None
    metres_away: int | None
    accuracy_metres: int | None
    has_photo: bool
    reasons: tuple[Reason, ...]
    recent: Recent
    first: Decided | None
    appealed_at: datetime | None
    appeal_until: datetime | None
    second: Decided | None
    barred: str | None
