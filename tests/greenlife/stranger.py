"""A stranger who has all published files, knows everybody in the city, and tries to find out who did what.

What the stranger reads is searched for what is known; what is only committed to is computed again from guesses. The
preimages are put together here from what ``ledger.log`` says in words, so that a guess costs one hash.
"""

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import cbor2
from sqlalchemy import select
from sqlalchemy.orm import Session

import ledger
from greenlife.db import Database
from greenlife.models import ActionRecord, Poster, Resident, Site, Staff
from ledger.log import Record
from ledger.records import sequenced_records
from ledger.stores import open_store
from ledger.tlog.bundles import decode_bundle
from ledger.tlog.checkpoints import parse_checkpoint
from ledger.tlog.tiles import ENTRIES, FULL_WIDTH, Tile
from ledger.tree import tree_size

_BASE64, _HEX = re.compile(rb"[A-Za-z0-9+/_-]{8,}"), re.compile(rb"[0-9A-Fa-f]{16,}")
_LONG = 100_000
"""Shorter numbers stand by chance in random bytes and in what is written of them in base64 or hex."""


def readings(data: bytes) -> Iterator[bytes]:
    """The bytes, and what is in them when parts are taken for base64 or hexadecimal, wherever these begin."""
    yield data
    for run in _BASE64.findall(data):
        for start in range(4):
            part = run[start:].translate(bytes.maketrans(b"-_", b"+/"))
            yield base64.b64decode(part + b"A" * (-len(part) % 4))  # what is missing at its end is no loss
    for run in _HEX.findall(data):
        for start in range(2):
            part = run[start:]
            yield binascii.unhexlify(part[: len(part) // 2 * 2])


def found_in(data: bytes, needles: Mapping[bytes, str]) -> set[str]:
    """What the needles that are in the data are called."""
    whole = b"\0".join(readings(data))
    return {name for needle, name in needles.items() if needle in whole}


@dataclass(frozen=True)
class Truth:
    """One entry as the city has it; ``record`` is the identifying half of an action, ``redeemed`` that of a voucher."""

    entry: Record
    action: ActionRecord | None
    redeemed: tuple[bytes, str, str, str] | None
    """Salt, offer, merchant, instant as ``rewards.commitments`` writes it."""


@dataclass(frozen=True)
class City:
    """All that the stranger is told beforehand: everything but the salts."""

    residents: Sequence[Resident]
    staff: Sequence[Staff]
    sites: Sequence[Site]
    posters: Sequence[Poster]
    offers: Sequence[str]
    entries: Sequence[Truth]

    @property
    def amounts(self) -> list[int]:
        return sorted({abs(line[-1]) for one in self.entries for line in one.entry.lines})


def read_city(database: Database, books: Sequence[str]) -> City:
    with database.reading() as session:
        actions = {record.entry_id: record for record in session.scalars(select(ActionRecord))}
        redeemed = _redeemed(session)
        store = open_store(session.connection())
        records = [one.record for book in books for one in sequenced_records(store, book, 0, tree_size(store, book))]
        offers = session.execute(select(ledger.metadata.tables["offer"].c.id)).scalars()
        return City(
            residents=session.scalars(select(Resident)).all(),
            staff=session.scalars(select(Staff)).all(),
            sites=session.scalars(select(Site)).all(),
            posters=session.scalars(select(Poster)).all(),
            offers=list(offers),
            entries=[Truth(one, actions.get(one.id), redeemed.get(one.id)) for one in records],
        )


def _redeemed(session: Session) -> dict[str, tuple[bytes, str, str, str]]:
    table = ledger.metadata.tables["redemption"].c
    halves = (
        (table.hold_entry, table.c2_salt, table.held_at),
        (table.closing_entry, table.closing_c2_salt, table.closed_at),
    )
    return {
        entry: (bytes(salt), offer, merchant, at.isoformat(timespec="microseconds"))
        for entry_id, salt_, at_ in halves
        for entry, salt, at, offer, merchant in session.execute(
            select(entry_id, salt_, at_, table.offer_id, table.merchant_id).where(entry_id.is_not(None))
        )
    }


def needles_of(city: City) -> dict[bytes, str]:
    """What must not be read anywhere, and what it is called."""
    found: dict[bytes, str] = {}
    for person in (*city.residents, *city.staff):
        found |= {person.phone.removeprefix("+86").encode(): "phone", person.id.encode(): "person"}
    for one in city.residents:
        found |= {one.account.encode(): "account", one.code_id.encode(): "code", one.code_secret: "code secret"}
    for site in city.sites:
        found |= {site.id.encode(): "place", **{name.encode(): "place" for name in site.names.values()}}
    found |= {poster.code.encode(): "poster" for poster in city.posters}
    found |= {poster.short.encode(): "poster" for poster in city.posters}
    found |= {offer.encode(): "offer" for offer in city.offers}
    for amount in city.amounts:
        if amount >= _LONG:
            found |= {str(amount).encode(): "amount", b"\x1a" + amount.to_bytes(8, "big")[-4:]: "amount"}
    for one in city.entries:
        found |= _needles_of_entry(one)
    return found


def _needles_of_entry(one: Truth) -> dict[bytes, str]:
    entry = one.entry
    found = {
        entry.id.encode(): "entry", entry.reference.encode(): "reference", entry.salt: "salt",
        entry.occurred_at.encode(): "time", entry.local_day.encode(): "day", entry.details.encode(): "details",
    }  # fmt: skip
    if one.action:
        found |= {one.action.evidence_key.encode(): "evidence", one.action.c2_salt: "salt"}
    if one.redeemed:
        found[one.redeemed[0]] = "salt"
    return found


@dataclass(frozen=True)
class Leaf:
    """A published leaf; ``fields`` is its CBOR decoded."""

    book: str
    index: int
    data: bytes

    @property
    def fields(self) -> dict[int, Any]:
        fields: dict[int, Any] = cbor2.loads(self.data)
        return fields


def read_leaves(folder: Path, book: str) -> list[Leaf]:
    """The leaves of a published log, as any reader finds them."""
    text = (folder / book / "checkpoint").read_bytes().rpartition(b"\n\n")[0] + b"\n"
    size, leaves = parse_checkpoint(text).size, list[Leaf]()
    for first in range(0, size, FULL_WIDTH):
        width = min(FULL_WIDTH, size - first)
        bundle = (folder / book / Tile(ENTRIES, first // FULL_WIDTH, width).path).read_bytes()
        leaves += [Leaf(book, first + at, leaf) for at, leaf in enumerate(decode_bundle(bundle, width))]
    return leaves


Salts = Mapping[str, tuple[bytes, bytes]]
"""What a salt was guessed from → the salts of body and row that follow."""


def derived(salt: bytes) -> tuple[bytes, bytes]:
    """The salts of body and row from an entry's."""
    body, row = (hashlib.sha256(label + salt).digest() for label in (b"greenlife/body-salt/1", b"greenlife/row-salt/1"))
    return body, row


def guessable(entry: Record, public: Mapping[str, bytes]) -> dict[str, bytes]:
    """Salts that somebody might have found good enough: constants, public values, and what the entry itself says."""
    at = datetime.fromisoformat(entry.recorded_at).timestamp()
    told = {
        "nothing": b"", "zero": bytes(32), "short zero": bytes(16), "ones": b"\xff" * 32, "0": b"0", "1": b"1",
        "salt": b"salt", "id": entry.id.encode(), "reference": entry.reference.encode(), "home": entry.home.encode(),
        "occurred": entry.occurred_at.encode(), "recorded": entry.recorded_at.encode(),
        "day": entry.local_day.encode(), "seconds": str(int(at)).encode(), "milliseconds": str(int(at * 1000)).encode(),
        "book": entry.book.encode(), **public,
    }  # fmt: skip
    hashed = {f"hash of {name}": hashlib.sha256(value).digest() for name, value in told.items()}
    filled = {f"{name}, filled up": value.ljust(32, b"\0") for name, value in told.items() if len(value) < 32}
    return told | hashed | filled


@dataclass(frozen=True)
class Guess:
    """A salt with which a guess came true: what was guessed, its value, of which entry."""

    what: str
    value: str
    entry: str
    salt: str


class Stranger:
    """Computes commitments from guesses and looks whether any published leaf has them."""

    def __init__(self, city: City, leaves: Sequence[Leaf]) -> None:
        self.city = city
        self._bodies = {leaf.fields[3] for leaf in leaves}
        self._evidence = {leaf.fields[4] for leaf in leaves}

    def guess_body(self, entry: Record, salts: Salts) -> Iterator[Guess]:
        """Who and how much, from C1, for one who knows everything else of the entry."""
        wishes = [("account", value, made) for value, made in self._with_accounts(entry)]
        wishes += [("amount", value, made) for value, made in self._with_amounts(entry)]
        bodies = [(what, value, _body(made)) for what, value, made in wishes]
        row = cbor2.dumps(entry.reference) + cbor2.dumps(entry.occurred_at) + cbor2.dumps(entry.recorded_at)
        for name, (body_salt, row_salt) in salts.items():
            row_hash = hashlib.sha256(b"\x85" + cbor2.dumps("greenlife/row") + cbor2.dumps(row_salt) + row).digest()
            head = b"\x83" + cbor2.dumps("greenlife/body") + cbor2.dumps(body_salt) + b"\x8c"
            tail = cbor2.dumps(row_hash)
            for what, value, body in bodies:
                if hashlib.sha256(head + body + tail).digest() in self._bodies:
                    yield Guess(what, value, entry.id, name)

    def guess_evidence(self, one: Truth, salts: Mapping[str, bytes]) -> Iterator[Guess]:
        """Who and where, from C2; of a voucher, for which offer."""
        wishes = list(self._evidence_wishes(one))
        for name, salt in salts.items():
            for what, value, tag, body in wishes:
                if hashlib.sha256(tag + salt + body).digest() in self._evidence:
                    yield Guess(what, value, one.entry.id, name)

    def _with_accounts(self, entry: Record) -> Iterator[tuple[str, Record]]:
        owner = re.search(r"resident:(\w+)", entry.home)
        if owner is None:
            return
        for resident in self.city.residents:
            mine, theirs = owner.group(0), f"resident:{resident.account}"
            lines = tuple((path.replace(mine, theirs), *rest) for path, *rest in entry.lines)
            yield resident.account, replace(entry, home=theirs, lines=lines)  # type: ignore[arg-type]

    def _with_amounts(self, entry: Record) -> Iterator[tuple[str, Record]]:
        if not entry.lines:
            return
        first = abs(entry.lines[0][-1])
        for amount in self.city.amounts:
            changed = {first: amount, -first: -amount}
            lines = tuple((*rest, changed.get(old, old)) for *rest, old in entry.lines)
            yield str(amount), replace(entry, lines=lines)  # type: ignore[arg-type]

    def _evidence_wishes(self, one: Truth) -> Iterator[tuple[str, str, bytes, bytes]]:
        if one.action:
            action = one.action
            rest = [action.staff_id, action.visit_id, action.evidence_key]
            names = [name for person in self.city.residents for name in (person.id, person.phone, person.account)]
            told = [("person", who, who, action.site_id) for who in names]
            told += [("place", site.id, action.resident_id, site.id) for site in self.city.sites]
            told += [("person", action.resident_id, action.resident_id, None)] if action.site_id is None else []
            for what, value, who, where in told:
                body = json.dumps(
                    [who, action.occurred_at.isoformat(), where, *rest], ensure_ascii=False, separators=(",", ":")
                )
                yield what, value, b"greenlife/evidence/1\x00", body.encode()
        if one.redeemed:
            _, _, merchant, at = one.redeemed
            for offer in self.city.offers:
                told_ = {"at": at, "merchant": merchant, "offer": offer}
                yield "offer", offer, b"", json.dumps(told_, sort_keys=True, separators=(",", ":")).encode()


def _body(entry: Record) -> bytes:
    """The body's eleven first parts; the twelfth depends on the salt."""
    parts = (
        entry.id, entry.home, entry.kind, entry.local_day, entry.lines, entry.details, entry.reverses, entry.act,
        entry.hold, entry.deadline, entry.closes,
    )  # fmt: skip
    return b"".join(map(cbor2.dumps, parts))
