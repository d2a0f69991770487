"""A resident scans the code of a place: first what would be booked, then, on confirmation, the booking."""

from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

import ledger
from greenlife import chart
from greenlife.actions import (
    ActionClaim,
    Booked,
    Position,
    Quote,
    ResidentRef,
    book_actions,
    expected_quote,
    foresee_refusals,
    quote_action,
)
from greenlife.checked_table import Texts
from greenlife.codes import KioskCode, PosterCode
from greenlife.errors import CodeExpired, CodeForged, GreenlifeError, KioskClosed, PosterClosed, TooSoon
from greenlife.models import Campaign, CapUse, Claim, Resident, Site
from greenlife.policy import policy_on
from greenlife.programme import Programme
from greenlife.scans.account import spendable_lots
from greenlife.scans.own_code import ref_of
from greenlife.scans.place_codes import PlaceCode, find_place, read_place
from greenlife.scans.second_press import booked_before
from ledger import Entropy

QUANTITY = Decimal(1)
"""A code that hangs or shines somewhere proves one ride or one bag."""


@dataclass(frozen=True, kw_only=True)
class ExpectedBonus:
    """The points that a campaign would pay of the total."""

    points: int
    campaign: str
    titles: Texts


@dataclass(frozen=True, kw_only=True)
class ScanPreview:
    """What a confirmation would book, and the ``campaign`` that would pay the bonus; ``used`` of ``cap`` today,
    ``here_at`` when this code was already used, ``refusals`` what else stands in the way now, beginning with what a
    confirmation would be told.
    """

    code: PosterCode | KioskCode
    action: str
    site: Site
    tier: str
    quote: Quote
    campaign: Campaign | None
    used: int
    cap: int | None
    here_at: datetime | None
    refusals: tuple[GreenlifeError, ...]

    @property
    def refusal(self) -> GreenlifeError | None:
        return next(iter(self.refusals), None)

    @property
    def bonus(self) -> ExpectedBonus | None:
        grant = self.quote.bonus
        if grant is None or self.campaign is None:
            return None
        return ExpectedBonus(points=grant.points, campaign=self.campaign.id, titles=self.campaign.titles)

    @property
    def refusal_code(self) -> str | None:
        return self.refusal.code if self.refusal else None

    @property
    def too_soon_until(self) -> datetime | None:
        """When the next one counts, where the least time between two has not passed."""
        told = next((one.params["until"] for one in self.refusals if isinstance(one, TooSoon)), None)
        return told if isinstance(told, datetime) else None


@dataclass(frozen=True, kw_only=True)
class ScanReceipt:
    """A booked action and the new balances: points that can be spent, milligrams in the carbon account."""

    booked: Booked
    site: Site
    points_balance: int
    carbon_balance_mg: int


def preview_scan(
    session: Session, programme: Programme, *, resident: Resident, code: str, hosts: Collection[str], now: datetime
) -> ScanPreview:
    """What scanning this code would book; writes nothing. Raises as ``record_scan`` does for the code."""
    place = find_place(session, code, hosts=hosts, city=programme.city.id, now=now)
    ref, day = ref_of(resident), programme.local_day(now)
    used = session.scalar(
        select(CapUse.used).where(
            CapUse.book == ref.book,
            CapUse.account == ref.account,
            CapUse.action == place.action,
            CapUse.tier == place.tier,
            CapUse.local_day == day,
        )
    )
    claim, quote = _claim(place, ref, day, at=now, reference=""), _quote(session, programme, ref, place, day)
    return ScanPreview(
        code=place.code,
        action=place.action,
        site=place.site,
        tier=place.tier,
        quote=quote,
        campaign=session.get(Campaign, quote.bonus.campaign) if quote.bonus else None,
        used=used or 0,
        cap=programme.actions[place.action].tiers[place.tier].daily_cap,
        here_at=session.scalar(select(Claim.claimed_at).where(Claim.key == claim.evidence_key)),
        refusals=foresee_refusals(session, programme, claim, day=day),
    )


def _quote(session: Session, programme: Programme, ref: ResidentRef, place: PlaceCode, day: date) -> Quote:
    """With the bonus that a campaign would pay now: somebody else may be faster."""
    quote = quote_action(
        programme,
        action=place.action,
        tier=place.tier,
        quantity=QUANTITY,
        unit=place.unit,
        material=None,
        on=day,
        policy=policy_on(session, day, today=day),
    )
    return expected_quote(session, quote, resident=ref, action=place.action, tier=place.tier, day=day, today=day)


def record_scan(
    session: Session,
    programme: Programme,
    *,
    resident: Resident,
    code: str,
    hosts: Collection[str],
    reference: str,
    device_id: str | None = None,
    position: Position | None = None,
    now: datetime,
    entropy: Entropy,
) -> ScanReceipt:
    """The action in the ledger, or waiting to be looked at; the same reference gives the first receipt again, whatever
    became of the code since.

    ``device_id`` and ``position`` are what the phone says of itself, for the review rules alone.

    Raises what ``find_place`` raises, HomeMissing, and what ``book_actions`` raises.
    """
    place = _place(session, programme, resident, code, hosts, reference, now)
    ref, day = ref_of(resident), programme.local_day(now)
    claim = replace(_claim(place, ref, day, at=now, reference=reference), device_id=device_id, position=position)
    (booked,) = book_actions(session, programme, [claim], now=now, entropy=entropy)
    return receipt_of(session, programme, booked=booked, site=place.site, ref=ref, now=now)


def _place(
    session: Session,
    programme: Programme,
    resident: Resident,
    code: str,
    hosts: Collection[str],
    reference: str,
    now: datetime,
) -> PlaceCode:
    """The place of a code that is good, or that was when the same reference was booked first."""
    city = programme.city.id
    try:
        return find_place(session, code, hosts=hosts, city=city, now=now)
    except (PosterClosed, KioskClosed, CodeExpired, CodeForged):
        first = booked_before(session, resident, reference)
        if first is None:
            raise
        # Read by the clock of then, so that an old code still has to be the one that was shown.
        with suppress(CodeExpired, CodeForged):
            return read_place(session, code, hosts=hosts, city=city, at=first.occurred_at)
        raise


def _claim(place: PlaceCode, ref: ResidentRef, day: date, *, at: datetime, reference: str) -> ActionClaim:
    return ActionClaim(
        resident=ref,
        action=place.action,
        tier=place.tier,
        quantity=QUANTITY,
        unit=place.unit,
        site_id=place.site.id,
        occurred_at=at,
        evidence_key=place.evidence_key(ref.account, day.isoformat()),
        reference=reference,
    )


def receipt_of(
    session: Session, programme: Programme, *, booked: Booked, site: Site, ref: ResidentRef, now: datetime
) -> ScanReceipt:
    """What was booked, with the balances after it."""
    found = ledger.balances(session, ref.book, chart.holder(ref.account))
    return ScanReceipt(
        booked=booked,
        site=site,
        points_balance=sum(spendable_lots(found, programme.local_day(now)).values()),
        carbon_balance_mg=found.get(chart.carbon(ref.account).path, 0),
    )
