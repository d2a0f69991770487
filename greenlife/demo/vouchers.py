"""Points turned into vouchers, and what becomes of them: most are captured, a few given back, some forgotten."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import sqrt
from random import Random

from sqlalchemy.orm import Session

import rewards
from greenlife import chart
from greenlife.demo.people import People, Person
from greenlife.demo.purses import Purses
from greenlife.demo.shelf import Shelf
from greenlife.demo.size import Size
from greenlife.demo.staff import Crew
from greenlife.demo.timeline import Happening, Timeline
from greenlife.programme import Programme
from rewards import VoucherView

CAPTURED, RELEASED = 0.80, 0.05
"""The shares of the vouchers; the others stay open until they are over."""

SPENDING_DAYS = 40
"""Of the history's last days: before that people collect."""

OPEN_HOURS = (8, 20)
SWEEP_AT = timedelta(minutes=10)
"""After midnight: when vouchers past their last day give their points back."""

SOONEST = timedelta(minutes=20)

TRIES = 4
"""Who is drawn may have too few points for anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spender:
    """Puts redemptions, captures and releases on the timeline."""

    programme: Programme
    timeline: Timeline
    people: People
    crew: Crew
    shelf: Shelf
    purses: Purses
    dice: Random

    def schedule(self, day: date, size: Size, today: date) -> None:
        """The sweep of the night and the day's share of the redemptions."""
        self.timeline.add(self.programme.midnight(day) + SWEEP_AT, self._sweep)
        days = min(SPENDING_DAYS, size.days)
        if (today - day).days < days:
            each = size.redemptions / days * self.dice.uniform(0.7, 1.3)
            for _ in range(round(each)):
                self.timeline.add(self._opening_time(day), self._redeem_something)

    def redeem(self, person: Person, *, of: Collection[str], most: int, captured_after: timedelta | None) -> Happening:
        """A voucher of one of these merchants, for at most so many points; none where there is none to be had."""

        def happening(session: Session, at: datetime) -> None:
            prices = {key: self.shelf.offers[key].points for key in self._choice(person, at) if self._is_of(key, of)}
            fitting = [key for key, price in prices.items() if price <= most]
            if fitting:
                voucher = self._redeem(session, person, max(fitting, key=prices.__getitem__), at)
                if captured_after is not None:
                    self.timeline.add(at + captured_after, self._capture(voucher))

        return happening

    def _is_of(self, offer_id: str, merchants: Collection[str]) -> bool:
        return self.shelf.offers[offer_id].merchant_id in merchants

    def _redeem_something(self, session: Session, at: datetime) -> None:
        for _ in range(TRIES):
            person = self.people.by_account.get(self.purses.draw(self.dice) or "")
            choice = self._choice(person, at) if person else ()
            if person and choice:
                prices = [self.shelf.offers[key].points for key in choice]
                (wanted,) = self.dice.choices(choice, weights=[sqrt(price) for price in prices])
                voucher = self._redeem(session, person, wanted, at)
                self._decide(person, voucher, at)
                return

    def _choice(self, person: Person, at: datetime) -> Sequence[str]:
        return self.shelf.choice(
            district=person.ref.book,
            account=person.ref.account,
            points=self.purses.of(person),
            today=self.programme.local_day(at),
        )

    def _redeem(self, session: Session, person: Person, offer_id: str, at: datetime) -> VoucherView:
        account = person.ref.account
        voucher = rewards.redeem_offer(
            session,
            offer_id=offer_id,
            book=person.ref.book,
            holder=chart.holder(account),
            wallet=chart.wallet(account),
            reference=f"form:{self.dice.randbytes(8).hex()}",
            today=self.programme.local_day(at),
            zone=self.programme.zone,
            now=at,
            entropy=self.dice.randbytes,
        )
        self.shelf.take(offer_id, account)
        self.purses.add(account, -voucher.points)
        return voucher

    def _decide(self, person: Person, voucher: VoucherView, at: datetime) -> None:
        fate = self.dice.random()
        day = self.programme.local_day(at) + timedelta(days=min(self.dice.choice((0, 0, 1, 1, 2, 3, 5, 8)), 7))
        closed_at = max(self._opening_time(min(day, voucher.last_day)), at + SOONEST)
        if fate < CAPTURED:
            self.timeline.add(closed_at, self._capture(voucher))
        elif fate < CAPTURED + RELEASED:
            self.timeline.add(closed_at, self._release(person, voucher))

    def _capture(self, voucher: VoucherView) -> Happening:
        def happening(session: Session, at: datetime) -> None:
            clerk = self.crew.clerks[voucher.merchant_id]
            rewards.capture_voucher(
                session,
                code=voucher.code,
                merchant_id=voucher.merchant_id,
                clerk_id=clerk.id,
                place=clerk.label,
                reference=f"form:{self.dice.randbytes(8).hex()}",
                today=self.programme.local_day(at),
                now=at,
                entropy=self.dice.randbytes,
            )

        return happening

    def _release(self, person: Person, voucher: VoucherView) -> Happening:
        def happening(session: Session, at: datetime) -> None:
            account = person.ref.account
            rewards.release_voucher(
                session,
                redemption_id=voucher.redemption_id,
                book=voucher.book,
                holder=chart.holder(account),
                reference=f"form:{self.dice.randbytes(8).hex()}",
                today=self.programme.local_day(at),
                now=at,
                entropy=self.dice.randbytes,
            )
            self.shelf.take(voucher.offer_id, account, by=-1)
            self.purses.add(account, voucher.points)

        return happening

    def _sweep(self, session: Session, at: datetime) -> None:
        today = self.programme.local_day(at)
        rewards.expire_holds(session, today=today, now=at, entropy=self.dice.randbytes)

    def _opening_time(self, day: date) -> datetime:
        first, last = OPEN_HOURS
        return self.programme.midnight(day) + timedelta(
            hours=self.dice.randrange(first, last), seconds=self.dice.randrange(3600)
        )
