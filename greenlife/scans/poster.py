"""A resident scans a poster: first what would be booked, then, on confirmation, the booking."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

import ledger
from greenlife import chart
from greenlife.actions import ActionClaim, Booked, Quote, ResidentRef, book_actions, quote_action
from greenlife.codes import SHORT_LENGTH, PosterCode, parse_code
from greenlife.errors import CodeElsewhere, CodeUnknown, PosterClosed
from greenlife.models import CapUse, Claim, Poster, Resident, Site
from greenlife.programme import Programme
from greenlife.scans.account import spendable_lots
from greenlife.scans.own_code import ref_of
from ledger import Entropy

POSTER_QUANTITY = Decimal(1)
"""A poster proves one ride or one bag."""
TIER = "poster"
_POSTERS = select(Poster, Site).join(Site, Site.id == Poster.site_id)
_BY_CODE = _POSTERS.where(Poster.code == bindparam("of_code"))
_BY_SHORT = _POSTERS.where(Poster.short == bindparam("of_code"))


@dataclass(frozen=True, kw_only=True)
class ScanPreview:
    """What a confirmation would book; ``used`` of ``cap`` today, ``here_at`` when this poster was already used."""

    poster_code: str
    action: str
    site: Site
    tier: str
    quote: Quote
    used: int
    cap: int | None
    here_at: datetime | None


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
    poster, site = _poster(session, code, hosts)
    ref, day = ref_of(resident), programme.local_day(now)
    used = session.scalar(
        select(CapUse.used).where(
            CapUse.book == ref.book,
            CapUse.account == ref.account,
            CapUse.action == poster.action,
            CapUse.tier == TIER,
            CapUse.local_day == day,
        )
    )
    return ScanPreview(
        poster_code=poster.code,
        action=poster.action,
        site=site,
        tier=TIER,
        quote=quote_action(
            programme,
            action=poster.action,
            tier=TIER,
            quantity=POSTER_QUANTITY,
            unit=poster.unit,
            material=None,
            on=day,
        ),
        used=used or 0,
        cap=programme.actions[poster.action].tiers[TIER].daily_cap,
        here_at=session.scalar(
            select(Claim.claimed_at).where(Claim.key == _evidence_key(poster, ref.account, day.isoformat()))
        ),
    )


def record_scan(
    session: Session,
    programme: Programme,
    *,
    resident: Resident,
    code: str,
    hosts: Collection[str],
    reference: str,
    now: datetime,
    entropy: Entropy,
) -> ScanReceipt:
    """The action in the ledger; the same reference gives the first receipt again.

    Raises CodeUnknown, CodeForeign, CodeElsewhere, PosterClosed, HomeMissing, and what ``book_actions`` raises.
    """
    poster, site = _poster(session, code, hosts)
    ref, day = ref_of(resident), programme.local_day(now)
    claim = ActionClaim(
        resident=ref,
        action=poster.action,
        tier=TIER,
        quantity=POSTER_QUANTITY,
        unit=poster.unit,
        site_id=site.id,
        occurred_at=now,
        evidence_key=_evidence_key(poster, ref.account, day.isoformat()),
        reference=reference,
    )
    (booked,) = book_actions(session, programme, [claim], now=now, entropy=entropy)
    return receipt_of(session, programme, booked=booked, site=site, ref=ref, now=now)


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


def _poster(session: Session, text: str, hosts: Collection[str]) -> tuple[Poster, Site]:
    code = parse_code(text, hosts=hosts, typed_as="poster")
    if not isinstance(code, PosterCode):
        raise CodeElsewhere(found="voucher" if type(code).__name__ == "VoucherCode" else "resident")
    query = _BY_SHORT if len(code.code) == SHORT_LENGTH else _BY_CODE
    row = session.execute(query, {"of_code": code.code}).one_or_none()
    if row is None:
        raise CodeUnknown
    poster, site = row
    if not (poster.active and site.active):
        raise PosterClosed
    return poster, site


def _evidence_key(poster: Poster, account: str, day: str) -> str:
    # One poster says "was here today", so it is one piece of evidence a person and day.
    return f"poster:{poster.code}:{account}:{day}"
