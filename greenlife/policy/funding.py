"""A campaign's money: into its funds when it is approved, and what is left back to the sponsor when it is closed."""

from datetime import datetime

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

import ledger
from greenlife import chart
from greenlife.errors import CampaignNotOpen
from greenlife.models import Campaign, CampaignUse, Staff
from greenlife.policy.proposal import check_role
from greenlife.programme import Programme
from ledger import Account, Entropy, Entry, Leg, new_id

SPONSOR = "city"
DEPOSIT, REFUND = "deposit", "campaign_refund"
"""Kinds of entries."""


def districts_of(programme: Programme, campaign: Campaign) -> list[str]:
    """The districts in which the campaign runs, which are the books of its funds."""
    every = sorted(one.id for one in programme.city.districts)
    return [one for one in every if campaign.districts is None or one in campaign.districts]


def fund_campaign(
    session: Session, programme: Programme, campaign: Campaign, *, now: datetime, entropy: Entropy
) -> None:
    """The budget in each district's fund, and the counter that guards it: for a campaign that was just approved."""
    books = districts_of(programme, campaign)
    use = {"campaign_id": campaign.id, "points_left": campaign.budget, "granted": 0, "is_open": True}
    session.execute(insert(CampaignUse), [use | {"book": book} for book in books])
    fund, sponsor = chart.fund(campaign.fund), chart.sponsor(SPONSOR)
    for book in books:
        entry = _move(programme, campaign, book, sponsor, fund, campaign.budget, DEPOSIT, now, entropy)
        ledger.post(session, entry, now=now)


def close_campaign(
    session: Session, programme: Programme, *, staff: Staff, campaign_id: str, now: datetime, entropy: Entropy
) -> int:
    """How many points went back to the sponsor: all that was left, in all districts. It grants nothing from now on.

    Raises RoleRequired, and CampaignNotOpen for one that is unknown, a draft, or closed already.
    """
    check_role(staff)
    closed = (
        update(Campaign)
        .where(Campaign.id == campaign_id, Campaign.state == "approved")
        .values(state="closed", closed_by=staff.id, closed_at=now)
    )
    if not session.connection().execute(closed).rowcount:
        raise CampaignNotOpen
    campaign = session.get_one(Campaign, campaign_id, populate_existing=True)
    fund, sponsor = chart.fund(campaign.fund), chart.sponsor(SPONSOR)
    left = dict(_stop(session, campaign, book) for book in districts_of(programme, campaign))
    for book, points in left.items():
        if points:
            ledger.post(session, _move(programme, campaign, book, fund, sponsor, points, REFUND, now, entropy), now=now)
    return sum(left.values())


def _stop(session: Session, campaign: Campaign, book: str) -> tuple[str, int]:
    """The book and what is left there; whoever is booking now is waited for."""
    stopped = (
        update(CampaignUse)
        .where(CampaignUse.campaign_id == campaign.id, CampaignUse.book == book, CampaignUse.is_open)
        .values(is_open=False)
        .returning(CampaignUse.points_left)
    )
    return book, session.execute(stopped).scalar_one()


def _move(
    programme: Programme,
    campaign: Campaign,
    book: str,
    giver: Account,
    taker: Account,
    points: int,
    kind: str,
    now: datetime,
    entropy: Entropy,
) -> Entry:
    return Entry(
        id=new_id("ent", entropy),
        book=book,
        home=chart.fund(campaign.fund).path,
        reference=f"{kind}:{campaign.id}",
        kind=kind,
        occurred_at=now,
        local_day=programme.local_day(now),
        legs=(Leg(giver, -points), Leg(taker, points)),
        details={"campaign": campaign.id},
        salt=entropy(32),
        commitment=entropy(32),  # nothing identifying stands behind it
    )
