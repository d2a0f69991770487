"""The command line: one file a group of commands."""

from greenlife.cli.main import main

__all__ = ["main"]
