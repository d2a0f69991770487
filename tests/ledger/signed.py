"""A signed log and receipts made by hand: also those that no ledger would write."""

from collections.abc import Callable
from hashlib import sha256

import cbor2
from sqlalchemy.orm import Session

import ledger
from ledger import Checkpoint, Signer
from ledger.openings import Opening, write_opening
from ledger.tlog.keys import new_signer
from ledger.tlog.merkle import hash_leaf
from ledger.tlog.proofs import Proof, format_proof
from tests.ledger.sample import BOOK, HOME, NOW

ORIGIN = f"example.org/log/{BOOK}"
SIGNER = new_signer(ORIGIN, bytes(range(32)))

NO_ENTRIES: tuple[tuple[int, object], ...] = (
    (0, 1), (0, None), (3, "20260605"), (3, "2026-06-31"), (4, "abc"), (4, [["a", "point", None, None, None, True]]),
    (4, [["a", "point", None, None, None, 1.0]]), (4, [["a", "point", None, None, None, 2**64]]),
    (5, "{ }"), (5, "[]"), (5, '{"a":1.5}'), (5, "[" * 4000), (6, 3), (9, "2026-06-05"), (10, [None]), (10, None),
)  # fmt: skip
"""Parts of a body, by their place, that no entry has there."""


def sign(session: Session, kept: Checkpoint | None = None, signer: Signer = SIGNER) -> Checkpoint:
    """Everything that waits is in the log, and the log is signed."""
    head = ledger.extend_log(session, BOOK, kept=kept)
    checkpoint = Checkpoint(signer.name, head.size, head.root)
    ledger.note_checkpoint(session, head, ledger.sign_checkpoint(checkpoint, [signer]), now=NOW)
    return checkpoint


def signed_alone(leaf: bytes, body: bytes, row: bytes) -> bytes:
    """A log of one leaf that says anything."""
    return alone(leaf, write_opening(Opening(leaf, body, row)))


def alone(leaf: bytes, extra: bytes) -> bytes:
    note = ledger.sign_checkpoint(Checkpoint(ORIGIN, 1, hash_leaf(leaf)), [SIGNER])
    return format_proof(Proof(0, (), note, extra))


def committed(change: Callable[[list[object]], None]) -> bytes:
    """A receipt whose hashes are all right and whose body was never an entry's."""
    row = cbor2.dumps(
        ["greenlife/row", bytes(32), "form:1", "2026-06-05T04:00:00.000000Z", "2026-06-05T04:00:00.000000Z"]
    )
    parts: list[object] = [
        "ent_1", HOME, "action", "2026-06-05", [["a", "point", None, None, None, 1]], "{}", None, None, None, None, [],
        sha256(row).digest(),
    ]  # fmt: skip
    change(parts)
    body = cbor2.dumps(["greenlife/body", bytes(32), parts])
    leaf = cbor2.dumps({0: "greenlife/leaf", 1: 1, 2: BOOK, 3: sha256(body).digest(), 4: bytes(32)})
    return signed_alone(leaf, body, row)


def put(at: int, value: object) -> Callable[[list[object]], None]:
    return lambda parts: parts.__setitem__(at, value)
