"""Whoever sends slowly, too much, or half keeps nobody else waiting, and is answered."""

import asyncio
import socket
import threading
import time
import urllib.request
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from greenlife.app import create_app, in_front_of, largest_body
from greenlife.front import IN_MEMORY, THREADS, Front, Wsgi
from greenlife.photos import LARGEST_FILE, MEGABYTE
from tests.greenlife.test_processes import PATIENCE, free_port, running, wait_for
from tests.greenlife.waiting import count
from tests.world import make_world

MOST = 1000
SLOW_SENDERS = 3 * THREADS


@dataclass
class Sent:
    """A request as granian hands it over: its head, and the pieces in which its body comes."""

    pieces: list[bytes]
    head: dict[str, str] = field(default_factory=dict)
    path: str = "/sign-in"
    method: str = "POST"
    then: float = 0
    """Seconds until the end that follows the last piece."""
    query_string: str = ""
    http_version: str = "1.1"
    scheme: str = "http"
    client: str = "127.0.0.1:1"
    server: str = "127.0.0.1:8000"
    authority: str | None = None
    answer: tuple[int, list[tuple[str, str]], bytes] = (0, [], b"")

    @property
    def headers(self) -> dict[str, str]:
        return self.head

    async def __call__(self) -> bytes:
        return b"".join([piece async for piece in self])

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self.pieces:
            yield piece
        await asyncio.sleep(self.then)

    def response_bytes(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
        self.answer = status, headers, content


def answer(application: Wsgi, sent: Sent, *, seconds: float = 5, most: int = MOST) -> tuple[int, bytes]:
    front = Front(application, lambda *_: most, seconds=lambda _: seconds)
    asyncio.run(front.__rsgi__(sent, sent))
    return sent.answer[0], sent.answer[2]


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app(make_world(tmp_path).runtime(tmp_path))


def is_served(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=1):
            return True
    except OSError:
        return False


@pytest.mark.parametrize(("interface", "served"), [("rsgi", True), ("wsgi", False)])
def test_slow_senders_keep_nobody_waiting(interface: str, served: bool) -> None:
    """With WSGI, the negative control, as many slow senders as there are threads stop the server."""
    port, senders = free_port(), []
    with running(["-m", "tests.greenlife.waiting", str(port), interface], {}):
        wait_for(lambda: is_served(port))
        for _ in range(SLOW_SENDERS):
            sender = socket.create_connection(("127.0.0.1", port))
            sender.sendall(b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\nx")
            senders.append(sender)
        time.sleep(1)  # until all of them are being listened to
        assert is_served(port) is served
        for sender in senders:
            sender.close()


def test_what_comes_too_slowly_is_refused_in_the_words_of_the_face(app: Flask) -> None:
    form = {"content-type": "application/x-www-form-urlencoded", "accept-language": "en", "content-length": "50"}
    status, page = answer(app, Sent([b"phone="], form, then=9), seconds=0.05)
    assert (status, b"This arrived too slowly" in page) == (408, True)
    body = form | {"content-type": "application/json"}
    status, problem = answer(app, Sent([b"{"], body, path="/api/v1/sign-in/codes", then=9), seconds=0.05)
    assert (status, b'"code": "request_too_slow"' in problem) == (408, True)


def test_a_body_arrives_whole_in_pieces_with_a_length_or_without() -> None:
    pieces = [b"a" * 400, b"b" * 400]
    assert answer(count, Sent(pieces, {"content-length": "800"})) == (200, b"800")
    assert answer(count, Sent(pieces, {"transfer-encoding": "chunked"})) == (200, b"800")
    assert answer(count, Sent([], method="GET")) == (200, b"0")


@pytest.mark.parametrize("head", [{"content-length": str(10**9)}, {"transfer-encoding": "chunked"}])
def test_too_much_is_not_gathered(app: Flask, head: dict[str, str]) -> None:
    kept: list[int] = []

    def look(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        kept.append(environ["wsgi.input"].seek(0, 2))
        environ["wsgi.input"].seek(0)
        return app(environ, start_response)

    head = head | {"content-type": "application/x-www-form-urlencoded"}
    status, _ = answer(look, Sent([b"x" * 200_000] * 50, head), most=256 * 1024)
    assert status == 413
    assert kept[0] <= 256 * 1024 + 200_000


def test_an_interrupted_body_is_no_shorter_body(app: Flask) -> None:
    form = {"content-type": "application/x-www-form-urlencoded", "content-length": "200"}
    status, _ = answer(app, Sent([b"phone=13800000021"], form))
    assert status == 400


def test_a_larger_body_may_be_sent_where_photos_are_taken_in(app: Flask) -> None:
    assert largest_body(app, "POST", "/photo") > LARGEST_FILE * MEGABYTE
    assert largest_body(app, "POST", "/api/v1/actions/own_cup/photos") > LARGEST_FILE * MEGABYTE
    for method, path in (("GET", "/photo"), ("POST", "/scan"), ("POST", "/nowhere")):
        assert largest_body(app, method, path) < MEGABYTE


def test_what_a_browser_says_arrives(app: Flask) -> None:
    sent = Sent([], {"cookie": "gl_language=en", "x_forwarded": "1"}, path="/没有", method="GET")
    asyncio.run(in_front_of(app).__rsgi__(sent, sent))
    assert sent.answer[0] == 404
    assert b"There is no such page" in sent.answer[2]


@pytest.mark.parametrize(("path", "waits"), [("/photo", False), ("/scan", True)])
def test_what_takes_long_keeps_to_threads_of_its_own(path: str, waits: bool) -> None:
    """At an address like any other, the negative control, it keeps everybody waiting."""
    go_on = threading.Event()

    def look_long(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == path:
            go_on.wait(PATIENCE)
        return count(environ, start_response)

    async def ask() -> bool:
        front = Front(look_long, lambda _, where: IN_MEMORY * (40 if where == "/photo" else 1))
        long = [Sent([b"x"], {"content-length": "1"}, path=path) for _ in range(2 * THREADS)]
        asked = [asyncio.create_task(front.__rsgi__(one, one)) for one in long]
        await asyncio.sleep(0.2)
        other = Sent([b"x"], {"content-length": "1"}, path="/records")
        last = asyncio.create_task(front.__rsgi__(other, other))
        await asyncio.wait([last], timeout=1)
        is_late = not last.done()
        go_on.set()
        await asyncio.gather(last, *asked)
        return is_late

    assert asyncio.run(ask()) is waits


@pytest.mark.parametrize("host", ["a" * 300, "[::1", "exa mple", "x:99999", "x:y", "evil.example@", "a..b", "", "\n"])
def test_a_host_that_is_none_is_answered(app: Flask, host: str) -> None:
    for path in ("/sign-in", "/nowhere", "/api/v1/me"):
        status, _ = answer(app, Sent([], {"host": host}, path=path, method="GET"))
        assert status in {200, 404, 401}


def test_nobody_is_sent_to_the_host_that_a_request_names(app: Flask) -> None:
    status, _ = answer(app, Sent([], {"host": "evil.example"}, path="/static//x", method="GET"))
    assert status == 404, "no redirect to the same path with one slash at that host"
    sent = Sent([], {"host": "evil.example"}, path="/me", method="GET")
    answer(app, sent)
    assert dict(sent.answer[1])["Location"].startswith("/sign-in")
