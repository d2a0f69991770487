"""`greenlife resident`: what residents ask for by letter."""

import os
from functools import partial

import click
from sqlalchemy.orm import Session

import rewards
from greenlife.actions import withdraw_all
from greenlife.console import console_text
from greenlife.models import Resident
from greenlife.public_log import forgotten_accounts, remember_forgotten
from greenlife.residents import Farewell, find_forgotten, find_resident, forget_resident, mask_phone
from greenlife.runtime import Runtime, open_runtime
from greenlife.settings import read_settings


@click.group()
def resident() -> None:
    """Residents who cannot or will not use the pages."""


@resident.command("forget")
@click.argument("phone", required=False)
@click.option("--again", is_flag=True, help="After a backup was restored: delete all who had left since.")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(phone: str | None, *, again: bool, yes: bool) -> None:
    """Delete the account of the resident with this PHONE for good, as the page does it; make sure who asks."""
    if again == (phone is not None):
        _ = console_text()
        raise click.UsageError(_("either a PHONE or --again"))
    runtime = open_runtime(read_settings(os.environ))
    if phone is None:
        _forget_again(runtime)
    else:
        _forget_one(runtime, phone, yes=yes)


def _forget_again(runtime: Runtime) -> None:
    _ = console_text()
    with runtime.database.writing() as session:
        persons = find_forgotten(session, forgotten_accounts(runtime.settings))
        for person in persons:
            _forget(runtime, session, person)
    click.echo(_("Accounts deleted again: {count}").format(count=len(persons)))


def _forget_one(runtime: Runtime, phone: str, *, yes: bool) -> None:
    _ = console_text()
    with runtime.database.reading() as session:
        masked = mask_phone(find_resident(session, phone=phone).phone)
    question = _("Delete the account of {phone} for good? Points run out, open vouchers are given back.")
    if not yes:
        click.confirm(question.format(phone=masked), abort=True)
    with runtime.database.writing() as session:
        farewell = _forget(runtime, session, find_resident(session, phone=phone))
    click.echo(
        _("{phone}: the account is deleted, {records} records with it; {vouchers} vouchers were given back.").format(
            phone=masked, records=farewell.records, vouchers=farewell.vouchers
        )
    )


def _forget(runtime: Runtime, session: Session, person: Resident) -> Farewell:
    now = runtime.clock()
    today = runtime.programme.local_day(now)
    vouchers = partial(rewards.forget_holder, session, today=today, now=now, entropy=runtime.entropy)
    remember = partial(remember_forgotten, runtime.settings)
    return forget_resident(
        session,
        resident=person,
        forget_vouchers=vouchers,
        remember=remember,
        withdraw=partial(withdraw_all, session, local_day=today, now=now, entropy=runtime.entropy),
    )
