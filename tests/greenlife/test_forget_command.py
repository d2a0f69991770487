"""`greenlife resident forget`: by letter, and again after a backup was restored."""

import shutil
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select, text

import ledger
from greenlife.cli.residents import resident as resident_group
from greenlife.errors import ResidentUnknown
from greenlife.models import Resident
from tests.greenlife.life import Life, live, make_town, mentions
from tests.world import DEQING, World


@pytest.fixture
def life(world: World) -> Life:
    return live(make_town(world))


def var(world: World) -> Path:
    assert world.database.path
    return world.database.path.parent


def run(world: World, *words: str, said: str = "") -> Result:
    environment = {
        "GREENLIFE_DATABASE_URL": world.database.engine.url.render_as_string(hide_password=False),
        "GREENLIFE_SECRET_KEY": "s" * 40, "GREENLIFE_BASE_URL": "http://localhost", "GREENLIFE_DEMO": "1",
        "LANG": "C", "GREENLIFE_VAR": str(var(world)),
    }  # fmt: skip
    return CliRunner(env=environment | {"LC_ALL": None}).invoke(resident_group, list(words), input=said)


def test_by_letter_it_is_asked_before_it_is_done(world: World, life: Life) -> None:
    phone = life.resident.phone.removeprefix("+86")
    assert run(world, "forget", phone, said="n\n").exit_code == 1
    assert mentions(world, {"phone": phone})

    done = run(world, "forget", phone, said="y\n")

    assert (done.exit_code, mentions(world, life.personal)) == (0, set())
    assert "6 records" in done.output and phone not in done.output
    assert isinstance(run(world, "forget", phone, "--yes").exception, ResidentUnknown)
    with world.database.reading() as session:
        assert session.execute(text("SELECT count(*) FROM resident")).scalar_one() == 0
        assert session.scalars(select(Resident)).all() == []


def list_of(world: World) -> Path:
    return var(world) / "demo/log/forgotten"


def test_a_restored_backup_is_made_to_forget_again(world: World, life: Life) -> None:
    stayed = world.resident()
    assert world.database.path
    world.database.engine.dispose()
    backup = shutil.copy(world.database.path, var(world) / "backup.db")
    assert run(world, "forget", life.resident.phone, "--yes").exit_code == 0
    world.database.engine.dispose()
    for one in var(world).glob("world.db*"):
        one.unlink()
    shutil.copy(backup, world.database.path)
    assert mentions(world, life.personal)  # the control: the backup knows the person

    again = run(world, "forget", "--again")

    assert (again.exit_code, again.output) == (0, "Accounts deleted again: 1\n")
    assert mentions(world, life.personal) == set()
    assert run(world, "forget", "--again").output == "Accounts deleted again: 0\n"
    with world.database.reading() as session:
        assert session.scalars(select(Resident.id)).all() == [stayed.id]
        assert ledger.check_book(session, DEQING) is None


def test_the_list_says_of_nobody_who_it_was_and_only_its_owner_reads_it(world: World, life: Life) -> None:
    run(world, "forget", life.resident.phone, "--yes")
    assert list_of(world).read_text() == f"{life.resident.account}\n"
    assert stat.S_IMODE(list_of(world).stat().st_mode) == 0o600


def test_where_the_list_cannot_be_written_nobody_is_deleted(world: World, life: Life) -> None:
    list_of(world).mkdir(parents=True)
    before = mentions(world, life.personal | life.traces)
    assert isinstance(run(world, "forget", life.resident.phone, "--yes").exception, OSError)
    assert mentions(world, life.personal | life.traces) == before


@pytest.mark.parametrize("words", [(), ("--again", "13800000001")])
def test_it_is_one_person_or_all_of_the_list(world: World, words: tuple[str, ...]) -> None:
    refused = run(world, "forget", *words)
    assert refused.exit_code == 2
    assert "--again" in refused.output
