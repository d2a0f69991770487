"""One book's log with what is needed to sign it."""

from dataclasses import dataclass
from pathlib import Path

import ledger
from greenlife.public_log.names import keeper_of, no_key, origin_of, published_folder
from greenlife.settings import Settings
from ledger import Checkpoint, LogKeeper, Signer


@dataclass(frozen=True)
class Signing:
    """The parts, and the two things that are done with the keys."""

    book: str
    origin: str
    signers: tuple[Signer, ...]
    keeper: LogKeeper
    published: Path

    def sign(self, size: int, root: bytes) -> bytes:
        return ledger.sign_checkpoint(Checkpoint(self.origin, size, root), self.signers)

    def kept(self) -> Checkpoint | None:
        """The last checkpoint that this log signed; a file that cannot be opened is refused like a false one."""
        note = self.keeper.checkpoint(self.book)
        if note is None:
            return None
        verifiers = [signer.verifier for signer in self.signers]
        return ledger.open_checkpoint(note, origin=self.origin, verifiers=verifiers)


def open_signing(settings: Settings, book: str) -> Signing:
    """Raises ConfigInvalid where there is no key, and KeyMalformed where a file holds none."""
    keeper, origin = keeper_of(settings), origin_of(settings, book)
    signers = keeper.signers(origin)
    if not signers:
        raise no_key("run `greenlife db upgrade` to make one, or restore it from its copy")
    return Signing(book, origin, signers, keeper, published_folder(settings, book))
