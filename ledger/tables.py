"""The three tables and the MetaData that all packages share. Every key begins with the book.

The posting table has no foreign keys: the write path inserts an entry, its accounts and its postings in one
transaction, so a foreign key would only look up again what it just wrote, at eight times the CPU of a bulk load;
``check_book`` finds an orphan, whoever made it.
"""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    Index,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from ledger.amounts import LARGEST_BALANCE
from ledger.times import UtcDateTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# The "C" collation sorts by bytes like SQLite does, which prefix ranges and equal orders on both stores need.
_NAME = String(200).with_variant(String(200, collation="C"), "postgresql")

account_table = Table(
    "ledger_account",
    metadata,
    Column("book", _NAME, primary_key=True),
    Column("path", _NAME, primary_key=True),
    Column("unit", String(20), nullable=False),
    Column("floor", BigInteger),
    Column("balance", BigInteger, nullable=False),
    Column("opened_at", UtcDateTime, nullable=False),
    # The conditional update is the guard; these stand below it.
    CheckConstraint("floor IS NULL OR balance >= floor", name="floor"),
    CheckConstraint(f"balance BETWEEN -{LARGEST_BALANCE} AND {LARGEST_BALANCE}", name="range"),
    sqlite_with_rowid=False,
)

entry_table = Table(
    "ledger_entry",
    metadata,
    Column("book", _NAME, primary_key=True),
    Column("id", _NAME, primary_key=True),
    Column("home", _NAME, nullable=False),
    Column("reference", _NAME, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("occurred_at", UtcDateTime, nullable=False),
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("local_day", Date, nullable=False),
    Column("details", Text, nullable=False),
    Column("content_hash", LargeBinary, nullable=False),
    Column("salt", LargeBinary, nullable=False),
    Column("commitment", LargeBinary, nullable=False),
    Column("leaf_hash", LargeBinary, nullable=False),
    Column("reverses", _NAME),
    # The reference before the home: a batch looks its references up without knowing the homes.
    UniqueConstraint("book", "reference", "home"),
    UniqueConstraint("book", "reverses"),
    Index("ix_ledger_entry_book_home_recorded_at_id", "book", "home", "recorded_at", "id"),
    Index("ix_ledger_entry_book_local_day_id", "book", "local_day", "id"),
    Index("ix_ledger_entry_book_recorded_at", "book", "recorded_at"),
)

posting_table = Table(
    "ledger_posting",
    metadata,
    Column("book", _NAME, primary_key=True),
    Column("entry_id", _NAME, primary_key=True),
    Column("leg", SmallInteger, primary_key=True, autoincrement=False),
    Column("path", _NAME, nullable=False),
    Column("unit", String(20), nullable=False),
    Column("amount", BigInteger, nullable=False),
    CheckConstraint("amount <> 0", name="amount"),
    sqlite_with_rowid=False,
)
