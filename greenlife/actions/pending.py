"""Actions that wait for a person.

::

                 approved                   in the ledger as if nothing had been, with the day and rules of when it happened
    pending ─┬──────────────▶ booked ◀──┐
             │                          │ approved on appeal
             ├──────────────▶ refused ──┘   not in the ledger; its points stay held while an appeal can come or waits
             └──────────────▶ withdrawn     undone at the counter, or its resident left

While it waits its points are held in the budget, so that an approval never finds the fund empty. The hold belongs to
the fund: of the resident the ledger learns nothing, because a suspicion that was wrong must not stand in a log that
forgets nothing (decision 19). ``greenlife.cases`` says who decides, and when.

Whoever changes a record here takes its row first: two who decide, undo or leave come one after the other, and none waits
for one who waits for them.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Literal, cast

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

import ledger
from greenlife import chart
from greenlife.errors import CaseDecided
from greenlife.models import ActionRecord, ReviewCase
from greenlife.policy import give_back_bonus
from greenlife.review import Verdict
from ledger import Account, Act, Entropy, Entry, Leg, Stamp, new_id

HOLD, OVER = "review", "review_over"
"""The kinds of the entries that keep points and give them free."""
HELD_FOR = timedelta(days=366)
"""As long as its points could have lived; a hold can be given back later too."""

_OPEN = insert(ReviewCase)
_END = (
    update(ActionRecord)
    .where(
        ActionRecord.book == bindparam("of_book"),
        ActionRecord.entry_id == bindparam("of_entry"),
        ActionRecord.state == bindparam("from_state"),
    )
    .values(state=bindparam("to_state"))
)
_WITHDRAW = update(ReviewCase).where(ReviewCase.id == bindparam("of_case"), ReviewCase.state == "open")
_WITHDRAW = _WITHDRAW.values(state="withdrawn")
_FREE = update(ReviewCase).where(ReviewCase.id == bindparam("of_case"), ReviewCase.hold_entry.is_not(None))
_FREE = _FREE.values(hold_entry=None)


def hold_points(entry: Entry, *, now: datetime, local_day: date, entropy: Entropy) -> Entry:
    """The entry that keeps what ``entry`` would take from its funds, until it is decided whether it is posted."""
    debits = tuple(leg for leg in entry.legs if leg.amount < 0 and leg.account.unit == ledger.POINT)
    hold_id = new_id("ent", entropy)
    kept = Leg(chart.under_review(hold_id), -sum(leg.amount for leg in debits))
    return Entry(
        id=hold_id,
        book=entry.book,
        home=debits[0].account.path,
        reference=f"{HOLD}:{hold_id}",  # the entry's own id would tell for ever which one was held
        kind=HOLD,
        occurred_at=now,
        local_day=local_day,
        legs=(*debits, kept),
        details={},
        salt=entropy(32),
        commitment=entropy(32),  # whose it is stands nowhere in the ledger
        act=Act.HOLD,
        deadline=now + HELD_FOR,
    )


def open_case(
    session: Session,
    entry: Entry,
    verdict: Verdict,
    resident_id: str,
    *,
    hold: Entry | None,
    now: datetime,
    entropy: Entropy,
) -> None:
    """What the rules said, for who reviews; with ``hold``, the action waits for the decision."""
    row = {
        "id": new_id("rev", entropy),
        "book": entry.book,
        "entry_id": entry.id,
        "resident_id": resident_id,
        "state": "open" if hold else "marked",
        "opened_at": now,
        "reasons": [
            {"code": one.code, "outcome": one.outcome, "params": dict(one.params), "related": list(one.related)}
            for one in verdict.suspicions
        ],
        "frozen": freeze_entry(entry) if hold else None,
        "hold_entry": hold.id if hold else None,
    }
    session.connection().execute(_OPEN, row)


def confirm_pending(
    session: Session,
    *,
    case: ReviewCase,
    waits_as: Literal["pending", "refused"] = "pending",
    local_day: date,
    now: datetime,
    entropy: Entropy,
) -> ledger.Posted:
    """The action in the ledger, as it was frozen; ``waits_as`` refused on appeal. Raises CaseDecided where it does not."""
    _end(session, case, waits_as, "booked")
    end_hold(session, case=case, local_day=local_day, now=now, entropy=entropy)
    record = session.get_one(ActionRecord, (case.book, case.entry_id), populate_existing=True)
    return ledger.post(session, _thaw(record, case.frozen or {}, entropy), now=now)


def refuse_pending(session: Session, *, case: ReviewCase) -> None:
    """The action is not booked; its evidence stays used up, its caps too, and its points held: see ``end_hold``.

    Raises CaseDecided where it waits no longer.
    """
    _end(session, case, "pending", "refused")


def end_hold(session: Session, *, case: ReviewCase, local_day: date, now: datetime, entropy: Entropy) -> None:
    """The points that were kept for the case are the budget's again, and those of a campaign the campaign's; once."""
    hold = case.hold_entry
    if hold is None or not session.connection().execute(_FREE, {"of_case": case.id}).rowcount:
        return
    record = session.get_one(ActionRecord, (case.book, case.entry_id), populate_existing=True)
    if record.state != "booked":  # counted before the ledger, as when it was taken
        give_back_bonus(session, record)
    stamp = Stamp(
        id=new_id("ent", entropy),
        reference=f"{OVER}:{hold}",
        kind=OVER,
        occurred_at=now,
        local_day=local_day,
        details={},
        salt=entropy(32),
        commitment=entropy(32),
    )
    ledger.release(session, book=case.book, hold=hold, stamp=stamp, now=now)
    session.refresh(case)


def withdraw_pending(session: Session, *, entry_id: str, local_day: date, now: datetime, entropy: Entropy) -> None:
    """The action is taken back before anybody decided. Raises CaseDecided where it waits no longer."""
    case = session.scalars(select(ReviewCase).where(ReviewCase.entry_id == entry_id)).one()
    _end(session, case, "pending", "withdrawn")
    if not session.connection().execute(_WITHDRAW, {"of_case": case.id}).rowcount:
        raise CaseDecided
    end_hold(session, case=case, local_day=local_day, now=now, entropy=entropy)


def withdraw_all(session: Session, resident_id: str, *, local_day: date, now: datetime, entropy: Entropy) -> int:
    """How many actions of a resident waited, and wait no longer; what is kept for an appeal is given free too."""
    query = select(ReviewCase).where(ReviewCase.resident_id == resident_id, ReviewCase.hold_entry.is_not(None))
    kept = session.scalars(query.order_by(ReviewCase.entry_id)).all()
    waiting = [case for case in kept if case.state == "open"]
    for case in kept:
        if case.state == "open":
            withdraw_pending(session, entry_id=case.entry_id, local_day=local_day, now=now, entropy=entropy)
        else:
            end_hold(session, case=case, local_day=local_day, now=now, entropy=entropy)
    return len(waiting)


def details_of(session: Session, record: ActionRecord) -> Mapping[str, Any]:
    """What the entry of a record says, or would say if it were approved; nothing where that is kept no longer."""
    if record.state == "booked":
        return ledger.get_entry(session, record.book, record.entry_id).details
    frozen = session.scalar(select(ReviewCase.frozen).where(ReviewCase.entry_id == record.entry_id)) or {}
    return cast("Mapping[str, Any]", frozen.get("details", {}))


def freeze_entry(entry: Entry) -> dict[str, Any]:
    """What an approval needs of an entry and no record has, as JSON."""
    return {
        "home": entry.home,
        "reference": entry.reference,
        "kind": entry.kind,
        "legs": [
            [leg.account.path, leg.account.unit, leg.account.floor, _iso(leg.account.expires_at), leg.amount]
            for leg in entry.legs
        ],
        "details": dict(entry.details),
        "commitment": entry.commitment.hex(),
    }


def _thaw(record: ActionRecord, frozen: dict[str, Any], entropy: Entropy) -> Entry:
    return Entry(
        id=record.entry_id,
        book=record.book,
        home=frozen["home"],
        reference=frozen["reference"],
        kind=frozen["kind"],
        occurred_at=record.occurred_at,
        local_day=record.local_day,
        legs=tuple(_leg(*values) for values in frozen["legs"]),
        details=frozen["details"],
        salt=entropy(32),
        commitment=bytes.fromhex(frozen["commitment"]),
    )


def _leg(path: str, unit: str, floor: int | None, expires_at: str | None, amount: int) -> Leg:
    expires = None if expires_at is None else datetime.fromisoformat(expires_at)
    return Leg(Account(path, unit, floor=floor, expires_at=expires), amount)


def _iso(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()


def _end(session: Session, case: ReviewCase, from_state: str, to_state: str) -> None:
    ended = {"of_book": case.book, "of_entry": case.entry_id, "from_state": from_state, "to_state": to_state}
    if not session.connection().execute(_END, ended).rowcount:
        raise CaseDecided
