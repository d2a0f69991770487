"""Every row of the table of factors is chosen, rejected or considered somewhere, or listed with the reason why not."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from greenlife.errors import ConfigInvalid
from greenlife.methodology import Methodology, load_methodologies
from greenlife.methodology.load_unused import load_unused

TABLE = Path(__file__).parents[3] / "shared/domain/factors.csv"
needs_table = pytest.mark.skipif(not TABLE.exists(), reason="the table of factors lies beside the repository")
METHODOLOGIES = load_methodologies()
Row = tuple[str, Decimal | None]
ROW = """
[[row]]
code = "HOME_AC"
value = "{value}"
unit = "kgCO2/h"
reason = {{ zh-CN = "不用", en = "unused" }}
"""


def table_rows() -> list[Row]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [
            (row["action_code"], Decimal(row["factor_value"]) if row["factor_value"] else None)
            for row in csv.DictReader(file)
        ]


def codes(row: str) -> list[str]:
    """The codes in ``row``, which names one, several with the same value, or the parts that a value is derived from."""
    return re.findall(r"[A-Z]+(?:_[A-Z]+)+", row)


def named(methodology: Methodology) -> Iterator[Row]:
    """The rows that a methodology names, with its values; a placeholder may stand for a value that the table lacks."""
    for parameter in methodology.parameters:
        for code in codes(parameter.row or ""):
            yield code, parameter.value
            if parameter.confidence == "placeholder":
                yield code, None
    if methodology.formula == "baseline_minus_project":  # the table prints the difference of what it was made from
        baseline, project = methodology.parameters
        if baseline.row == project.row:
            yield str(baseline.row), baseline.converted - project.converted
    rejected = (one for parameter in methodology.parameters for one in parameter.rejected)
    for other in (*rejected, *methodology.considered):
        yield from ((code, other.value) for code in codes(other.row))


NAMED = {row for methodology in METHODOLOGIES.values() for row in named(methodology)}


@needs_table
@pytest.mark.parametrize("row", [*dict.fromkeys(table_rows())] if TABLE.exists() else [], ids=str)
def test_a_row_is_used_or_listed_as_unused_and_not_both(row: Row) -> None:
    unused = {(one.code, one.value) for one in load_unused()}
    assert (row in NAMED) + (row in unused) == 1


@needs_table
def test_what_is_listed_as_unused_stands_in_the_table_with_its_unit() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        units = {(row["action_code"], row["factor_unit"]) for row in csv.DictReader(file)}
    for one in load_unused():
        assert (one.code, one.value) in table_rows()
        assert (one.code, one.unit) in units


@needs_table
def test_methodologies_name_only_codes_that_the_table_has() -> None:
    known = {code for code, _ in table_rows()}
    assert {code for code, _ in NAMED} <= known


@pytest.mark.parametrize("methodology", METHODOLOGIES.values(), ids=METHODOLOGIES)
def test_no_methodology_shows_the_same_row_twice_for_the_same_days(methodology: Methodology) -> None:
    for parameter in methodology.parameters:
        shown = Counter((one.row, one.value, one.source.id) for one in parameter.sources)
        assert set(shown.values()) == {1}, parameter.id
    considered = Counter((one.row, one.value) for one in methodology.considered)
    assert set(considered.values()) <= {1}


def test_a_row_listed_twice_is_refused_also_across_files(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_text(ROW.format(value="0.621"), "utf-8")
    (tmp_path / "b.toml").write_text(ROW.format(value="0.622"), "utf-8")
    assert len(load_unused(tmp_path)) == 2
    (tmp_path / "b.toml").write_text(ROW.format(value="0.621"), "utf-8")
    with pytest.raises(ConfigInvalid, match=r"b\.toml.*row\[1\]\.code.*twice"):
        load_unused(tmp_path)
