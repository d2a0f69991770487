"""Triggers that make the ledger append-only: entries, postings and the log for good, accounts but for what moves.

An account's balance and the time of its last move change, and it is closed once. ledger_pending is a queue and has no
triggers: what is taken out of it without a place in the log is found by the audit.

SQLite's ``INSERT OR REPLACE`` deletes a row without asking the DELETE triggers, so an INSERT that meets a row with one
of its keys (the hidden rowid is one) is refused before it starts; this also forbids upserts there, which the write
path therefore does without. PostgreSQL has no such statement, but TRUNCATE, and a setting under which common triggers
rest (``session_replication_role``), so ours are told to fire always. Whoever owns the tables can still drop them there:
the application is to be another role, with the rights of ``grant_ddl`` and no more.

The triggers FAIL, and the write path inserts with OR FAIL: a statement with triggers that may ABORT has SQLite copy
every page it touches aside, and inside a savepoint those copies pile up, which made a batch take quadratic time. The
difference (earlier rows of a statement stay) does not matter to one-row statements in a savepoint.
"""

_FIXED = ("book", "path", "stripe", "unit", "floor", "ceiling", "expires_at", "held_by", "opened_at")
"""Columns of an account that never change."""

_MOVING = ("balance", "moved_at", "closed_by")
"""Its other columns."""

_KEYS = {
    "ledger_account": (("book", "path", "stripe"),),
    "ledger_entry": (
        ("book", "id"),
        ("book", "reference", "home"),
        ("book", "reverses"),
        ("rowid",),
    ),
    "ledger_posting": (("book", "entry_id", "leg"), ("book", "path", "stripe", "recorded_at")),
    "ledger_leaf": (("book", "leaf_index"), ("book", "entry_id")),
    "ledger_node": (("book", "level", "node_index"),),
    "ledger_checkpoint": (("book", "size"),),
}

_SAY = "the ledger is append-only"


def append_only_ddl(dialect_name: str) -> list[str]:
    """The CREATE statements for ``sqlite`` or ``postgresql``; raises KeyError for another dialect."""
    return {"sqlite": _sqlite, "postgresql": _postgresql}[dialect_name]()


def drop_append_only_ddl(dialect_name: str) -> list[str]:
    """The DROP statements that undo append_only_ddl."""
    if dialect_name == "sqlite":
        drops = [f"DROP TRIGGER {table}_{when}" for table in _KEYS for when in ("update", "delete", "replace")]
        return [*drops, "DROP TRIGGER ledger_account_reopen"]
    drops = [f"DROP TRIGGER {table}_{when} ON {table}" for table in _KEYS for when in ("update", "delete", "truncate")]
    return [*drops, "DROP FUNCTION ledger_append_only()"]


def grant_ddl(role: str) -> list[str]:
    """The statements by which a role of PostgreSQL may read and post, and change nothing but balances.

    Rights on the ledger's tables that the role had before are taken back. It must not own them, nor be a superuser.
    """
    tables, grantee = ", ".join(_KEYS), quote_role(role)
    return [
        f"REVOKE ALL ON {tables} FROM {grantee}",
        f"GRANT SELECT, INSERT ON {tables} TO {grantee}",
        f"GRANT UPDATE ({', '.join(_MOVING)}) ON ledger_account TO {grantee}",
        f"GRANT SELECT, INSERT, DELETE ON ledger_pending TO {grantee}",
    ]


def quote_role(role: str) -> str:
    """The name of a role, as it stands in ``pg_roles``, for a statement."""
    return '"' + role.replace('"', '""') + '"'


def _sqlite() -> list[str]:
    reopen = (
        "CREATE TRIGGER ledger_account_reopen BEFORE UPDATE OF closed_by ON ledger_account "
        f"WHEN OLD.closed_by IS NOT NULL AND OLD.closed_by IS NOT NEW.closed_by BEGIN SELECT RAISE(FAIL, '{_SAY}'); END"
    )
    return [*(statement for table in _KEYS for statement in _sqlite_table(table)), reopen]


def _sqlite_table(table: str) -> list[str]:
    refuse = f"BEGIN SELECT RAISE(FAIL, '{_SAY}'); END"
    columns = f" OF {', '.join(_FIXED)}" if table == "ledger_account" else ""
    taken = " OR ".join(
        f"EXISTS (SELECT 1 FROM {table} WHERE {' AND '.join(f'{column} = NEW.{column}' for column in key)})"  # noqa: S608 - ours
        for key in _KEYS[table]
    )
    return [
        f"CREATE TRIGGER {table}_update BEFORE UPDATE{columns} ON {table} {refuse}",
        f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} {refuse}",
        f"CREATE TRIGGER {table}_replace BEFORE INSERT ON {table} WHEN {taken} {refuse}",
    ]


def _postgresql() -> list[str]:
    function = (
        "CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_SAY}' USING ERRCODE = 'restrict_violation'; END $$"
    )
    return [
        function,
        *(statement for table in _KEYS for statement in _postgresql_table(table)),
    ]


def _postgresql_table(table: str) -> list[str]:
    call = "EXECUTE FUNCTION ledger_append_only()"
    changed = " OR ".join(f"OLD.{column} IS DISTINCT FROM NEW.{column}" for column in _FIXED)
    changed += " OR (OLD.closed_by IS NOT NULL AND OLD.closed_by IS DISTINCT FROM NEW.closed_by)"
    when = f" WHEN ({changed})" if table == "ledger_account" else ""
    return [
        f"CREATE TRIGGER {table}_update BEFORE UPDATE ON {table} FOR EACH ROW{when} {call}",
        f"CREATE TRIGGER {table}_delete BEFORE DELETE ON {table} FOR EACH ROW {call}",
        f"CREATE TRIGGER {table}_truncate BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {call}",
        *(f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{when}" for when in ("update", "delete", "truncate")),
    ]
