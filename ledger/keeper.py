"""What the log keeps outside the database: its keys, and for each book the last checkpoint that it signed."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from ledger.errors import KeyMalformed
from ledger.ids import Entropy
from ledger.tlog.keys import Signer, Verifier, new_signer

_KEY, _RETIRED = ".key", ".retired"
_CHECKPOINT, _STOPPED, _PLACE, _LOCK = "checkpoint", "stopped", "rechecked", "lock"
_FOUNDING = "founding"


class LogKeeper:
    """A folder that only its owner reads: ``keys/0001.key`` and so on, and for each book a folder of its own.

    All keys that are there sign, so that a rotation is: add a key, let verifiers learn it, retire the old one. A key
    file is 32 bytes in hexadecimal; its public name is the origin of the log that it signs, as c2sp.org/tlog-checkpoint
    wishes, so that one secret serves all books of a city. Of a retired key the public half stays, as
    ``keys/0001.retired``: receipts that it signed are checked for longer than it lives.

    A book's folder holds ``checkpoint``, ``rechecked`` (the leaf at which the walk over old leaves goes on), and
    ``stopped`` where nothing more is to be signed. Where a log was lost and its book has begun another one, that lies in
    ``2`` inside the folder, and so on; what was kept of the log before stays as it is.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def has_keys(self) -> bool:
        """Whether there is anything to sign with."""
        return bool(self._key_files())

    def signers(self, origin: str) -> tuple[Signer, ...]:
        """The keys under the name of a log, the oldest first; raises KeyMalformed where a file holds none."""
        return tuple(new_signer(origin, _read_key(path)) for path in self._key_files())

    def verifiers(self, origin: str) -> tuple[Verifier, ...]:
        """What others need to check their signatures."""
        return tuple(signer.verifier for signer in self.signers(origin))

    def retired_verifiers(self, origin: str) -> tuple[Verifier, ...]:
        """The keys that signed once and no longer do."""
        return tuple(Verifier(origin, _read_key(path)) for path in self._files("keys", _RETIRED))

    def add_key(self, entropy: Entropy) -> Path:
        """A new key beside those that are there."""
        files = self._key_files()
        number = int(files[-1].stem) + 1 if files else 1
        path = self._inside("keys") / f"{number:04d}{_KEY}"
        with _new_file(path) as file:
            file.write(entropy(32).hex().encode() + b"\n")
        sync(path.parent)
        return path

    def retire_key(self) -> Path | None:
        """The oldest key gone but for its public half, unless it is the only one."""
        files = self._key_files()
        if len(files) < 2:
            return None
        oldest = files[0]
        # Any name does: the public half does not depend on it.
        public_key = new_signer("retired", _read_key(oldest)).verifier.public_key
        replace_file(oldest.with_suffix(_RETIRED), public_key.hex().encode() + b"\n")
        oldest.unlink()
        sync(oldest.parent)
        return oldest

    def checkpoint(self, book: str) -> bytes | None:
        """The last signed checkpoint of a book, where there is one."""
        return _read_if_there(self._folder / self._log(book) / _CHECKPOINT)

    def keep_checkpoint(self, book: str, note: bytes) -> None:
        """Replaces the kept checkpoint; it survives a power cut as a whole, the old one or the new."""
        replace_file(self._inside(self._log(book)) / _CHECKPOINT, note)

    def stopped(self, book: str) -> str | None:
        """Why nothing more is signed for this book, until somebody has looked and removed the file."""
        why = _read_if_there(self._folder / self._log(book) / _STOPPED)
        return None if why is None else why.decode(errors="replace").strip()

    def stop(self, book: str, why: str) -> None:
        """Signs nothing more for this book: what it should continue is no longer there. The first reason stays."""
        if self.stopped(book) is None:
            replace_file(self._inside(self._log(book)) / _STOPPED, f"{why}\n".encode())

    def place(self, book: str) -> int:
        """The leaf at which the walk over old leaves goes on; 0 where nobody knows."""
        text = _read_if_there(self._folder / self._log(book) / _PLACE) or b""
        return int(text) if text.strip().isdigit() else 0

    def keep_place(self, book: str, index: int) -> None:
        """Where the walk is to go on."""
        replace_file(self._inside(self._log(book)) / _PLACE, b"%d\n" % index)

    def generation(self, book: str) -> int:
        """Which of the book's logs is signed: 1, until one was lost and another begun."""
        later = (path.parent.name for path in (self._folder / book).glob(f"*/{_CHECKPOINT}"))
        return max((int(name) for name in later if name.isascii() and name.isdigit()), default=1)

    def begin_again(self, book: str, *, founding: bytes, note: bytes) -> None:
        """The book's next log, from a first checkpoint on; what was kept of the one before stays beside it.

        ``founding`` says why, for whoever looks. The checkpoint comes last: with it the new log is there, or nothing is.
        """
        following = self._inside(f"{book}/{self.generation(book) + 1}")
        replace_file(following / _FOUNDING, founding)
        replace_file(following / _CHECKPOINT, note)

    def founding(self, book: str) -> bytes | None:
        """Why the book's log is not its first one; None where it is."""
        return _read_if_there(self._folder / self._log(book) / _FOUNDING)

    @contextmanager
    def lock(self, book: str) -> Iterator[None]:
        """Waits until nobody else signs for this book, in this process or another, and keeps it so."""
        file = os.open(self._inside(book) / _LOCK, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield
        finally:
            os.close(file)

    def _key_files(self) -> list[Path]:
        return self._files("keys", _KEY)

    def _files(self, name: str, suffix: str) -> list[Path]:
        return sorted((self._folder / name).glob(f"*{suffix}"))

    def _log(self, book: str) -> str:
        """Where what is kept of the log that is signed lies, below the keeper's folder."""
        generation = self.generation(book)
        return book if generation == 1 else f"{book}/{generation}"

    def _inside(self, name: str) -> Path:
        """The folder of this name, there for its owner alone, also after a power cut."""
        inside = self._folder
        for part in ("", *name.split("/")):
            inside = inside / part
            if not inside.is_dir():
                inside.mkdir(mode=0o700, parents=True, exist_ok=True)
                sync(inside.parent)
        return inside


def replace_file(path: Path, content: bytes) -> None:
    """The file's content replaced at once and for good."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    with _new_file(part) as file:
        file.write(content)
    part.replace(path)
    sync(path.parent)


def sync(path: Path) -> None:
    """A file's content, or the names in a folder, on the disk."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """A file that was not there, for its owner alone, on the disk when the block ends."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        yield file
        file.flush()
        os.fsync(file.fileno())


def _read_if_there(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _read_key(path: Path) -> bytes:
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        raise KeyMalformed(why="form") from None
    if len(key) != 32:
        raise KeyMalformed(why="length")
    return key
