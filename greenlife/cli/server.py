"""Commands that run for as long as the installation does."""

import os
import threading

import click

from greenlife.cli.parameters import WholeNumber
from greenlife.console import console_text
from greenlife.runtime import open_runtime
from greenlife.scheduler import lead
from greenlife.serve import serve as serve_pages
from greenlife.settings import read_settings


@click.command()
@click.option("--address", default="127.0.0.1", show_default=True)
@click.option("--port", type=WholeNumber(1, 65535), default=8000, show_default=True)
@click.option("--workers", type=WholeNumber(1), default=1, show_default=True, help="More than one needs PostgreSQL.")
def serve(address: str, port: int, workers: int) -> None:
    """Serve the pages and the API."""
    runtime = open_runtime(read_settings(os.environ))
    if runtime.database.is_sqlite and workers != 1:
        _ = console_text()
        raise click.UsageError(_("SQLite is served by one worker"))
    runtime.database.engine.dispose()
    serve_pages(address=address, port=port, workers=workers)


@click.command()
def scheduler() -> None:
    """Stand for election and run the scheduled jobs when elected."""
    lead(open_runtime(read_settings(os.environ)), until=threading.Event())
