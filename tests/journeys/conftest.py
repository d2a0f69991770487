"""The demo as a newcomer starts it, and browsers that look at it."""

import os
import shutil
import signal
import socket
import sqlite3
import ssl
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect

from tests.browser.chromium import driving, launch

PATIENCE = 240
SAID = "said.txt"
"""What the demo prints."""
FONT = (
    Path(__file__).parents[1]
    / "browser/node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"
)
"""What posters are printed with: not every machine has a Chinese font installed."""
PHONE = {"width": 390, "height": 844}
SLOW = 20_000
"""Milliseconds that a busy machine may need for a page."""
expect.set_options(timeout=SLOW)
FLAGS = (
    "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
)  # fmt: skip


@dataclass(frozen=True)
class Demo:
    """A running demo; ``var`` is its data."""

    base: str
    var: Path


Browse = Callable[..., BrowserContext]
"""A new browser context; ``film`` is what its camera sees, the rest goes to the context."""


def environment(var: Path) -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if not name.startswith("GREENLIFE_")}
    return own | {"GREENLIFE_VAR": str(var), "GREENLIFE_POSTER_FONT": str(FONT)}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(var: Path, *, lan: bool = False) -> Iterator[Demo]:
    """``greenlife demo`` over data that is there; stopped as Ctrl-C stops it."""
    port = free_port()
    command = [sys.executable, "-m", "greenlife", "demo", "--port", str(port), *(["--lan"] if lan else [])]
    log = (var / SAID).open("w+")
    process = subprocess.Popen(command, env=environment(var), stdout=log, stderr=log, start_new_session=True)
    try:
        yield Demo(_answering(var, process), var)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(20)
        log.close()


def _answering(var: Path, process: subprocess.Popen[bytes]) -> str:
    anyone = ssl._create_unverified_context()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        said = (var / SAID).read_text(encoding="utf-8")
        base = next((word for word in said.split() if word.startswith("http")), "")
        if base:
            try:
                with urllib.request.urlopen(f"{base}/healthz", timeout=2, context=anyone):
                    return base
            except OSError:
                pass
        time.sleep(0.2)
    raise AssertionError(f"the demo did not answer: {(var / SAID).read_text(encoding='utf-8')}")


@pytest.fixture(scope="session")
def city(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo's data, built once."""
    var = tmp_path_factory.mktemp("var")
    command = [sys.executable, "-m", "greenlife", "demo", "--build-only"]
    subprocess.run(command, env=environment(var), check=True, capture_output=True)
    return var


@pytest.fixture(scope="session")
def demo(city: Path) -> Iterator[Demo]:
    with serving(city) as running:
        wait_for_log(city)
        yield running


def wait_for_log(var: Path) -> None:
    """The demo signs its log by itself; its many entries of the first start take some seconds."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with closing(sqlite3.connect(var / "demo.db")) as database:
            (waiting,) = database.execute("SELECT COUNT(*) FROM ledger_pending").fetchone()
            (signed,) = database.execute("SELECT COUNT(*) FROM ledger_checkpoint").fetchone()
        if signed and not waiting:
            return
        time.sleep(0.2)
    raise AssertionError("the demo's log was not signed")


@pytest.fixture(scope="session")
def lan_demo(city: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """The same city over HTTPS at the address in the local network."""
    var = copy_city(city, tmp_path_factory.mktemp("lan"))
    with serving(var, lan=True) as running:
        yield running


def copy_city(city: Path, var: Path) -> Path:
    """A city of the same past, to be changed without the other tests noticing."""
    # The log's keys and what it signed before the database, which may be ahead of them but never behind.
    shutil.copytree(city / "demo", var / "demo")
    with closing(sqlite3.connect(city / "demo.db")) as source, closing(sqlite3.connect(var / "demo.db")) as target:
        source.backup(target)
    return var


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with driving() as running:
        yield running


@pytest.fixture
def browse(playwright: Playwright) -> Iterator[Browse]:
    browsers: list[Browser] = []

    def open_context(film: Path | None = None, **options: object) -> BrowserContext:
        camera = [f"--use-file-for-fake-video-capture={film}"] if film else []
        browser = launch(playwright, *FLAGS, *camera)
        browsers.append(browser)
        wanted = {"viewport": PHONE, "locale": "zh-CN"} | options
        context = browser.new_context(**wanted)
        context.set_default_timeout(SLOW)
        return context

    yield open_context
    for browser in browsers:
        browser.close()
