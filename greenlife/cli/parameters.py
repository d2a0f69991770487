"""Kinds of values on the command line. Click names them when they are made, which is before the language is known."""

from gettext import gettext as _
from typing import Any

import click


class PathParameter(click.Path):
    """A file or a folder, called so in the language of the moment."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        self.name = _("file") if self.file_okay else _("directory")
        return super().convert(value, param, ctx)


class WholeNumber(click.IntRange):
    """A whole number in a range, called so in the language of the moment."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        self.name = _("whole number")
        return super().convert(value, param, ctx)
