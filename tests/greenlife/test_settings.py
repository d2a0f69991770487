"""Settings: whole or refused, and a demo only where the demo was."""

import re
from pathlib import Path

import pytest
from sqlalchemy import delete

from greenlife import settings as settings_module
from greenlife.db import open_database
from greenlife.errors import ConfigInvalid, NotADemo
from greenlife.models import Installation
from greenlife.runtime import open_runtime
from greenlife.settings import Settings, read_settings, write_environment
from tests.world import World

GOOD = {"GREENLIFE_SECRET_KEY": "s" * 40, "GREENLIFE_BASE_URL": "https://green.example"}


def settings(folder: Path, **changed: str) -> Settings:
    return read_settings(GOOD | {"GREENLIFE_VAR": str(folder)} | changed)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GREENLIFE_SECRET_KEY", ""),
        ("GREENLIFE_SECRET_KEY", "short"),
        ("GREENLIFE_BASE_URL", ""),
        ("GREENLIFE_BASE_URL", "green.example"),
        ("GREENLIFE_BASE_URL", "https://green.example/path"),
        ("GREENLIFE_BASE_URL", "ftp://green.example"),
        ("GREENLIFE_BASE_URL", "https://green.example?city=1"),
        ("GREENLIFE_BASE_URL", "https://green.example/#top"),
        ("GREENLIFE_BASE_URL", "https://green.example:99999"),
        ("GREENLIFE_BASE_URL", "https://green.example:http"),
        ("GREENLIFE_BASE_URL", "https://somebody:secret@green.example"),
        ("GREENLIFE_BASE_URL", "https://green example"),
        ("GREENLIFE_BASE_URL", "https://[::1"),
        ("GREENLIFE_BASE_URL", " https://green.example"),
        ("GREENLIFE_BASE_URL", "https://绿色.example"),
        ("GREENLIFE_OTHER_HOSTS", "https://other.example"),
        ("GREENLIFE_OTHER_HOSTS", "other.example;third.example"),
        ("GREENLIFE_OTHER_HOSTS", "other.example/path"),
        ("GREENLIFE_VAR", "x" * 5000),
        ("GREENLIFE_VAR", __file__),
        ("GREENLIFE_DEMO", "yes"),
        ("GREENLIFE_POSTER_FONT", "/nowhere.ttf"),
    ],
)
def test_half_a_configuration_refuses_and_names_the_setting(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigInvalid) as refusal:
        settings(tmp_path, **{name: value})
    assert refusal.value.params["key"] == name


def test_codes_are_ours_by_host_and_port(tmp_path: Path) -> None:
    read = settings(tmp_path, GREENLIFE_OTHER_HOSTS="localhost:8000,LOCALHOST:9000")
    assert read.hosts == {"green.example", "localhost:8000", "localhost:9000"}
    assert read.secure


def test_the_environment_file_serves_the_command_line_and_a_variable_wins(tmp_path: Path) -> None:
    write_environment(tmp_path, GOOD)
    assert (tmp_path / "environment").stat().st_mode & 0o777 == 0o600
    assert read_settings({"GREENLIFE_VAR": str(tmp_path)}).base_url == "https://green.example"
    other = {"GREENLIFE_VAR": str(tmp_path), "GREENLIFE_BASE_URL": "https://other.example"}
    assert read_settings(other).base_url == "https://other.example"


@pytest.mark.parametrize("base_url", ["https://green.example:8443/", "http://192.168.0.7:8000"])
def test_an_address_with_a_port_is_taken(tmp_path: Path, base_url: str) -> None:
    assert settings(tmp_path, GREENLIFE_BASE_URL=base_url).base_url == base_url.rstrip("/")


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ("# ours\nGREENLIFE_CITY=huzhou\n\nGREENLIFE_OTHERHOSTS=other.example\n", "GREENLIFE_OTHERHOSTS", 4),
        ("TZ=Asia/Shanghai\nGREENLIFE_CITY huzhou\n", "GREENLIFE_CITY huzhou", 2),
    ],
)
def test_a_mistake_in_the_environment_file_names_file_and_line(tmp_path: Path, text: str, key: str, line: int) -> None:
    (tmp_path / "environment").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigInvalid, match=f"line {line}") as refusal:
        settings(tmp_path)
    assert (refusal.value.params["where"], refusal.value.params["key"]) == ("environment", key)


def test_each_setting_that_is_read_may_stand_in_the_environment_file(tmp_path: Path) -> None:
    read = set(re.findall(r'"(GREENLIFE_[A-Z_]+)"', Path(str(settings_module.__file__)).read_text(encoding="utf-8")))
    assert read <= settings_module.NAMES
    font = tmp_path / "font.ttf"
    font.touch()
    (tmp_path / "environment").write_text(f"GREENLIFE_POSTER_FONT={font}\n", encoding="utf-8")
    assert settings(tmp_path).poster_font == font


def test_an_environment_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "environment").write_bytes(b"GREENLIFE_CITY=\xff\xfe")
    with pytest.raises(ConfigInvalid) as refusal:
        settings(tmp_path)
    assert refusal.value.params["key"] == "GREENLIFE_VAR"


def test_a_demo_does_not_start_on_data_that_the_demo_did_not_make(world: World, tmp_path: Path) -> None:
    url = str(world.database.engine.url)
    open_runtime(settings(tmp_path, GREENLIFE_DATABASE_URL=url, GREENLIFE_DEMO="1"))  # the demo's own
    with world.database.writing() as session:
        session.execute(delete(Installation))
    with pytest.raises(NotADemo):
        open_runtime(settings(tmp_path, GREENLIFE_DATABASE_URL=url, GREENLIFE_DEMO="1"))
    with world.database.writing() as session:
        session.add(Installation(city="huzhou", set_up_at=world.now, demo_seed=None, demo_ready=False))
    with pytest.raises(NotADemo):
        open_runtime(settings(tmp_path, GREENLIFE_DATABASE_URL=url, GREENLIFE_DEMO="1"))
    open_runtime(settings(tmp_path, GREENLIFE_DATABASE_URL=url))  # a city's own, without the demo's settings


def test_a_database_that_is_not_up_to_date_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigInvalid) as refusal:
        open_runtime(settings(tmp_path))
    assert refusal.value.params["key"] == "schema"


@pytest.mark.parametrize("url", ["not a url", "sqlite://", "sqlite:///:memory:", "postgresql+psycopg://host:port/city"])
def test_a_database_address_that_cannot_be_used_is_named(url: str) -> None:
    with pytest.raises(ConfigInvalid) as refusal:
        open_database(url)
    assert refusal.value.params["key"] == "GREENLIFE_DATABASE_URL"


@pytest.mark.parametrize("url", ["sqlite:////proc", f"sqlite:///{__file__}", "postgresql+psycopg://u:p@127.0.0.1:1/c"])
def test_a_database_that_cannot_be_opened_is_named(tmp_path: Path, url: str) -> None:
    with pytest.raises(ConfigInvalid, match="cannot be opened") as refusal:
        open_runtime(settings(tmp_path, GREENLIFE_DATABASE_URL=url))
    assert refusal.value.params["key"] == "GREENLIFE_DATABASE_URL"


def test_an_old_sqlite_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("greenlife.db.database.sqlite.sqlite_version_info", (3, 40, 1))
    with pytest.raises(ConfigInvalid) as refusal:
        open_database(f"sqlite:///{tmp_path / 'old.db'}")
    assert refusal.value.params["where"] == "SQLite"
