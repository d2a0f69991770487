"""Daily facts: a projection of the ledger that can be dropped and built again."""

from datetime import date, datetime

from sqlalchemy.orm import Mapped, mapped_column

from greenlife.models.base import Model


class DailyFact(Model):
    """What one town did on one local day with one action on one tier; undone entries do not count.

    ``quantity`` is in thousandths of ``unit`` (grams for kg, metres for km), so that it adds up as an integer.
    """

    __tablename__ = "daily_fact"

    book: Mapped[str] = mapped_column(primary_key=True)
    local_day: Mapped[date] = mapped_column(primary_key=True)
    town: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column(primary_key=True)
    tier: Mapped[str] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    actions: Mapped[int]
    quantity: Mapped[int]
    mg: Mapped[int]
    points: Mapped[int]


class DailyParticipant(Model):
    """An account that did something on a local day, so that people are counted once over any period."""

    __tablename__ = "daily_participant"

    book: Mapped[str] = mapped_column(primary_key=True)
    local_day: Mapped[date] = mapped_column(primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    action: Mapped[str] = mapped_column(primary_key=True)
    town: Mapped[str]


class StatisticsMark(Model):
    """Up to which instant of recording a book's facts are built."""

    __tablename__ = "statistics_mark"

    book: Mapped[str] = mapped_column(primary_key=True)
    built_until: Mapped[datetime]
