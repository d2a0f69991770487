"""`greenlife demo`: a seeded city on this machine, on one command."""

import os
import secrets
from collections.abc import Mapping
from pathlib import Path

import click
from qrcode.main import QRCode
from sqlalchemy import select

import greenlife.demo as demo_city
from greenlife.cli.parameters import WholeNumber
from greenlife.console import console_text, progress_bar
from greenlife.db import Database, open_database, upgrade
from greenlife.errors import NotADemo
from greenlife.lan import certificate_for, lan_address
from greenlife.models import Installation, Resident
from greenlife.programme import load_programme
from greenlife.public_log import forget_log, make_first_key
from greenlife.runtime import utc_now
from greenlife.serve import serve
from greenlife.settings import Settings, read_settings, write_environment

SEED = 2026


@click.command()
@click.option("--port", type=WholeNumber(1, 65535), default=8000, show_default=True)
@click.option("--lan", is_flag=True, help="Serve the local network over HTTPS, so that phones give their camera.")
@click.option("--reset", is_flag=True, help="Throw the demo's data away and build it again.")
@click.option("--build-only", is_flag=True, help="Build the city, do not serve it.")
def demo(port: int, lan: bool, reset: bool, build_only: bool) -> None:
    """Build the demo city if it is not there yet, and serve it."""
    address = lan_address() if lan else None
    environment = _environment(os.environ, port, address)
    settings = read_settings(environment)
    _prepare(settings, reset=reset)
    write_environment(settings.var, environment)
    if build_only:
        return
    _announce(settings, address)
    os.environ.update(environment)
    tls = certificate_for(address, folder=settings.var, now=utc_now()) if address else None
    serve(address="0.0.0.0" if lan else "127.0.0.1", port=port, tls=tls)


def _environment(given: Mapping[str, str], port: int, address: str | None) -> dict[str, str]:
    var = Path(given.get("GREENLIFE_VAR", "var")).absolute()
    scheme, host = ("https", address) if address else ("http", "localhost")
    return {
        "GREENLIFE_DATABASE_URL": given.get("GREENLIFE_DATABASE_URL") or f"sqlite:///{var / 'demo.db'}",
        "GREENLIFE_VAR": str(var),
        "GREENLIFE_SECRET_KEY": given.get("GREENLIFE_SECRET_KEY") or _secret(var),
        "GREENLIFE_BASE_URL": f"{scheme}://{host}:{port}",
        "GREENLIFE_OTHER_HOSTS": f"localhost:{port},127.0.0.1:{port}",
        "GREENLIFE_CITY": given.get("GREENLIFE_CITY", "huzhou"),
        "GREENLIFE_DEMO": "1",
    }


def _secret(var: Path) -> str:
    """The demo's secret key, made at the first start and readable by its owner alone."""
    path = var / "secret-key"
    if not path.exists():
        var.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii")


def _prepare(settings: Settings, *, reset: bool) -> None:
    database = open_database(settings.database_url)
    upgrade(database)
    with database.reading() as session:
        installation = session.scalar(select(Installation))
        strangers = installation is None and session.scalar(select(Resident.id).limit(1)) is not None
    if strangers or (installation and installation.demo_seed is None):
        raise NotADemo(where="database", key="GREENLIFE_DATABASE_URL", why="this database was not made by the demo")
    if not (installation and installation.demo_ready) or reset:
        _build(_emptied(database, settings) if installation else database, settings)
    books = [district.id for district in load_programme(settings.city).city.districts]
    make_first_key(settings, books, os.urandom)


def _emptied(database: Database, settings: Settings) -> Database:
    # The ledger refuses to be emptied row by row, as it should; the demo's own file can be thrown away whole.
    database.engine.dispose()
    if database.path is None:
        raise NotADemo(where="database", key="GREENLIFE_DATABASE_URL", why="drop and create the database to start over")
    for suffix in ("", "-wal", "-shm"):
        database.path.with_name(database.path.name + suffix).unlink(missing_ok=True)
    fresh = open_database(settings.database_url)
    upgrade(fresh)
    return fresh


def _build(database: Database, settings: Settings) -> None:
    _ = console_text()
    # A log that was signed cannot be begun again: what is kept of the one before would refuse the new one.
    forget_log(settings)
    click.echo(_("Building the demo city, about half a minute …"))
    with progress_bar() as progress:
        demo_city.build_demo(database, load_programme(settings.city), seed=SEED, now=utc_now(), progress=progress)
    database.engine.dispose()


def _announce(settings: Settings, address: str | None) -> None:
    _ = console_text()
    heading, hint = (
        _("Green life code, demo city:"),
        _("The one-time code is shown on the page. Ctrl-C stops the demo."),
    )
    codes = _("Codes to scan, for a second screen:")
    click.echo(f"\n  {heading} {settings.base_url}\n")
    for account in demo_city.ACCOUNTS:
        click.echo(f"  {_(account.title):<28} {account.phone:<14} {settings.base_url}{account.path}")
    click.echo(f"\n  {codes} {settings.base_url}/demo/codes\n  {hint}\n")
    if address:
        code: QRCode = QRCode(border=2)
        code.add_data(settings.base_url)
        code.print_ascii(invert=True)
