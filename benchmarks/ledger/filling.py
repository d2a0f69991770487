"""A large book made by a few statements: the rows that posting actions would leave, but for hashes, which are random.

Posting reads no hash of an older entry, so that costs the same as on a real one.
"""

from collections.abc import Mapping
from typing import Any

import ledger
from benchmarks.ledger.actions import BOOK, LOT, PLENTY
from benchmarks.ledger.places import driver_connection
from greenlife.db import Database

_FIRST = 1780632000
"""START in seconds since 1970."""

_SQLITE = {
    "numbers": "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < {size})",
    "n": "n",
    "temporary": "TEMP TABLE",
    "hex": "lower(hex(randomblob(13)))",
    "bytes": "randomblob(32)",
    "home": "printf('resident:acc_%08d', {number})",
    "time": f"strftime('%Y-%m-%dT%H:%M:%S', {_FIRST} + i / 1000, 'unixepoch') || printf('.%03d000Z', i % 1000)",
}
_POSTGRESQL = {
    "numbers": "",
    "n": "(SELECT generate_series(0::bigint, {size} - 1) AS i) n",
    "temporary": "TEMP TABLE",
    "hex": "left(replace(gen_random_uuid()::text, '-', ''), 26)",
    "bytes": "sha256(gen_random_uuid()::text::bytea)",
    "home": "'resident:acc_' || lpad(({number})::text, 8, '0')",
    "time": f"to_timestamp({_FIRST}) + i * interval '1 millisecond'",
}
_FILL = """
CREATE TEMP TABLE filling AS {numbers}
SELECT i, 'ent_' || {hex} AS id, {home_of_entry} AS home, {time} AS at, {hex} AS reference FROM {n}

INSERT INTO ledger_entry (book, id, home, reference, kind, occurred_at, recorded_at, local_day, details, content_hash,
    salt, commitment, leaf_hash)
SELECT '{book}', id, home, 'form:' || reference, 'action', at, at, {day}, '{details}', {bytes}, {bytes}, {bytes},
    {bytes} FROM filling ORDER BY i

INSERT INTO ledger_posting (book, entry_id, leg, path, stripe, unit, amount, recorded_at, balance)
SELECT '{book}', id, 0, 'nature:{book}', i % 16, 'mgCO2e', -325000, at, -325000 * (i / 16 + 1) FROM filling ORDER BY i

INSERT INTO ledger_posting (book, entry_id, leg, path, stripe, unit, amount, recorded_at, balance)
SELECT '{book}', id, 1, home || ':carbon', 0, 'mgCO2e', 325000, at, 325000 * (i / {homes} + 1) FROM filling ORDER BY i

INSERT INTO ledger_posting (book, entry_id, leg, path, stripe, unit, amount, recorded_at, balance)
SELECT '{book}', id, 2, 'fund:city', 0, 'point', -3, at, {plenty} - 3 * (i + 1) FROM filling ORDER BY i

INSERT INTO ledger_posting (book, entry_id, leg, path, stripe, unit, amount, recorded_at, balance)
SELECT '{book}', id, 3, home || '{lot}', 0, 'point', 3, at, 3 * (i / {homes} + 1) FROM filling ORDER BY i

INSERT INTO ledger_account (book, path, stripe, unit, floor, ceiling, expires_at, opened_at, balance, moved_at)
SELECT '{book}', path, stripe, max(unit), CASE WHEN path LIKE 'nature:%' THEN NULL ELSE 0 END, NULL,
    CASE WHEN path LIKE '%{lot}' THEN {expiry} ELSE NULL END, min(recorded_at),
    sum(amount) + CASE WHEN path = 'fund:city' THEN {plenty} ELSE 0 END, max(recorded_at)
FROM ledger_posting GROUP BY path, stripe

DROP TABLE filling
"""


def homes_for(size: int) -> int:
    """Twenty actions of each resident."""
    return max(16, size // 20 // 16 * 16)


def fill(database: Database, size: int) -> None:
    """``size`` actions in an empty ledger; the triggers rest meanwhile."""
    dialect = database.engine.dialect.name
    words: Mapping[str, Any] = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}[dialect]
    expiry, day = ("'2027-06-30T16:00:00.000000Z'", "'2026-06-05'")
    if not database.is_sqlite:
        expiry, day = f"{expiry}::timestamptz", f"{day}::date"
    values = {
        "book": BOOK, "size": size, "homes": homes_for(size), "plenty": PLENTY, "lot": LOT, "expiry": expiry, "day": day,
        "details": '{"action":"bus_ride","factors":["bus-2024","car-2024"],"methodology":"bus_ride@1.0",'
        '"quantity":"3.20","tier":"partner","town":"330521001","unit":"km"}',
        "hex": words["hex"], "bytes": words["bytes"], "time": words["time"],
        "numbers": words["numbers"].format(size=size), "n": words["n"].format(size=size),
        "home_of_entry": words["home"].format(number=f"i % {homes_for(size)}"),
    }  # fmt: skip
    statements = [statement.format(**values) for statement in _FILL.strip().split("\n\n")]
    # On the driver: a percent sign is no place for a parameter here.
    driver = driver_connection(database)
    if database.is_sqlite:
        # It is built or it is not: no journal, nothing waits for the disk, and a cache that holds it.
        for pragma in ("journal_mode=OFF", "synchronous=OFF", "cache_size=-4000000", "temp_store=MEMORY"):
            driver.execute(f"PRAGMA {pragma}")
    else:
        driver.autocommit = True
    guards = ledger.drop_append_only_ddl(dialect), ledger.append_only_ddl(dialect)
    for statement in (*guards[0], *statements, *guards[1]):
        driver.execute(statement)
    driver.close()
