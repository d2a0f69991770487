"""A lock that is handed on in the order of asking."""

from collections import deque
from threading import Lock
from types import TracebackType


class FirstComeLock:
    """Mutual exclusion without overtaking.

    ``threading.Lock`` lets whoever runs next take it, and SQLite's busy handler sleeps and tries again, so under
    load one writer can wait for seconds while others write. Here each waiter has a gate of its own, opened in turn.
    """

    def __init__(self) -> None:
        self._mutex = Lock()
        self._waiting: deque[Lock] = deque()
        self._held = False

    def __enter__(self) -> None:
        with self._mutex:
            if not self._held:
                self._held = True
                return
            gate = Lock()
            gate.acquire()
            self._waiting.append(gate)
        gate.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._mutex:
            if self._waiting:
                self._waiting.popleft().release()  # still held: it passes to the next one without a gap
            else:
                self._held = False
