"""What a scan through the API costs beside a bare insert: `make bench`.

One client, one kept-alive connection, rounds of either kind by turns on the same worker, engine and database.
Server CPU is user plus system time of the server's processes; wall time is what the client waits.
"""

import http.client
import json
import multiprocessing
import os
import secrets
import socket
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import psutil

from benchmarks.city import Scan, build_city
from benchmarks.server import BARE, TARGET
from greenlife.db import open_database
from greenlife.serve import serve

ROUNDS, EACH, WARM_UP = 12, 300, 200
AIM = 5.0
KINDS = ("first", "scan", "bare")
"""A person's first scan opens their accounts, which no later scan does; nearly all scans are later ones."""


@dataclass(frozen=True)
class Cost:
    """Of one request of a round, in milliseconds."""

    cpu: float
    wall: float


@dataclass
class Client:
    """One kept-alive connection, and the processes behind it."""

    connection: http.client.HTTPConnection
    processes: list[psutil.Process]

    def post(self, path: str, body: dict[str, str], headers: dict[str, str]) -> None:
        self.connection.request("POST", path, json.dumps(body), {"Content-Type": "application/json"} | headers)
        response = self.connection.getresponse()
        answer = response.read()
        if response.status != 201 or response.getheader("Idempotency-Replayed"):
            sys.exit(f"{path} was not booked: {response.status} {answer.decode()}")

    def scan(self, scan: Scan) -> None:
        self._record(scan, scan.code)

    def first(self, scan: Scan) -> None:
        self._record(scan, scan.first)

    def _record(self, scan: Scan, code: str) -> None:
        headers = {"Authorization": f"Bearer {scan.token}", "Idempotency-Key": secrets.token_hex(16)}
        self.post("/api/v1/scans", {"code": code}, headers)

    def keep(self, scan: Scan) -> None:
        self.post(BARE, {"code": scan.code}, {})

    def cpu_seconds(self) -> float:
        return sum(sum(process.cpu_times()[:2]) for process in self.processes)

    def measure(self, kind: str, scans: list[Scan]) -> Cost:
        send = {"first": self.first, "scan": self.scan, "bare": self.keep}[kind]
        cpu, wall = self.cpu_seconds(), time.perf_counter()
        for scan in scans:
            send(scan)
        wall = time.perf_counter() - wall
        return Cost(1000 * (self.cpu_seconds() - cpu) / len(scans), 1000 * wall / len(scans))


def main() -> None:
    """Prints both costs and their ratio: the median of the rounds, and the least and the most."""
    with tempfile.TemporaryDirectory(prefix="greenlife-bench-") as folder:
        port = _free_port()
        host = f"127.0.0.1:{port}"
        url = f"sqlite:///{Path(folder) / 'bench.db'}"
        scans = build_city(
            database := open_database(url),
            city="huzhou",
            host=host,
            scans=WARM_UP + ROUNDS * EACH,
            now=datetime.now(UTC),
        )
        database.engine.dispose()
        _set_up(folder, url, host)
        with _served(port) as client:
            costs = _measure(client, scans)
    _print(costs)


def _measure(client: Client, scans: list[Scan]) -> dict[str, list[Cost]]:
    for kind in KINDS:
        client.measure(kind, scans[:WARM_UP])
    costs: dict[str, list[Cost]] = {kind: [] for kind in KINDS}
    for number in range(ROUNDS):
        part = scans[WARM_UP + number * EACH :][:EACH]
        # The order changes, so that neither always runs on the caches that the other has filled.
        for kind in KINDS if number % 2 else ("bare", *KINDS[:2]):
            costs[kind].append(client.measure(kind, part))
    return costs


def _print(costs: dict[str, list[Cost]]) -> None:
    print(f"{ROUNDS} rounds of {EACH} requests of each kind, milliseconds a request: median (least to most)\n")
    for measure in ("cpu", "wall"):
        title = "server CPU" if measure == "cpu" else "wall time"
        bare = [getattr(cost, measure) for cost in costs["bare"]]
        print(f"{title:<11} bare insert {_spread(bare)}")
        for kind, name in (("scan", "scan"), ("first", "a person's first scan")):
            own = [getattr(cost, measure) for cost in costs[kind]]
            ratios = [one / other for one, other in zip(own, bare, strict=True)]
            print(f"{title:<11} {name} {_spread(own)}   ratio {_spread(ratios)}")
    ratio = statistics.median(scan.cpu / bare.cpu for scan, bare in zip(costs["scan"], costs["bare"], strict=True))
    print(f"\nAim: a scan costs at most {AIM:g} times the CPU of a bare insert. Found: {ratio:.2f}.")


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def _set_up(folder: str, url: str, host: str) -> None:
    for name in [name for name in os.environ if name.startswith("GREENLIFE_")]:
        del os.environ[name]
    os.environ |= {
        "GREENLIFE_VAR": folder,
        "GREENLIFE_DATABASE_URL": url,
        "GREENLIFE_BASE_URL": f"http://{host}",
        "GREENLIFE_SECRET_KEY": secrets.token_hex(32),
    }


@contextmanager
def _served(port: int) -> Iterator[Client]:
    options = {"address": "127.0.0.1", "port": port, "target": TARGET}
    server = multiprocessing.get_context("spawn").Process(target=serve, kwargs=options)
    server.start()
    try:
        connection = _connect(port, server)
        parent = psutil.Process(server.pid)
        yield Client(connection, [parent, *parent.children(recursive=True)])
        connection.close()
    finally:
        server.terminate()
        server.join(10)


def _connect(port: int, server: multiprocessing.process.BaseProcess) -> http.client.HTTPConnection:
    for _ in range(300):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.connect()
            connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        except ConnectionRefusedError:
            if not server.is_alive():
                break
            time.sleep(0.1)
        else:
            return connection
    sys.exit("the server did not start")


def _free_port() -> int:
    with socket.socket() as any_socket:
        any_socket.bind(("127.0.0.1", 0))
        return int(any_socket.getsockname()[1])


if __name__ == "__main__":
    main()
