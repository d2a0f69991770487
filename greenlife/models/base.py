"""The declarative base: one MetaData for all packages, owned by the ledger."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import JSON, BigInteger, Date, LargeBinary, MetaData, String
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeEngine

from ledger import UtcDateTime, metadata

Texts = dict[str, str]
"""Text that is data: locale → text; zh-CN is always there."""

THOUSANDTHS = 1000
"""Quantities in columns that add up are integers, in thousandths of the action's unit: grams for kg, metres for km."""


class Model(DeclarativeBase):
    """A row; instants are UTC, local days are the city's."""

    metadata: ClassVar[MetaData] = metadata
    type_annotation_map: ClassVar[dict[object, object | TypeEngine[object]]] = {
        str: String(200),
        int: BigInteger,
        bytes: LargeBinary,
        date: Date,
        datetime: UtcDateTime,
        Texts: JSON,
    }
