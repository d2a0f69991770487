"""What the log keeps outside the database: its keys, and the last checkpoint that it signed for each book."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ledger.errors import KeyMalformed
from ledger.ids import Entropy
from ledger.tlog.keys import Signer, Verifier, new_signer

_KEY, _CHECKPOINT, _STOPPED = ".key", "checkpoint", "stopped"


class LogKeeper:
    """A folder that only its owner reads: ``keys/0001.key`` and so on, ``<book>/checkpoint``, ``<book>/stopped``.

    All keys that are there sign, so that a rotation is: add a key, let verifiers learn it, retire the old one. A key
    file is 32 bytes in hexadecimal; its public name is the origin of the log that it signs, as c2sp.org/tlog-checkpoint
    wishes, so that one secret serves all books of a city.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def signers(self, origin: str) -> tuple[Signer, ...]:
        """The keys under the name of a log, the oldest first; raises KeyMalformed where a file holds none."""
        return tuple(new_signer(origin, _read_seed(path)) for path in self._key_files())

    def verifiers(self, origin: str) -> tuple[Verifier, ...]:
        """What others need to check their signatures."""
        return tuple(signer.verifier for signer in self.signers(origin))

    def add_key(self, entropy: Entropy) -> Path:
        """A new key beside those that are there."""
        files = self._key_files()
        number = int(files[-1].stem) + 1 if files else 1
        path = self._folder / "keys" / f"{number:04d}{_KEY}"
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _new_file(path) as file:
            file.write(entropy(32).hex().encode() + b"\n")
        return path

    def retire_key(self) -> Path | None:
        """The oldest key gone, unless it is the only one."""
        files = self._key_files()
        if len(files) < 2:
            return None
        files[0].unlink()
        return files[0]

    def checkpoint(self, book: str) -> bytes | None:
        """The last signed checkpoint of a book, where there is one."""
        path = self._checkpoint_file(book)
        return path.read_bytes() if path.exists() else None

    def keep_checkpoint(self, book: str, note: bytes) -> None:
        """Replaces the kept checkpoint; it survives a power cut as a whole, the old one or the new."""
        path = self._checkpoint_file(book)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_file(path, note)

    def stopped(self, book: str) -> str | None:
        """Why nothing more is signed for this book, until somebody has looked and removed the file."""
        path = self._folder / book / _STOPPED
        return path.read_text(encoding="utf-8").strip() if path.exists() else None

    def stop(self, book: str, why: str) -> None:
        """Signs nothing more for this book: what it should continue is no longer there."""
        path = self._folder / book / _STOPPED
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_file(path, f"{why}\n".encode())

    def _checkpoint_file(self, book: str) -> Path:
        return self._folder / book / _CHECKPOINT

    def _key_files(self) -> list[Path]:
        return sorted((self._folder / "keys").glob(f"*{_KEY}"))


def replace_file(path: Path, content: bytes) -> None:
    """The file's content replaced at once and for good."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    with _new_file(part) as file:
        file.write(content)
    part.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that was not there, for its owner alone, on the disk when the block ends."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _read_seed(path: Path) -> bytes:
    try:
        seed = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        raise KeyMalformed(why="form") from None
    if len(seed) != 32:
        raise KeyMalformed(why="length")
    return seed
