"""A run that takes long says how far it is, and ends early when the process is to end."""

import logging
import time

import ledger
from greenlife.runtime import Runtime

log = logging.getLogger(__name__)

SECONDS = 2.0
"""Until a run says how far it is, and from one time to the next."""


class Ending(Exception):
    """The process is to end, and what was begun will be begun again."""


class Pace:
    """Of one run over the books."""

    def __init__(self, runtime: Runtime) -> None:
        self._runtime = runtime
        self._said = time.monotonic()

    @property
    def is_over(self) -> bool:
        """Whether the process is to end."""
        return self._runtime.stopping.is_set()

    def end_if_over(self, *_: object) -> None:
        """Raises Ending when the process is to end."""
        if self.is_over:
            raise Ending

    def tell(self, book: str, size: int) -> None:
        """Says how far a book is, where nothing was said for a while: usually the first time that it is signed."""
        now = time.monotonic()
        if now - self._said < SECONDS:
            return
        self._said = now
        with self._runtime.database.reading() as session:
            waiting = ledger.count_waiting(session, book)
        log.warning("the log of %s is behind: %s entries are signed, %s wait", book, size, waiting)
