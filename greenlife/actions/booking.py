"""The one place where actions are booked: a scan is a batch of one, a feed a batch of many.

    claim ──quote──▶ grams, points ──▶ evidence claims, caps ──▶ review rules ──post_many──▶ entries ──▶ records
                                                                      └──held──▶ points kept, and a case

All in the caller's transaction: what is refused anywhere raises, and the caller's rollback undoes the rest.
"""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

import ledger
from greenlife import chart
from greenlife.actions.bonuses import add_bonuses
from greenlife.actions.caps import count_towards_caps
from greenlife.actions.claim import ActionClaim, Booked
from greenlife.actions.drafts import Draft, JudgedDraft, hold_suspects, keep_records, read_state
from greenlife.actions.evidence import commit_to_evidence
from greenlife.actions.guards import claim_evidence
from greenlife.actions.households import name_households
from greenlife.actions.pending import details_of
from greenlife.actions.quote import Quote, quote_action
from greenlife.actions.window import check_window
from greenlife.db import keep_residents
from greenlife.errors import BudgetEmpty
from greenlife.models import ActionRecord
from greenlife.policy import Policy, policy_on
from greenlife.programme import Programme
from ledger import BalanceTooLow, Entropy, Entry, Leg, ReferenceConflict, new_id

KIND = "action"
"""Of the entries that are made here."""

_LOOKUP_CHUNK = 500
_EARLIER = select(ActionRecord.entry_id).where(
    ActionRecord.reference == bindparam("of_reference"), ActionRecord.resident_id == bindparam("of_resident")
)


def book_actions(
    session: Session, programme: Programme, claims: Sequence[ActionClaim], *, now: datetime, entropy: Entropy
) -> list[Booked]:
    """The actions in the ledger, in the order of the claims; all of them or none.

    A claim whose reference was booked before with the same content is answered with the first booking. Raises what
    ``quote_action`` raises, and ResidentGone, ReferenceConflict, EvidenceClaimed, PlaceCapReached, BudgetEmpty,
    and what ``check_window`` and ``count_towards_caps`` raise.
    """
    keep_residents(session, (claim.resident.id for claim in claims))
    claims = name_households(session, programme, claims)
    earlier = _booked_before(session, claims)
    answers: dict[int, Booked] = {}
    fresh: list[tuple[int, ActionClaim, Quote, date]] = []
    for at, claim in enumerate(claims):
        record = earlier.get((claim.resident.id, claim.reference))
        if record is not None:
            answers[at] = _replay(session, programme, claim, record)
        else:
            day = programme.local_day(claim.occurred_at)
            policy = policy_on(session, day, today=programme.local_day(now))
            fresh.append((at, claim, _quote(programme, claim, day, policy), day))
            check_window(programme, claim, day=day, now=now)
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
    priced = add_bonuses(session, fresh, today=programme.local_day(now))
    drafts = [_draft(programme, claim, quote, day, entropy) for _, claim, quote, day in priced]
    held = hold_suspects(session, programme, drafts, now=now, entropy=entropy)
    try:
        _post(session, [one.hold or one.draft.entry for one in held], now)
    except BalanceTooLow as error:
        raise BudgetEmpty from error  # the fund is the only account of an action that has a floor
    keep_records(session, held, now=now, entropy=entropy)
    return [_booked(one) for one in held]


def _draft(programme: Programme, claim: ActionClaim, quote: Quote, day: date, entropy: Entropy) -> Draft:
    salt = entropy(32)
    entry = _entry(claim, quote, day, programme.zone, commit_to_evidence(claim, salt), entropy)
    return Draft(claim, quote, entry, salt)


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


def _booked(judged: JudgedDraft) -> Booked:
    draft = judged.draft
    return Booked(
        entry_id=draft.entry.id,
        book=draft.entry.book,
        action=draft.claim.action,
        tier=draft.claim.tier,
        mg=draft.quote.mg,
        points=draft.quote.points,
        local_day=draft.entry.local_day,
        replayed=False,
        state=judged.state,
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


def _replay(session: Session, programme: Programme, claim: ActionClaim, record: ActionRecord) -> Booked:
    # The time is not compared: a second click comes later and means the same.
    same = (claim.action, claim.tier, claim.unit, claim.material, claim.site_id, claim.visit_id) == (
        record.action,
        record.tier,
        record.unit,
        record.material,
        record.site_id,
        record.visit_id,
    ) and str(claim.quantity) == record.quantity
    if not same or not _same_inputs(session, programme, claim, record):
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
        state=read_state(record),
    )


def _same_inputs(session: Session, programme: Programme, claim: ActionClaim, record: ActionRecord) -> bool:
    """Inputs are kept in the entry alone, or in what it will be, which is read only where there can be some."""
    kind = programme.actions.get(claim.action)
    if not claim.inputs and kind and not programme.methodologies[kind.methodology].inputs:
        return True
    return dict(details_of(session, record).get("inputs", {})) == {
        name: str(value) for name, value in claim.inputs.items()
    }
