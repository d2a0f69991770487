"""The `greenlife` command."""

import os
import sys

import click

from greenlife.cli.audit import audit
from greenlife.cli.demo import demo
from greenlife.cli.feed import feed
from greenlife.cli.language import speak
from greenlife.cli.ledger import ledger_group
from greenlife.cli.maintenance import db, statistics
from greenlife.cli.posters import posters
from greenlife.cli.quantify import quantify
from greenlife.cli.residents import resident
from greenlife.cli.rules import rules
from greenlife.cli.server import scheduler, serve
from greenlife.console import colon, console_text
from greenlife.errors import GreenlifeError
from ledger import LedgerError
from translations.sentences import sentence


@click.group()
@click.version_option(package_name="greenlife")
def cli() -> None:
    """The green life code of a city."""


for command in (demo, serve, scheduler, db, feed, statistics, ledger_group, posters, resident, audit, quantify, rules):
    cli.add_command(command)


def main() -> None:
    """Run a command; what is refused is one sentence on standard error and exit code 2."""
    speak()
    try:
        cli.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except (GreenlifeError, LedgerError) as error:
        said = sentence(error.code, error.params, console_text())
        click.echo(f"greenlife: {said.title}{colon()}{said.why} [{error.code}]", err=True)
        sys.exit(2)
    except BrokenPipeError:
        # Whoever read our output has enough; closing quietly is what other tools do.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
