"""Threads that do something with one store at the same time, again and again."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from sqlalchemy import Engine
from sqlalchemy.orm import Session

T = TypeVar("T")

SECONDS = 120
"""Until threads that wait for one another give up."""


def at_once(store: Engine, acts: Sequence[Callable[[Session], T]]) -> list[T | Exception]:
    """What each act gave back or raised; each in a transaction and a thread of its own, all at the same time."""
    start = Barrier(len(acts), timeout=SECONDS)

    def run(act: Callable[[Session], T]) -> T | Exception:
        with Session(store) as session:
            session.connection()
            start.wait()
            try:
                found = act(session)
                session.commit()
            except Exception as error:
                session.rollback()
                return error
            return found

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def codes(found: Sequence[object]) -> set[str]:
    """The codes of the refusals; whatever else was raised is raised again."""
    errors = [one for one in found if isinstance(one, Exception)]
    for error in errors:
        if not hasattr(error, "code") or not isinstance(error.code, str):
            raise error
    return {error.code for error in errors}
