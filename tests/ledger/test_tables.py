"""Promises about the tables and what the front door offers."""

import inspect
import random

import pytest
from sqlalchemy import Dialect, UniqueConstraint
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import Session
from sqlalchemy.schema import CreateTable

import ledger
from ledger import errors
from ledger.times import UtcDateTime
from tests.ledger.sample import NOW, TABLES

POSTGRESQL: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]


@pytest.mark.parametrize("name", TABLES)
def test_every_key_begins_with_the_book(name: str) -> None:
    table = ledger.metadata.tables[name]
    keys = [
        list(table.primary_key.columns),
        *(list(index.columns) for index in table.indexes),
    ]
    keys += [list(key.columns) for key in table.constraints if isinstance(key, UniqueConstraint)]

    assert len(keys) >= 1
    assert {columns[0].name for columns in keys} == {"book"}


@pytest.mark.parametrize("name", TABLES)
def test_the_tables_can_be_made_on_postgresql(name: str) -> None:
    statement = str(CreateTable(ledger.metadata.tables[name]).compile(dialect=POSTGRESQL))

    assert "WITHOUT ROWID" not in statement
    assert 'COLLATE "C"' in statement


def test_every_error_has_a_code_of_its_own_and_a_kind_and_is_exported() -> None:
    classes = [
        value for _, value in inspect.getmembers(errors, inspect.isclass) if issubclass(value, ledger.LedgerError)
    ]

    assert len({error.code for error in classes}) == len(classes)
    assert {error.kind for error in classes} == {
        "invalid",
        "refused",
        "conflict",
        "not_found",
    }
    assert {error.__name__ for error in classes} <= set(ledger.__all__)
    assert all(error.__name__ in (errors.__doc__ or "") for error in classes)


def test_the_front_door_lists_what_it_has() -> None:
    assert all(hasattr(ledger, name) for name in ledger.__all__)
    assert len(set(ledger.__all__)) == len(ledger.__all__)


def test_a_naive_time_is_refused_by_the_column_type(session: Session) -> None:
    for dialect in (session.get_bind().dialect, POSTGRESQL):
        with pytest.raises(ValueError, match="offset"):
            UtcDateTime().process_bind_param(NOW.replace(tzinfo=None), dialect)


def test_ids_are_128_random_bits_behind_their_prefix() -> None:
    assert ledger.new_id("res", lambda count: b"\xff" * count) == "res_" + "7" + "z" * 25
    assert ledger.new_id("res", bytes) == "res_" + "0" * 26
    entropy = random.Random(1).randbytes
    assert len({ledger.new_id("res", entropy) for _ in range(1000)}) == 1000
