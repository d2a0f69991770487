"""An action between its claim and the ledger: judged, perhaps held, and kept as a record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from greenlife.actions.claim import STATES, ActionClaim, State
from greenlife.actions.judging import Judged, judge_claims
from greenlife.actions.observing import traces
from greenlife.actions.pending import hold_points, open_case
from greenlife.actions.quote import Quote
from greenlife.actions.tallies import count_observation
from greenlife.models import ActionRecord
from greenlife.programme import Programme
from ledger import Entropy, Entry

_RECORD = insert(ActionRecord)


@dataclass(frozen=True, slots=True)
class Draft:
    """What is asked for with the entry that would book it; ``salt`` opens what the entry commits to."""

    claim: ActionClaim
    quote: Quote
    entry: Entry
    salt: bytes


@dataclass(frozen=True, slots=True)
class JudgedDraft:
    """What the rules said of it; with ``hold``, which keeps its points, it waits instead of being posted."""

    draft: Draft
    judged: Judged | None
    hold: Entry | None

    @property
    def state(self) -> State:
        return "pending" if self.hold else "booked"


def hold_suspects(
    session: Session, programme: Programme, drafts: Sequence[Draft], *, now: datetime, entropy: Entropy
) -> list[JudgedDraft]:
    """Each draft as the rules judge it, by what is stored and by the drafts before it; writes nothing."""
    today = programme.local_day(now)
    found: list[JudgedDraft] = []
    judged = judge_claims(session, programme, [(draft.claim, draft.entry.id) for draft in drafts])
    for draft, one in zip(drafts, judged, strict=True):
        is_held = one is not None and one[1].held
        hold = hold_points(draft.entry, now=now, local_day=today, entropy=entropy) if is_held else None
        found.append(JudgedDraft(draft, one, hold))
    return found


def keep_records(session: Session, drafts: Sequence[JudgedDraft], *, now: datetime, entropy: Entropy) -> None:
    """The records, what rules count of them, and a case for each of which the rules said something."""
    session.connection().execute(_RECORD, [_record(one, now) for one in drafts])
    for one in drafts:
        if one.judged is None:
            continue
        seen, verdict = one.judged
        count_observation(session, seen)
        if verdict.suspicions:
            open_case(session, one.draft.entry, verdict, seen.resident_id, hold=one.hold, now=now, entropy=entropy)


def read_state(record: ActionRecord) -> State:
    """The state of a record as its type."""
    return next(state for state in STATES if state == record.state)


def _record(judged: JudgedDraft, now: datetime) -> dict[str, object]:
    claim, quote, entry = judged.draft.claim, judged.draft.quote, judged.draft.entry
    return {
        "book": entry.book,
        "entry_id": entry.id,
        "resident_id": claim.resident.id,
        "reference": claim.reference,
        "action": claim.action,
        "tier": claim.tier,
        "quantity": str(claim.quantity),
        "unit": claim.unit,
        "material": claim.material,
        "site_id": claim.site_id,
        "staff_id": claim.staff_id,
        "visit_id": claim.visit_id,
        "evidence_key": claim.evidence_key,
        "occurred_at": claim.occurred_at,
        "recorded_at": now,
        "local_day": entry.local_day,
        "mg": quote.mg,
        "points": quote.points,
        "c2_salt": judged.draft.salt,
        "state": judged.state,
        **traces(claim),
    }
