"""Processes: one leads, whoever is killed; no worker outlives its parent."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from greenlife.leader import FileLock
from tests.world import make_world

PATIENCE = 30
"""Seconds; generous, because a busy machine is slow and a failed wait is a failed test anyway."""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    make_world(tmp_path)
    return os.environ | {
        "GREENLIFE_DATABASE_URL": f"sqlite:///{tmp_path / 'world.db'}",
        "GREENLIFE_VAR": str(tmp_path),
        "GREENLIFE_SECRET_KEY": "s" * 40,
        "GREENLIFE_BASE_URL": "http://localhost",
    }


def wait_for(what: Callable[[], object]) -> object:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if answer := what():
            return answer
        time.sleep(0.05)
    raise AssertionError("it did not happen in time")


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, *command], env=environment, start_new_session=True)
    try:
        yield process
    finally:
        for child in [process.pid, *(child.pid for child in _children(process.pid))]:
            try:
                os.kill(child, signal.SIGKILL)
            except ProcessLookupError:
                continue
        process.wait()


def _children(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def leader_of(folder: Path) -> int | None:
    file = folder / "world.db.leader"
    text = file.read_text(encoding="ascii").strip() if file.exists() else ""
    return int(text) if text else None


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sign-in", timeout=2):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def test_when_the_leader_is_killed_the_other_candidate_leads(environment: dict[str, str], tmp_path: Path) -> None:
    command = ["-m", "greenlife", "scheduler"]
    with running(command, environment) as first:
        wait_for(lambda: leader_of(tmp_path) == first.pid)
        with running(command, environment) as second:
            time.sleep(1.5)
            assert leader_of(tmp_path) == first.pid
            first.kill()
            wait_for(lambda: leader_of(tmp_path) == second.pid)


def test_two_candidates_never_lead_together(tmp_path: Path) -> None:
    one, two = FileLock(tmp_path / "leader"), FileLock(tmp_path / "leader")
    assert one.acquire()
    assert not two.acquire()
    one.release()
    assert two.acquire()


def kill_the_parent(command: list[str], environment: dict[str, str], port: int) -> list[psutil.Process]:
    """The workers of a server whose parent was killed."""
    with running(command, environment) as parent:
        wait_for(lambda: answers(port))
        workers = [child for child in _children(parent.pid) if "resource_tracker" not in " ".join(child.cmdline())]
        parent.kill()
        parent.wait()
    return workers


def test_a_worker_ends_when_its_parent_is_killed(environment: dict[str, str]) -> None:
    port = free_port()
    workers = kill_the_parent(["-m", "greenlife", "serve", "--port", str(port)], environment, port)
    assert workers
    gone, alive = psutil.wait_procs(workers, timeout=PATIENCE)
    assert gone
    assert not alive
    assert not answers(port)


def test_without_the_watch_an_orphan_goes_on_serving(environment: dict[str, str]) -> None:
    """The negative control of the test above."""
    port = free_port()
    workers = kill_the_parent(["-m", "tests.greenlife.orphan", str(port)], environment, port)
    try:
        time.sleep(2)
        assert answers(port)
    finally:
        for worker in workers:
            worker.kill()
