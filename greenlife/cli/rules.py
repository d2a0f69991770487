"""`greenlife rules`: points as policy, from the command line. Approving needs two people, so it is done at the desk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

from greenlife.cli.parameters import PathParameter
from greenlife.cli.rules_report import report, simulation_lines
from greenlife.console import console_text, progress_bar
from greenlife.errors import StaffUnknown
from greenlife.models import Staff
from greenlife.policy import Draft, draft_of, find_draft, list_policy, propose, read_drafts, simulate
from greenlife.policy.simulation import Progress
from greenlife.residents import parse_phone
from greenlife.runtime import Runtime, open_runtime, utc_now
from greenlife.settings import read_settings

_FILE = PathParameter(exists=True, dir_okay=False, path_type=Path)
_DAY = click.DateTime(["%Y-%m-%d"])
PROGRESS_AFTER_SECONDS = 2


@click.group()
def rules() -> None:
    """Rules of points and campaigns."""


@rules.command("list")
def list_() -> None:
    """Print what is in force today, and what was proposed."""
    runtime = open_runtime(read_settings(os.environ))
    with runtime.database.reading() as session:
        found = list_policy(session, runtime.programme, today=_today(runtime))
    for line in report(runtime.programme, found):
        click.echo(line)


@rules.command("propose")
@click.argument("file", type=_FILE)
@click.option("--by", "phone", required=True, help="The phone of the city administrator who proposes it.")
def propose_(file: Path, phone: str) -> None:
    """Write the rules and campaigns of a TOML FILE down as drafts; another administrator approves them at the desk."""
    _, runtime = console_text(), open_runtime(read_settings(os.environ))
    now = runtime.clock()
    drafts = read_drafts(file, runtime.programme, now=now)
    with runtime.database.writing() as session:
        member = _staff(session, phone)
        ids = [
            propose(session, runtime.programme, staff=member, draft=draft, now=now, entropy=runtime.entropy).id
            for draft in drafts
        ]
    for draft_id in ids:
        click.echo(_("Proposed: {id}").format(id=draft_id))


@rules.command("simulate")
@click.argument("file", type=_FILE, required=False)
@click.option("--draft", "draft_id", help="The id of a draft, instead of a file.")
@click.option("--since", required=True, type=_DAY, help="The first local day.")
@click.option("--until", type=_DAY, help="The last local day; else today.")
def simulate_(file: Path | None, draft_id: str | None, since: datetime, until: datetime | None) -> None:
    """Print what a draft would have cost on past actions: by district, by group and by action. Writes nothing."""
    if (file is None) == (draft_id is None):
        _ = console_text()
        raise click.UsageError(_("name either a FILE or a --draft"))
    runtime = open_runtime(read_settings(os.environ))
    today = _today(runtime)
    last = until.date() if until else today
    for draft in _drafts(runtime, file, draft_id):
        _simulate(runtime, draft, since.date(), last, today)


def _drafts(runtime: Runtime, file: Path | None, draft_id: str | None) -> list[Draft]:
    if file is not None:
        return read_drafts(file, runtime.programme, now=runtime.clock())
    with runtime.database.reading() as session:
        return [draft_of(find_draft(session, draft_id or ""))]


def _simulate(runtime: Runtime, draft: Draft, since: date, until: date, today: date) -> None:
    with _late_progress() as progress, runtime.database.reading() as session:
        result = simulate(
            session, runtime.programme, draft=draft, since=since, until=until, today=today, progress=progress
        )
    for line in simulation_lines(runtime.programme, draft, result):
        click.echo(line)


@contextmanager
def _late_progress() -> Iterator[Progress]:
    """A bar, once it has taken a while: what is quick needs none."""
    begin = utc_now()
    with progress_bar() as bar:

        def progress(phase: str, done: int, total: int) -> None:
            if (utc_now() - begin).total_seconds() >= PROGRESS_AFTER_SECONDS:
                bar(console_text()(phase), done, total)

        yield progress


def _staff(session: Session, phone: str) -> Staff:
    member = session.scalar(select(Staff).where(Staff.phone == parse_phone(phone)))
    if member is None:
        raise StaffUnknown
    return member


def _today(runtime: Runtime) -> date:
    return runtime.programme.local_day(runtime.clock())
