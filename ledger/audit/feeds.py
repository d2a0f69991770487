"""Streams side by side: each one in the order of the same key, each looked at before it is taken from."""

from collections.abc import Callable, Iterator
from typing import Any


class Feed:
    """A stream with its next key in sight; None at its end."""

    def __init__(self, rows: Iterator[Any], key: Callable[[Any], Any]) -> None:
        self._rows = rows
        self._key = key
        self._advance()

    def take(self, key: Any) -> Iterator[Any]:
        """The rows of this key, if it is the next one; they have to be used up before another is asked for."""
        while self.next == key:
            row = self._row
            self._advance()
            yield row

    def take_one(self, key: Any) -> Any:
        """The one row of this key, or None."""
        return next(self.take(key), None)

    def _advance(self) -> None:
        self._row = next(self._rows, None)
        self.next = None if self._row is None else self._key(self._row)


def merged(*feeds: Feed) -> Iterator[Any]:
    """Each key that any of the feeds has, in order; whoever is given one takes it from all of them."""
    while heads := [feed.next for feed in feeds if feed.next is not None]:
        yield min(heads)
