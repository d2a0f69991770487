"""TOML read with care: each value is asked for by name and type, and what nobody asked for is an error.

    with open_table(path) as table:
        name = table.string("name")

Every mistake is a ConfigInvalid that names the file, the line and the key, for instance ``towns.toml``, line 12,
``town[3].names.en``.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from greenlife.errors import ConfigInvalid
from greenlife.toml_lines import line_of

Texts = Mapping[str, str]
"""A text that is data: locale → text; zh-CN and en always, other locales if somebody wrote them."""

REQUIRED_LOCALES = ("zh-CN", "en")
T = TypeVar("T")
_LOCALE = re.compile(r"[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})?")
_PLAIN_NUMBER = re.compile(r"-?[0-9]{1,20}(\.[0-9]{1,20})?")


class CheckedTable:
    """One table of a file; ``where`` is the file's name, ``path`` the table's place in its ``text``."""

    def __init__(self, values: Mapping[str, object], *, where: str, path: str = "", text: str = "") -> None:
        self._values, self._where, self._path, self._text = values, where, path, text
        self._asked: set[str] = set()

    def wrong(self, key: str, why: str) -> ConfigInvalid:
        """The error to raise about ``key`` of this table; an empty key means the table itself."""
        path = self._at(key) if key else self._path
        line = line_of(self._text, path)
        return ConfigInvalid(where=self._where, key=path, why=f"line {line}: {why}" if line else why)

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(self._values)

    def has(self, key: str) -> bool:
        return key in self._values

    def is_table(self, key: str) -> bool:
        return isinstance(self._values.get(key), dict)

    def string(self, key: str) -> str:
        """A text that is not blank and has no blanks around it."""
        value = self._typed(key, str, "a text")
        if not value or value != value.strip():
            raise self.wrong(key, "must be a text without blanks around it")
        return value

    def optional_string(self, key: str) -> str | None:
        return self.string(key) if self.has(key) else None

    def choice(self, key: str, known: Collection[str]) -> str:
        value = self.string(key)
        if value not in known:
            raise self.wrong(key, f"{value!r} is none of {', '.join(sorted(known))}")
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        """At least one text, none twice."""
        values = self._typed(key, list, "a list of texts")
        texts = tuple(value for value in values if isinstance(value, str) and value.strip())
        if not texts or len(set(texts)) != len(values):
            raise self.wrong(key, "must be a list of different texts")
        return texts

    def texts(self, key: str) -> Texts:
        """A map from locale to text."""
        table = self.table(key)
        texts = {locale: table.string(locale) for locale in (*REQUIRED_LOCALES, *table.keys)}
        for locale in texts:
            if not _LOCALE.fullmatch(locale):
                raise table.wrong(locale, "is no locale")
        table.done()
        return texts

    def optional_texts(self, key: str) -> Texts | None:
        return self.texts(key) if self.has(key) else None

    def decimal(self, key: str) -> Decimal:
        """A number written as a text, so that it is exactly the one that the source prints."""
        value = self._typed(key, str, 'a number in quotes, such as "0.05"')
        if not _PLAIN_NUMBER.fullmatch(value):
            raise self.wrong(key, f"{value!r} is no plain number")
        return Decimal(value)

    def flag(self, key: str) -> bool:
        self._asked.add(key)
        value = self._values.get(key)
        if not isinstance(value, bool):
            raise self.wrong(key, "must be true or false")
        return value

    def integer(self, key: str) -> int:
        return self._typed(key, int, "a whole number")

    def pair(self, key: str) -> tuple[int, int]:
        """Two whole numbers."""
        values = self._typed(key, list, "two whole numbers")
        if len(values) != 2 or not all(type(value) is int for value in values):
            raise self.wrong(key, "must be two whole numbers")
        return values[0], values[1]

    def day(self, key: str) -> date:
        value = self._typed(key, date, "a date, such as 2026-01-01")
        if isinstance(value, datetime):
            raise self.wrong(key, "must be a date without a time")
        return value

    def optional_day(self, key: str) -> date | None:
        return self.day(key) if self.has(key) else None

    def table(self, key: str) -> "CheckedTable":
        values = self._typed(key, dict, "a table")
        return self._below(values, self._at(key))

    def tables(self, key: str, *, least: int = 1) -> list["CheckedTable"]:
        """The tables of an array, each with its number in the path; ``least`` 0 makes the array optional."""
        if not self.has(key) and least == 0:
            return []
        values = self._typed(key, list, "a list of tables")
        if len(values) < least:
            raise self.wrong(key, f"must have at least {least}")
        if not all(isinstance(value, dict) for value in values):
            raise self.wrong(key, "must be a list of tables")
        return [self._below(value, f"{self._at(key)}[{number}]") for number, value in enumerate(values, 1)]

    def named_tables(self, key: str) -> dict[str, "CheckedTable"]:
        """The tables below ``key``, by their names."""
        table = self.table(key)
        if not table.keys:
            raise self.wrong(key, "must not be empty")
        return {name: table.table(name) for name in table.keys}

    def done(self) -> None:
        """Raises ConfigInvalid when there is a key that nobody asked for."""
        for key in self._values:
            if key not in self._asked:
                raise self.wrong(key, "is not known here")

    def _below(self, values: Mapping[str, object], path: str) -> "CheckedTable":
        return CheckedTable(values, where=self._where, path=path, text=self._text)

    def _typed(self, key: str, kind: type[T], described: str) -> T:
        self._asked.add(key)
        if key not in self._values:
            raise self.wrong(key, "is missing")
        value = self._values[key]
        if not isinstance(value, kind) or isinstance(value, bool):
            raise self.wrong(key, f"must be {described}")
        return value

    def _at(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key


@contextmanager
def open_table(file: Path | Traversable) -> Iterator[CheckedTable]:
    """The root table of a TOML file; on leaving, keys that nobody asked for are an error."""
    try:
        text = file.read_text("utf-8")
        values = tomllib.loads(text)
    except FileNotFoundError as error:
        raise ConfigInvalid(where=file.name, key="", why="the file is missing") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigInvalid(where=file.name, key="", why=str(error)) from error
    table = CheckedTable(values, where=file.name, text=text)
    yield table
    table.done()
