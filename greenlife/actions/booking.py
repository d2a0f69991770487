"""The one place where actions are booked: a scan is a batch of one, a feed a batch of many.

    claim ──quote──▶ grams, points ──▶ evidence claims, caps ──post_many──▶ entries ──▶ records

All in the caller's transaction: what is refused anywhere raises, and the caller's rollback undoes the rest.
"""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from sqlalchemy import bindparam, insert, select
from sqlalchemy.orm import Session

import ledger
from greenlife import chart
from greenlife.actions.bonuses import add_bonuses
from greenlife.actions.caps import count_towards_caps
from greenlife.actions.claim import ActionClaim, Booked
from greenlife.actions.evidence import commit_to_evidence
from greenlife.actions.guards import claim_evidence
from greenlife.actions.quote import Quote, quote_action
from greenlife.db import keep_residents
from greenlife.errors import BudgetEmpty
from greenlife.models import ActionRecord
from greenlife.policy import Policy, policy_on
from greenlife.programme import Programme
from ledger import BalanceTooLow, Entropy, Entry, Leg, ReferenceConflict, new_id

KIND = "action"
"""Of the entries that are made here."""

_LOOKUP_CHUNK = 500
_RECORD = insert(ActionRecord)
_EARLIER = select(ActionRecord.entry_id).where(
    ActionRecord.reference == bindparam("of_reference"), ActionRecord.resident_id == bindparam("of_resident")
)


def book_actions(
    session: Session, programme: Programme, claims: Sequence[ActionClaim], *, now: datetime, entropy: Entropy
) -> list[Booked]:
    """The actions in the ledger, in the order of the claims; all of them or none.

    A claim whose reference was booked before with the same content is answered with the first booking. Raises what
    ``quote_action`` raises, and ResidentGone, ReferenceConflict, EvidenceClaimed, PlaceCapReached, BudgetEmpty,
    and what ``count_towards_caps`` raises.
    """
    keep_residents(session, (claim.resident.id for claim in claims))
    earlier = _booked_before(session, claims)
    answers: dict[int, Booked] = {}
    fresh: list[tuple[int, ActionClaim, Quote, date]] = []
    for at, claim in enumerate(claims):
        record = earlier.get((claim.resident.id, claim.reference))
        if record is not None:
            answers[at] = _replay(claim, record)
        else:
            day = programme.local_day(claim.occurred_at)
            policy = policy_on(session, day, today=programme.local_day(now))
            fresh.append((at, claim, _quote(programme, claim, day, policy), day))
    if fresh:
        for (at, *_), booked in zip(fresh, _book(session, programme, fresh, now, entropy), strict=True):
            answers[at] = booked
    return [answers[at] for at in range(len(claims))]


def _quote(programme: Programme, claim: ActionClaim, day: date, policy: Policy) -> Quote:
    return quote_action(
        programme,
        action=claim.action,
        tier=claim.tier,
        quantity=claim.quantity,
        unit=claim.unit,
        material=claim.material,
        inputs=claim.inputs,
        on=day,
        policy=policy,
    )


def _book(
    session: Session,
    programme: Programme,
    fresh: Sequence[tuple[int, ActionClaim, Quote, date]],
    now: datetime,
    entropy: Entropy,
) -> list[Booked]:
    claims = [claim for _, claim, _, _ in fresh]
    claim_evidence(session, claims, now=now)
    uses = ((claim, day, programme.actions[claim.action].tiers[claim.tier]) for _, claim, _, day in fresh)
    count_towards_caps(session, list(uses))
    fresh = add_bonuses(session, fresh, today=programme.local_day(now))
    salts = [entropy(32) for _ in fresh]
    entries = [
        _entry(claim, quote, day, programme.zone, commit_to_evidence(claim, salt), entropy)
        for (_, claim, quote, day), salt in zip(fresh, salts, strict=True)
    ]
    try:
        _post(session, entries, now)
    except BalanceTooLow as error:
        raise BudgetEmpty from error  # the fund is the only account of an action that has a floor
    rows = [
        _record(claim, quote, entry, salt, now)
        for (_, claim, quote, _), entry, salt in zip(fresh, entries, salts, strict=True)
    ]
    session.connection().execute(_RECORD, rows)
    return [_booked(entry, claim, quote) for (_, claim, quote, _), entry in zip(fresh, entries, strict=True)]


def _post(session: Session, entries: Sequence[Entry], now: datetime) -> None:
    # One entry is tried at once, without a look at what is there; many are looked up together first.
    if len(entries) == 1:
        ledger.post(session, entries[0], now=now)
    else:
        ledger.post_many(session, entries, now=now)


def _entry(claim: ActionClaim, quote: Quote, day: date, zone: tzinfo, commitment: bytes, entropy: Entropy) -> Entry:
    resident, legs = claim.resident, []
    if quote.mg:
        legs += [Leg(chart.nature(resident.book), -quote.mg), Leg(chart.carbon(resident.account), quote.mg)]
    for grant in quote.grants:
        lot = chart.lot(resident.account, grant.fund, day, zone)
        legs += [Leg(chart.fund(grant.fund), -grant.points), Leg(lot, grant.points)]
    return Entry(
        id=new_id("ent", entropy),
        book=resident.book,
        home=chart.holder(resident.account),
        reference=resident.blind(claim.reference),
        kind=KIND,
        occurred_at=claim.occurred_at,
        local_day=day,
        legs=tuple(legs),
        details=_details(claim, quote),
        salt=entropy(32),
        commitment=commitment,
    )


def _details(claim: ActionClaim, quote: Quote) -> dict[str, object]:
    details: dict[str, object] = {
        "action": claim.action,
        "tier": claim.tier,
        "quantity": str(claim.quantity),
        "unit": claim.unit,
        "methodology": quote.methodology,
        "factors": dict(quote.factors),
        "displacement": str(quote.quantification.methodology.displacement.value),
        "weight": str(quote.quantification.weight),
        "town": claim.resident.town,
        "policy": quote.rule,
    }
    if quote.bonus:
        details |= {"campaign": quote.bonus.campaign, "bonus": quote.bonus.points}
    if claim.material:
        details["material"] = claim.material
    if claim.inputs:
        details["inputs"] = {name: str(value) for name, value in claim.inputs.items()}
    return details | dict(claim.details)


def _record(claim: ActionClaim, quote: Quote, entry: Entry, salt: bytes, now: datetime) -> dict[str, object]:
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
        "bonus": quote.bonus.points if quote.bonus else 0,
        "campaign_id": quote.bonus.campaign if quote.bonus else None,
        "c2_salt": salt,
    }


def _booked(entry: Entry, claim: ActionClaim, quote: Quote) -> Booked:
    return Booked(
        entry_id=entry.id,
        book=entry.book,
        action=claim.action,
        tier=claim.tier,
        mg=quote.mg,
        points=quote.points,
        local_day=entry.local_day,
        replayed=False,
    )


def _booked_before(session: Session, claims: Sequence[ActionClaim]) -> dict[tuple[str, str], ActionRecord]:
    found: dict[tuple[str, str], ActionRecord] = {}
    if len(claims) == 1:  # a scan: the statement is made once, its values are told
        (claim,) = claims
        told = {"of_reference": claim.reference, "of_resident": claim.resident.id}
        if session.connection().execute(_EARLIER, told).first() is None:
            return {}
    wanted = {(claim.resident.id, claim.reference) for claim in claims}
    references = sorted({reference for _, reference in wanted})
    for start in range(0, len(references), _LOOKUP_CHUNK):
        chunk = references[start : start + _LOOKUP_CHUNK]
        residents = {resident for resident, reference in wanted}
        query = select(ActionRecord).where(ActionRecord.reference.in_(chunk))
        if len(residents) == 1:
            query = query.where(ActionRecord.resident_id == next(iter(residents)))
        for record in session.scalars(query):
            found[record.resident_id, record.reference] = record
    return found


def _replay(claim: ActionClaim, record: ActionRecord) -> Booked:
    # The time is not compared: a second click comes later and means the same.
    same = (claim.action, claim.tier, claim.unit, claim.material, claim.site_id, claim.visit_id) == (
        record.action,
        record.tier,
        record.unit,
        record.material,
        record.site_id,
        record.visit_id,
    ) and str(claim.quantity) == record.quantity
    if not same:
        raise ReferenceConflict(reference=claim.reference)
    return Booked(
        entry_id=record.entry_id,
        book=record.book,
        action=record.action,
        tier=record.tier,
        mg=record.mg,
        points=record.points,
        local_day=record.local_day,
        replayed=True,
    )
