"""A person who did everything that leaves a trace, and what each table says of a person."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import select

import ledger
import rewards
from greenlife import chart
from greenlife.actions import ActionClaim, book_actions, withdraw_all
from greenlife.models import Resident, Staff
from greenlife.residents import Farewell, confirm_code, forget_resident, request_code, take_try
from greenlife.scans import open_visit, own_code, record_attended, record_scan, undo_weighing
from greenlife.scans.own_code import ref_of
from rewards import VoucherView
from tests.world import DEQING, HOSTS, World

KEY = b"k" * 32
PLACE = {"zh-CN": "收银台", "en": "Till"}


@dataclass
class Town:
    """Where people do things."""

    world: World
    attendant: Staff
    posters: tuple[str, str]
    shop: str
    offer: str


def make_town(world: World) -> Town:
    with world.database.writing() as session:
        shop = rewards.add_merchant(
            session, names={"zh-CN": "七号摊"}, district=DEQING, town=world.town(), address={"zh-CN": "城西"},
            entropy=world.entropy,
        )  # fmt: skip
        today = world.programme.local_day(world.now)
        offer = rewards.add_offer(
            session, merchant_id=shop, titles={"zh-CN": "券"}, notes={}, points=20, value_cents=200, stock=100,
            starts_on=today, ends_on=today + timedelta(days=30), entropy=world.entropy,
        )  # fmt: skip
    return Town(world, world.attendant(), (world.poster().code, world.poster().code), shop, offer)


@dataclass
class Life:
    """A resident and what they have done; ``salts`` open the commitments C2."""

    town: Town
    resident: Resident
    token: str = ""
    trip: str = ""
    visit: str = ""
    entries: list[str] = field(default_factory=list)
    vouchers: list[VoucherView] = field(default_factory=list)
    salts: list[bytes] = field(default_factory=list)

    @property
    def personal(self) -> dict[str, str | bytes]:
        """What must not be found anywhere any more."""
        one = self.resident
        return {
            "phone": one.phone.removeprefix("+86"), "id": one.id, "code": one.code_id, "alias": one.code_alias,
            "secret": one.code_secret, "key": one.reference_key,
            **{f"salt {number}": salt for number, salt in enumerate(self.salts)},
        }  # fmt: skip

    @property
    def traces(self) -> dict[str, str | bytes]:
        """What the ledger keeps and nothing else may: account, visit, and the entries of the account."""
        entries = {f"entry {number}": entry for number, entry in enumerate(self.entries)}
        return {"account": self.resident.account, "visit": self.visit, **entries}

    @property
    def holder(self) -> str:
        return chart.holder(self.resident.account)


def live(town: Town) -> Life:
    """A sign-in, posters, a visit with three weighings of which one is undone, a partner's trip, and three vouchers."""
    life = Life(town, town.world.resident())
    _sign_in(life)
    _act(life)
    _redeem(life)
    life.salts = read_salts(life)
    return life


def forget(life: Life) -> Farewell:
    """What the faces do."""
    world = life.town.world
    with world.database.writing() as session:
        today = world.programme.local_day(world.now)
        vouchers = partial(rewards.forget_holder, session, today=today, now=world.now, entropy=world.entropy)
        return forget_resident(
            session, resident=life.resident, forget_vouchers=vouchers, remember=lambda _: None,
            withdraw=partial(withdraw_all, session, local_day=today, now=world.now, entropy=world.entropy),
        )  # fmt: skip


def read_salts(life: Life) -> list[bytes]:
    records, redemptions = (ledger.metadata.tables[name].c for name in ("action_record", "redemption"))
    with life.town.world.database.reading() as session:
        found = session.execute(select(records.c2_salt).where(records.resident_id == life.resident.id)).all()
        found += session.execute(
            select(redemptions.c2_salt, redemptions.closing_c2_salt).where(redemptions.holder == life.holder)
        ).all()
    return [bytes(salt) for row in found for salt in row if salt]


def mentions(world: World, needles: dict[str, str | bytes], *, but: tuple[str, ...] = ()) -> set[tuple[str, str]]:
    """(table.column, which) of each stored value that contains a needle, in tables whose names do not begin so."""
    raw = {name: needle if isinstance(needle, bytes) else needle.encode() for name, needle in needles.items()}
    return {(place, name) for place, value in _values(world, but) for name, needle in raw.items() if needle in value}


def _values(world: World, but: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
    with world.database.reading() as session:
        for table in ledger.metadata.sorted_tables:
            if not table.name.startswith(but or ("\0",)):
                for row in session.connection().execute(select(table)).mappings():
                    for column, value in row.items():
                        yield f"{table.name}.{column}", value if isinstance(value, bytes) else str(value).encode()


class _Shown:
    def send(self, *, phone: str, code: str) -> str:
        return code

    def repeat(self, *, code: str) -> str:
        return code


def _sign_in(life: Life) -> None:
    world = life.town.world
    who: dict[str, Any] = {"phone": life.resident.phone, "purpose": "resident"}
    parts: dict[str, Any] = {"key": KEY, "now": world.now, "entropy": world.entropy}
    with world.database.writing() as session:
        code = str(request_code(session, **who, sender=_Shown(), **parts).shown_code)
        take_try(session, **who, code=code, now=world.now)
        life.token = confirm_code(session, **who, code=code, **parts).token
        request_code(session, **who, sender=_Shown(), **parts)  # another, which nobody enters


def _act(life: Life) -> None:
    town, world = life.town, life.town.world
    at: dict[str, Any] = {"now": world.now, "entropy": world.entropy}
    by: dict[str, Any] = {"staff": town.attendant, **at}
    life.trip = f"partner:bikes:{world.random.random()}"
    with world.database.writing() as session:
        for poster in town.posters:
            scanned = record_scan(
                session, world.programme, resident=life.resident, code=poster, hosts=HOSTS,
                reference=f"form:{poster}", **at,
            )  # fmt: skip
            life.entries.append(scanned.booked.entry_id)
        shown = own_code(life.resident, city="huzhou", now=world.now).text
        visit = open_visit(session, world.programme, code=shown, hosts=HOSTS, reference=life.trip, **by)
        for number in range(3):
            weighed = record_attended(
                session, world.programme, visit_id=visit.id, action="recyclables", material="cardboard",
                quantity=Decimal(10),
                reference=f"form:{number}", **by,
            )  # fmt: skip
            life.entries.append(weighed.booked.entry_id)
        wrong = life.entries[-1]
        undone = undo_weighing(session, world.programme, entry_id=wrong, reason="wrong_weight", reference=wrong, **by)
        claim = ActionClaim(
            resident=ref_of(life.resident), action="shared_bike", tier="partner", quantity=Decimal("3.2"), unit="km",
            occurred_at=world.now - timedelta(hours=3), evidence_key=life.trip, reference=f"feed:{life.trip}",
        )  # fmt: skip
        (trip,) = book_actions(session, world.programme, [claim], **at)
        life.visit, life.entries = visit.id, [*life.entries, undone.entry_id, trip.entry_id]


def _redeem(life: Life) -> None:
    """One voucher taken by the shop, one given back, one open."""
    town, world = life.town, life.town.world
    at: dict[str, Any] = {"today": world.programme.local_day(world.now), "now": world.now, "entropy": world.entropy}
    mine = {"book": DEQING, "holder": life.holder}
    with world.database.writing() as session:
        for number in range(3):
            life.vouchers.append(
                rewards.redeem_offer(
                    session,
                    offer_id=town.offer,
                    wallet=chart.wallet(life.resident.account),
                    reference=ref_of(life.resident).blind(f"form:{number}"),
                    zone=world.programme.zone,
                    **mine,
                    **at,
                )
            )
        taken, given_back, _ = life.vouchers
        rewards.capture_voucher(
            session, code=taken.code, merchant_id=town.shop, clerk_id="stf_clerk", place=PLACE, reference=life.trip,
            **at,
        )  # fmt: skip
        rewards.release_voucher(
            session,
            redemption_id=given_back.redemption_id,
            reference=ref_of(life.resident).blind("form:back"),
            **mine,
            **at,
        )
