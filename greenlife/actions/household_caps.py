"""The caps of households, counted in the transaction that books, by the same conditional writes as the others.

Which household an action counts for is settled by its local day and not by the hour: a membership counts from the day
after joining through the day of leaving, so that no change of households gives anybody a day anew (decision 22).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from sqlalchemy import BigInteger, Executable, bindparam, select, update
from sqlalchemy.orm import Session

from greenlife.actions.claim import ActionClaim, ResidentRef, Use
from greenlife.db import dialect_of, insert_into, primary_key
from greenlife.errors import HouseholdCapReached
from greenlife.models import ActionRecord, HouseholdMember, HouseholdUse
from greenlife.programme import Programme

_CHUNK = 500


def name_households(session: Session, programme: Programme, claims: Sequence[ActionClaim]) -> list[ActionClaim]:
    """The claims, those with the household that they count for whose rules have a cap of households."""
    capped = {at for at, claim in enumerate(claims) if _is_capped(programme, claim)}
    if not capped:
        return list(claims)
    spells = _spells(session, {claims[at].resident.id for at in capped})
    return [
        replace(claim, household=_household(spells, claim.resident, programme.local_day(claim.occurred_at)))
        if at in capped
        else claim
        for at, claim in enumerate(claims)
    ]


def household_of(session: Session, ref: ResidentRef, day: date) -> str:
    """By which name the resident's household of a local day is counted: a resident without one is one."""
    return _household(_spells(session, {ref.id}), ref, day)


def count_households(session: Session, uses: Sequence[Use]) -> None:
    """Each use is counted for its household's local day; raises HouseholdCapReached where one would pass its cap."""
    totals = Counter(
        (claim.household, claim.action, claim.tier, local_day, rule.household_cap)
        for claim, local_day, rule in uses
        if rule.household_cap and claim.household
    )
    for (household, action, tier, local_day, cap), more in sorted(totals.items()):
        assert cap
        row = {"household": household, "action": action, "tier": tier, "local_day": local_day, "used": more}
        room = {"more": more, "room": cap - more}
        if more > cap or not session.connection().execute(_count_use(dialect_of(session)), row | room).rowcount:
            raise HouseholdCapReached(cap=cap)


def give_back_household(session: Session, record: ActionRecord) -> None:
    """What was undone counts no longer for the household that it was counted for, whoever lives where by now."""
    if record.household:
        session.execute(
            update(HouseholdUse)
            .filter_by(household=record.household, action=record.action, tier=record.tier, local_day=record.local_day)
            .where(HouseholdUse.used > 0)
            .values(used=HouseholdUse.used - 1)
        )


def _is_capped(programme: Programme, claim: ActionClaim) -> bool:
    kind = programme.actions.get(claim.action)
    rule = kind.tiers.get(claim.tier) if kind else None
    return rule is not None and rule.household_cap is not None


def _spells(session: Session, residents: Iterable[str]) -> dict[str, list[HouseholdMember]]:
    wanted, spells = sorted(residents), dict[str, list[HouseholdMember]]()
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        for spell in session.scalars(select(HouseholdMember).where(HouseholdMember.resident_id.in_(chunk))):
            spells.setdefault(spell.resident_id, []).append(spell)
    return spells


def _household(spells: dict[str, list[HouseholdMember]], ref: ResidentRef, day: date) -> str:
    for spell in spells.get(ref.id, ()):
        if spell.counts_from <= day and (spell.counts_through is None or day <= spell.counts_through):
            return spell.household_id
    return ref.account


@cache
def _count_use(dialect: str) -> Executable:
    return insert_into(dialect, HouseholdUse).on_conflict_do_update(
        index_elements=primary_key(HouseholdUse),
        set_={"used": HouseholdUse.used + bindparam("more", type_=BigInteger)},
        where=HouseholdUse.used <= bindparam("room", type_=BigInteger),
    )
