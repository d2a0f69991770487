"""The city as data: what Huzhou has, and what a city's file must not have."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from greenlife import city as city_package
from greenlife.city import CITIES, City, load_city
from greenlife.errors import ConfigInvalid, DistrictUnknown, TownUnknown

DATA = Path(city_package.__file__).parent / "data" / "huzhou"


@pytest.fixture(scope="module")
def huzhou() -> City:
    return load_city("huzhou")


def test_huzhou_has_seven_districts_and_the_towns_of_the_register(huzhou: City) -> None:
    towns = {district.id: len(district.towns) for district in huzhou.districts}
    assert towns == {
        "huzhou-wuxing": 13, "huzhou-nanxun": 10, "huzhou-deqing": 13, "huzhou-changxing": 15, "huzhou-anji": 15,
        "huzhou-nantaihu": 6, "huzhou-changhe": 1,
    }  # fmt: skip
    coded = [town for district in huzhou.districts for town in district.towns if town.code]
    assert len(coded) == 72


def test_a_town_is_looked_after_by_its_code_unless_a_note_says_why_not(huzhou: City) -> None:
    for district in huzhou.districts:
        for town in district.towns:
            by_code = bool(district.code and town.code and town.code.startswith(district.code))
            assert by_code or town.note, town.id


def test_population_adds_up_to_the_published_sum_and_the_changhe_zone_has_none(huzhou: City) -> None:
    people = {district.id: district.population for district in huzhou.districts}
    assert sum(n or 0 for n in people.values()) == 3_407_000
    assert people["huzhou-changhe"] is None
    assert huzhou.district("huzhou-changhe").population_source is None


def test_tiles_stand_two_three_two(huzhou: City) -> None:
    rows = sorted((district.tile, district.names["zh-CN"]) for district in huzhou.districts)
    assert [name for _, name in rows] == ["长兴县", "南太湖新区", "长合区", "吴兴区", "南浔区", "安吉县", "德清县"]
    assert [tile[0] for tile, _ in rows] == [1, 1, 2, 2, 2, 3, 3]


def test_districts_and_towns_are_found_by_id_and_unknown_ones_are_refused(huzhou: City) -> None:
    assert huzhou.district("huzhou-deqing").names["en"] == "Deqing County"
    assert huzhou.town("moganshan").names == {"zh-CN": "莫干山镇", "en": "Moganshan Town"}
    with pytest.raises(DistrictUnknown):
        huzhou.district("huzhou-nowhere")
    with pytest.raises(TownUnknown):
        huzhou.town("nowhere")


def test_every_city_that_comes_along_loads_and_no_other() -> None:
    for city_id in CITIES:
        assert load_city(city_id).id == city_id
    with pytest.raises(ConfigInvalid, match="atlantis"):
        load_city("atlantis")


Edit = Callable[[str, str, str], Path]


@pytest.fixture
def edited(tmp_path: Path) -> Edit:
    """The city's folder with one text of one file replaced."""

    def edit(file: str, old: str, new: str) -> Path:
        folder = tmp_path / "huzhou"
        shutil.copytree(DATA, folder)
        text = (folder / file).read_text("utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), "utf-8")
        return folder

    return edit


@pytest.mark.parametrize(
    ("file", "old", "new", "key"),
    [
        ("city.toml", 'zone = "Asia/Shanghai"', 'zone = "Asia/Huzhou"', "zone"),
        ("city.toml", 'code = "330500"', 'code = "3305"', "code"),
        ("city.toml", "least_people = 11", "least_people = 0", "least_people"),
        ("city.toml", "least_people = 11", "least_peeple = 11", "least_people"),
        ("city.toml", "tile = [2, 3]", "tile = [2, 5]", "district[2].tile"),
        ("city.toml", "tile = [2, 3]", "tile = [2]", "district[1].tile"),
        ("city.toml", "population = 727000", "population = -1", "district[1].population"),
        ("city.toml", 'id = "huzhou-wuxing"', 'id = "huzhou-nanxun"', "district[2].id"),
        ("city.toml", 'en = "Wuxing District"', 'fr = "Wuxing"', "district[1].names.en"),
        ("towns.toml", 'id = "yuehe"', 'id = "chaoyang"', "town[2].id"),
        ("towns.toml", 'code = "330502001"', 'code = "330502002"', "town[2].code"),
        ("towns.toml", 'district = "huzhou-wuxing"', 'district = "huzhou-moon"', "town[1].district"),
        ("towns.toml", 'zh-CN = "月河街道"', 'zh-CN = " "', "town[1].names.zh-CN"),
        ("towns.toml", 'id = "yuehe"', 'id = "yuehe"\ncolour = "green"', "town[1].colour"),
    ],
)
def test_a_mistake_names_its_file_and_key(edited: Edit, file: str, old: str, new: str, key: str) -> None:
    folder = edited(file, old, new)
    with pytest.raises(ConfigInvalid) as refused:
        load_city("huzhou", folder=folder)
    assert (refused.value.params["where"], refused.value.params["key"]) == (file, key)


def test_a_district_without_towns_or_a_file_that_is_no_toml_is_refused(edited: Edit) -> None:
    folder = edited("towns.toml", 'district = "huzhou-changhe"', 'district = "huzhou-anji"')
    with pytest.raises(ConfigInvalid, match=r"no town in towns\.toml"):
        load_city("huzhou", folder=folder)
    (folder / "towns.toml").write_text("[[town", "utf-8")
    with pytest.raises(ConfigInvalid, match=r"towns\.toml"):
        load_city("huzhou", folder=folder)
    (folder / "towns.toml").unlink()
    with pytest.raises(ConfigInvalid, match="missing"):
        load_city("huzhou", folder=folder)
