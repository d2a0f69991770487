"""`greenlife quantify`: what an action would be worth, with the whole derivation."""

import os
from collections.abc import Iterator
from datetime import datetime

import click

from greenlife.actions import Quote, parse_quantity, quote_action
from greenlife.checked_table import Texts
from greenlife.console import console_locale, console_text
from greenlife.errors import ActionUnknown, UnitUnknown
from greenlife.programme import load_programme
from greenlife.settings import read_rules
from translations import pick


@click.command()
@click.argument("action")
@click.argument("values", nargs=-1, metavar="KEY=VALUE…")
@click.option("--on", "day", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The local day of the action.")
def quantify(action: str, values: tuple[str, ...], day: datetime) -> None:
    """Print grams, points and the derivation of an ACTION, booking nothing.

    The quantity is given by its unit, such as kg=3.20; further keys are material, tier, and what the methodology asks
    for, such as persons=3. Without a tier, that of the strongest evidence which the action accepts.
    """
    city, more_actions = read_rules(os.environ)
    programme = load_programme(city, more_actions=more_actions)
    if action not in programme.actions:
        raise ActionUnknown(action=action)
    given = _pairs(values)
    kind = programme.actions[action]
    tier = given.pop("tier", None) or next(one for one in reversed(tuple(programme.tiers)) if one in kind.tiers)
    material = given.pop("material", None)
    unit = next((one for one in kind.units if one in given), None)
    if unit is None:
        raise UnitUnknown(unit=next(iter(given), ""), known=tuple(kind.units))
    quantity = parse_quantity(given.pop(unit), kind)
    quote = quote_action(
        programme,
        action=action,
        tier=tier,
        quantity=quantity,
        unit=unit,
        material=material,
        on=day.date(),
        inputs={name: parse_quantity(value) for name, value in given.items()},
    )
    for line in _lines(quote, tier):
        click.echo(line)


def _pairs(values: tuple[str, ...]) -> dict[str, str]:
    given: dict[str, str] = {}
    for value in values:
        key, separator, text = value.partition("=")
        if not separator or not key or key in given:
            _ = console_text()
            raise click.BadArgumentUsage(_("{value} is not KEY=VALUE, or its key is there twice").format(value=value))
        given[key] = text
    return given


def _lines(quote: Quote, tier: str) -> Iterator[str]:
    _, result = console_text(), quote.quantification
    yield f"{_text(result.methodology.titles)} · {quote.methodology} · {tier}"
    for step in result.steps:
        figure = f"{step.operator or ' '} {step.value} {step.unit}".rstrip()
        yield f"  {figure:<28}{_text(step.label)}"
    if result.methodology.no_grams and not quote.mg:
        yield f"  {_text(result.methodology.no_grams)}"
    for parameter in result.parameters:
        source = parameter.source
        where = ", ".join(filter(None, (_text(source.names), source.url)))
        yield f"  {parameter.id}: {parameter.value} {parameter.unit}, {where}"
    yield _("{mg} mg CO2e, {points} points").format(mg=quote.mg, points=quote.points)


def _text(texts: Texts) -> str:
    return pick(dict(texts), console_locale())
