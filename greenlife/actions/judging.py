"""What the review rules say of a batch of claims, each by what is stored and by the claims before it."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from greenlife.actions.claim import ActionClaim
from greenlife.actions.history import SqlHistory
from greenlife.actions.observing import observe
from greenlife.programme import Programme
from greenlife.review import BothHistories, History, MemoryHistory, Observation, Suspicion, Verdict

TO_BE_SEEN = Suspicion(code="to_be_seen", outcome="hold", params={})
"""Not a suspicion: evidence of which somebody has to look at every piece."""

Judged = tuple[Observation, Verdict]


def judge_claims(
    session: Session, programme: Programme, claims: Sequence[tuple[ActionClaim, str]]
) -> Sequence[Judged | None]:
    """Each claim with the id of its entry, as the rules see it and with what they say; writes nothing.

    None for all of them where there are no rules and nothing has to be seen.
    """
    if not programme.rulebook.rules and not any(_to_be_seen(programme, claim) for claim, _ in claims):
        return [None] * len(claims)
    stored = SqlHistory(session)
    if len(claims) == 1:
        ((claim, entry_id),) = claims
        seen = observe(session, programme, claim, entry_id=entry_id)
        return [(seen, _judge(programme, claim, seen, stored))]
    batch, judged = MemoryHistory(), list[Judged]()
    for claim, entry_id in claims:
        seen = observe(session, programme, claim, entry_id=entry_id)
        verdict = _judge(programme, claim, seen, BothHistories(stored, batch))
        batch.add(seen, held=verdict.held)
        judged.append((seen, verdict))
    return judged


def _judge(programme: Programme, claim: ActionClaim, seen: Observation, history: History) -> Verdict:
    verdict = programme.rulebook.judge(seen, history)
    return Verdict((*verdict.suspicions, TO_BE_SEEN)) if _to_be_seen(programme, claim) else verdict


def _to_be_seen(programme: Programme, claim: ActionClaim) -> bool:
    return programme.actions[claim.action].tiers[claim.tier].review
