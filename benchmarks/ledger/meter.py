"""CPU of client and server and wall time of some work, and ratios of two kinds of work measured by turns."""

import gc
import os
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

Pids = Callable[[], Sequence[int]]
"""The processes of the server; none for SQLite, whose work is the client's."""

Work = Callable[[int], None]
"""Does what is measured, for the round of this number."""


@dataclass(frozen=True)
class Cost:
    """Of one entry, in microseconds."""

    client: float
    server: float
    wall: float

    @property
    def cpu(self) -> float:
        return self.client + self.server


@dataclass(frozen=True)
class Ratio:
    """Of two sides, round by round: the median, and the least and the most."""

    median: float
    least: float
    most: float

    def __str__(self) -> str:
        return f"{self.median:.2f} ({self.least:.2f} to {self.most:.2f})"


def measure(work: Callable[[], None], entries: int, pids: Pids) -> Cost:
    """What one run of the work costs for each of its entries."""
    server, client, wall = server_seconds(pids), time.process_time(), time.perf_counter()
    work()
    wall, client = time.perf_counter() - wall, time.process_time() - client
    server = server_seconds(pids) - server
    return Cost(*(1e6 * seconds / entries for seconds in (client, server, wall)))


def take_turns(sides: Mapping[str, Work], *, rounds: int, entries: int, pids: Pids) -> dict[str, list[Cost]]:
    """The costs of each side, a round of one after a round of the other; the first round of each is a warm-up.

    Who begins changes, so that neither always runs on the caches that the other has filled.
    """
    costs: dict[str, list[Cost]] = {name: [] for name in sides}
    # What was made before is no part of the work: each collection of garbage would go through all of it again.
    gc.collect()
    gc.freeze()
    for number in range(rounds + 1):
        for name in list(sides)[:: 1 if number % 2 else -1]:
            gc.collect()
            work = sides[name]
            cost = measure(lambda work=work, number=number: work(number), entries, pids)
            if number:
                costs[name].append(cost)
    return costs


def ratio_of(ours: Sequence[float], theirs: Sequence[float]) -> Ratio:
    """Ours to theirs, round by round."""
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    return Ratio(statistics.median(ratios), min(ratios), max(ratios))


def server_seconds(pids: Pids) -> float:
    """CPU of the server's processes so far, user and system."""
    return sum(map(_seconds, pids()))


def _seconds(pid: int) -> float:
    # psutil reads counters of 10 ms, too coarse for a round; the scheduler counts nanoseconds.
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text(encoding="ascii").split()[0]) / 1e9
    except (FileNotFoundError, ProcessLookupError):
        return 0.0


def cores() -> int:
    return len(os.sched_getaffinity(0))
