"""INSERT … ON CONFLICT, which SQLite and PostgreSQL both have and SQLAlchemy's common insert has not."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite

from greenlife.models import Model


def insert_into(dialect: str, model: type[Model]) -> sqlite.Insert | postgresql.Insert:
    """An insert of the dialect, by its name."""
    if dialect == "postgresql":
        return postgresql.insert(model)
    return sqlite.insert(model)


def primary_key(model: type[Model]) -> list[Any]:
    """The columns of the model's key, for the conflict they are to be watched for."""
    table = model.__table__
    assert isinstance(table, Table)
    return list(table.primary_key.columns)
