"""The database: opened once, read from many threads, written by one at a time, committed in one place."""

from greenlife.db.database import Database, open_database
from greenlife.db.first_come import FirstComeLock
from greenlife.db.migrate import at_head, upgrade
from greenlife.db.presence import keep_residents, stored_resident, take_resident
from greenlife.db.rights import application_rights
from greenlife.db.upsert import dialect_of, insert_into, primary_key

__all__ = [
    "Database",
    "FirstComeLock",
    "application_rights",
    "at_head",
    "dialect_of",
    "insert_into",
    "keep_residents",
    "open_database",
    "primary_key",
    "stored_resident",
    "take_resident",
    "upgrade",
]
