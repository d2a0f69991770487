"""Checkpoints, the signed heads of a log: c2sp.org/tlog-checkpoint, "Note text"."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ledger.errors import CheckpointMalformed, OriginForeign
from ledger.tlog.encodings import is_line, read_base64, read_decimal, write_base64
from ledger.tlog.keys import Signer, Verifier
from ledger.tlog.merkle import EMPTY_ROOT, HASH_BYTES, LARGEST_SIZE
from ledger.tlog.notes import open_note, sign_note


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """That the log ``origin`` has ``size`` leaves with this ``root`` (32 bytes).

    ``extensions`` are further lines, which no monitor can audit: best none. Raises CheckpointMalformed.
    """

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not is_line(self.origin):
            raise CheckpointMalformed(why="origin")
        if not 0 <= self.size <= LARGEST_SIZE:
            raise CheckpointMalformed(why="size")
        if len(self.root) != HASH_BYTES or (self.size == 0 and self.root != EMPTY_ROOT):
            raise CheckpointMalformed(why="root")
        if not all(map(is_line, self.extensions)):
            raise CheckpointMalformed(why="extension")


def format_checkpoint(checkpoint: Checkpoint) -> bytes:
    """The text that is signed, its last newline included."""
    lines = checkpoint.origin, str(checkpoint.size), write_base64(checkpoint.root), *checkpoint.extensions
    return "".join(f"{line}\n" for line in lines).encode()


def parse_checkpoint(text: bytes) -> Checkpoint:
    """The checkpoint that format_checkpoint wrote; raises CheckpointMalformed for any other spelling.

    Nothing here says that somebody signed it: that is ``open_checkpoint``.
    """
    try:
        origin, size, root, *extensions, end = text.decode().split("\n")
    except ValueError:  # too few lines, or no UTF-8
        raise CheckpointMalformed(why="lines") from None
    if end:
        raise CheckpointMalformed(why="lines")
    return Checkpoint(origin, _read_size(size), _read_root(root), tuple(extensions))


def sign_checkpoint(checkpoint: Checkpoint, signers: Sequence[Signer]) -> bytes:
    """The signed note that is served at ``<prefix>/checkpoint``; raises NoteMalformed.

    The caller answers for the one rule that matters: never to sign two that do not continue one another.
    """
    return sign_note(format_checkpoint(checkpoint), signers)


def open_checkpoint(note: bytes, *, origin: str, verifiers: Iterable[Verifier]) -> Checkpoint:
    """The checkpoint of the log ``origin``, signed by at least one of its known keys.

    Raises what ``open_note`` raises, then CheckpointMalformed, then OriginForeign for a log with another name, also
    where the same key signs for both.
    """
    checkpoint = parse_checkpoint(open_note(note, verifiers).text)
    if checkpoint.origin != origin:
        raise OriginForeign(found=checkpoint.origin[:200], expected=origin)
    return checkpoint


def _read_size(line: str) -> int:
    try:
        return read_decimal(line)
    except ValueError:
        raise CheckpointMalformed(why="size") from None


def _read_root(line: str) -> bytes:
    try:
        return read_base64(line)
    except ValueError:
        raise CheckpointMalformed(why="root") from None
