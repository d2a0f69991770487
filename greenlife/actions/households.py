"""Which household an action counts for: settled by its local day and not by the hour.

A membership counts from the day after joining through the day of leaving, so that no change of households gives anybody
a day anew (decision 22).
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from greenlife.actions.claim import ActionClaim, ResidentRef
from greenlife.models import HouseholdMember
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
