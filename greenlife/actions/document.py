"""The actions as a table to read: ``python -m greenlife.actions.document docs/actions.md``.

Made from the same data that books, so it cannot tell anything else; a test finds it stale.
"""

import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

from greenlife.actions.quote import Quote, quote_action
from greenlife.kinds import ActionKind
from greenlife.programme import Programme, load_programme

LOCALE, NATIVE = "en", "zh-CN"
ON = date(9999, 1, 1)
"""A day on which the factors that have no end are in force."""
CITY = "huzhou"
HEAD = """\
# Actions

Generated from `greenlife/kinds/data/` by `python -m greenlife.actions.document docs/actions.md`; change the data, not
this file.

Each line is one unit of an action on one tier of evidence: the grams that its methodology gives for it, the points that
the city's rules give for it, and the source of the factor. Grams come from science and points from policy; one is never
worked out from the other. All points, caps and weights here are placeholders, to be set by the city. How the grams come
about stands in [methodology.md](methodology.md)."""
TABLE = "| action | of | tier | grams | points | at most a day | source |\n|---|---|---|---|---|---|---|"


def write_document(programme: Programme) -> str:
    """The document as Markdown, one chapter a group of actions."""
    groups: dict[str, list[ActionKind]] = {}
    for kind in programme.actions.values():
        groups.setdefault(kind.group, []).append(kind)
    chapters = ("\n".join((f"## {group}\n", TABLE, *_rows(programme, kinds))) for group, kinds in groups.items())
    return "\n\n".join((HEAD, *chapters)) + "\n"


def _rows(programme: Programme, kinds: list[ActionKind]) -> Iterator[str]:
    for kind in kinds:
        for unit in kind.units:
            for material in kind.materials or (None,):
                for tier, rule in kind.tiers.items():
                    quote = _quote(programme, kind, tier, unit, material)
                    of = _of(quote, material)
                    title = f"{kind.titles[LOCALE]} ({kind.titles[NATIVE]}) `{kind.code}`"
                    grams, sources = _grams(quote), _sources(quote)
                    yield f"| {title} | {of} | {tier} | {grams} | {quote.points} | {rule.daily_cap} | {sources} |"


def _quote(programme: Programme, kind: ActionKind, tier: str, unit: str, material: str | None) -> Quote:
    """One unit, or the least that counts if that is more; with inputs as in the methodology's first example."""
    methodology = programme.methodologies[kind.methodology]
    quantity = max(Decimal(1), kind.units[unit].least)
    inputs = methodology.examples[0].inputs if methodology.inputs else {}
    if inputs:
        quantity = methodology.examples[0].quantity
    return quote_action(
        programme, action=kind.code, tier=tier, quantity=quantity, unit=unit, material=material, on=ON, inputs=inputs
    )


def _of(quote: Quote, material: str | None) -> str:
    result = quote.quantification
    inputs = "".join(f", {name} {value}" for name, value in result.inputs.items())
    return f"{result.quantity} {result.unit}" + (f" {material}" if material else "") + inputs


def _grams(quote: Quote) -> str:
    return f"{Decimal(quote.mg).scaleb(-3).normalize():f}"


def _sources(quote: Quote) -> str:
    names = dict.fromkeys(one.source.names[LOCALE] for one in quote.quantification.parameters)
    return ", ".join(names) or "no factor is published"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(write_document(load_programme(CITY)), encoding="utf-8")
