"""Evidence is claimed once, in the transaction that books.

A conditional write whose row count is looked at, so that it holds under any concurrency and on any store.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, select
from sqlalchemy.orm import Session

from greenlife.actions.claim import ActionClaim
from greenlife.db import dialect_of, insert_into
from greenlife.errors import EvidenceClaimed, PlaceCapReached
from greenlife.models import Claim


def claim_evidence(session: Session, claims: Sequence[ActionClaim], *, now: datetime) -> None:
    """Each piece of evidence belongs to its claim now; raises EvidenceClaimed or, for a poster, PlaceCapReached."""
    if not claims:
        return
    # In one order, so that of two batches the second waits and they never wait for one another.
    ordered = sorted(claims, key=lambda claim: claim.evidence_key)
    rows = [{"key": claim.evidence_key, "claimed_at": now, "site_id": claim.site_id} for claim in ordered]
    taken = session.connection().execute(_claim(dialect_of(session)), rows)
    if taken.rowcount != len(rows):
        raise _claimed_before(session, claims, now)


def _claimed_before(
    session: Session, claims: Sequence[ActionClaim], now: datetime
) -> EvidenceClaimed | PlaceCapReached:
    """The refusal of the first claim that came too late."""
    for claim in claims:
        at = session.scalar(select(Claim.claimed_at).where(Claim.key == claim.evidence_key))
        # In a batch, what this batch has just claimed is there too, with this very time.
        if at is not None and (at < now or len(claims) == 1):
            return PlaceCapReached(at=at) if claim.tier == "poster" else EvidenceClaimed(at=at)
    return EvidenceClaimed(at=now)  # twice in one batch


@cache
def _claim(dialect: str) -> Executable:
    return insert_into(dialect, Claim).on_conflict_do_nothing()


def claim_once(session: Session, key: str, *, site_id: str, now: datetime) -> datetime | None:
    """None when the evidence is claimed now, else the time at which it was before."""
    row = {"key": key, "claimed_at": now, "site_id": site_id}
    if session.connection().execute(_claim(dialect_of(session)), row).rowcount:
        return None
    return session.scalar(select(Claim.claimed_at).where(Claim.key == key))
