"""A log that is lost, and another one begun for its book: under a name of its own, beside what was kept of the first.

A log never forks: whoever knows the old name sees that nothing more is signed under it, and nobody is shown two trees
under one name. The new log takes what the database still has for its first leaves.
"""

from dataclasses import dataclass

import ledger
from greenlife.public_log.names import generations_of, origin_of, verifiers_of
from greenlife.public_log.signing import Signing, open_signing
from greenlife.runtime import Runtime
from ledger import Checkpoint, LogRewound


@dataclass(frozen=True, slots=True)
class Founding:
    """The last checkpoint of the log that is lost, where one is left, and the first one of the new log."""

    lost: Checkpoint | None
    first: Checkpoint


def refound_log(runtime: Runtime, book: str, *, reason: str) -> Founding:
    """The book's next log, begun with the leaves that the database has, each recomputed from its rows.

    Raises LogSound where the database continues what was signed, so that nothing is lost; LeafFalse, RowUnreadable,
    LogForked or LogRewound where its log is not that of its rows; and what opening the old checkpoint raises where it is
    not by the log's keys: a lost key is to be found first.
    """
    old = open_signing(runtime.settings, book)
    with old.keeper.lock(book):
        lost = _last(runtime, old)
        with runtime.database.reading() as session:
            head = ledger.recompute_log(session, book, lost=lost)
            noted = ledger.read_log_state(session, book).signed
        if noted > head.size:
            raise LogRewound(book=book, kept=noted, found=head.size)
        following = generations_of(runtime.settings, book).stop
        first = Checkpoint(origin_of(runtime.settings, book, following), head.size, head.root)
        signers = old.keeper.signers(first.origin)
        text = _write_founding(old.origin, lost, first, f"{runtime.clock():%Y-%m-%dT%H:%M:%SZ}", reason)
        old.keeper.begin_again(
            book, founding=ledger.sign_note(text, signers), note=ledger.sign_checkpoint(first, signers)
        )
    return Founding(lost, first)


def _last(runtime: Runtime, old: Signing) -> Checkpoint | None:
    """The furthest that the old log is known to have been: kept beside the key, or published."""
    notes = (old.keeper.checkpoint(old.book), ledger.published_note(old.published))
    verifiers = verifiers_of(runtime.settings, old.book)
    found = [ledger.open_checkpoint(note, origin=old.origin, verifiers=verifiers) for note in notes if note is not None]
    return max(found, key=lambda checkpoint: checkpoint.size, default=None)


def _write_founding(follows: str, lost: Checkpoint | None, first: Checkpoint, at: str, reason: str) -> bytes:
    """The record that is signed and published: a name and a value a line."""
    fields = {
        "log": first.origin,
        "size": first.size,
        "root": first.root.hex(),
        "follows": follows,
        "lost-size": "unknown" if lost is None else lost.size,
        "lost-root": "unknown" if lost is None else lost.root.hex(),
        "decided-at": at,
        "reason": " ".join(reason.split()),
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items()).encode()
