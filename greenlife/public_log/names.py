"""What the log of a book is called, where its keys and files lie, and how they go."""

import shutil
from pathlib import Path

from greenlife.errors import ConfigInvalid
from greenlife.runtime import Runtime
from greenlife.settings import Settings
from ledger import LogKeeper, Verifier


def path_of(settings: Settings, book: str, generation: int | None = None) -> str:
    """What a book's log is called below ``/log/``: the one that is signed, or an earlier one that was lost.

    The book comes last: that is how a receipt's entry is known to be of the log that it claims.
    """
    if generation is None:
        generation = keeper_of(settings).generation(book)
    return book if generation == 1 else f"{generation}/{book}"


def origin_of(settings: Settings, book: str, generation: int | None = None) -> str:
    """The log's name for ever, an address without its scheme: what checkpoints say and keys are called."""
    return f"{settings.log_origin}/log/{path_of(settings, book, generation)}"


def generations_of(settings: Settings, book: str) -> range:
    """The book's logs, the one that is signed being the last; nearly always there is one."""
    return range(1, keeper_of(settings).generation(book) + 1)


def keeper_of(settings: Settings) -> LogKeeper:
    """The keys and the kept checkpoints, in the var folder, outside the database."""
    return LogKeeper(keeper_folder(settings))


def keeper_folder(settings: Settings) -> Path:
    """What must not lie where the database does: keys, kept checkpoints, the list of the forgotten."""
    return _home(settings) / "log"


def published_folder(settings: Settings, book: str, generation: int | None = None) -> Path:
    """Where the static files of a book's log lie."""
    return _home(settings) / "published" / "log" / path_of(settings, book, generation)


def verifiers_of(settings: Settings, book: str, generation: int | None = None) -> tuple[Verifier, ...]:
    """The keys that a receipt of this book may be signed with, retired ones included."""
    keeper, origin = keeper_of(settings), origin_of(settings, book, generation)
    return keeper.verifiers(origin) + keeper.retired_verifiers(origin)


def books_of(runtime: Runtime) -> list[str]:
    """The books that have a log: the districts."""
    return [district.id for district in runtime.programme.city.districts]


def forget_log(settings: Settings) -> None:
    """Keys, kept checkpoints and published files thrown away; raises ConfigInvalid for any log but the demo's."""
    if not settings.demo:
        raise ConfigInvalid(where="log", key="GREENLIFE_DEMO", why="only the demo's log can be thrown away")
    for folder in ("log", "published"):
        shutil.rmtree(_home(settings) / folder, ignore_errors=True)


def _home(settings: Settings) -> Path:
    """The demo has a place of its own: a city's keys may lie in the same var folder, and a reset must not meet them."""
    return settings.var / "demo" if settings.demo else settings.var


def no_key(why: str) -> ConfigInvalid:
    """The refusal of a log that has nothing to sign with."""
    return ConfigInvalid(where="log", key="keys", why=why)
