"""What happens in the demo city, in the order of its clock."""

import heapq
from collections.abc import Callable
from datetime import datetime
from itertools import count

from sqlalchemy.orm import Session

Happening = Callable[[Session, datetime], None]
"""Books something at the instant it is given, and may put what follows from it on the timeline."""


class Timeline:
    """Happenings wait for their time, so that the ledger is written in the order of the days and hours."""

    def __init__(self) -> None:
        self._waiting: list[tuple[datetime, int, Happening]] = []
        self._ordinals = count()

    def add(self, at: datetime, happening: Happening) -> None:
        heapq.heappush(self._waiting, (at, next(self._ordinals), happening))

    def run(self, session: Session, *, until: datetime) -> None:
        """Everything up to ``until``, also what is added on the way; later things keep waiting."""
        while self._waiting and self._waiting[0][0] <= until:
            at, _, happening = heapq.heappop(self._waiting)
            happening(session, at)
