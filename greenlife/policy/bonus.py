"""Bonuses of campaigns, never more than their budget.

Each campaign has a counter a district, which says what lies in its fund there. It is lowered by one conditional write
whose answer is looked at, before the ledger is asked: so the ledger never refuses a booking because a campaign has
spent its budget, and however many book at the same time, they get together what is left and not a point more.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import BigInteger, ColumnElement, bindparam, case, select, update
from sqlalchemy.orm import Session

from greenlife.models import ActionRecord, CampaignUse
from greenlife.policy.grant import Grant
from greenlife.policy.in_force import RunningCampaign


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Somebody in a district earned so many points, and these campaigns cover what was done."""

    book: str
    points: int
    campaigns: Sequence[RunningCampaign]


_wanted = bindparam("wanted", type_=BigInteger)
_part: ColumnElement[int] = case((CampaignUse.points_left < _wanted, CampaignUse.points_left), else_=_wanted)
_TAKE = (
    update(CampaignUse)
    .where(
        CampaignUse.campaign_id == bindparam("of_campaign"),
        CampaignUse.book == bindparam("of_book"),
        CampaignUse.is_open,
        CampaignUse.points_left > 0,
    )
    # Both sides see the row as it was, so what is granted is what is taken.
    .values(granted=_part, points_left=CampaignUse.points_left - _part)
    .returning(CampaignUse.granted)
)
_GIVE_BACK = (
    update(CampaignUse)
    .where(
        CampaignUse.campaign_id == bindparam("of_campaign"),
        CampaignUse.book == bindparam("of_book"),
        CampaignUse.is_open,
    )
    .values(points_left=CampaignUse.points_left + bindparam("back", type_=BigInteger))
)


def take_bonuses(session: Session, wanted: Sequence[Wanted]) -> list[Grant | None]:
    """The bonus of each, taken from its campaign's counter; None where none covers it or none has anything left.

    One action gets one bonus, of the most generous campaign that can pay. The last bonus of a budget is what is left
    of it.
    """
    granted: list[Grant | None] = [None] * len(wanted)
    # The same order everywhere, so that of two batches the second waits and they never wait for one another.
    for campaign in _in_order(wanted):
        asking: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        for at, one in enumerate(wanted):
            bonus = campaign.bonus(one.points)
            if granted[at] is None and bonus and any(campaign.id == other.id for other in one.campaigns):
                asking[one.book].append((at, bonus))
        for book in sorted(asking):
            _share(
                _take(session, campaign, book, sum(bonus for _, bonus in asking[book])), asking[book], granted, campaign
            )
    return granted


def _in_order(wanted: Sequence[Wanted]) -> list[RunningCampaign]:
    campaigns: Mapping[str, RunningCampaign] = {one.id: one for each in wanted for one in each.campaigns}
    return sorted(campaigns.values(), key=lambda one: (-one.multiplier, one.id))


def _share(
    left: int, asking: Sequence[tuple[int, int]], granted: list[Grant | None], campaign: RunningCampaign
) -> None:
    for at, bonus in asking:
        points = min(bonus, left)
        if points:
            granted[at] = Grant(fund=campaign.fund, points=points, campaign=campaign.id)
            left -= points


def _take(session: Session, campaign: RunningCampaign, book: str, points: int) -> int:
    """How many of the points the campaign still had, and has no longer."""
    told = {"of_campaign": campaign.id, "of_book": book, "wanted": points}
    taken = session.connection().execute(_TAKE, told).scalar_one_or_none()
    return taken or 0


def expect_bonus(session: Session, wanted: Wanted) -> Grant | None:
    """The bonus that ``take_bonuses`` would give now; takes nothing."""
    for campaign in _in_order([wanted]):
        left = session.scalar(
            select(CampaignUse.points_left).where(
                CampaignUse.campaign_id == campaign.id, CampaignUse.book == wanted.book, CampaignUse.is_open
            )
        )
        points = min(campaign.bonus(wanted.points), left or 0)
        if points:
            return Grant(fund=campaign.fund, points=points, campaign=campaign.id)
    return None


def give_back_bonus(session: Session, record: ActionRecord) -> None:
    """What was undone is in the fund again, and can be granted to somebody else: before the ledger, as when taking.

    A campaign that was closed meanwhile grants nothing more.
    """
    if record.bonus:
        told = {"of_campaign": record.campaign_id, "of_book": record.book, "back": record.bonus}
        session.connection().execute(_GIVE_BACK, told)
