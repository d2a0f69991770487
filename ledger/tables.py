"""The tables of the ledger and the MetaData that all packages share. Every key begins with the book.

What is posted: ledger_account, ledger_entry, ledger_posting. What waits for its place in the log: ledger_pending. The
log: ledger_leaf gives each entry its index, ledger_node keeps the hash of each complete subtree (level 1 and up; the
leaf hashes are level 0), ledger_checkpoint the signed notes.

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
    # Accounts without bounds are kept in several rows, which add up; all others in row 0.
    Column("stripe", SmallInteger, primary_key=True, autoincrement=False),
    Column("unit", String(20), nullable=False),
    Column("floor", BigInteger),
    Column("ceiling", BigInteger),
    Column("expires_at", UtcDateTime),
    Column("held_by", _NAME),
    Column("opened_at", UtcDateTime, nullable=False),
    Column("balance", BigInteger, nullable=False),
    Column("moved_at", UtcDateTime, nullable=False),
    Column("closed_by", _NAME),
    # The write path is the guard; these stand below it.
    CheckConstraint("floor IS NULL OR balance >= floor", name="floor"),
    CheckConstraint("ceiling IS NULL OR balance <= ceiling", name="ceiling"),
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
    Column("act", String(10)),
    Column("hold", _NAME),
    Column("deadline", UtcDateTime),
    Column("closes", Text),
    # The reference before the home: a batch looks its references up without knowing the homes.
    UniqueConstraint("book", "reference", "home"),
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
    Column("stripe", SmallInteger, nullable=False),
    Column("unit", String(20), nullable=False),
    Column("amount", BigInteger, nullable=False),
    # When the entry was recorded, which is later with each posting of a row of an account, and that row's balance
    # from then on: so a balance of the past is one look into this key.
    Column("recorded_at", UtcDateTime, nullable=False),
    Column("balance", BigInteger, nullable=False),
    UniqueConstraint("book", "path", "stripe", "recorded_at"),
    CheckConstraint("amount <> 0", name="amount"),
    sqlite_with_rowid=False,
)


def _where_given(name: str, table: Table, *columns: str, unique: bool = False) -> None:
    """An index without the rows that have nothing in its last column, which are nearly all."""
    given = table.c[columns[-1]].is_not(None)
    keys = [table.c[column] for column in columns]
    Index(name, *keys, unique=unique, sqlite_where=given, postgresql_where=given)


_where_given("ix_ledger_account_book_expires_at", account_table, "book", "expires_at")
_where_given("uq_ledger_entry_book_reverses", entry_table, "book", "reverses", unique=True)
_where_given("ix_ledger_entry_book_hold", entry_table, "book", "hold")
_where_given("ix_ledger_entry_book_deadline", entry_table, "book", "deadline")

pending_table = Table(
    "ledger_pending",
    metadata,
    Column("book", _NAME, primary_key=True),
    Column("entry_id", _NAME, primary_key=True),
    sqlite_with_rowid=False,
)

leaf_table = Table(
    "ledger_leaf",
    metadata,
    Column("book", _NAME, primary_key=True),
    Column("leaf_index", BigInteger, primary_key=True, autoincrement=False),
    Column("entry_id", _NAME, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    UniqueConstraint("book", "entry_id"),
    CheckConstraint("leaf_index >= 0", name="leaf_index"),
    sqlite_with_rowid=False,
)

node_table = Table(
    "ledger_node",
    metadata,
    Column("book", _NAME, primary_key=True),
    Column("level", SmallInteger, primary_key=True, autoincrement=False),
    Column("node_index", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

checkpoint_table = Table(
    "ledger_checkpoint",
    metadata,
    Column("book", _NAME, primary_key=True),
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("root", LargeBinary, nullable=False),
    Column("note", Text, nullable=False),
    Column("signed_at", UtcDateTime, nullable=False),
    sqlite_with_rowid=False,
)
