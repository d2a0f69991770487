"""The least time between two of the same person, kept by a conditional write like the caps."""

from collections.abc import Sequence
from datetime import datetime
from functools import cache

from sqlalchemy import Executable, bindparam, delete, func, select, update
from sqlalchemy.orm import Session

from greenlife.actions.claim import ActionClaim, Use
from greenlife.db import dialect_of, insert_into, primary_key
from greenlife.errors import TooSoon
from greenlife.kinds import TierRule
from greenlife.models import ActionRecord, LastUse
from ledger import UtcDateTime

_LAST = select(LastUse.last_at).where(
    LastUse.book == bindparam("of_book"),
    LastUse.account == bindparam("of_account"),
    LastUse.action == bindparam("of_action"),
    LastUse.tier == bindparam("of_tier"),
)


def keep_intervals(session: Session, uses: Sequence[Use]) -> None:
    """Each use is the last one now; raises TooSoon for one that comes sooner after another than its rule allows."""
    for claim, _, rule in _in_order([use for use in uses if use[2].interval]):
        _keep(session, claim, rule)


def foresee_interval(session: Session, claim: ActionClaim, rule: TierRule) -> TooSoon | None:
    """What ``keep_intervals`` would raise now."""
    if not rule.interval:
        return None
    last = _last(session, claim)
    if last is None or last + rule.interval <= claim.occurred_at:
        return None
    return TooSoon(until=last + rule.interval)


def give_back_interval(session: Session, record: ActionRecord, *, account: str) -> None:
    """What was undone is the last one no longer: the one before it is."""
    before = session.scalar(
        select(func.max(ActionRecord.occurred_at)).where(
            ActionRecord.resident_id == record.resident_id,
            ActionRecord.book == record.book,
            ActionRecord.action == record.action,
            ActionRecord.tier == record.tier,
            ActionRecord.entry_id != record.entry_id,
            ActionRecord.undone_at.is_(None),
        )
    )
    of_account = {"book": record.book, "account": account, "action": record.action, "tier": record.tier}
    # Only where it is still the last one: who books meanwhile has been here first, and stays.
    if before is None:
        session.execute(delete(LastUse).filter_by(**of_account, last_at=record.occurred_at))
    else:
        session.execute(update(LastUse).filter_by(**of_account, last_at=record.occurred_at).values(last_at=before))


def _in_order(uses: Sequence[Use]) -> Sequence[Use]:
    # By whose they are: of two batches the second waits, and they never wait for one another. Those of one person stay
    # in the order in which they came.
    return sorted(uses, key=lambda use: tuple(_whose(use[0]).values()))


def _keep(session: Session, claim: ActionClaim, rule: TierRule) -> None:
    assert rule.interval
    row = _whose(claim) | {"last_at": claim.occurred_at}
    told = row | {"at": claim.occurred_at, "before": claim.occurred_at - rule.interval}
    if not session.connection().execute(_note_use(dialect_of(session)), told).rowcount:
        raise TooSoon(until=(_last(session, claim) or claim.occurred_at) + rule.interval)


def _last(session: Session, claim: ActionClaim) -> datetime | None:
    told = {f"of_{name}": value for name, value in _whose(claim).items()}
    return session.connection().execute(_LAST, told).scalar_one_or_none()


def _whose(claim: ActionClaim) -> dict[str, str]:
    return {"book": claim.resident.book, "account": claim.resident.account, "action": claim.action, "tier": claim.tier}


@cache
def _note_use(dialect: str) -> Executable:
    return insert_into(dialect, LastUse).on_conflict_do_update(
        index_elements=primary_key(LastUse),
        set_={"last_at": bindparam("at", type_=UtcDateTime())},
        where=LastUse.last_at <= bindparam("before", type_=UtcDateTime()),
    )
