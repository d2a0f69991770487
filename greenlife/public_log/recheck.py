"""Old leaves recomputed from their rows, a stretch at a time."""

import logging

import ledger
from greenlife.public_log.guard import guarded
from greenlife.public_log.names import books_of, keeper_of
from greenlife.public_log.signing import open_signing
from greenlife.runtime import Runtime

log = logging.getLogger(__name__)

STRETCH = 500
"""Old leaves of a book that one run of ``recheck_log`` recomputes, at least."""

RUNS_OF_A_WALK = 2_000
"""Of ``recheck_log``, at most, until all leaves of a book were looked at: at one every ten seconds, six hours."""


def recheck_log(runtime: Runtime) -> int:
    """A stretch of old leaves of each book recomputed from their rows; how many there were.

    The next run goes on where this one ended, so an old entry that somebody changed is found within hours without all
    being read again and again. What is refused stops its book, and is raised when all had their turn.
    """
    keeper, refused = keeper_of(runtime.settings), list[Exception]()
    counts = []
    for book in books_of(runtime):
        if (why := keeper.stopped(book)) is not None:
            log.error("nothing is signed for %s: %s", book, why)
            continue
        counts.append(guarded(_recheck, runtime, book, refused))
    if refused:
        raise refused[0]
    return sum(count or 0 for count in counts)


def _recheck(runtime: Runtime, book: str) -> int:
    signing = open_signing(runtime.settings, book)
    # Read before the snapshot is taken, which then has all that the checkpoint covers.
    kept = signing.kept()
    if kept is None or not kept.size:
        return 0
    start = min(signing.keeper.place(book), kept.size - 1)
    end = min(start + max(STRETCH, kept.size // RUNS_OF_A_WALK), kept.size)
    with runtime.database.reading() as session:
        ledger.check_history(session, book, kept=kept, start=start, end=end)
    signing.keeper.keep_place(book, end % kept.size)
    return end - start
