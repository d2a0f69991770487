"""INSERT … ON CONFLICT, which SQLite and PostgreSQL both have and SQLAlchemy's common insert has not."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from greenlife.models import Model


def insert_into(dialect: str, model: type[Model]) -> sqlite.Insert | postgresql.Insert:
    """An insert of the dialect, by its name; its result's ``rowcount`` says how many rows were written."""
    insert = postgresql.insert(model) if dialect == "postgresql" else sqlite.insert(model)
    # Left to itself, SQLAlchemy keeps the count of an INSERT only where the driver has it at hand anyway.
    return insert.execution_options(preserve_rowcount=True)


def primary_key(model: type[Model]) -> list[Any]:
    """The columns of the model's key, for the conflict they are to be watched for."""
    table = model.__table__
    assert isinstance(table, Table)
    return list(table.primary_key.columns)


def dialect_of(session: Session) -> str:
    """By which name ``insert_into`` knows the database of a session."""
    return session.get_bind().dialect.name
