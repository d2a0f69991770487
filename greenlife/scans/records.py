"""What a resident sees of the own entries: the list, and one with its whole derivation."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

import ledger
from greenlife import chart
from greenlife.actions import Quote, derive_credit
from greenlife.errors import RecordUnknown
from greenlife.models import ActionRecord, Campaign, Resident, Site
from greenlife.programme import Programme
from greenlife.scans.own_code import ref_of
from ledger import EntryUnknown, Page, PostedEntry


@dataclass(frozen=True, kw_only=True)
class Record:
    """An entry of the own book; ``record``, ``site`` and ``quote`` are set for actions, ``campaign`` where one paid.

    ``quote`` is the derivation by the methodology in force on the entry's day; None when the programme no longer
    has the version that the entry was booked with, or no longer has the action.
    """

    entry: PostedEntry
    mg: int
    points: int
    record: ActionRecord | None
    site: Site | None
    campaign: Campaign | None = None
    quote: Quote | None = None


def resident_records(
    session: Session, *, resident: Resident, before: str | None = None, limit: int = 20
) -> Page[Record]:
    """The own entries, newest first, by cursor; raises HomeMissing and CursorInvalid."""
    ref = ref_of(resident)
    page = ledger.statement(session, ref.book, chart.holder(ref.account), before=before, limit=limit)
    return Page(_with_records(session, resident, page.items), page.next)


def records_on(session: Session, *, resident: Resident, day: date) -> tuple[Record, ...]:
    """The own entries of one local day, newest first, at most a page of them."""
    page = resident_records(session, resident=resident, limit=50)
    return tuple(record for record in page.items if record.entry.local_day == day)


def resident_record(session: Session, programme: Programme, *, resident: Resident, entry_id: str) -> Record:
    """One own entry with its derivation; raises RecordUnknown for anybody else's."""
    ref = ref_of(resident)
    try:
        entry = ledger.get_entry(session, ref.book, entry_id)
    except EntryUnknown:
        raise RecordUnknown from None
    if entry.home != chart.holder(ref.account):
        raise RecordUnknown
    (record,) = _with_records(session, resident, (entry,))
    if record.record is None:
        return record
    return replace(record, quote=_derivation(programme, record.record, entry))


def _derivation(programme: Programme, record: ActionRecord, entry: PostedEntry) -> Quote | None:
    """By the methodology and the weight that the entry froze, whatever the rules are today."""
    return derive_credit(entry, programme.versions, mg=record.mg, evidence=programme.tiers[record.tier].weighting)


def _with_records(session: Session, resident: Resident, entries: tuple[PostedEntry, ...]) -> tuple[Record, ...]:
    found = session.execute(
        select(ActionRecord, Site, Campaign)
        .outerjoin(Site, Site.id == ActionRecord.site_id)
        .outerjoin(Campaign, Campaign.id == ActionRecord.campaign_id)
        .where(
            ActionRecord.resident_id == resident.id,
            ActionRecord.entry_id.in_([entry.id for entry in entries]),
        )
    )
    by_entry = {record.entry_id: (record, site, campaign) for record, site, campaign in found}
    account = chart.holder(resident.account)
    return tuple(
        Record(
            entry=entry,
            mg=sum(line.amount for line in entry.lines if line.path == f"{account}:carbon"),
            points=sum(line.amount for line in entry.lines if line.path.startswith(f"{account}:points:")),
            record=record,
            site=site,
            campaign=campaign,
        )
        for entry in entries
        for record, site, campaign in (by_entry.get(entry.id, (None, None, None)),)
    )
