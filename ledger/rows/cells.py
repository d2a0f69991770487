"""What a column may hold, looked at value by value.

SQLite keeps what it is given, whatever the type of the column. So values are read as the driver has them and looked at
here: texts, whole numbers and bytes are that and nothing else, times and days come as their canonical texts.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    TIMESTAMP,
    BigInteger,
    Column,
    ColumnElement,
    Date,
    Dialect,
    LargeBinary,
    SmallInteger,
    String,
    type_coerce,
)
from sqlalchemy.types import NullType, TypeDecorator, TypeEngine

from ledger.times import UtcDateTime, read_instant, write_instant


@dataclass(frozen=True, slots=True)
class Kind:
    """What values of a kind of column are; ``fits`` looks closer where the type alone does not say it."""

    says: str
    type: type
    fits: Callable[[Any], bool] | None = None


class _Canonical(TypeDecorator[Any]):
    """A time or a day as its text on both stores; what SQLite holds comes as it is."""

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(NullType() if dialect.name == "sqlite" else self.impl_instance)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002 - the signature is given
        if isinstance(value, datetime):
            return write_instant(value)
        return value.isoformat() if isinstance(value, date) else value

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        return value if dialect.name == "sqlite" else self.read(value)

    def read(self, text: str) -> object:
        raise NotImplementedError


class _Instant(_Canonical):
    impl = TIMESTAMP(timezone=True)
    cache_ok = True

    def read(self, text: str) -> datetime:
        return read_instant(text)


class _Day(_Canonical):
    impl = Date
    cache_ok = True

    def read(self, text: str) -> date:
        return date.fromisoformat(text)


def as_read(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column as it is looked at here, to select it or to compare it with what was read."""
    if isinstance(column.type, UtcDateTime):
        return type_coerce(column, _Instant())
    return type_coerce(column, _Day() if isinstance(column.type, Date) else NullType())


def kind_of(column: Column[Any]) -> Kind:
    """What the column may hold beside NULL."""
    return next(kind for of, kind in _KINDS if isinstance(column.type, of))


@lru_cache(maxsize=256)  # rows that stand together share their times
def _is_instant(text: str) -> bool:
    try:
        return write_instant(datetime.fromisoformat(text).astimezone(UTC)) == text
    except (ValueError, OverflowError):
        return False


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


_NUMBER = Kind("a whole number", int)
_KINDS: tuple[tuple[type[TypeEngine[Any]], Kind], ...] = (
    (UtcDateTime, Kind("a time", str, _is_instant)),
    (Date, Kind("a day", str, _is_day)),
    (LargeBinary, Kind("bytes", bytes)),
    (BigInteger, _NUMBER),
    (SmallInteger, _NUMBER),
    (String, Kind("a text", str)),
)
