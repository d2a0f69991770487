"""INSERT … ON CONFLICT, which SQLite and PostgreSQL both have and SQLAlchemy's common insert has not."""

from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from greenlife.models import Model


def insert_into(session: Session, model: type[Model]) -> sqlite.Insert | postgresql.Insert:
    """An insert of the session's own dialect."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(model)
    return sqlite.insert(model)


def primary_key(model: type[Model]) -> list[Any]:
    """The columns of the model's key, for the conflict they are to be watched for."""
    table = model.__table__
    assert isinstance(table, Table)
    return list(table.primary_key.columns)
