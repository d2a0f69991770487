"""Methodologies read from their files and checked; anything wrong raises ConfigInvalid with file, line and key."""

import re
from collections.abc import Mapping
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from greenlife.checked_table import CheckedTable, Texts, open_table
from greenlife.errors import GreenlifeError
from greenlife.methodology.formula import FORMULAS, Formula
from greenlife.methodology.load_parameters import read_parameters, read_rejected, read_sources
from greenlife.methodology.methodology import Displacement, Example, Input, Methodology
from greenlife.methodology.parameter import CONFIDENCES
from greenlife.methodology.quantify import quantify
from greenlife.methodology.units import ACTIVITY_UNITS

LEAST_EXAMPLES = 3
MOST_DECIMALS = 3
MOST_QUANTITY = 1_000_000_000
"""Of one action: what is counted in thousandths has to fit into a database."""
NO_GRAMS = "no_grams"
_VERSION = re.compile(r"\d{4}\.\d+")


def data_files(folder: Path | Traversable) -> list[Traversable]:
    """The TOML files of a folder by name."""
    found = (one for one in folder.iterdir() if one.name.endswith(".toml"))
    return sorted(found, key=lambda one: one.name)


def load_methodologies(folder: Path | Traversable | None = None) -> dict[str, Methodology]:
    """All methodologies by code."""
    folder = folder or files("greenlife.methodology") / "data"
    return {one.code: one for one in map(load_methodology, data_files(folder))}


def load_superseded(folder: Path | Traversable | None = None) -> dict[str, Methodology]:
    """Former versions by key, from files named ``<code>@<version>.toml``: what was booked by them is still checked."""
    folder = folder or files("greenlife.methodology") / "superseded"
    if not folder.is_dir():
        return {}
    found: dict[str, Methodology] = {}
    for file in data_files(folder):
        with open_table(file) as table:
            methodology = read_methodology(table, table.choice("code", (file.name.partition("@")[0],)))
            if file.name != f"{methodology.key}.toml":
                raise table.wrong("version", f"is not that of the file's name, {file.name}")
            found[methodology.key] = methodology
    return found


def load_methodology(file: Path | Traversable) -> Methodology:
    """One methodology; the file's name is its code."""
    with open_table(file) as table:
        code = table.choice("code", (file.name.removesuffix(".toml"),))
        return read_methodology(table, code)


def read_methodology(table: CheckedTable, code: str) -> Methodology:
    """The methodology in a table; the caller looks for keys that nobody asked for."""
    version = table.string("version")
    if not _VERSION.fullmatch(version):
        raise table.wrong("version", "must look like 2026.1")
    formula = table.choice("formula", FORMULAS)
    units = table.strings("units")
    for unit in units:
        if unit not in ACTIVITY_UNITS:
            raise table.wrong("units", f"{unit!r} is none of {', '.join(ACTIVITY_UNITS)}")
    sources = read_sources(table)
    methodology = Methodology(
        code=code,
        version=version,
        titles=table.texts("titles"),
        scope=table.texts("scope"),
        applicability=table.texts("applicability"),
        baseline=table.texts("baseline"),
        rounding=table.texts("rounding"),
        no_grams=table.texts("no_grams") if formula == NO_GRAMS else table.optional_texts("no_grams"),
        formula=formula,
        began=table.day("valid_from"),
        units=units,
        displacement=_displacement(table.table("displacement")),
        inputs=_inputs(table, FORMULAS[formula]),
        monitoring=tuple(_only_texts(one) for one in table.tables("monitoring")),
        choices=tuple(_only_texts(one) for one in table.tables("choice")),
        considered=tuple(read_rejected(one, sources) for one in table.tables("considered", least=0)),
        parameters=read_parameters(
            table.tables("parameter", least=1 if FORMULAS[formula].roles else 0), FORMULAS[formula], units, sources
        ),
        examples=tuple(_example(one) for one in table.tables("example", least=LEAST_EXAMPLES)),
    )
    for number, example in enumerate(methodology.examples, 1):
        _work_out(methodology, example, table, f"example[{number}]")
    for unit in units:
        if methodology.parameters and unit not in {one.activity_unit for one in methodology.parameters}:
            raise table.wrong("units", f"there is no factor for {unit!r}")
    return methodology


def _work_out(methodology: Methodology, example: Example, table: CheckedTable, key: str) -> None:
    """A worked example that comes out otherwise than it is written shows a wrong factor, or a wrong example."""
    try:
        result = quantify(
            methodology,
            quantity=example.quantity,
            unit=example.unit,
            material=example.material,
            weight=example.weight,
            on=example.on,
            inputs=example.inputs,
        )
    except GreenlifeError as error:
        raise table.wrong(key, f"cannot be computed: {error.code}") from error
    if (result.exact_grams, result.mg) != (example.grams, example.mg):
        raise table.wrong(key, f"comes out as {result.exact_grams.normalize():f} g, {result.mg} mg")


def _displacement(table: CheckedTable) -> Displacement:
    displacement = Displacement(
        value=_share(table, "value"),
        confidence=table.choice("confidence", CONFIDENCES),
        reason=table.texts("reason"),
    )
    table.done()
    return displacement


def _inputs(table: CheckedTable, formula: Formula) -> tuple[Input, ...]:
    known = (*formula.inputs, *formula.optional_inputs)
    inputs = tuple(_input(one, known) for one in table.tables("input", least=0))
    if sorted(one.id for one in inputs) != sorted(known):
        raise table.wrong("input", f"must be {', '.join(known) or 'left out'}")
    return inputs


def _input(table: CheckedTable, known: tuple[str, ...]) -> Input:
    least, most, decimals = read_bounds(table)
    one = Input(
        id=table.choice("id", known),
        unit=table.string("unit"),
        least=least,
        most=most,
        decimals=decimals,
        titles=table.texts("titles"),
    )
    table.done()
    return one


def read_bounds(table: CheckedTable) -> tuple[Decimal, Decimal, int]:
    """The least and the most of a quantity, and how many decimals it may have."""
    least, most, decimals = table.decimal("least"), table.decimal("most"), table.integer("decimals")
    if not 0 < least <= most:
        raise table.wrong("least", "must be above zero and not above most")
    if most > MOST_QUANTITY:
        raise table.wrong("most", f"must be at most {MOST_QUANTITY}")
    if not 0 <= decimals <= MOST_DECIMALS:
        raise table.wrong("decimals", f"must be 0 to {MOST_DECIMALS}")
    return least, most, decimals


def _example(table: CheckedTable) -> Example:
    example = Example(
        titles=table.texts("titles"),
        quantity=table.decimal("quantity"),
        unit=table.choice("unit", ACTIVITY_UNITS),
        material=table.optional_string("material"),
        inputs=_values(table),
        weight=_share(table, "weight"),
        on=table.day("on"),
        grams=table.decimal("grams"),
        mg=table.integer("mg"),
    )
    table.done()
    return example


def _values(table: CheckedTable) -> Mapping[str, Decimal]:
    if not table.has("inputs"):
        return {}
    inputs = table.table("inputs")
    return {name: inputs.decimal(name) for name in inputs.keys}


def _only_texts(table: CheckedTable) -> Texts:
    texts = table.texts("text")
    table.done()
    return texts


def _share(table: CheckedTable, key: str) -> Decimal:
    value = table.decimal(key)
    if not 0 <= value <= 1:
        raise table.wrong(key, "must lie between 0 and 1")
    return value
