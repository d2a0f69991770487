"""Scheduled work: one elected process runs the jobs, whoever has started how many.

candidate ──gets the lock──▶ leader ──ends, however──▶ the lock is free again
"""

import logging
import os
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace

from apscheduler.schedulers.background import BackgroundScheduler

import rewards
from greenlife.actions import TRACES, Trace, find_traces, forget_traces
from greenlife.cases import close_unappealed, find_unappealed, forget_cases
from greenlife.leader import leader_lock
from greenlife.photos import delete_pictures, forget_photos
from greenlife.public_log import advance_log, recheck_log
from greenlife.runtime import Runtime, utc_now
from greenlife.statistics import refresh_statistics

log = logging.getLogger(__name__)

CANDIDATE_SECONDS = 1.0
PARENT_SECONDS = 0.5


@dataclass(frozen=True)
class Job:
    """A plain function that may run again at any time; every so many seconds."""

    name: str
    seconds: int
    run: Callable[[Runtime], object]


def expire_holds(runtime: Runtime) -> int:
    """Vouchers past their last day give their points back; answers how many did."""
    now = runtime.clock()
    with runtime.database.writing() as session:
        return rewards.expire_holds(session, today=runtime.programme.local_day(now), now=now, entropy=runtime.entropy)


def expire_lots(runtime: Runtime) -> int:
    """Lots whose month is over are emptied, a part at a time; answers how many were."""
    now, swept = runtime.clock(), 0
    for district in runtime.programme.city.districts:
        with runtime.database.writing() as session:
            swept += rewards.expire_lots(
                session,
                book=district.id,
                today=runtime.programme.local_day(now),
                now=now,
                entropy=runtime.entropy,
            )
    return swept


def refresh_facts(runtime: Runtime) -> int:
    """The statistics of the days that changed; answers how many were built."""
    with runtime.database.writing() as session:
        return refresh_statistics(session, runtime.programme, now=runtime.clock())


def delete_photos(runtime: Runtime) -> int:
    """Pictures, and a year later what is left of them, whose time is over, a part at a time; answers how many went."""
    today, gone = runtime.programme.local_day(runtime.clock()), 0
    for delete in (delete_pictures, forget_photos):
        while not runtime.stopping.is_set():
            with runtime.database.writing() as session:
                part = delete(session, today=today)
            gone += part
            if not part:
                break
    return gone


def forget_old_traces(runtime: Runtime) -> int:
    """What no rule looks at any more: positions, browsers, tallies, hashes of photos; answers how many rows lost them."""
    return sum(_forget(runtime, trace) for trace in TRACES)


def _forget(runtime: Runtime, trace: Trace) -> int:
    now, after, gone = runtime.clock(), None, 0
    while not runtime.stopping.is_set():
        with runtime.database.reading() as session:
            part = find_traces(session, runtime.programme, trace=trace, after=after, now=now)
        if part is None:
            break
        with runtime.database.writing() as session:
            went = forget_traces(session, part=part)
        after, gone = part.end, gone + went
        if not went:
            break
    return gone


def end_appeals(runtime: Runtime) -> int:
    """Refused actions that nobody appealed in time are refused for good; answers how many."""
    now = runtime.clock()
    with runtime.database.reading() as session:
        over = find_unappealed(session, now=now)
    closed = 0
    for case_id in over:
        with runtime.database.writing() as session:
            closed += close_unappealed(session, runtime.programme, case_id=case_id, now=now, entropy=runtime.entropy)
    return closed


def forget_old_cases(runtime: Runtime) -> int:
    """Cases that ended long ago are deleted; answers how many."""
    with runtime.database.writing() as session:
        return forget_cases(session, now=runtime.clock())


JOBS = (
    Job("advance_log", 1, advance_log),
    Job("recheck_log", 10, recheck_log),
    Job("expire_holds", 60, expire_holds),
    Job("expire_lots", 600, expire_lots),
    Job("refresh_facts", 30, refresh_facts),
    Job("delete_photos", 600, delete_photos),
    Job("forget_old_traces", 86_400, forget_old_traces),
    Job("end_appeals", 600, end_appeals),
    Job("forget_cases", 86_400, forget_old_cases),
)


def run_in_background(runtime: Runtime) -> threading.Thread:
    """A thread that waits to be elected and then runs the jobs for the rest of the process's life."""
    thread = threading.Thread(target=lead, args=(runtime,), name="candidate", daemon=True)
    thread.start()
    return thread


def lead(runtime: Runtime, *, until: threading.Event | None = None) -> None:
    """Wait for the lock, then run the jobs until the event is set (or for ever)."""
    over = until or runtime.stopping
    runtime = replace(runtime, stopping=over)
    with ExitStack() as held:
        lock = leader_lock(runtime.database)
        while not lock.acquire():
            if over.wait(CANDIDATE_SECONDS):
                return
        held.callback(lock.release)
        log.info("leader: process %s runs the scheduled jobs", os.getpid())
        # A run that takes longer than its interval is no news: the next one does what it left.
        logging.getLogger("apscheduler").setLevel(logging.ERROR)
        scheduler = BackgroundScheduler(timezone="UTC")
        # The wall's clock and not the runtime's: it would count all the runs that were missed since another one's time.
        begin = utc_now()
        for job in JOBS:
            scheduler.add_job(
                _guarded, "interval", args=(job, runtime), seconds=job.seconds, coalesce=True, max_instances=1,
                misfire_grace_time=None, next_run_time=begin,
            )  # fmt: skip
        scheduler.start()
        held.callback(scheduler.shutdown)  # waits for the jobs, which have been told by then
        held.callback(over.set)
        over.wait()


def _guarded(job: Job, runtime: Runtime) -> None:
    started = time.monotonic()
    try:
        answer = job.run(runtime)
    except Exception:
        log.exception("job %s failed; it runs again in %s s", job.name, job.seconds)
    else:
        log.debug("job %s: %s in %.2f s", job.name, answer, time.monotonic() - started)


def follow_parent(end: Callable[[int], object] = os._exit) -> threading.Thread:
    """End this process when its parent is gone.

    A web server's parent that is killed cannot tell its workers, and an orphan would go on serving, and leading,
    beside the one that is started next.
    """
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(PARENT_SECONDS)
        log.warning("the parent process is gone: this worker ends")
        end(1)

    thread = threading.Thread(target=watch, name="parent-watch", daemon=True)
    thread.start()
    return thread
