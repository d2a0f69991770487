"""Commands that look after a database."""

import os

import click
from sqlalchemy import select

import ledger
from greenlife.console import console_text, progress_bar
from greenlife.db import application_rights, open_database, upgrade
from greenlife.models import Installation
from greenlife.programme import load_programme
from greenlife.public_log import make_first_key
from greenlife.runtime import open_runtime, utc_now
from greenlife.settings import read_settings
from greenlife.statistics import rebuild_statistics


@click.group()
def db() -> None:
    """The database itself."""


@db.command("upgrade")
def db_upgrade() -> None:
    """Bring the database to the newest shape; the first time also note the city and make the log's key."""
    _ = console_text()
    settings = read_settings(os.environ)
    database = open_database(settings.database_url)
    upgrade(database)
    with database.writing() as session:
        if session.scalar(select(Installation)) is None:
            session.add(Installation(city=settings.city, set_up_at=utc_now(), demo_seed=None, demo_ready=False))
    books = [district.id for district in load_programme(settings.city).city.districts]
    key = make_first_key(settings, books, os.urandom)
    if key is not None:
        click.echo(_("The key that signs the public log was made: {path}").format(path=key))
        click.echo(_("Keep a copy of it where the database is not."))


@db.command("rights")
@click.argument("role")
def db_rights(role: str) -> None:
    """Write the SQL that lets a ROLE of PostgreSQL run the application without owning its tables."""
    for statement in application_rights(role):
        click.echo(f"{statement};")


@click.group()
def statistics() -> None:
    """The daily facts."""


@statistics.command("rebuild")
def statistics_rebuild() -> None:
    """Build all daily facts again from the ledger."""
    runtime = open_runtime(read_settings(os.environ))
    with progress_bar() as progress, runtime.database.writing() as session:
        rebuild_statistics(session, runtime.programme, now=runtime.clock(), progress=progress)


@click.group("ledger")
def ledger_group() -> None:
    """The ledger."""


@ledger_group.command("verify")
def ledger_verify() -> None:
    """Compute every leaf and balance again, and name the first difference."""
    _ = console_text()
    runtime = open_runtime(read_settings(os.environ))
    districts = runtime.programme.city.districts
    with progress_bar() as progress, runtime.database.reading() as session:
        for done, district in enumerate(districts, start=1):
            difference = ledger.check_book(session, district.id)
            progress(_("Checking books"), done, len(districts))
            if difference is not None:
                raise click.ClickException(f"{district.id}: {difference}")
    click.echo(_("All books are as their entries say."))
