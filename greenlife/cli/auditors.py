"""What an auditor is given, and what an auditor does with it: the second needs no database and no settings."""

import csv
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import click

import ledger
from greenlife.console import console_text, progress_bar
from greenlife.runtime import Runtime
from ledger import LONGEST_LINE, Checkpoint, Opened, PublishedLog, Verifier


def write_openings(
    runtime: Runtime,
    book: str,
    kept: Checkpoint,
    file: Path,
    days: tuple[date | None, date | None],
    *,
    without_gaps: bool,
) -> None:
    """A file of openings, for its owner alone."""
    _ = console_text()
    since, until = days
    opener = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with (
        os.fdopen(opener, "w", encoding="utf-8", newline="\n") as target,
        progress_bar() as progress,
        runtime.database.reading() as session,
    ):
        disclosure, openings = ledger.disclose_entries(
            session, book, kept=kept, since=since, until=until, without_gaps=without_gaps,
            progress=lambda done, of: progress(_("Opening entries"), done, of),
        )  # fmt: skip
        count = -2  # the head and the end
        for count, line in enumerate(ledger.write_disclosure(disclosure, openings), start=-1):  # noqa: B007
            target.write(line)
    click.echo(_("{count} entries opened in {file}").format(count=count, file=file))


def verify_openings(
    file: Path,
    folder: Path,
    verifiers: list[Verifier],
    *,
    origin: str | None,
    totals: Path | None,
    write_totals: Path | None,
) -> None:
    """Openings held against a published log, and what they amount to; raises LedgerError for what does not hold."""
    _ = console_text()
    log = PublishedLog(
        lambda path: (folder / path).read_bytes(), origin=origin or verifiers[0].name, verifiers=verifiers
    )
    with progress_bar() as progress:
        opened = ledger.check_disclosure(_lines(file, progress), log)
    _say_reach(opened)
    if write_totals:
        with write_totals.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows(ledger.write_totals(opened))
    else:
        _print_totals(opened)
    if totals:
        with totals.open(encoding="utf-8", newline="") as source:
            count = ledger.compare_totals(opened, source)
        click.echo(_("{count} stated totals are what the openings amount to.").format(count=count))


def _lines(file: Path, progress: Callable[[str, int, int], None]) -> Iterator[bytes]:
    """The file's lines; how far it is read is shown."""
    _ = console_text()
    what, size, read = _("Checking openings"), file.stat().st_size, 0
    with file.open("rb") as source:
        for number, line in enumerate(iter(lambda: source.readline(LONGEST_LINE), b"")):
            yield line
            read += len(line)
            if not number % 500:
                progress(what, read, size)
    progress(what, size, size)


def _say_reach(opened: Opened) -> None:
    """What the openings vouch for, and what they leave open."""
    _, said = console_text(), opened.disclosure
    click.echo(
        _("{origin}: {count} openings open their leaves, of {size} in the log.").format(
            origin=said.origin, count=opened.counted + opened.others, size=opened.size
        )
    )
    if opened.is_whole:
        click.echo(_("Every leaf of the log is opened."))
        return
    if opened.others:
        click.echo(_("{count} of them are of other days and not counted.").format(count=opened.others))
    if opened.first is not None and opened.last is not None:
        after = opened.size - opened.last - 1
        click.echo(
            _("Not opened: {before} leaves before the first, {between} between, {after} after the last. "
              "Whether any of them is of these days cannot be told from outside.").format(
                before=opened.first, between=opened.closed, after=after)
        )  # fmt: skip


def _print_totals(opened: Opened) -> None:
    """Kinds and days; accounts are many, and stand in the file that --write-totals makes."""
    _ = console_text()
    rows = [row for row in ledger.write_totals(opened) if row[0] == "kind"]
    for __, kind, day, unit, amount, entries in rows:
        click.echo(f"{day}  {kind:<20} {amount:>18} {unit:<8} {entries:>8}")
    accounts = sum(1 for key in opened.amounts if key[0] == "account")
    click.echo(_("{accounts} accounts; the amounts of each unit sum to zero.").format(accounts=accounts))
