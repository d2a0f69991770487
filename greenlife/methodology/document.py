"""The methodologies as a document to read: ``python -m greenlife.methodology.document docs/methodology.md``.

Made from the same data that computes, so it cannot tell anything else; a test finds it stale.
"""

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from greenlife.methodology.load import load_methodologies
from greenlife.methodology.load_unused import UnusedRow, load_unused
from greenlife.methodology.methodology import Example, Methodology
from greenlife.methodology.parameter import Parameter, Rejected, Source

LOCALE, NATIVE = "en", "zh-CN"
HEAD = """\
# Methodologies

Generated from `greenlife/methodology/data/` by `python -m greenlife.methodology.document docs/methodology.md`;
change the data, not this file.

Grams are computed for each action as

    ER = max(0, activity × (EF_baseline − EF_project) × displacement × evidence weight)

in exact decimals, and rounded down to the milligram at the end. Where a published factor is already the net saving of
one unit of activity (formula `net_saving`), it stands for the bracket. Where sources disagree, the smallest value that
was read in a source is used; the others stand beside it with the reason. Confidence: *published* (printed in its
source), *derived* (computed from printed values), *placeholder* (to be set by the city), *unverified* (quoted without
its source; never used). The factors in force are those of the day of the action; entries keep the version and the
factors they were booked with and are never computed again with newer ones."""
FORMULAS = {
    "net_saving": "activity × net saving × displacement × evidence weight",
    "baseline_minus_project": "(baseline − project) × activity × displacement × evidence weight",
    "no_grams": "none",
    "shared_car": "distance × car × (1 − (1 + detour) ÷ persons, rounded down to 0.0001) × displacement × evidence weight",
    "household_baseline": (
        "(the city's mean for each person and day × persons × days − use) × grid factor × displacement × evidence "
        "weight; a household at or above that mean is measured against its own mean of the seven days before"
    ),
}


def write_document(methodologies: Iterable[Methodology], unused: Iterable[UnusedRow]) -> str:
    """The document as Markdown, one chapter a methodology, and the published values that none of them uses."""
    chapters = ("\n".join(_chapter(one)) for one in methodologies)
    return "\n\n".join((HEAD, *chapters, "\n".join(_unused(unused)))) + "\n"


def _unused(rows: Iterable[UnusedRow]) -> Iterator[str]:
    yield "## Published values that no methodology uses\n"
    yield "| row | value | unit | why not |\n|---|---|---|---|"
    for row in rows:
        yield f"| `{row.code}` | {'' if row.value is None else row.value} | {row.unit} | {row.reason[LOCALE]} |"


def _chapter(methodology: Methodology) -> Iterator[str]:
    yield f"## {methodology.titles[LOCALE]} ({methodology.titles[NATIVE]})\n"
    yield f"`{methodology.key}`, formula `{methodology.formula}`: {FORMULAS[methodology.formula]}.\n"
    for name, texts in (
        ("Scope", methodology.scope),
        ("Applicability", methodology.applicability),
        ("Baseline", methodology.baseline),
        ("Rounding", methodology.rounding),
    ):
        yield f"**{name}.** {texts[LOCALE]}\n"
    if methodology.no_grams:
        yield f"**Why no grams.** {methodology.no_grams[LOCALE]}\n"
    displacement = methodology.displacement
    yield f"**Displacement.** {displacement.value} ({displacement.confidence}). {displacement.reason[LOCALE]}\n"
    yield from _list("Monitoring data", methodology.monitoring)
    yield from _list("Conservative choices", methodology.choices)
    if methodology.inputs:
        yield "**Data beside the quantity**\n"
        yield from (
            f"* `{one.id}`: {one.titles[LOCALE]}, {one.least} to {one.most} {one.unit}" for one in methodology.inputs
        )
        yield ""
    if methodology.parameters or methodology.considered:
        yield "### Factors\n"
        yield "| use | value | unit | source | row | confidence | in force |\n|---|---|---|---|---|---|---|"
        for parameter in methodology.parameters:
            yield from _rows(parameter)
        for one in methodology.considered:
            yield _row(f"considered: {one.reason[LOCALE]}", str(one.value), one, "")
        yield "\n### Sources\n"
        yield from (_source(one) for one in _sources(methodology))
    yield "\n### Worked examples\n"
    yield "| example | activity | evidence weight | exact | booked |\n|---|---|---|---|---|"
    yield from (_example(one) for one in methodology.examples)


def _list(title: str, texts: Iterable[Mapping[str, str]]) -> Iterator[str]:
    yield f"**{title}**\n"
    yield from (f"* {one[LOCALE]}" for one in texts)
    yield ""


def _rows(parameter: Parameter) -> Iterator[str]:
    until = f" to {parameter.valid_to}" if parameter.valid_to else ""
    note = f"<br>{parameter.note[LOCALE]}" if parameter.note else ""
    yield _row(
        f"**{parameter.material or parameter.activity[LOCALE]}**: {parameter.label[LOCALE]} (`{parameter.id}`){note}",
        f"**{parameter.value}**",
        parameter,
        f"from {parameter.valid_from}{until}",
    )
    for other in parameter.sources[1:]:
        if isinstance(other, Rejected):
            yield _row(f"rejected: {other.reason[LOCALE]}", str(other.value), other, "")


def _row(use: str, value: str, of: Parameter | Rejected, in_force: str) -> str:
    row = f"`{of.row}`" if of.row else ""
    cells = (use, value, of.unit, of.source.names[LOCALE], row, of.confidence, in_force)
    return f"| {' | '.join(cells)} |"


def _sources(methodology: Methodology) -> list[Source]:
    used = {one.source.id: one.source for one in methodology.considered}
    used |= {one.source.id: one.source for parameter in methodology.parameters for one in parameter.sources}
    return [used[name] for name in sorted(used)]


def _source(source: Source) -> str:
    head = f"* **{source.names[LOCALE]}** ({source.region[LOCALE]}, {source.year})"
    title = f"[{source.title}]({source.url})" if source.url else source.title
    return f"{head}: {title}. {source.provenance[LOCALE]}"


def _example(example: Example) -> str:
    material = f" {example.material}" if example.material else ""
    inputs = "".join(f", {name} {value}" for name, value in example.inputs.items())
    activity = f"{example.quantity} {example.unit}{material}{inputs}"
    return f"| {example.titles[LOCALE]} | {activity} | {example.weight} | {example.grams} g | {example.mg} mg |"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(write_document(load_methodologies().values(), load_unused()), encoding="utf-8")
