"""Auditors' openings: what leaves commit to, held against a published log, and the totals that follow from them."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import cbor2
import pytest
from sqlalchemy.orm import Session

import ledger
from ledger import Checkpoint, Opened, PublishedLog
from ledger.tlog.keys import Signer, new_signer
from tests.ledger.sample import BOOK, DAY, NOW, Scribe

ORIGIN = f"example.org/log/{BOOK}"
SIGNER = new_signer(ORIGIN, b"k" * 32)
NEXT_DAY = DAY + timedelta(days=1)


@pytest.fixture
def kept(session: Session, scribe: Scribe, tmp_path: Path) -> Checkpoint:
    """A published log of 300 entries: three actions on the second day, the others on the first."""
    ledger.post_many(session, [scribe.deposit(2) for _ in range(296)], now=NOW)
    ledger.post_many(session, [scribe.action(local_day=NEXT_DAY) for _ in range(3)], now=NOW)
    return publish(session, tmp_path, None)


def publish(session: Session, folder: Path, kept: Checkpoint | None) -> Checkpoint:
    head = ledger.extend_log(session, BOOK, kept=kept)
    checkpoint = Checkpoint(ORIGIN, head.size, head.root)
    ledger.publish_log(session, BOOK, folder, ledger.sign_checkpoint(checkpoint, [SIGNER]))
    session.commit()
    return checkpoint


def lines_of(session: Session, kept: Checkpoint, **wanted: Any) -> list[bytes]:
    asked = {"since": None, "until": None} | wanted
    return [
        line.encode() for line in ledger.write_disclosure(*ledger.disclose_entries(session, BOOK, kept=kept, **asked))
    ]


def check(lines: list[bytes], folder: Path, signer: Signer = SIGNER, origin: str = ORIGIN) -> Opened:
    log = PublishedLog(lambda path: (folder / path).read_bytes(), origin=origin, verifiers=[signer.verifier])
    return ledger.check_disclosure(lines, log)


def totals(opened: Opened) -> dict[tuple[str, ...], tuple[str, ...]]:
    return {row[:4]: row[4:] for row in ledger.write_totals(opened)}


def test_everything_opened_gives_every_balance(session: Session, kept: Checkpoint, tmp_path: Path) -> None:
    opened = check(lines_of(session, kept), tmp_path)

    assert (opened.counted, opened.others, opened.closed) == (300, 0, 0)
    assert opened.is_whole
    found = totals(opened)
    for path, unit in (("fund:city", "point"), ("resident:acc_1:carbon", "mgCO2e"), ("sponsor:city", "point")):
        assert int(found["account", path, "", unit][0]) == ledger.balance(session, BOOK, path)
    assert found["account", "fund:city", "", "point"][1] == "300"
    assert found["kind", "deposit", DAY.isoformat(), "point"] == (str(1000 + 2 * 296), "297")
    assert found["kind", "action", NEXT_DAY.isoformat(), "mgCO2e"] == (str(3 * 325_000), "3")


def test_a_period_opens_its_own_days_and_says_what_it_leaves_closed(
    session: Session, kept: Checkpoint, tmp_path: Path
) -> None:
    lines = lines_of(session, kept, since=NEXT_DAY, until=NEXT_DAY)
    opened = check(lines, tmp_path)

    assert (len(lines), opened.counted, opened.others) == (5, 3, 0)
    assert opened.first is not None and opened.last is not None
    assert opened.closed == opened.last - opened.first + 1 - 3
    assert not opened.is_whole
    assert {key[0:2] for key in totals(opened) if key[0] == "kind"} == {("kind", "action")}

    without_gaps = check(lines_of(session, kept, since=NEXT_DAY, until=None, without_gaps=True), tmp_path)
    assert (without_gaps.counted, without_gaps.others, without_gaps.closed) == (3, opened.closed, 0)
    assert totals(without_gaps) == totals(opened)


def test_a_period_without_entries_opens_nothing(session: Session, kept: Checkpoint, tmp_path: Path) -> None:
    opened = check(lines_of(session, kept, since=date(2020, 1, 1), until=date(2020, 1, 2)), tmp_path)

    assert (opened.counted, opened.first, totals(opened)) == (
        0,
        None,
        {ledger.opened.COLUMNS[:4]: ("amount", "entries")},
    )


def test_openings_outlive_the_growth_of_the_log(
    session: Session, kept: Checkpoint, scribe: Scribe, tmp_path: Path
) -> None:
    """Also where a partial tile is gone because it was filled."""
    lines = lines_of(session, kept)
    note = (tmp_path / "checkpoint").read_bytes()
    ledger.post_many(session, [scribe.deposit(1) for _ in range(300)], now=NOW)
    publish(session, tmp_path, kept)

    assert check(lines, tmp_path).size == 600
    assert not (tmp_path / "tile/0/001.p").exists()
    (tmp_path / "checkpoint").write_bytes(note)
    assert check(lines, tmp_path).is_whole


def test_the_salt_of_the_row_and_the_reference_are_not_in_it(session: Session, kept: Checkpoint) -> None:
    everything = b"".join(lines_of(session, kept))
    bodies = b"".join(b64decode(json.loads(line)["body"]) for line in everything.splitlines()[1:-1])

    assert b"fund:city" in bodies  # the control
    assert b"form:" not in bodies
    assert b"2026-06-05T" not in bodies


def change(lines: list[bytes], at: int, **fields: object) -> list[bytes]:
    changed = json.dumps(json.loads(lines[at]) | fields).encode()
    return [*lines[:at], changed, *lines[at + 1 :]]


def rewrite(lines: list[bytes], at: int, edit: Callable[[list[Any]], None]) -> list[bytes]:
    """A body with something else in it, well written."""
    body = cbor2.loads(b64decode(json.loads(lines[at])["body"]))
    parts = [list(part) if isinstance(part, list | tuple) else part for part in body[2]]
    edit(parts)
    return change(lines, at, body=b64encode(cbor2.dumps([body[0], body[1], parts])).decode())


def more(parts: list[Any]) -> None:
    path, unit, floor, ceiling, expires_at, amount = parts[4][1]
    parts[4][1] = [path, unit, floor, ceiling, expires_at, amount + 1]


Tamper = Callable[[list[bytes]], list[bytes]]
TAMPERINGS: dict[str, tuple[Tamper, str]] = {
    "another amount": (lambda lines: rewrite(lines, 7, more), "body"),
    "another kind": (lambda lines: rewrite(lines, 7, lambda parts: parts.__setitem__(2, "gift")), "body"),
    "another day": (lambda lines: rewrite(lines, 7, lambda parts: parts.__setitem__(3, "2026-06-09")), "body"),
    "another place": (lambda lines: change(lines, 7, index=290), "leaf"),
    "another leaf": (lambda lines: change(lines, 7, leaf=json.loads(lines[8])["leaf"]), "leaf"),
    "another body": (lambda lines: change(lines, 7, body=json.loads(lines[8])["body"]), "body"),
    "twice": (lambda lines: [*lines[:8], lines[7], *lines[8:-1], b'{"openings":301}'], "order"),
    "out of order": (lambda lines: [*lines[:7], lines[8], lines[7], *lines[9:]], "order"),
}


@pytest.mark.parametrize("what", TAMPERINGS)
def test_what_was_tampered_with_is_found(session: Session, kept: Checkpoint, tmp_path: Path, what: str) -> None:
    tamper, why = TAMPERINGS[what]
    lines = tamper(lines_of(session, kept))

    with pytest.raises(ledger.OpeningFalse) as refusal:
        check(lines, tmp_path)
    assert refusal.value.params["why"] == why


MALFORMED: dict[str, tuple[Tamper, str]] = {
    "nothing": (lambda _: [], "line"),
    "another format": (lambda lines: change(lines, 0, format="x"), "format"),
    "another version": (lambda lines: change(lines, 0, version=2), "format"),
    "no day": (lambda lines: change(lines, 0, since="yesterday"), "head"),
    "a negative size": (lambda lines: change(lines, 0, size=-1), "head"),
    "cut off": (lambda lines: lines[:-1], "cut"),
    "one left out": (lambda lines: [*lines[:3], *lines[4:]], "end"),
    "one after the end": (lambda lines: [*lines, lines[3]], "end"),
    "no JSON": (lambda lines: [*lines[:3], b"{", *lines[4:]], "line"),
    "no UTF-8": (lambda lines: [*lines[:3], b'{"index":"\xff"}', *lines[4:]], "line"),
    "deep": (lambda lines: [*lines[:3], b"[" * 100_000, *lines[4:]], "line"),
    "long": (lambda lines: [*lines[:3], b'{"index":"' + b"a" * (1 << 20) + b'"}', *lines[4:]], "line"),
    "a fraction": (lambda lines: change(lines, 3, index=2.0), "opening"),
    "true": (lambda lines: change(lines, 3, index=True), "opening"),
    "no base64": (lambda lines: change(lines, 3, leaf="?"), "opening"),
    "another field": (lambda lines: change(lines, 3, more=1), "line"),
}


@pytest.mark.parametrize("what", MALFORMED)
def test_a_file_that_is_not_whole_is_refused(session: Session, kept: Checkpoint, tmp_path: Path, what: str) -> None:
    tamper, why = MALFORMED[what]
    lines = tamper(lines_of(session, kept))

    with pytest.raises(ledger.OpeningMalformed) as refusal:
        check(lines, tmp_path)
    assert refusal.value.params["why"] == why


def test_another_log_or_key_is_refused(session: Session, kept: Checkpoint, tmp_path: Path) -> None:
    lines = lines_of(session, kept)
    with pytest.raises(ledger.OriginForeign):
        check(change(lines, 0, origin="example.org/log/other"), tmp_path)
    with pytest.raises(ledger.SignatureUnknown):
        check(lines, tmp_path, signer=new_signer(ORIGIN, b"x" * 32))
    with pytest.raises(ledger.OriginForeign):
        check(lines, tmp_path, origin="example.org/log/other")


@pytest.mark.parametrize("path", ["tile/0/000", "tile/1/000.p/1", "tile/entries/000", "tile/entries/001.p/44"])
def test_a_published_file_that_was_changed_is_found(
    session: Session, kept: Checkpoint, tmp_path: Path, path: str
) -> None:
    content = bytearray((tmp_path / path).read_bytes())
    content[-1] ^= 1
    (tmp_path / path).write_bytes(content)

    with pytest.raises((ledger.TileFalse, ledger.BundleFalse)):
        check(lines_of(session, kept), tmp_path)


def test_stated_totals_are_compared_and_the_first_difference_named(
    session: Session, kept: Checkpoint, tmp_path: Path
) -> None:
    opened = check(lines_of(session, kept), tmp_path)
    table = [",".join(row) for row in ledger.write_totals(opened)]
    assert ledger.compare_totals(opened, table) == len(table) - 1

    at = next(at for at, row in enumerate(table) if row.startswith("kind,action"))
    of, name, day, unit, amount, entries = table[at].split(",")
    table[at] = ",".join((of, name, day, unit, str(int(amount) + 1), entries))
    with pytest.raises(ledger.TotalsDiffer) as refusal:
        ledger.compare_totals(opened, table)
    assert (refusal.value.params["name"], refusal.value.params["found"]) == (name, int(amount))
    for broken in ([], ["a,b"], [table[0], "kind,a"], [table[0], "kind,a,b,c,1,x"], [table[0], table[1] + ",more"]):
        with pytest.raises(ledger.TotalsMalformed):
            ledger.compare_totals(opened, broken)


def test_an_entry_that_was_changed_is_not_disclosed(session: Session, kept: Checkpoint) -> None:
    from sqlalchemy import text

    for statement in ledger.drop_append_only_ddl(session.get_bind().dialect.name):
        session.execute(text(statement))
    session.execute(text("UPDATE ledger_entry SET kind = 'gift' WHERE kind = 'action'"))

    with pytest.raises(ledger.LeafFalse):
        lines_of(session, kept)
