"""The tables of the ledger as sources, in the orders in which they are read."""

from ledger.rows.stream import Joined, Source
from ledger.tables import (
    account_table,
    checkpoint_table,
    entry_table,
    leaf_table,
    node_table,
    pending_table,
    posting_table,
)

_FIXED = Joined(
    account_table,
    (account_table.c.book == posting_table.c.book)
    & (account_table.c.path == posting_table.c.path)
    & (account_table.c.stripe == 0),
    ("unit", "floor", "ceiling", "expires_at", "held_by"),
    "account",
    lambda row: (row.book, row.path, 0),
)
_CLOSING = Joined(
    entry_table,
    (entry_table.c.book == account_table.c.book) & (entry_table.c.id == account_table.c.closed_by),
    ("recorded_at", "closes"),
    "closing",
    lambda row: (row.book, row.closed_by),
)

ENTRIES = Source(entry_table, ("id",))
LEGS = Source(posting_table, ("entry_id", "leg"), _FIXED)
ACCOUNTS = Source(account_table, ("path", "stripe"), _CLOSING)
POSTINGS = Source(posting_table, ("path", "stripe", "recorded_at"))
PENDING = Source(pending_table, ("entry_id",))
LEAVES_BY_ENTRY = Source(leaf_table, ("entry_id",))
LEAVES = Source(leaf_table, ("leaf_index",))
NODES = Source(node_table, ("level", "node_index"))
CHECKPOINTS = Source(checkpoint_table, ("size",))
