"""What waits, taken into the log: extended, signed, kept, published.

::

    0 the empty checkpoint is kept, once, before there is any leaf
    1 extend (a transaction) ▶ 2 sign ▶ 3 keep beside the key (fsync) ▶ 4 note (a transaction) ▶ 5 publish (files)

A batch takes the steps 1 to 3, so that what is signed is never far behind what is extended; 4 and 5 follow some batches.
Wherever a run is cut off, by a power cut too, the next one goes on:

| cut off after | what is there | what the next run does |
|---|---|---|
| 0 | an empty checkpoint, an empty log | extends |
| 1, 2 | leaves in the database that nobody signed | recomputes them from their rows, then signs; nothing was promised yet |
| 3 | a checkpoint that only the keeper has | holds the stored tree against it, then notes and publishes it |
| 4 | a published folder that is behind | publishes what it lacks |
| in 5, also when the process is to end | tiles without their checkpoint | writes them again, then the checkpoint, which always comes last |

The other way round nothing can be: leaves are committed before a checkpoint covers them, a checkpoint is kept before
anybody sees it. So a database with fewer leaves than the kept checkpoint, a log without a kept one, or a published one
that is ahead was put there by somebody: a refusal. It stops the book, and nothing more is signed for it until somebody
has looked and removed the keeper's file ``stopped``.
"""

from functools import partial

import ledger
from greenlife.public_log.guard import guarded
from greenlife.public_log.names import books_of, keeper_of
from greenlife.public_log.pace import Ending, Pace
from greenlife.public_log.signing import Signing, open_signing
from greenlife.runtime import Runtime
from ledger import Checkpoint, Head, LogForked, LogRewound, LogStopped

BATCHES = 4
"""Of one book, before the others have their turn and the published files follow."""


def advance_log(runtime: Runtime, book: str | None = None) -> int:
    """Everything that waits in one book, or in each, in its log, signed and published; how many entries that were.

    When the process is to end it ends after a batch, which the next run goes on from. What is refused stops its book and
    no other, and is raised when all had their turn. Raises LogStopped for a book
    that is named and was stopped before; without a name such books are passed over. Raises ConfigInvalid without a key.
    """
    keeper = keeper_of(runtime.settings)
    if book is not None and (why := keeper.stopped(book)) is not None:
        raise LogStopped(book=book, why=why)
    added, refused = 0, list[Exception]()
    waiting = [book] if book else [one for one in books_of(runtime) if keeper.stopped(one) is None]
    advance = partial(_advance, Pace(runtime))
    while waiting and not runtime.stopping.is_set():
        heads = [guarded(advance, runtime, one, refused) for one in waiting]
        added += sum(head.added for head in heads if head)
        waiting = [head.book for head in heads if head and head.waiting]
    if refused:
        raise refused[0]
    return added


def _advance(pace: Pace, runtime: Runtime, book: str) -> Head:
    """Up to BATCHES batches of a book, signed, noted and published; fewer, and not published, when all is to end."""
    signing = open_signing(runtime.settings, book)
    with signing.keeper.lock(book):
        kept = signing.kept() or _begin(runtime, signing)
        _check_published(signing, kept)
        if _is_settled(runtime, signing, kept):
            return Head(book, kept.size, kept.root, 0, waiting=False)
        added, head = 0, None
        while head is None or (head.waiting and added < BATCHES * ledger.BATCH):
            if pace.is_over:
                return Head(book, kept.size, kept.root, added, waiting=False)
            with runtime.database.writing() as session:
                head = ledger.extend_log(session, book, kept=kept)
            note = signing.sign(head.size, head.root)
            signing.keeper.keep_checkpoint(book, note)
            kept = Checkpoint(signing.origin, head.size, head.root)
            added += head.added
            if head.waiting:
                pace.tell(book, head.size)
        if not _show(pace, runtime, signing, head, note):
            return Head(book, head.size, head.root, added, waiting=False)
    return Head(book, head.size, head.root, added, head.waiting)


def _begin(runtime: Runtime, signing: Signing) -> Checkpoint:
    """The empty checkpoint of a log that never had a leaf, kept from now on."""
    with runtime.database.reading() as session:
        state = ledger.read_log_state(session, signing.book)
    if state.size or state.signed:
        raise LogForked(book=signing.book, size=max(state.size, state.signed))
    empty = Head(signing.book, 0, ledger.EMPTY_ROOT, 0, waiting=False)
    beginning = Checkpoint(signing.origin, empty.size, empty.root)
    _check_published(signing, beginning)
    signing.keeper.keep_checkpoint(signing.book, signing.sign(empty.size, empty.root))
    return beginning


def _check_published(signing: Signing, kept: Checkpoint) -> None:
    """Raises LogRewound or LogForked where the world was shown what the kept checkpoint does not cover."""
    shown = ledger.published_checkpoint(signing.published)
    if shown is None or shown.size < kept.size:
        return
    if shown.size > kept.size:
        raise LogRewound(book=signing.book, kept=shown.size, found=kept.size)
    if shown.root != kept.root:
        raise LogForked(book=signing.book, size=shown.size)


def _is_settled(runtime: Runtime, signing: Signing, kept: Checkpoint) -> bool:
    """Whether there is nothing to do; also False where the keys are others than those that signed last."""
    with runtime.database.reading() as session:
        state = ledger.read_log_state(session, signing.book)
    if state.waiting or state.size != kept.size or state.signed != kept.size:
        return False
    # The same keys sign the same text the same way (RFC 8032), so the note tells who signed.
    note = signing.sign(kept.size, kept.root)
    return signing.keeper.checkpoint(signing.book) == ledger.published_note(signing.published) == note


def _show(pace: Pace, runtime: Runtime, signing: Signing, head: Head, note: bytes) -> bool:
    """The checkpoint noted in the database for those who read there, and published with its files.

    False where all is to end before it is published: then the next run writes the files again.
    """
    if head.size:
        with runtime.database.writing() as session:
            ledger.note_checkpoint(session, head, note, now=runtime.clock())
    founding = signing.keeper.founding(head.book)
    try:
        with runtime.database.reading() as session:
            ledger.publish_log(
                session, head.book, signing.published, note, founding=founding, progress=pace.end_if_over
            )
    except Ending:
        return False
    return True
