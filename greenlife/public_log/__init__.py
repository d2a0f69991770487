"""The public log of each district: extended, signed, kept, published, and walked over again.

One elected process does so. The two jobs are ``advance_log`` and ``recheck_log``; each may run again at any time.
"""

from greenlife.public_log.advance import advance_log
from greenlife.public_log.forgotten import forgotten_accounts, remember_forgotten
from greenlife.public_log.keys import make_first_key, retire_oldest_key
from greenlife.public_log.names import (
    books_of,
    forget_log,
    generations_of,
    keeper_of,
    origin_of,
    path_of,
    published_folder,
    verifiers_of,
)
from greenlife.public_log.recheck import recheck_log
from greenlife.public_log.refound import Founding, refound_log

__all__ = [
    "Founding",
    "advance_log",
    "books_of",
    "forget_log",
    "forgotten_accounts",
    "generations_of",
    "keeper_of",
    "make_first_key",
    "origin_of",
    "path_of",
    "published_folder",
    "recheck_log",
    "refound_log",
    "remember_forgotten",
    "retire_oldest_key",
    "verifiers_of",
]
