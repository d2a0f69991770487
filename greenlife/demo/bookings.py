"""Occasions put on the timeline as the bookings that they lead to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from random import Random

from sqlalchemy import insert
from sqlalchemy.orm import Session

from greenlife.actions import ActionClaim, Booked, book_actions
from greenlife.demo.occasion import Occasion
from greenlife.demo.purses import Purses
from greenlife.demo.staff import Crew
from greenlife.demo.timeline import Happening, Timeline
from greenlife.models import Visit
from greenlife.programme import Programme
from greenlife.scans import UNDO_REASONS, undo_weighing

HOURLY_DAYS = 7
"""Of the last days each hour is booked by itself, of those before each day: pages show the last days closely."""

UNDONE, UNDONE_AFTER = 0.02, timedelta(minutes=4)
"""The share of the weighings booked by the hour that the attendant takes back."""

_ADD_VISITS = insert(Visit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booker:
    """Books on the timeline, never later than ``now``."""

    programme: Programme
    timeline: Timeline
    crew: Crew
    purses: Purses
    now: datetime
    dice: Random

    def schedule(self, occasions: Sequence[Occasion], day: date) -> None:
        """The occasions of a day in batches, each recorded when its hour or day ends."""
        past = [occasion for occasion in occasions if occasion.at < self.now]
        hourly = (self.programme.local_day(self.now) - day).days < HOURLY_DAYS
        for end, batch in groupby(past, key=lambda occasion: self._end(occasion.at, day, hourly=hourly)):
            self.timeline.add(min(end, self.now), self._book(list(batch), undo=hourly))

    def schedule_singly(self, occasions: Sequence[Occasion]) -> None:
        """Each occasion recorded at once."""
        for occasion in occasions:
            if occasion.at < self.now:
                self.timeline.add(occasion.at, self._book([occasion], undo=False))

    def _end(self, at: datetime, day: date, *, hourly: bool) -> datetime:
        if hourly:
            return at.replace(minute=59, second=59, microsecond=0)
        return self.programme.midnight(day + timedelta(days=1)) - timedelta(seconds=1)

    def _book(self, occasions: Sequence[Occasion], *, undo: bool) -> Happening:
        def happening(session: Session, at: datetime) -> None:
            visits = [occasion.visit for occasion in occasions if occasion.visit]
            if visits:
                session.execute(_ADD_VISITS, visits)
            claims = [claim for occasion in occasions for claim in occasion.claims]
            booked = book_actions(session, self.programme, claims, now=at, entropy=self.dice.randbytes)
            for claim, one in zip(claims, booked, strict=True):
                if one.state == "booked":
                    self.purses.add(claim.resident.account, one.points)
                if undo and claim.visit_id and self.dice.random() < UNDONE:
                    self.timeline.add(at + UNDONE_AFTER, self._undo(claim, one))

        return happening

    def _undo(self, claim: ActionClaim, booked: Booked) -> Happening:
        def happening(session: Session, at: datetime) -> None:
            if self.purses.points[claim.resident.account] < booked.points:
                return  # spent meanwhile
            undo_weighing(
                session,
                self.programme,
                staff=self.crew.attendants[claim.site_id or ""],
                entry_id=booked.entry_id,
                reason=self.dice.choice(UNDO_REASONS),
                reference=claim.reference,
                now=at,
                entropy=self.dice.randbytes,
            )
            self.purses.add(claim.resident.account, -booked.points)

        return happening
