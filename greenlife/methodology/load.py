"""Methodologies read from their files and checked; anything wrong raises ConfigInvalid with file and key."""

import re
from collections.abc import Mapping
from decimal import Decimal
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from greenlife.checked_table import CheckedTable, open_table
from greenlife.methodology.formula import FORMULAS
from greenlife.methodology.methodology import Displacement, Example, Methodology
from greenlife.methodology.parameter import CONFIDENCES, REJECTED_CONFIDENCES, Parameter, Rejected, Source
from greenlife.methodology.units import ACTIVITY_UNITS, FACTOR_UNITS

METHODOLOGIES = ("bus-ride", "shared-bike", "recyclables", "own-bag")
"""The codes, in the order in which they are shown; each is the name of a file in data/."""

LEAST_EXAMPLES = 3
_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_VERSION = re.compile(r"\d{4}\.\d+")


def load_methodologies(folder: Path | Traversable | None = None) -> dict[str, Methodology]:
    """All methodologies by code."""
    folder = folder or files("greenlife.methodology") / "data"
    return {code: load_methodology(folder / f"{code}.toml") for code in METHODOLOGIES}


def load_methodology(file: Path | Traversable) -> Methodology:
    """One methodology; the file's name is its code."""
    with open_table(file) as table:
        code = table.choice("code", (file.name.removesuffix(".toml"),))
        version = table.string("version")
        if not _VERSION.fullmatch(version):
            raise table.wrong("version", "must look like 2026.1")
        formula = table.choice("formula", FORMULAS)
        sources = {name: _source(name, one) for name, one in table.named_tables("source").items()}
        return Methodology(
            code=code,
            version=version,
            titles=table.texts("titles"),
            scope=table.texts("scope"),
            applicability=table.texts("applicability"),
            baseline=table.texts("baseline"),
            rounding=table.texts("rounding"),
            formula=formula,
            displacement=_displacement(table.table("displacement")),
            monitoring=tuple(_only_texts(one) for one in table.tables("monitoring")),
            choices=tuple(_only_texts(one) for one in table.tables("choice")),
            parameters=_parameters(table.tables("parameter"), formula, sources),
            examples=tuple(_example(one) for one in table.tables("example", least=LEAST_EXAMPLES)),
        )


def _source(source_id: str, table: CheckedTable) -> Source:
    url = table.string("url")
    if not url.startswith(("https://", "http://")):
        raise table.wrong("url", "must be a web address")
    source = Source(
        id=source_id,
        names=table.texts("names"),
        title=table.string("title"),
        url=url,
        region=table.texts("region"),
        year=table.integer("year"),
        provenance=table.texts("provenance"),
    )
    table.done()
    return source


def _parameters(tables: list[CheckedTable], formula: str, sources: Mapping[str, Source]) -> tuple[Parameter, ...]:
    parameters: list[Parameter] = []
    for table in tables:
        parameter = _parameter(table, FORMULAS[formula].roles, sources)
        for other in parameters:
            if other.id == parameter.id:
                raise table.wrong("id", f"{parameter.id!r} is there twice")
            if _overlap(other, parameter):
                raise table.wrong("valid_from", f"overlaps with {other.id!r}")
        parameters.append(parameter)
    for table, parameter in zip(tables, parameters, strict=True):
        uses = {(one.activity_unit, one.material, one.role) for one in parameters}
        for role in FORMULAS[formula].roles:
            if (parameter.activity_unit, parameter.material, role) not in uses:
                raise table.wrong("role", f"the formula needs a {role!r} for the same unit and material")
    return tuple(parameters)


def _parameter(table: CheckedTable, roles: tuple[str, ...], sources: Mapping[str, Source]) -> Parameter:
    unit = table.choice("unit", FACTOR_UNITS)
    parameter = Parameter(
        id=_id(table),
        row=table.string("row"),
        role=table.choice("role", roles),
        material=table.optional_string("material"),
        value=_factor(table),
        unit=unit,
        source=sources[table.choice("source", sources)],
        confidence=table.choice("confidence", CONFIDENCES),
        valid_from=table.day("valid_from"),
        valid_to=table.optional_day("valid_to"),
        activity=table.texts("activity"),
        label=table.texts("label"),
        note=table.optional_texts("note"),
        rejected=tuple(_rejected(one, unit, sources) for one in table.tables("rejected", least=0)),
    )
    if parameter.valid_to and parameter.valid_to < parameter.valid_from:
        raise table.wrong("valid_to", "lies before valid_from")
    table.done()
    return parameter


def _rejected(table: CheckedTable, unit: str, sources: Mapping[str, Source]) -> Rejected:
    rejected = Rejected(
        row=table.string("row"),
        value=_factor(table),
        unit=table.choice("unit", (unit,)),  # what cannot be compared does not stand beside it
        source=sources[table.choice("source", sources)],
        confidence=table.choice("confidence", REJECTED_CONFIDENCES),
        reason=table.texts("reason"),
    )
    table.done()
    return rejected


def _displacement(table: CheckedTable) -> Displacement:
    displacement = Displacement(
        value=_share(table, "value"),
        confidence=table.choice("confidence", CONFIDENCES),
        reason=table.texts("reason"),
    )
    table.done()
    return displacement


def _example(table: CheckedTable) -> Example:
    example = Example(
        titles=table.texts("titles"),
        quantity=table.decimal("quantity"),
        unit=table.choice("unit", ACTIVITY_UNITS),
        material=table.optional_string("material"),
        weight=_share(table, "weight"),
        on=table.day("on"),
        grams=table.decimal("grams"),
        mg=table.integer("mg"),
    )
    table.done()
    return example


def _only_texts(table: CheckedTable) -> Mapping[str, str]:
    texts = table.texts("text")
    table.done()
    return texts


def _id(table: CheckedTable) -> str:
    value = table.string("id")
    if not _CODE.fullmatch(value):
        raise table.wrong("id", "must be lower-case words joined by hyphens")
    return value


def _factor(table: CheckedTable) -> Decimal:
    value = table.decimal("value")
    if value < 0:
        raise table.wrong("value", "must not be below zero")
    return value


def _share(table: CheckedTable, key: str) -> Decimal:
    value = table.decimal(key)
    if not 0 <= value <= 1:
        raise table.wrong(key, "must lie between 0 and 1")
    return value


def _overlap(one: Parameter, other: Parameter) -> bool:
    if (one.role, one.material, one.activity_unit) != (other.role, other.material, other.activity_unit):
        return False
    first, second = sorted((one, other), key=lambda parameter: parameter.valid_from)
    return first.valid_to is None or second.valid_from <= first.valid_to
