"""Factors and their sources read and checked: units that fit the formula, no two in force for the same use."""

import re
from collections.abc import Mapping
from decimal import Decimal

from greenlife.checked_table import CheckedTable
from greenlife.methodology.formula import EXACT, Formula, Role
from greenlife.methodology.parameter import CONFIDENCES, REJECTED_CONFIDENCES, Parameter, Rejected, Source
from greenlife.methodology.units import UnitMismatch, ratio

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def read_sources(table: CheckedTable) -> dict[str, Source]:
    """The sources by id; none where a methodology has no factors and looked at none."""
    if not table.has("source"):
        return {}
    return {name: _source(name, one) for name, one in table.named_tables("source").items()}


def _source(source_id: str, table: CheckedTable) -> Source:
    url = table.optional_string("url")
    if url and not url.startswith(("https://", "http://")):
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


def read_parameters(
    tables: list[CheckedTable], formula: Formula, units: tuple[str, ...], sources: Mapping[str, Source]
) -> tuple[Parameter, ...]:
    """The factors, each for one role of the formula, one unit of activity and at most one material."""
    parameters: list[Parameter] = []
    for table in tables:
        parameter = _parameter(table, formula, units, sources)
        for other in parameters:
            if other.id == parameter.id:
                raise table.wrong("id", f"{parameter.id!r} is there twice")
            if _overlap(other, parameter):
                raise table.wrong("valid_from", f"overlaps with {other.id!r}")
        parameters.append(parameter)
    for table, parameter in zip(tables, parameters, strict=True):
        uses = {(one.activity_unit, one.material, one.role) for one in parameters}
        for role in formula.roles:
            if (parameter.activity_unit, parameter.material, role) not in uses:
                raise table.wrong("role", f"the formula needs a {role!r} for the same unit and material")
    return tuple(parameters)


def _parameter(
    table: CheckedTable, formula: Formula, units: tuple[str, ...], sources: Mapping[str, Source]
) -> Parameter:
    role = table.choice("role", formula.roles)
    value, unit = _factor(table, formula.roles[role]), table.optional_string("unit") or ""
    activity_unit, wanted = _activity(table, formula.roles[role], unit, units)
    parameter = Parameter(
        id=_name(table, "id"),
        row=table.optional_string("row"),
        role=role,
        material=table.optional_string("material"),
        activity_unit=activity_unit,
        value=value,
        unit=unit,
        converted=_converted(value, unit, wanted),
        converted_unit=wanted,
        source=sources[table.choice("source", sources)],
        confidence=table.choice("confidence", CONFIDENCES),
        valid_from=table.day("valid_from"),
        valid_to=table.optional_day("valid_to"),
        activity=table.texts("activity"),
        label=table.texts("label"),
        note=table.optional_texts("note"),
        rejected=tuple(
            read_rejected(one, sources, formula.roles[role], wanted) for one in table.tables("rejected", least=0)
        ),
    )
    if parameter.valid_to and parameter.valid_to < parameter.valid_from:
        raise table.wrong("valid_to", "lies before valid_from")
    if parameter.confidence != "placeholder" and not parameter.source.url:
        raise table.wrong("source", f"{parameter.source.id!r} has no address, and only a placeholder may do without")
    table.done()
    return parameter


def read_rejected(
    table: CheckedTable, sources: Mapping[str, Source], role: Role | None = None, wanted: str | None = None
) -> Rejected:
    """A value that was looked at; beside a chosen one it must be comparable with it."""
    value, unit = _factor(table, role), table.optional_string("unit") or ""
    try:
        converted = _converted(value, unit, unit if wanted is None else wanted)
    except UnitMismatch as error:
        raise table.wrong("unit", str(error)) from None
    rejected = Rejected(
        row=table.string("row"),
        value=value,
        unit=unit,
        converted=converted,
        source=sources[table.choice("source", sources)],
        confidence=table.choice("confidence", REJECTED_CONFIDENCES),
        reason=table.texts("reason"),
    )
    table.done()
    return rejected


def _activity(table: CheckedTable, role: Role, unit: str, units: tuple[str, ...]) -> tuple[str, str]:
    """The unit of activity that a factor is for, and the unit to which its formula wants it converted."""
    if "{unit}" not in role.unit:  # a plain share: it goes with whatever is counted
        wanted = [(units[0], role.unit)]
    else:
        wanted = [(one, role.unit.format(unit=one)) for one in units]
    reasons = []
    for activity_unit, one in wanted:
        try:
            ratio(unit, one)
        except UnitMismatch as error:
            reasons.append(str(error))
        else:
            return activity_unit, one
    raise table.wrong("unit", "; ".join(dict.fromkeys(reasons)))


def _converted(value: Decimal, unit: str, wanted: str) -> Decimal:
    by = ratio(unit, wanted)
    return value if by == 1 else EXACT.multiply(value, by).normalize(EXACT)


def _factor(table: CheckedTable, role: Role | None) -> Decimal:
    value = table.decimal("value")
    if value < 0 and not (role is None or role.signed):
        raise table.wrong("value", "must not be below zero")
    return value


def _name(table: CheckedTable, key: str) -> str:
    value = table.string(key)
    if not _ID.fullmatch(value):
        raise table.wrong(key, "must be lower-case words joined by hyphens")
    return value


def _overlap(one: Parameter, other: Parameter) -> bool:
    if (one.role, one.material, one.activity_unit) != (other.role, other.material, other.activity_unit):
        return False
    first, second = sorted((one, other), key=lambda parameter: parameter.valid_from)
    return first.valid_to is None or second.valid_from <= first.valid_to
