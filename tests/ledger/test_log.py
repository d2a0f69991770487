"""Golden vectors of the commitments and the leaf, worked out here by hand, and that all of a row is covered."""

import hashlib
from dataclasses import replace
from typing import Any

import cbor2
import pytest
from sqlalchemy.orm import Session

import ledger
from ledger.log import (
    commit_to_body,
    commit_to_row,
    content_hash,
    make_leaf,
    make_record,
)
from ledger.tlog.merkle import hash_leaf
from tests.ledger.sample import FUND, LOT, NOW, OpenStore, Scribe

SALT, COMMITMENT = bytes(range(32)), bytes(range(32, 64))


def golden() -> Any:
    entry = Scribe().entry(
        (FUND, -3),
        (LOT, 3),
        id="ent_golden",
        reference="form:golden",
        details={
            "town": "乾元镇",
            "action": "own_bag",
            "factors": ["bag-1", "bag-2"],
            "count": 1,
        },
        salt=SALT,
        commitment=COMMITMENT,
    )
    return make_record(entry, now=NOW)


def test_the_golden_vectors_have_not_changed() -> None:
    record = golden()

    assert content_hash(record).hex() == "62484fb2caf491b9e959caaaea25f89b894bfc18118cdda87b51ccb7b29babee"
    assert commit_to_row(record).hex() == "89aa3c20dba30bb6afe3e70b8518b8fbe1d9ad8e19283cf1b2a2bd977bd1e03a"
    assert commit_to_body(record).hex() == "93f7f091781c33f5aaa7127ab2739a725f5104bb78bcc04b074b27420137129c"
    assert make_leaf(record).hex() == (
        "a5006e677265656e6c6966652f6c6561660101026d68757a686f752d646571696e6703582093f7f091781c33f5aaa712"
        "7ab2739a725f5104bb78bcc04b074b27420137129c045820202122232425262728292a2b2c2d2e2f3031323334353637"
        "38393a3b3c3d3e3f"
    )
    assert hash_leaf(make_leaf(record)).hex() == "511bd071c3207bcbbd4b4cadf9f7afec1e24a2feeedd2b73b12e1d6c84dfe511"


def sha(*parts: bytes) -> bytes:
    return hashlib.sha256(b"".join(parts)).digest()


def text(value: str) -> bytes:
    """A CBOR text string of up to 255 bytes."""
    data = value.encode()
    return (bytes([0x60 + len(data)]) if len(data) < 24 else bytes([0x78, len(data)])) + data


def test_the_leaf_is_what_the_docstring_says_byte_by_byte() -> None:
    null, zero, b32 = b"\xf6", b"\x00", b"\x58\x20"
    fund = b"\x86" + text("fund:city") + text("point") + zero + null + null + b"\x22"  # -3
    lot = b"\x86" + text("resident:acc_1:points:city:2027-06") + text("point") + zero + null + null + b"\x03"
    details = text('{"action":"own_bag","count":1,"factors":["bag-1","bag-2"],"town":"乾元镇"}')
    instant = text("2026-06-05T04:00:00.000000Z")
    row = b"\x85" + text("greenlife/row") + b32 + sha(b"greenlife/row-salt/1", SALT)
    row += text("form:golden") + instant + instant
    body = b"\x8c" + text("ent_golden") + text("resident:acc_1") + text("action") + text("2026-06-05")
    body += b"\x82" + fund + lot + details + null * 4 + b"\x80" + b32 + sha(row)
    c1 = sha(b"\x83" + text("greenlife/body") + b32 + sha(b"greenlife/body-salt/1", SALT) + body)
    leaf = b"\xa5\x00" + text("greenlife/leaf") + b"\x01\x01\x02" + text("huzhou-deqing")
    leaf += b"\x03" + b32 + c1 + b"\x04" + b32 + COMMITMENT

    assert make_leaf(golden()) == leaf
    assert hash_leaf(leaf) == sha(b"\x00", leaf)


def test_a_leaf_reads_as_a_map_of_two_commitments() -> None:
    record = golden()

    assert cbor2.loads(make_leaf(record)) == {
        0: "greenlife/leaf",
        1: 1,
        2: "huzhou-deqing",
        3: commit_to_body(record),
        4: COMMITMENT,
    }


@pytest.mark.parametrize(
    "change",
    [
        {"id": "ent_other"},
        {"book": "huzhou-anji"},
        {"home": "resident:acc_2"},
        {"reference": "form:other"},
        {"kind": "gift"},
        {"occurred_at": "2026-06-05T04:00:00.000001Z"},
        {"recorded_at": "2026-06-05T04:00:00.000001Z"},
        {"local_day": "2026-06-06"},
        {
            "lines": (
                ("fund:city", "point", None, None, None, -3),
                ("resident:acc_1:points:city:2027-06", "point", 0, None, None, 3),
            )
        },
        {"details": "{}"},
        {"salt": bytes(32)},
        {"commitment": bytes(32)},
        {"reverses": "ent_other"},
        {"act": "hold"},
        {"hold": "ent_other"},
        {"deadline": "2026-06-07T04:00:00.000000Z"},
        {"closes": ("fund:city",)},
    ],
)
def test_each_field_of_a_record_changes_the_leaf(change: dict[str, Any]) -> None:
    assert make_leaf(replace(golden(), **change)) != make_leaf(golden())


def test_what_is_shown_to_open_the_body_does_not_open_the_exact_time() -> None:
    record = golden()
    moved = replace(record, occurred_at="2026-06-05T04:00:01.000000Z", salt=bytes(32))

    assert commit_to_row(record) != commit_to_row(moved)
    assert commit_to_row(record) != commit_to_row(replace(moved, occurred_at=NOW))


def test_the_same_seed_gives_the_same_leaf_hashes(open_store: OpenStore) -> None:
    def hashes(seed: int) -> list[bytes]:
        scribe = Scribe(seed)
        with open_store() as store, Session(store) as session:
            one = ledger.post(session, scribe.deposit(100), now=NOW)
            many = ledger.post_many(session, [scribe.action() for _ in range(20)], now=NOW)
            back = scribe.reverse(session, many[3].entry_id)
            return [posted.leaf_hash for posted in (one, *many, back)]

    assert hashes(1) == hashes(1)
    assert not set(hashes(1)) & set(hashes(2))
