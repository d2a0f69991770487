"""The keys of a city's logs: the first one, and a change with an overlap."""

from collections.abc import Iterable
from pathlib import Path

import ledger
from greenlife.errors import ConfigInvalid
from greenlife.public_log.names import keeper_of, no_key, origin_of
from greenlife.settings import Settings
from ledger import Entropy, SignatureUnknown


def make_first_key(settings: Settings, books: Iterable[str], entropy: Entropy) -> Path | None:
    """The key of a new installation; None where there is one already.

    Raises ConfigInvalid where there is a kept checkpoint and no key: a lost key is to be found, not replaced in silence.
    """
    keeper = keeper_of(settings)
    if keeper.has_keys:
        return None
    if any(keeper.checkpoint(book) is not None for book in books):
        raise no_key("it signed before and is gone: restore it from its copy")
    return keeper.add_key(entropy)


def retire_oldest_key(settings: Settings, books: Iterable[str]) -> Path:
    """The oldest key gone but for its public half.

    Raises ConfigInvalid where it is the only one, and where a log was not signed with a newer one yet: nothing would
    open the checkpoint that it continues.
    """
    keeper = keeper_of(settings)
    for book in books:
        origin, note = origin_of(settings, book), keeper.checkpoint(book)
        if note is None:
            continue
        try:
            ledger.open_checkpoint(note, origin=origin, verifiers=keeper.verifiers(origin)[1:])
        except SignatureUnknown as error:
            raise _too_early(f"{book} was not signed with a newer key yet") from error
    retired = keeper.retire_key()
    if retired is None:
        raise _too_early("it is the only key: add another first")
    return retired


def _too_early(why: str) -> ConfigInvalid:
    return ConfigInvalid(where="log", key="keys", why=why)
