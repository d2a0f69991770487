"""Requests taken in whole before a thread is kept busy with them, and answered by a WSGI application.

    connection ──receive──▶ whole, in time? ──environ──▶ thread ──▶ answer
                   └──────▶ too slow, too much: the application says so, and reads nothing

A thread that waits for a body waits as long as somebody likes to send one; as many slow senders as there are threads,
and nobody else is served. So bodies are gathered here, where waiting costs a few kilobytes, and have to arrive in time.
"""

import asyncio
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO, RawIOBase
from tempfile import SpooledTemporaryFile
from typing import Any, BinaryIO, NoReturn, cast

from werkzeug.exceptions import RequestTimeout

from greenlife.hosts import is_host

THREADS = 4
"""Requests worked on at the same time; on SQLite only one of them writes."""

LARGE_THREADS = 2
"""Beside those, for addresses to which more than usual may be sent: what is done with it takes long, and keeps to itself."""

GRACE_SECONDS, LEAST_BYTES_A_SECOND = 20, 32 * 1024
"""A body has so many seconds, and one more for each so many bytes that it may have: a quarter of a megabit a second."""

IN_MEMORY = 256 * 1024
"""Bytes of one body; what is larger waits in a file that has no name."""

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]
LargestBody = Callable[[str, str], int]
"""Method and path → how many bytes may be sent there."""


@dataclass(frozen=True)
class _Body:
    """``size`` is what the application is told: as many bytes as were announced, or as came.

    ``may_be_large`` says that more than usual may be sent to its address.
    """

    file: BinaryIO
    size: int
    may_be_large: bool = False


class _TooSlow(RawIOBase):
    """What is read where a body did not arrive in time: the refusal, in the words of whoever reads."""

    def read(self, size: int = -1) -> NoReturn:  # noqa: ARG002  (the signature of files)
        raise RequestTimeout

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> NoReturn:  # noqa: ARG002  (as above)
        raise RequestTimeout


def with_readable_hosts(application: Wsgi) -> Wsgi:
    """The application, which is not told a host that is none: it would fail before it can say anything."""

    def told(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if not is_host(environ.get("HTTP_HOST", "")):
            environ.pop("HTTP_HOST", None)
        return application(environ, start_response)

    return told


class Front:
    """What granian calls (RSGI) for a WSGI application; ``seconds`` is how long a body of so many bytes may take."""

    def __init__(
        self,
        application: Wsgi,
        largest_body: LargestBody,
        *,
        threads: int = THREADS,
        seconds: Callable[[int], float] = lambda most: GRACE_SECONDS + most / LEAST_BYTES_A_SECOND,
    ) -> None:
        self._application, self._largest_body, self._seconds = application, largest_body, seconds
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="request")
        self._large_threads = ThreadPoolExecutor(LARGE_THREADS, thread_name_prefix="large-request")

    async def __rsgi__(self, scope: Any, protocol: Any) -> None:
        """One request, from its first byte to the answer."""
        body = await self._receive(scope, protocol)
        environ = make_environ(scope, body.file, body.size)
        loop, threads = asyncio.get_running_loop(), self._large_threads if body.may_be_large else self._threads
        try:
            status, headers, content = await loop.run_in_executor(threads, call, self._application, environ)
        finally:
            body.file.close()
        protocol.response_bytes(status, headers, content)

    async def _receive(self, scope: Any, protocol: Any) -> _Body:
        length = scope.headers.get("content-length") or ""
        announced = int(length) if length.isdecimal() else None
        if not announced and scope.headers.get("transfer-encoding") is None and scope.http_version != "2":
            return _Body(BytesIO(), 0)
        most = self._largest_body(scope.method, scope.path)
        if announced is not None and announced > most:
            return _Body(BytesIO(), announced)  # refused by its length, unread
        try:
            async with asyncio.timeout(self._seconds(most)):
                if announced is not None and announced <= IN_MEMORY:
                    return _Body(BytesIO(await protocol()), announced, most > IN_MEMORY)
                return await _gather(protocol, announced, most)
        except TimeoutError:
            return _Body(cast("BinaryIO", _TooSlow()), announced or 1)


async def _gather(protocol: Any, announced: int | None, most: int) -> _Body:
    """A large body, or one of which nobody knows the end; a byte more than the most is enough to refuse it."""
    file, size = cast("BinaryIO", SpooledTemporaryFile(IN_MEMORY)), 0  # noqa: SIM115  (closed by whoever answers)
    try:
        async for chunk in protocol:
            size += file.write(chunk)
            if size > most:
                break
    except BaseException:
        file.close()
        raise
    file.seek(0)
    # Less than was announced is an interrupted request, which the application sees by the difference.
    return _Body(file, size if announced is None else announced, most > IN_MEMORY)


def make_environ(scope: Any, body: BinaryIO, size: int) -> dict[str, Any]:
    """A request as PEP 3333 wants it."""
    host, _, port = scope.server.rpartition(":")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": scope.path.encode(errors="replace").decode("latin-1"),
        "QUERY_STRING": scope.query_string,
        "REMOTE_ADDR": scope.client.rpartition(":")[0],
        "SERVER_NAME": host,
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": f"HTTP/{scope.http_version}",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.scheme,
        "wsgi.input": body,
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    if scope.authority:  # HTTP/2 has it instead of a header
        environ["HTTP_HOST"] = scope.authority
    return environ | _headers(scope.headers.items()) | {"CONTENT_LENGTH": str(size)}


def _headers(items: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in items:
        if "_" in name or name == "transfer-encoding":
            continue  # "a_b" would pass for "a-b", and what was sent in chunks is whole by now
        key = name.upper().replace("-", "_")
        key = key if key == "CONTENT_TYPE" else f"HTTP_{key}"
        found[key] = f"{found[key]}{';' if name == 'cookie' else ','} {value}" if key in found else value
    return found


def call(application: Wsgi, environ: dict[str, Any]) -> tuple[int, list[tuple[str, str]], bytes]:
    """Status, headers and content of the application's answer."""
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(status: str, headers: list[tuple[str, str]], exc_info: object = None) -> None:  # noqa: ARG001
        started.append((status, headers))

    parts = application(environ, start_response)
    try:
        content = b"".join(parts)
    finally:
        getattr(parts, "close", lambda: None)()
    status, headers = started[-1]
    return int(status[:3]), headers, content
