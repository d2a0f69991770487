"""A city on PostgreSQL: snapshots for readers, fresh rows for writers, and an application with few rights."""

import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import URL, func, select, text
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.orm import Session

import ledger
from greenlife.actions.guards import claim_once
from greenlife.cli.maintenance import db
from greenlife.db import Database, insert_into, open_database
from greenlife.errors import ConfigInvalid
from greenlife.leader import ADVISORY_KEY, leader_lock
from greenlife.models import Claim, Resident
from tests.greenlife.test_processes import wait_for
from tests.postgres import Server
from tests.world import DEQING, World, make_world


@pytest.fixture
def world(postgres_url: URL, tmp_path: Path) -> Iterator[World]:
    world = make_world(tmp_path, postgres_url.render_as_string(hide_password=False))
    yield world
    world.database.engine.dispose()


def residents(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Resident)) or 0


def test_a_reader_sees_one_snapshot(world: World) -> None:
    with world.database.reading() as session:
        assert residents(session) == 0
        world.resident()
        world.fund()

        assert residents(session) == 0
        assert ledger.check_book(session, DEQING) is None


def test_without_a_snapshot_an_audit_would_see_a_difference_where_none_is(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = ledger.audit.book.Book.watched

    def late(book: Any, source: Any, stage: str) -> Any:
        if stage == "postings":  # the accounts they belong to are read already
            world.fund()
        return watched(book, source, stage)

    monkeypatch.setattr("ledger.audit.book.Book.watched", late)

    with world.database.reading() as session:
        assert ledger.check_book(session, DEQING) is None
    with world.database.writing() as session:
        assert ledger.check_book(session, DEQING) is not None


def test_a_reader_cannot_write(world: World) -> None:
    with world.database.reading() as session, pytest.raises(Exception, match="read-only transaction"):
        session.execute(text("DELETE FROM resident"))


def test_a_writer_sees_what_was_committed_meanwhile_whatever_the_server_prefers(world: World, postgres: Server) -> None:
    name = world.database.engine.url.database
    postgres.run(f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'")
    world.database.engine.dispose()

    with world.database.writing() as session:
        assert residents(session) == 0
        world.resident()
        assert residents(session) == 1


def test_who_led_and_gave_it_up_lets_another_lead(world: World) -> None:
    other = open_database(world.database.engine.url.render_as_string(hide_password=False))
    first, second = leader_lock(world.database), leader_lock(other)
    assert first.acquire()
    assert not second.acquire()

    first.release()

    wait_for(second.acquire)
    assert not first.acquire()
    second.release()
    other.engine.dispose()


def test_a_connection_that_only_goes_back_to_the_pool_keeps_the_lock(world: World) -> None:
    """The control."""
    other = open_database(world.database.engine.url.render_as_string(hide_password=False))
    with world.database.engine.connect() as connection:
        assert connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": ADVISORY_KEY})

    assert not leader_lock(other).acquire()
    world.database.engine.dispose()
    other.engine.dispose()


def test_evidence_is_claimed_once(world: World) -> None:
    def claim() -> datetime | None:
        with world.database.writing() as session:
            return claim_once(session, "ticket:1", site_id="sit_1", now=world.now)

    assert (claim(), claim()) == (None, world.now)


def test_without_being_asked_to_sqlalchemy_would_not_count_the_rows_of_an_insert(world: World) -> None:
    claim = insert_into("postgresql", Claim).on_conflict_do_nothing()
    rows = [{"key": f"ticket:{number}", "claimed_at": world.now, "site_id": "sit_1"} for number in (1, 2, 2)]

    with world.database.writing() as session:
        assert session.connection().execute(claim, rows).rowcount == 2
        uncounted = claim.execution_options(preserve_rowcount=False)
        assert session.connection().execute(uncounted, rows).rowcount == -1


@pytest.fixture
def application(world: World, postgres: Server) -> Iterator[Database]:
    """The world's database, entered with the rights that the command line writes down."""
    owner = world.database
    role = f"{owner.engine.url.database}_Application"
    postgres.run(f"CREATE ROLE {ledger.quote_role(role)} LOGIN PASSWORD 'app'")
    rights = CliRunner().invoke(db, ["rights", role], catch_exceptions=False).output
    with owner.writing() as session:
        session.execute(text(rights))
    url = owner.engine.url.set(username=role, password="app")
    database = open_database(url.render_as_string(hide_password=False))
    yield database
    database.engine.dispose()
    with owner.writing() as session:
        session.execute(text(f"DROP OWNED BY {ledger.quote_role(role)}"))
    postgres.run(f"DROP ROLE {ledger.quote_role(role)}")


def test_the_application_needs_no_more_than_its_rights(world: World, application: Database) -> None:
    owner, world.database = world.database, application
    world.fund(5)
    resident = world.resident()

    with application.writing() as session:
        session.delete(session.get_one(Resident, resident.id))
    with application.reading() as session:
        assert ledger.check_book(session, DEQING) is None
    world.database = owner


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM ledger_entry",
        "UPDATE ledger_account SET floor = NULL",
        "TRUNCATE ledger_posting",
        "UPDATE alembic_version SET version_num = '0000'",
        "DROP TABLE resident",
        "CREATE TABLE own (a int)",
    ],
)
def test_the_application_has_no_right_to_more(application: Database, change: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), application.writing() as session:
        session.execute(text(change))


@pytest.mark.parametrize("url", ["postgresql://city@db/greenlife", "mysql://city@db/greenlife", "oracle://db"])
def test_another_driver_or_database_is_refused(url: str) -> None:
    with pytest.raises(ConfigInvalid, match="postgresql"):
        open_database(url)


def test_a_missing_driver_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ConfigInvalid, match="pip install"):
        open_database("postgresql+psycopg://city@db/greenlife")
