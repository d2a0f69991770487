"""Checks a receipt offline: ``python -m ledger.verify RECEIPT --key VKEY [--key VKEY …] [--origin ORIGIN]``.

Prints what the receipt says, a name and a value a line, and exits with 0; or prints the code of what does not hold on
standard error and exits with 1. It needs the receipt, the log's name and the log's keys from somebody who is trusted:
no network, no database, no configuration.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ledger.errors import LedgerError
from ledger.openings import OpenedEntry
from ledger.receipts import open_receipt
from ledger.times import write_instant
from ledger.tlog.keys import Verifier, read_verifier

_REFUSED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 where everything holds."""
    asked = _parser().parse_args(arguments)
    try:
        text = sys.stdin.buffer.read() if asked.receipt == "-" else Path(asked.receipt).read_bytes()
        verifiers = [read_verifier(key) for key in asked.key]
        opened = open_receipt(text, origin=asked.origin or _name_of(verifiers), verifiers=verifiers)
    except OSError as error:
        return _refuse("file_unreadable", {"errno": error.errno})
    except LedgerError as error:
        return _refuse(error.code, error.params)
    sys.stdout.buffer.write("".join(f"{name}\t{value}\n" for name, value in _facts(opened)).encode())
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ledger.verify", description=__doc__)
    parser.add_argument("receipt", metavar="RECEIPT")
    parser.add_argument("--key", metavar="VKEY", action="append", required=True)
    parser.add_argument("--origin", metavar="ORIGIN")
    return parser


def _name_of(verifiers: Sequence[Verifier]) -> str:
    """A log's key is called as the log is, unless ``--origin`` says otherwise (c2sp.org/tlog-checkpoint)."""
    return verifiers[0].name


def _facts(opened: OpenedEntry) -> Iterator[tuple[str, object]]:
    yield "origin", opened.origin
    yield "size", opened.size
    yield "root", opened.root.hex()
    yield "index", opened.index
    for name in ("book", "id", "home", "kind", "local_day", "reference"):
        yield name, getattr(opened, name)
    for name in ("occurred_at", "recorded_at", "deadline"):
        instant = getattr(opened, name)
        if instant is not None:
            yield name, write_instant(instant)
    for line in opened.lines:
        yield "line", f"{line.amount}\t{line.unit}\t{line.path}"
    for name in ("reverses", "act", "hold"):
        if getattr(opened, name) is not None:
            yield name, getattr(opened, name)
    for path in opened.closes:
        yield "closes", path
    yield "details", json.dumps(opened.details, ensure_ascii=False, sort_keys=True)


def _refuse(code: str, params: dict[str, object]) -> int:
    sys.stderr.write(f"{code}\t{json.dumps(params, ensure_ascii=True, default=repr)}\n")
    return _REFUSED


if __name__ == "__main__":
    sys.exit(main())
