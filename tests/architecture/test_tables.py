"""Promises about the tables."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import URL, Float, Numeric, UniqueConstraint, inspect, text

import ledger
import rewards
from greenlife.db import Database, at_head, open_database, upgrade
from greenlife.models import Model
from tests.postgres import Server
from tests.world import World, make_world

assert rewards  # its tables are part of the metadata


def test_every_key_of_a_ledger_table_begins_with_the_book() -> None:
    tables = [table for table in ledger.metadata.tables.values() if table.name.startswith("ledger_")]
    assert len(tables) >= 3
    for table in tables:
        keys = [list(table.primary_key.columns)]
        keys += [list(key.columns) for key in table.constraints if isinstance(key, UniqueConstraint)]
        keys += [list(index.columns) for index in table.indexes if index.unique]
        for columns in keys:
            assert columns[0].name == "book", f"{table.name}: {[column.name for column in columns]}"


def test_no_table_holds_a_fraction_of_a_point_or_a_milligram() -> None:
    for table in Model.metadata.tables.values():
        for column in table.columns:
            assert not isinstance(column.type, Float | Numeric) or column.type.python_type is int, (
                f"{table.name}.{column.name}"
            )


def test_all_packages_share_one_metadata() -> None:
    assert Model.metadata is ledger.metadata
    assert {"ledger_entry", "resident", "redemption"} <= set(ledger.metadata.tables)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty one, of each kind in turn."""
    url = f"sqlite:///{tmp_path / 'new.db'}"
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_url").render_as_string(hide_password=False)
    database = open_database(url)
    yield database
    database.engine.dispose()


def differences(database: Database) -> list[Any]:
    with database.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        return list(compare_metadata(context, Model.metadata))


def test_the_migrations_make_what_the_models_say(database: Database) -> None:
    upgrade(database)

    assert differences(database) == []


def test_a_table_that_is_not_what_its_model_says_is_noticed(database: Database) -> None:
    upgrade(database)
    with database.writing() as session:
        session.execute(text("DROP INDEX ix_ledger_entry_book_recorded_at"))
        session.execute(text("ALTER TABLE claim ADD COLUMN stray INTEGER"))

    assert {difference[0] for difference in differences(database)} == {"add_index", "remove_column"}


TRIGGERS = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, tgenabled::text || pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
}


def triggers(database: Database) -> dict[str, str]:
    """What each trigger does, and on PostgreSQL whether it may rest, by its name."""
    with database.reading() as session:
        return {row[0]: row[1] for row in session.execute(text(TRIGGERS[database.engine.dialect.name]))}


def test_the_migrations_make_the_append_only_triggers(database: Database) -> None:
    upgrade(database)
    made = triggers(database)

    with database.writing() as session:
        for statement in ledger.drop_append_only_ddl(database.engine.dialect.name):
            session.execute(text(statement))
    assert triggers(database) == {}
    with database.writing() as session:
        for statement in ledger.append_only_ddl(database.engine.dialect.name):
            session.execute(text(statement))

    assert len(made) == 18 + (database.engine.dialect.name == "sqlite")
    assert triggers(database) == made


CATALOGUE = (
    """SELECT attrelid::regclass::text || '.' || attname, format_type(atttypid, atttypmod), attnotnull, collname
       FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid AND relkind = 'r' AND relnamespace = 'public'::regnamespace
       LEFT JOIN pg_collation ON pg_collation.oid = attcollation WHERE attnum > 0""",
    "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
)
"""What alembic's comparison does not look at, such as collations and checks, stands here too."""


def catalogue(database: Database) -> set[tuple[Any, ...]]:
    with database.reading() as session:
        found = {tuple(row) for query in CATALOGUE for row in session.execute(text(query))}
    return {row for row in found if "alembic_version" not in str(row)}


def test_on_postgresql_the_migrations_make_what_the_models_make_to_the_letter(
    postgres: Server, postgres_url: URL
) -> None:
    migrated = open_database(postgres_url.render_as_string(hide_password=False))
    upgrade(migrated)
    url = postgres.create_database(Model.metadata.create_all)
    modelled = open_database(url.render_as_string(hide_password=False))

    assert catalogue(migrated) == catalogue(modelled)
    assert any("C" in row for row in catalogue(migrated))
    for database in (migrated, modelled):
        database.engine.dispose()
    postgres.drop_database(url)


def test_upgrading_twice_changes_nothing(database: Database) -> None:
    assert not at_head(database)
    upgrade(database)
    before = inspect(database.engine).get_table_names()
    upgrade(database)
    assert at_head(database)
    assert inspect(database.engine).get_table_names() == before


def test_personal_columns_are_not_in_the_ledger(tmp_path: Path) -> None:
    world: World = make_world(tmp_path)
    resident = world.resident()
    with world.database.reading() as session:
        rows = session.execute(text("SELECT * FROM ledger_entry")).all()
    assert not any(resident.phone in str(value) for row in rows for value in row)
