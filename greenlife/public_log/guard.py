"""A refusal stops its book and lets the others go on."""

import logging
from collections.abc import Callable
from typing import TypeVar

from greenlife.public_log.names import keeper_of
from greenlife.runtime import Runtime
from ledger import KeyMalformed, LogError

log = logging.getLogger(__name__)
T = TypeVar("T")


def guarded(run: Callable[[Runtime, str], T], runtime: Runtime, book: str, refused: list[Exception]) -> T | None:
    """What the run gives; where it is refused, its book is stopped, and the reason is kept for later."""
    try:
        return run(runtime, book)
    except KeyMalformed as error:
        refused.append(error)  # the key is to be put right; the log is sound
    except LogError as refusal:
        refused.append(refusal)
        why = " ".join([refusal.code, *(f"{name}={value}" for name, value in refusal.params.items())])
        keeper_of(runtime.settings).stop(book, f"{runtime.clock():%Y-%m-%dT%H:%M:%SZ} {why}")
        log.critical("the log of %s is stopped, nothing more is signed for it: %s", book, why)
    except Exception as error:  # noqa: BLE001 - raised by the caller, after the other books
        refused.append(error)
    return None
