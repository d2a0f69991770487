"""Instants: aware, in UTC, written one way."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import TIMESTAMP, Dialect, String
from sqlalchemy.types import TypeDecorator, TypeEngine

EARLIEST, LATEST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)
"""A day short of what a datetime can say: PostgreSQL hands instants out in the zone of the session, whichever it is."""


def is_instant(value: object) -> bool:
    """Whether ``value`` is a datetime that knows its offset, between EARLIEST and LATEST."""
    if type(value) is not datetime:  # a subclass may be equal to what it likes
        return False
    try:
        return value.utcoffset() is not None and EARLIEST <= value <= LATEST
    except Exception:  # noqa: BLE001 - a time zone is anybody's code
        return False


def write_instant(value: datetime) -> str:
    """``2026-06-05T08:00:00.000000Z``: sorts as text like it does as time; raises ValueError for a naive one."""
    if value.tzinfo is not UTC:
        if value.utcoffset() is None:
            raise ValueError("a time without an offset")
        value = value.astimezone(UTC)
    return value.isoformat(timespec="microseconds")[:-6] + "Z"


def read_instant(text: str) -> datetime:
    """The instant that write_instant wrote; raises ValueError for anything else."""
    instant = datetime.fromisoformat(text)
    if instant.utcoffset() is None:
        raise ValueError("a time without an offset")
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        raise ValueError("a time that has no date in UTC") from None


class UtcDateTime(TypeDecorator[datetime]):
    """Aware UTC datetimes in and out: text on SQLite, timestamptz on PostgreSQL; naive ones are refused."""

    impl = String(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        is_text = dialect.name == "sqlite"
        return dialect.type_descriptor(String(27) if is_text else TIMESTAMP(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if dialect.name == "sqlite":
            return write_instant(value)
        if value.utcoffset() is None:
            raise ValueError("a time without an offset")
        return value

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return read_instant(value) if dialect.name == "sqlite" else value.astimezone(UTC)
