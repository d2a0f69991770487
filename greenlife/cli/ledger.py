"""`greenlife ledger`: the books and their logs, checked, published, and shown to auditors."""

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path

import click

import ledger
from greenlife.cli import auditors
from greenlife.cli.parameters import PathParameter
from greenlife.console import colon, console_text, progress_bar
from greenlife.public_log import (
    books_of,
    generations_of,
    keeper_of,
    origin_of,
    path_of,
    refound_log,
    retire_oldest_key,
    verifiers_of,
)
from greenlife.runtime import Runtime, open_runtime
from greenlife.settings import read_settings
from ledger import Checkpoint, Difference, LedgerError, Verifier
from translations import N_
from translations.sentences import sentence

STAGES = {"entries": N_("entries"), "postings": N_("accounts"), "log": N_("log")}
"""What ``check_book`` is at."""

Progress = Callable[[str, int, int], None]

FILE = PathParameter(exists=True, dir_okay=False, path_type=Path)
FOLDER = PathParameter(exists=True, file_okay=False, path_type=Path)


@click.group("ledger")
def ledger_group() -> None:
    """The ledger and its public log."""


@ledger_group.command("verify")
@click.option("--against", type=FILE, help="A checkpoint kept elsewhere: nothing that it covers may have changed.")
@click.option("--since", type=FILE, help="A checkpoint checked before: only what came after it is read.")
@click.option(
    "--key", "keys", multiple=True, help="A verifier key to open checkpoints with; instead of the city's own."
)
@click.option(
    "--openings", type=FILE, help="Openings of an auditor, checked without a database; needs --log and --key."
)
@click.option("--log", "log_folder", type=FOLDER, help="The published files of the log that the openings are of.")
@click.option("--origin", help="The log's name; without it, that of the key.")
@click.option("--totals", type=FILE, help="A table of totals to compare with what the openings amount to.")
@click.option("--write-totals", type=PathParameter(dir_okay=False, path_type=Path), help="Where the totals go, as CSV.")
def verify(
    against: Path | None,
    since: Path | None,
    keys: tuple[str, ...],
    openings: Path | None,
    log_folder: Path | None,
    origin: str | None,
    totals: Path | None,
    write_totals: Path | None,
) -> None:
    """Compute the books again, and name the first difference; exit code 1 where there is one."""
    _ = console_text()
    with _differences_in_words():
        verifiers = [ledger.read_verifier(key) for key in keys]
        if openings is None:
            if log_folder or totals or write_totals or origin:
                raise click.UsageError(_("--log, --origin, --totals and --write-totals belong to --openings"))
            runtime = open_runtime(read_settings(os.environ))
            if against or since:
                _verify_history(runtime, against, since, verifiers)
            else:
                _verify_books(runtime)
        elif log_folder is None or not verifiers or against or since:
            raise click.UsageError(_("--openings needs --log and --key, and neither --against nor --since"))
        else:
            auditors.verify_openings(
                openings, log_folder, verifiers, origin=origin, totals=totals, write_totals=write_totals
            )


@ledger_group.command("publish")
@click.argument("folder", metavar="DIR", type=PathParameter(file_okay=False, path_type=Path))
def publish(folder: Path) -> None:
    """Write the published files of all logs to DIR, for another web server; what is there already is kept."""
    _, runtime = console_text(), open_runtime(read_settings(os.environ))
    with _differences_in_words(), progress_bar() as progress:
        for book in books_of(runtime):
            keeper = keeper_of(runtime.settings)
            note = keeper.checkpoint(book)
            if note is None:
                continue
            with runtime.database.reading() as session:
                ledger.publish_log(
                    session,
                    book,
                    folder / path_of(runtime.settings, book),
                    note,
                    founding=keeper.founding(book),
                    progress=partial(progress, book),
                )
    click.echo(_("The logs lie in {folder}. Serve it under /log/.").format(folder=folder))


@ledger_group.group("keys")
def keys_group() -> None:
    """The keys that sign the logs."""


@keys_group.command("show")
def keys_show() -> None:
    """Print the verifier keys, one a line and book, retired ones after them."""
    _, runtime = console_text(), open_runtime(read_settings(os.environ))
    settings = runtime.settings
    keeper, names = keeper_of(settings), ((book, generations_of(settings, book)) for book in books_of(runtime))
    origins = [origin_of(settings, book, generation) for book, generations in names for generation in generations]
    for origin in origins:
        for verifier in keeper.verifiers(origin):
            click.echo(ledger.write_verifier(verifier))
    retired = [verifier for origin in origins for verifier in keeper.retired_verifiers(origin)]
    if retired:
        click.echo(_("Retired, for what they signed before:"), err=True)
    for verifier in retired:
        click.echo(ledger.write_verifier(verifier))


@keys_group.command("add")
def keys_add() -> None:
    """Make another key: from now on both sign. Retire the old one when verifiers know the new one."""
    _, runtime = console_text(), open_runtime(read_settings(os.environ))
    path = keeper_of(runtime.settings).add_key(runtime.entropy)
    click.echo(_("The key that signs the public log was made: {path}").format(path=path))
    click.echo(_("Keep a copy of it where the database is not."))
    for book in books_of(runtime):
        origin = origin_of(runtime.settings, book)
        click.echo(ledger.write_verifier(keeper_of(runtime.settings).verifiers(origin)[-1]))


@keys_group.command("retire")
def keys_retire() -> None:
    """Let the oldest key sign no more; its public half stays for old receipts."""
    _, runtime = console_text(), open_runtime(read_settings(os.environ))
    path = retire_oldest_key(runtime.settings, books_of(runtime))
    click.echo(_("{path} signs no more. Destroy its copies.").format(path=path))


@ledger_group.command("refound")
@click.argument("book")
@click.option("--reason", required=True, help="What happened; it is signed and published with the new log.")
@click.option("--yes", is_flag=True, help="Do not ask for the book's name again.")
def refound(book: str, reason: str, yes: bool) -> None:
    """Begin another log for a BOOK whose newest database is lost for good, under a new name."""
    _, runtime = console_text(), open_runtime(read_settings(os.environ))
    book = runtime.programme.city.district(book).id
    if not yes:
        click.echo(_("Entries that were signed and are not in this database stay lost, and everybody can see it."))
        if click.prompt(_("Type the book's name to begin another log")) != book:
            raise click.Abort
    with _differences_in_words():
        founding = refound_log(runtime, book, reason=reason)
    lost = _("unknown") if founding.lost is None else founding.lost.size
    click.echo(
        _("{origin} begins with {size} entries. The log before it had {lost}, and is signed no more.").format(
            origin=founding.first.origin, size=founding.first.size, lost=lost
        )
    )
    click.echo(_("Publish its keys and the reason:"))
    for verifier in keeper_of(runtime.settings).verifiers(founding.first.origin):
        click.echo(ledger.write_verifier(verifier))


@ledger_group.command("openings")
@click.argument("book")
@click.argument("file", type=PathParameter(dir_okay=False, path_type=Path))
@click.option(
    "--from", "since", type=click.DateTime(["%Y-%m-%d"]), help="The first local day; else from the beginning."
)
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="The last local day; else up to the end.")
@click.option("--without-gaps", is_flag=True, help="Also open entries of other days that lie between.")
def openings_(book: str, file: Path, since: datetime | None, until: datetime | None, without_gaps: bool) -> None:
    """Write the openings of a BOOK's entries to FILE, for auditors: who reads it reads accounts, days and amounts."""
    runtime = open_runtime(read_settings(os.environ))
    book = runtime.programme.city.district(book).id
    with _differences_in_words():
        days = (_day(since), _day(until))
        auditors.write_openings(runtime, book, _own_checkpoint(runtime, book), file, days, without_gaps=without_gaps)


def _verify_books(runtime: Runtime) -> None:
    """Each book by itself, then its log against the checkpoint beside the key."""
    _ = console_text()
    with progress_bar() as progress:
        for book in books_of(runtime):
            with runtime.database.reading() as session:
                difference = ledger.check_book(session, book, progress=partial(_show, progress, book))
                if difference is not None:
                    raise click.ClickException(_in_words(book, difference))
                if keeper_of(runtime.settings).checkpoint(book) is not None:
                    kept = _own_checkpoint(runtime, book)
                    ledger.check_history(session, book, kept=kept, start=kept.size)
    click.echo(_("All books are as their entries say."))


def _show(progress: Progress, book: str, stage: str, done: int, of: int) -> None:
    progress(f"{book} · {console_text()(STAGES.get(stage, stage))}", done, of)


def _verify_history(runtime: Runtime, against: Path | None, since: Path | None, verifiers: list[Verifier]) -> None:
    """The log of one book, between two checkpoints or from its beginning."""
    _ = console_text()
    book, generation = _log_of(runtime, against or since)
    origin = origin_of(runtime.settings, book, generation)
    known = verifiers or list(verifiers_of(runtime.settings, book, generation))
    kept = _open(origin, against, known) if against else _own_checkpoint(runtime, book)
    start = 0
    with progress_bar() as progress, runtime.database.reading() as session:
        if since:
            earlier = _open(origin, since, known)
            start = earlier.size
            ledger.check_history(session, book, kept=earlier, start=start)
        ledger.check_history(session, book, kept=kept, start=min(start, kept.size), progress=partial(progress, book))
    said = (
        _("{origin}: entries {first} to {size} are those that were signed. Root {root}.")
        if start < kept.size
        else _(
            "{origin}: the first {size} entries are under the root that was signed, and none came after. Root {root}."
        )
    )
    click.echo(said.format(origin=kept.origin, first=start + 1, size=kept.size, root=kept.root.hex()))


def _log_of(runtime: Runtime, file: Path | None) -> tuple[str, int]:
    """The book and the generation of the log that a checkpoint is of, by its first line; who signed it is looked at later."""
    assert file is not None
    origin = file.read_bytes().partition(b"\n")[0].decode(errors="replace")
    for book in books_of(runtime):
        for generation in generations_of(runtime.settings, book):
            if origin_of(runtime.settings, book, generation) == origin:
                return book, generation
    raise ledger.OriginForeign(found=origin[:200], expected=f"{runtime.settings.log_origin}/log/…")


def _open(origin: str, file: Path, verifiers: list[Verifier]) -> Checkpoint:
    return ledger.open_checkpoint(file.read_bytes(), origin=origin, verifiers=verifiers)


def _own_checkpoint(runtime: Runtime, book: str) -> Checkpoint:
    """The one beside the key; raises ClickException where nothing was signed yet."""
    note = keeper_of(runtime.settings).checkpoint(book)
    if note is None:
        _ = console_text()
        raise click.ClickException(_("{book} has no signed log yet.").format(book=book))
    verifiers = verifiers_of(runtime.settings, book)
    return ledger.open_checkpoint(note, origin=origin_of(runtime.settings, book), verifiers=verifiers)


@contextmanager
def _differences_in_words() -> Iterator[None]:
    """What does not hold is one sentence, and the exit code is 1."""
    try:
        yield
    except LedgerError as error:
        said = sentence(error.code, error.params, console_text())
        raise click.ClickException(f"{said.title}{colon()}{said.why} [{error.code}{_numbers(error.params)}]") from error


def _numbers(params: Mapping[str, object]) -> str:
    return "".join(f" {name}={value}" for name, value in params.items() if isinstance(value, int))


def _in_words(book: str, difference: Difference) -> str:
    _ = console_text()
    return _("{book}: {table} {key}, {column}: should be {expected}, is {found}").format(
        book=book,
        table=difference.table,
        key=" ".join(map(str, difference.key)),
        column=difference.column,
        expected=difference.expected,
        found=difference.found,
    )


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None
