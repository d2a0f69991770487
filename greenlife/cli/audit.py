"""`greenlife audit`: what only the programme can check, beside what the ledger checks of itself."""

import os

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

import ledger
from greenlife.actions import KIND, CreditDifference, check_credit
from greenlife.console import console_text, progress_bar
from greenlife.models import ActionRecord
from greenlife.public_log import books_of
from greenlife.runtime import open_runtime
from greenlife.settings import read_settings
from greenlife.statistics.build import BEGINNING
from ledger import PostedEntry

MOST_SHOWN = 50
_CHUNK = 500


@click.group()
def audit() -> None:
    """Checks of what was booked against the rules it was booked by."""


@audit.command("credits")
def credits_() -> None:
    """Compute every credit again from what its entry froze; exit code 1 where one differs."""
    _, runtime = console_text(), open_runtime(read_settings(os.environ))
    versions, found, erased, checked = runtime.programme.versions, 0, 0, 0
    with progress_bar() as progress:
        for book in books_of(runtime):
            with runtime.database.reading() as session:
                days = sorted(ledger.days_touched(session, book, since=BEGINNING, until=runtime.clock()))
                for done, day in enumerate(days, 1):
                    entries = [one for one in ledger.entries_on(session, book, day) if one.kind == KIND]
                    erased += len(entries) - _known(session, entries)
                    checked += len(entries)
                    for entry in entries:
                        for difference in check_credit(entry, versions):
                            found += 1
                            if found <= MOST_SHOWN:
                                click.echo(_line(book, difference))
                    progress(book, done, len(days))
    click.echo(_("{checked} credits computed again: {found} differences.").format(checked=checked, found=found))
    click.echo(_("{erased} of them are of people who have left: who they were is erased.").format(erased=erased))
    if found:
        raise SystemExit(1)


def _known(session: Session, entries: list[PostedEntry]) -> int:
    """Of how many entries it is still known whose they are."""
    ids = [entry.id for entry in entries]
    known = 0
    for start in range(0, len(ids), _CHUNK):
        query = select(ActionRecord.entry_id).where(ActionRecord.entry_id.in_(ids[start : start + _CHUNK]))
        known += len(session.scalars(query).all())
    return known


def _line(book: str, difference: CreditDifference) -> str:
    _ = console_text()
    return _("{book}: entry {entry} of {day}, {part}: should be {expected}, is {found}").format(
        book=book,
        entry=difference.entry,
        day=difference.local_day,
        part=difference.part,
        expected=difference.expected,
        found=difference.found,
    )
