"""A shop, a purse, and a database of its own for each test; nothing of residents."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from threading import Barrier
from typing import Any

import pytest
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session

import ledger
import rewards

BOOK = "huzhou-deqing"
HOLDER = "resident:acc_1"
WALLET = f"{HOLDER}:points"
PLACE = {"zh-CN": "城西店", "en": "West Shop"}
THREADS = 16


@dataclass
class Shop:
    """Acts at ``now``; the random numbers are the same in each run."""

    engine: Engine
    now: datetime = datetime(2026, 6, 5, 8, 0, tzinfo=UTC)
    random: Random = field(default_factory=lambda: Random(3))
    count: int = 0

    @property
    def today(self) -> date:
        return self.now.date()

    @property
    def entropy(self) -> ledger.Entropy:
        return self.random.randbytes

    @contextmanager
    def writing(self) -> Iterator[Session]:
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            yield session

    def later(self, **by: float) -> None:
        self.now += timedelta(**by)

    def merchant(self, **fields: Any) -> str:
        terms = {
            "names": {"zh-CN": "竹乡小店"},
            "district": BOOK,
            "town": "wukang",
            "address": {"zh-CN": "中兴路 1 号"},
        }
        with self.writing() as session:
            return rewards.add_merchant(session, **terms | fields, entropy=self.entropy)

    def offer(self, merchant_id: str | None = None, **fields: Any) -> str:
        terms: dict[str, Any] = {
            "merchant_id": merchant_id or self.merchant(),
            "titles": {"zh-CN": "竹编杯垫", "en": "Bamboo coaster"},
            "notes": {},
            "points": 30,
            "value_cents": 300,
            "starts_on": date(2026, 6, 1),
            "ends_on": date(2026, 6, 30),
        }
        with self.writing() as session:
            return rewards.add_offer(session, **terms | fields, entropy=self.entropy)

    def earn(self, points: int, *, month: str = "2027-06", fund: str = "city", holder: str = HOLDER) -> None:
        self.count += 1
        year, number = int(month[:4]), int(month[5:])
        month_is_over = datetime(year + number // 12, number % 12 + 1, 1, tzinfo=UTC)
        lot = ledger.Account(f"{holder}:points:{fund}:{month}", ledger.POINT, expires_at=month_is_over)
        legs = (
            ledger.Leg(ledger.Account("sponsor:city", ledger.POINT, floor=None), -points),
            ledger.Leg(lot, points),
        )
        entry = ledger.Entry(
            id=ledger.new_id("ent", self.entropy), book=BOOK, home=holder, reference=f"earn:{self.count}",
            kind="action", occurred_at=self.now, local_day=self.today, legs=legs, details={}, salt=bytes(32),
            commitment=bytes(32),
        )  # fmt: skip
        with self.writing() as session:
            ledger.post(session, entry, now=self.now)

    def redeem(self, offer_id: str, reference: str = "form:1", holder: str = HOLDER) -> rewards.VoucherView:
        with self.writing() as session:
            return rewards.redeem_offer(
                session, offer_id=offer_id, book=BOOK, holder=holder, wallet=f"{holder}:points",
                reference=reference, today=self.today, zone=UTC, now=self.now, entropy=self.entropy,
            )  # fmt: skip

    def capture(
        self, code: str, merchant_id: str, *, reference: str = "till:1", clerk_id: str = "stf_1"
    ) -> rewards.CaptureReceipt:
        with self.writing() as session:
            return rewards.capture_voucher(
                session, code=code, merchant_id=merchant_id, clerk_id=clerk_id, place=PLACE, reference=reference,
                today=self.today, now=self.now, entropy=self.entropy,
            )  # fmt: skip

    def release(self, redemption_id: str, reference: str = "form:2", holder: str = HOLDER) -> rewards.VoucherView:
        with self.writing() as session:
            return rewards.release_voucher(
                session, redemption_id=redemption_id, book=BOOK, holder=holder, reference=reference,
                today=self.today, now=self.now, entropy=self.entropy,
            )  # fmt: skip

    def expire(self, **limit: int) -> int:
        with self.writing() as session:
            return rewards.expire_holds(session, today=self.today, now=self.now, entropy=self.entropy, **limit)

    def voucher(self, redemption_id: str, **today: date) -> rewards.VoucherView:
        with self.writing() as session:
            return rewards.get_voucher(session, redemption_id=redemption_id, book=BOOK, holder=HOLDER, **today)

    def offers(self, points: int = 1000, **page: Any) -> ledger.Page[rewards.OfferView]:
        with self.writing() as session:
            return rewards.list_offers(session, district=BOOK, holder=HOLDER, points=points, today=self.today, **page)

    def balances(self, prefix: str = WALLET) -> dict[str, int]:
        with self.writing() as session:
            return ledger.balances(session, BOOK, prefix)

    def check_books(self) -> None:
        """The ledger agrees with itself."""
        with self.writing() as session:
            assert ledger.check_book(session, BOOK) is None


def at_once(act: Callable[[int], object], threads: int = THREADS) -> list[object]:
    """What each of the threads got, or the error that it met; all start together."""
    gate = Barrier(threads)

    def run(number: int) -> object:
        gate.wait()
        try:
            return act(number)
        except Exception as error:
            return error

    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(run, range(threads)))


def _prepare(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=60000"):
        connection.execute(f"PRAGMA {pragma}")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    engine = create_engine(f"sqlite+pysqlite:///{tmp_path / 'rewards.db'}", module=sqlite, pool_size=THREADS)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    ledger.metadata.create_all(engine)
    with engine.begin() as connection:
        for statement in ledger.append_only_ddl("sqlite"):
            connection.exec_driver_sql(statement)
    yield Shop(engine)
    engine.dispose()
