"""A methodology's file with a mistake in it does not load, and the error names file and key."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from greenlife import methodology as methodology_package
from greenlife.errors import ConfigInvalid
from greenlife.methodology.load import load_methodology, load_superseded

DATA = Path(methodology_package.__file__).parent / "data"
FACTOR_FROM = 'confidence = "published"\nvalid_from = 2026-01-01'
SECOND = """
[[parameter]]
id = "bus-km-later"
row = "TRAVEL_BUS"
role = "saving"
value = "0.03"
unit = "kgCO2e/km"
source = "shenzhen-2022"
confidence = "published"
valid_from = {day}
activity = {{ zh-CN = "公里", en = "km" }}
label = {{ zh-CN = "每公里", en = "per km" }}
"""


def written(folder: Path, old: str, new: str, *, code: str = "bus-ride") -> Path:
    text = (DATA / f"{code}.toml").read_text("utf-8")
    assert old in text
    file = folder / f"{code}.toml"
    file.write_text(text.replace(old, new, 1), "utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('code = "bus-ride"', 'code = "tram"', "code"),
        ('version = "2026.1"', 'version = "newest"', "version"),
        ('formula = "net_saving"', 'formula = "guess"', "formula"),
        ('unit = "kgCO2e/km"', 'unit = "kgCO2e/t"', "parameter[1].unit"),
        ('unit = "kgCO2e/km"', 'unit = "kgCO2e"', "parameter[1].unit"),
        ('unit = "kgCO2e/km"', 'unit = "kg/km"', "parameter[1].unit"),
        ('unit = "kgCO2e/km"', 'unit = "kgCO2e/mile"', "parameter[1].unit"),
        ('unit = "kgCO2e/km"', 'unit = "2*kgCO2e/km"', "parameter[1].unit"),
        ('units = ["km", "ride"]', 'units = ["km", "furlong"]', "units"),
        ('units = ["km", "ride"]', 'units = ["km", "ride", "bag"]', "units"),
        ('value = "0.05887"\nunit = "kgCO2e/km"', 'value = "0.05887"\nunit = "kgCO2e/kg"',
         "parameter[1].rejected[1].unit"),
        ('unit = "km"', 'unit = "mile"', "example[1].unit"),
        ('value = "0.0269"', "value = 0.0269", "parameter[1].value"),
        ('value = "0.0269"', 'value = "NaN"', "parameter[1].value"),
        ('value = "0.0269"', 'value = "-0.0269"', "parameter[1].value"),
        ('value = "1.00"', 'value = "1.01"', "displacement.value"),
        ('source = "shenzhen-2022"', "", "parameter[1].source"),
        ('source = "shenzhen-2022"', 'source = "hearsay"', "parameter[1].source"),
        ('url = "https://www.citysz.net/guonei/2022/0923/2022107136.html"', 'url = "somewhere"',
         "source.shenzhen-2022.url"),
        ('title = "深圳市低碳公共出行碳普惠方法学（深圳商报 2022-09-23 引用）"', "", "source.shenzhen-2022.title"),
        ('confidence = "published"', 'confidence = "unverified"', "parameter[1].confidence"),
        ("valid_from = 2026-01-01", 'valid_from = "2026-01-01"', "valid_from"),
        (FACTOR_FROM, FACTOR_FROM.replace("2026-01-01", '"2026-01-01"'), "parameter[1].valid_from"),
        (FACTOR_FROM, f"{FACTOR_FROM}T00:00:00Z", "parameter[1].valid_from"),
        (FACTOR_FROM, f"{FACTOR_FROM}\nvalid_to = 2025-12-31", "parameter[1].valid_to"),
        ('role = "saving"', 'role = "baseline"', "parameter[1].role"),
        ('id = "bus-ride-luzhou-2024"', 'id = "bus-km-shenzhen-2022"', "parameter[2].id"),
        ('zh-CN = "乘坐公交"', 'zh-TW = "乘坐公交"', "titles.zh-CN"),
        ('code = "bus-ride"', 'code = "bus-ride"\ncolour = "green"', "colour"),
        ('row = "TRAVEL_BUS"', 'row = "TRAVEL_BUS"\nrows = 2', "parameter[1].rows"),
    ],
)  # fmt: skip
def test_a_mistake_names_its_file_and_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    file = written(tmp_path, old, new)
    with pytest.raises(ConfigInvalid) as refused:
        load_methodology(file)
    assert (refused.value.params["where"], refused.value.params["key"]) == ("bus-ride.toml", key)


def test_validity_may_follow_but_not_overlap(tmp_path: Path) -> None:
    text = (DATA / "bus-ride.toml").read_text("utf-8")
    ended = text.replace(FACTOR_FROM, f"{FACTOR_FROM}\nvalid_to = 2026-12-31", 1)
    file = tmp_path / "bus-ride.toml"
    file.write_text(ended + SECOND.format(day="2027-01-01"), "utf-8")
    assert len(load_methodology(file).parameters) == 3
    for overlapping in (ended + SECOND.format(day="2026-12-31"), text + SECOND.format(day="2027-01-01")):
        file.write_text(overlapping, "utf-8")
        with pytest.raises(ConfigInvalid, match=r"parameter\[3\]\.valid_from.*overlaps"):
            load_methodology(file)


def test_a_difference_needs_both_of_its_factors(tmp_path: Path) -> None:
    file = written(tmp_path, 'formula = "net_saving"', 'formula = "baseline_minus_project"', code="shared-bike")
    file.write_text(file.read_text("utf-8").replace('role = "saving"', 'role = "baseline"'), "utf-8")
    with pytest.raises(ConfigInvalid, match="needs a 'project'"):
        load_methodology(file)


def test_fewer_than_three_examples_are_too_few(tmp_path: Path) -> None:
    text = (DATA / "own-bag.toml").read_text("utf-8")
    file = tmp_path / "own-bag.toml"
    file.write_text(text[: text.rindex("[[example]]")], "utf-8")
    with pytest.raises(ConfigInvalid, match="at least 3"):
        load_methodology(file)


def test_an_example_that_does_not_come_out_as_written_is_a_mistake(tmp_path: Path) -> None:
    text = (DATA / "bus-ride.toml").read_text("utf-8")
    mg = text.rpartition("mg = ")[2].split()[0]
    file = written(tmp_path, f"mg = {mg}", f"mg = {int(mg) + 1}")
    with pytest.raises(ConfigInvalid, match="comes out as"):
        load_methodology(file)


def test_a_mistake_names_its_line(tmp_path: Path) -> None:
    file = written(tmp_path, 'unit = "kgCO2e/km"', 'unit = "kgCO2e/t"')
    line = 1 + file.read_text("utf-8").splitlines().index('unit = "kgCO2e/t"')
    with pytest.raises(ConfigInvalid, match=f"line {line}: 'kgCO2e/t' cannot be turned into 'kgCO2e/km'"):
        load_methodology(file)


def test_a_factor_for_a_tonne_or_in_grams_is_converted_to_the_unit_of_the_activity(tmp_path: Path) -> None:
    for printed in ('"26.9"\nunit = "gCO2e/km"', '"26.9"\nunit = "kgCO2e/Mm"', '"0.0000269"\nunit = "tCO2e/km"'):
        file = written(tmp_path, '"0.0269"\nunit = "kgCO2e/km"', printed)
        factor = load_methodology(file).parameters[0]
        assert (factor.converted, factor.converted_unit) == (Decimal("0.0269"), "kgCO2e/km")


def test_only_a_placeholder_may_do_without_an_address(tmp_path: Path) -> None:
    url = 'url = "https://www.citysz.net/guonei/2022/0923/2022107136.html"\n'
    with pytest.raises(ConfigInvalid, match=r"parameter\[1\]\.source.*no address"):
        load_methodology(written(tmp_path, url, ""))


def test_a_former_version_is_read_from_a_file_that_bears_its_name(tmp_path: Path) -> None:
    former = (DATA / "bus-ride.toml").read_text("utf-8").replace('version = "2026.1"', 'version = "2025.3"')
    file = tmp_path / "bus-ride@2025.3.toml"
    file.write_text(former, "utf-8")
    assert list(load_superseded(tmp_path)) == ["bus-ride@2025.3"]
    file.rename(tmp_path / "bus-ride@2025.2.toml")
    with pytest.raises(ConfigInvalid, match="version"):
        load_superseded(tmp_path)


def test_the_last_day_there_is_ends_a_factor_like_any_other(tmp_path: Path) -> None:
    found = load_methodology(written(tmp_path, FACTOR_FROM, f"{FACTOR_FROM}\nvalid_to = 9999-12-31"))
    assert found.parameters[0].valid_to == date.max
