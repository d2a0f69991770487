"""The accounts whose persons left, outside the database: a backup that is restored knows these persons again.

The list lies beside the log's keys, so it is backed up with them and apart from the database. It holds random account
names, a line each, and says of nobody who it was.
"""

import os
from pathlib import Path

from greenlife.public_log.names import keeper_folder
from greenlife.settings import Settings

MODE = 0o600


def remember_forgotten(settings: Settings, account: str) -> None:
    """The account on the list, on the disk; called before the deletion is committed, so that none is left out."""
    path = _path(settings)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, MODE)
    try:
        os.write(file, f"{account}\n".encode())
        os.fsync(file)
    finally:
        os.close(file)
    _sync(path.parent)


def forgotten_accounts(settings: Settings) -> frozenset[str]:
    """The accounts on the list."""
    path = _path(settings)
    return frozenset(path.read_text(encoding="ascii").split()) if path.is_file() else frozenset()


def _sync(folder: Path) -> None:
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _path(settings: Settings) -> Path:
    return keeper_folder(settings) / "forgotten"
