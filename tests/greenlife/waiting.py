"""A web worker that answers how much was sent; in front of it nobody, or the ``Front`` of a city."""

import sys
from collections.abc import Iterable
from typing import Any

from granian.constants import Interfaces
from granian.server import Server

from greenlife.front import THREADS, Front


def count(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """A WSGI application."""
    size = len(environ["wsgi.input"].read())
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(size).encode()]


def make_front() -> Front:
    return Front(count, lambda *_: 1000)


if __name__ == "__main__":
    port, interface = int(sys.argv[1]), Interfaces(sys.argv[2])
    target = "make_front" if interface is Interfaces.RSGI else "count"
    Server(
        f"tests.greenlife.waiting:{target}",
        factory=interface is Interfaces.RSGI,
        interface=interface,
        port=port,
        blocking_threads=None if interface is Interfaces.RSGI else THREADS,
        websockets=False,
    ).serve()
