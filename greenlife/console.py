"""What the command line says, in the language of the terminal."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from translations import texts_for


def console_locale() -> str:
    """The locale of the terminal: GREENLIFE_LOCALE, else LANG; English where neither is known."""
    wanted = os.environ.get("GREENLIFE_LOCALE") or os.environ.get("LC_ALL") or os.environ.get("LANG") or ""
    return "zh-CN" if wanted.lower().startswith("zh") else "en"


def colon() -> str:
    """What stands between a headline and its reason."""
    return "：" if console_locale() == "zh-CN" else ": "


def console_text() -> Callable[[str], str]:
    """Gettext for the terminal."""
    return texts_for(console_locale()).gettext


@contextmanager
def progress_bar() -> Iterator[Callable[[str, int, int], None]]:
    """A callable (what, done, of) that draws one bar a phase; where there is no terminal, a line a phase."""
    drawn = _Bars()
    try:
        yield drawn
    finally:
        drawn.close()


class _Bars:
    def __init__(self) -> None:
        self._phase: str | None = None
        self._bar: Any = None  # click does not name the class of its bars
        self._done = 0

    def __call__(self, phase: str, done: int, total: int) -> None:
        if phase != self._phase:
            self.close()
            self._phase, self._done = phase, 0
            self._bar = click.progressbar(length=max(total, 1), label=f"{phase:<28}", width=32)
            self._bar.__enter__()
        self._bar.update(done - self._done)
        self._done = done

    def close(self) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)
            self._bar = None
