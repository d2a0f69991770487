"""`greenlife resident`: what residents ask for by letter."""

import os
from functools import partial

import click

import rewards
from greenlife.console import console_text
from greenlife.residents import find_resident, forget_resident, mask_phone
from greenlife.runtime import open_runtime
from greenlife.settings import read_settings


@click.group()
def resident() -> None:
    """Residents who cannot or will not use the pages."""


@resident.command("forget")
@click.argument("phone")
@click.option("--yes", is_flag=True, help="Do not ask.")
def forget(phone: str, *, yes: bool) -> None:
    """Delete the account of the resident with this PHONE for good, as the page does it; make sure who asks."""
    _, runtime = console_text(), open_runtime(read_settings(os.environ))
    with runtime.database.reading() as session:
        masked = mask_phone(find_resident(session, phone=phone).phone)
    question = _("Delete the account of {phone} for good? Points run out, open vouchers are given back.")
    if not yes:
        click.confirm(question.format(phone=masked), abort=True)
    now = runtime.clock()
    with runtime.database.writing() as session:
        person = find_resident(session, phone=phone)
        today = runtime.programme.local_day(now)
        vouchers = partial(rewards.forget_holder, session, today=today, now=now, entropy=runtime.entropy)
        farewell = forget_resident(session, resident=person, forget_vouchers=vouchers)
    click.echo(
        _("{phone}: the account is deleted, {records} records with it; {vouchers} vouchers were given back.").format(
            phone=masked, records=farewell.records, vouchers=farewell.vouchers
        )
    )
