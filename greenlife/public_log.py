"""The public log of each district: extended, signed, kept, published. One elected process does so."""

from pathlib import Path

from greenlife.settings import Settings
from ledger import LogKeeper, Verifier


def origin_of(settings: Settings, book: str) -> str:
    """The log's name for ever, an address without its scheme: what checkpoints say and keys are called."""
    return f"{settings.log_origin}/log/{book}"


def keeper_of(settings: Settings) -> LogKeeper:
    """The keys and the kept checkpoints, in the var folder, outside the database."""
    return LogKeeper(settings.var / "log")


def published_folder(settings: Settings, book: str) -> Path:
    """Where the static files of a book's log lie."""
    return settings.var / "published" / "log" / book


def verifiers_of(settings: Settings, book: str) -> tuple[Verifier, ...]:
    """The keys that a receipt of this book may be signed with."""
    return keeper_of(settings).verifiers(origin_of(settings, book))
