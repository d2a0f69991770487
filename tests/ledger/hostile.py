"""Values that raise whatever is done with them, or that are not what they seem."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Any, NoReturn


class Hostile:
    """Nothing can be done with it but to look at its type."""

    def _refuse(self, *_: object) -> NoReturn:
        raise ZeroDivisionError("a value was trusted")

    __eq__ = __ne__ = __hash__ = __bool__ = __len__ = __iter__ = __repr__ = __str__ = __int__ = __neg__ = _refuse  # type: ignore[assignment]
    __lt__ = __le__ = __gt__ = __ge__ = __contains__ = __getitem__ = __add__ = __radd__ = __call__ = _refuse


class HostileText(str):
    """Text that may be written, and not compared, hashed or shown."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        raise ZeroDivisionError("a text was trusted")

    def __hash__(self) -> int:
        raise ZeroDivisionError("a text was trusted")

    def __repr__(self) -> str:
        raise ZeroDivisionError("a text was trusted")


class EqualToAll(str):
    """Text that claims to be every text."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return hash("point")


class HostileMap(Mapping[str, object]):
    def __getitem__(self, key: str) -> object:
        raise ZeroDivisionError("a map was trusted")

    def __iter__(self) -> Iterator[str]:
        return iter(["a"])

    def __len__(self) -> int:
        return 1


class HostileZone(tzinfo):
    """A time zone that does not know its offset when it is asked."""

    def utcoffset(self, dt: datetime | None) -> timedelta:
        raise ZeroDivisionError("a time zone was trusted")


class Dozen(int):
    """An integer that adds up to something else."""

    def __add__(self, other: Any) -> int:
        return 12

    __radd__ = __add__


class OtherDay(datetime):
    """A time that is equal to every other."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 1


HOSTILE: Any = Hostile()
