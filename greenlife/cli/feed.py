"""`greenlife feed`: actions that partners report in bulk."""

import os
from pathlib import Path

import click

from greenlife.cli.parameters import PathParameter
from greenlife.console import console_text, progress_bar
from greenlife.feeds import import_feed, load_mapping, read_rows, write_rejects
from greenlife.runtime import open_runtime
from greenlife.settings import read_settings


@click.group()
def feed() -> None:
    """Feeds of partners."""


@feed.command("import")
@click.argument("file", type=PathParameter(exists=True, dir_okay=False, path_type=Path))
@click.option("--partner", required=True, help="The partner's short name; with a trip's id it is the evidence.")
@click.option(
    "--mapping", "mapping_path", required=True, type=PathParameter(exists=True, dir_okay=False, path_type=Path)
)
@click.option("--rejects", type=PathParameter(dir_okay=False, path_type=Path), help="Where the rejected rows go.")
def import_(file: Path, partner: str, mapping_path: Path, rejects: Path | None) -> None:
    """Book the rows of a partner's FILE."""
    _ = console_text()
    runtime = open_runtime(read_settings(os.environ))
    mapping = load_mapping(mapping_path)
    with progress_bar() as progress:
        summary = import_feed(
            runtime.database,
            runtime.programme,
            rows=read_rows(file, mapping),
            mapping=mapping,
            partner=partner,
            now=runtime.clock(),
            entropy=runtime.entropy,
            progress=progress,
        )
    click.echo(
        _("{read} read, {booked} booked, {already} booked before, {rejected} rejected").format(
            read=summary.read, booked=summary.booked, already=summary.already, rejected=len(summary.rejected)
        )
    )
    if summary.waiting:
        click.echo(_("Of the booked, waiting for somebody to look: {waiting}").format(waiting=summary.waiting))
    if not summary.booked:
        click.echo(_("Nothing new to book."))
    if summary.rejected:
        target = rejects or runtime.settings.var / f"{file.stem}-rejects.csv"
        write_rejects(target, summary.rejected)
        click.echo(_("Rejected rows: {path}").format(path=target))
