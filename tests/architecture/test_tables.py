"""Promises about the tables."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Float, Numeric, UniqueConstraint, inspect, text

import ledger
import rewards
from greenlife.db import at_head, open_database, upgrade
from greenlife.models import Model
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


def test_the_migrations_make_what_the_models_say(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    with world.database.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, Model.metadata) == []


def test_the_migrations_append_only_triggers_are_there(tmp_path: Path) -> None:
    world = make_world(tmp_path)
    with world.database.reading() as session:
        found = session.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).scalars().all()
    assert len(found) == len(ledger.append_only_ddl("sqlite"))


def test_upgrading_twice_changes_nothing(tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path / 'twice.db'}")
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
