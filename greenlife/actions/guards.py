"""What must hold in the transaction that books: evidence is claimed once, daily caps are not passed.

Both are conditional writes whose row count is looked at, so that they hold under any concurrency and on any store.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

from sqlalchemy import BigInteger, BindParameter, Executable, bindparam, select
from sqlalchemy.orm import Session

from greenlife.actions.claim import ActionClaim
from greenlife.db import insert_into, primary_key
from greenlife.errors import CapReached, EvidenceClaimed, PlaceCapReached
from greenlife.models import CapUse, Claim


def claim_evidence(session: Session, claims: Sequence[ActionClaim], *, now: datetime) -> None:
    """Each piece of evidence belongs to its claim now; raises EvidenceClaimed or, for a poster, PlaceCapReached."""
    if not claims:
        return
    rows = [{"key": claim.evidence_key, "claimed_at": now, "site_id": claim.site_id} for claim in claims]
    taken = session.connection().execute(_claim(_dialect(session)), rows)
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


def count_towards_caps(session: Session, uses: Sequence[tuple[ActionClaim, date, int | None]]) -> None:
    """Each use is counted on its local day; raises CapReached where one would pass its daily cap (None: no cap)."""
    counts: Counter[tuple[str, str, str, str, date, int]] = Counter(
        (claim.resident.book, claim.resident.account, claim.action, claim.tier, day, cap)
        for claim, day, cap in uses
        if cap is not None
    )
    for (book, account, action, tier, day, cap), more in counts.items():
        key = {"book": book, "account": account, "action": action, "tier": tier, "local_day": day}
        row = key | {"used": more, "more": more, "room": cap - more}
        if more > cap or not session.connection().execute(_count_use(_dialect(session)), row).rowcount:
            raise CapReached(cap=cap)


@cache
def _claim(dialect: str) -> Executable:
    return insert_into(dialect, Claim).on_conflict_do_nothing()


@cache
def _count_use(dialect: str) -> Executable:
    more: BindParameter[int] = bindparam("more", type_=BigInteger)
    return insert_into(dialect, CapUse).on_conflict_do_update(
        index_elements=primary_key(CapUse),
        set_={"used": CapUse.used + more},
        where=CapUse.used <= bindparam("room", type_=BigInteger),
    )


def _dialect(session: Session) -> str:
    return session.get_bind().dialect.name


def claim_once(session: Session, key: str, *, site_id: str, now: datetime) -> datetime | None:
    """None when the evidence is claimed now, else the time at which it was before."""
    row = {"key": key, "claimed_at": now, "site_id": site_id}
    if session.connection().execute(_claim(_dialect(session)), row).rowcount:
        return None
    return session.scalar(select(Claim.claimed_at).where(Claim.key == key))
