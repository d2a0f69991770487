"""Receipts: what is in one is proven, all of it; what is not whole is refused."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import cbor2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.orm import Session

import ledger
from ledger import Checkpoint, LedgerError, Signer
from ledger.openings import Opening, read_opening, write_opening
from ledger.tlog.keys import new_signer
from ledger.tlog.merkle import hash_leaf
from ledger.tlog.proofs import format_proof, parse_proof
from tests.ledger.sample import BOOK, DAY, FUND, HOME, LOT, NOW, Scribe
from tests.ledger.signed import NO_ENTRIES, ORIGIN, SIGNER, alone, committed, put, sign, signed_alone

ROOT = Path(__file__).parents[2]


def opened(text: bytes, origin: str = ORIGIN, *signers: Signer) -> ledger.OpenedEntry:
    return ledger.open_receipt(text, origin=origin, verifiers=[one.verifier for one in signers or (SIGNER,)])


def refusal(text: bytes, origin: str = ORIGIN, *signers: Signer) -> str:
    with pytest.raises(LedgerError) as caught:
        opened(text, origin, *signers)
    return caught.value.code


@pytest.fixture
def entry_id(session: Session, scribe: Scribe) -> str:
    """One of 13 entries in the log."""
    posted = ledger.post_many(session, [scribe.action() for _ in range(12)], now=NOW)
    sign(session)
    session.commit()
    return posted[5].entry_id


@pytest.fixture
def receipt(session: Session, entry_id: str) -> bytes:
    return ledger.make_receipt(session, BOOK, entry_id)


def test_it_says_what_the_ledger_says(session: Session, entry_id: str, receipt: bytes) -> None:
    found, posted = opened(receipt), ledger.get_entry(session, BOOK, entry_id)

    assert (found.origin, found.book, found.size) == (ORIGIN, BOOK, 13)
    assert (found.id, found.home, found.kind, found.local_day) == (entry_id, HOME, "action", DAY)
    assert [(one.path, one.unit, one.amount) for one in found.lines] == [
        (one.path, one.unit, one.amount) for one in posted.lines
    ]
    for name in ("reference", "occurred_at", "recorded_at", "details", "reverses", "act", "hold", "deadline"):
        assert getattr(found, name) == getattr(posted, name)
    assert hash_leaf(read_opening(parse_proof(receipt).extra).leaf) == posted.leaf_hash


def test_every_kind_of_entry_has_one(session: Session, scribe: Scribe) -> None:
    ledger.post(session, scribe.action(points=5), now=NOW)
    action = ledger.post(session, scribe.action(points=1), now=NOW)
    hold = ledger.post(session, scribe.hold((LOT, 2)), now=NOW)
    release = ledger.release(session, stamp=scribe.stamp(), book=BOOK, hold=hold.entry_id, now=NOW)
    undone = scribe.reverse(session, action.entry_id)
    closing = ledger.post(session, scribe.entry((LOT, -5), (FUND, 5), closes=(LOT.path,)), now=NOW)
    sign(session)

    posted = (hold, release, undone, closing)
    found = {one.entry_id: opened(ledger.make_receipt(session, BOOK, one.entry_id)) for one in posted}

    assert found[hold.entry_id].act == "hold" and found[hold.entry_id].deadline
    assert found[release.entry_id].hold == hold.entry_id
    assert found[closing.entry_id].closes == (LOT.path,)
    assert found[undone.entry_id].reverses == action.entry_id


def test_each_entry_of_a_growing_log_has_one(session: Session, scribe: Scribe) -> None:
    kept = None
    for count in (0, 1, 1, 5, 8, 17):
        ledger.post_many(session, [scribe.deposit(1) for _ in range(count)], now=NOW)
        kept = sign(session, kept)
        ids = [one.id for one in ledger.entries_on(session, BOOK, DAY)]
        found = [opened(ledger.make_receipt(session, BOOK, entry_id)) for entry_id in ids]
        assert sorted(one.index for one in found) == list(range(kept.size))
        assert {one.root for one in found} == {kept.root}
        assert ledger.find_place(session, BOOK, ids[0]) == ledger.LogPlace(found[0].index, kept.size)


def test_no_single_bit_of_it_can_change(receipt: bytes) -> None:
    """The control is first: unchanged, it is accepted."""
    opened(receipt)
    accepted = []
    for at in range(len(receipt) * 8):
        changed = bytearray(receipt)
        changed[at // 8] ^= 1 << at % 8
        try:
            opened(bytes(changed))
        except LedgerError:
            continue
        accepted.append(at)

    assert accepted == []


def test_it_is_refused_when_a_part_is_missing_or_added(receipt: bytes) -> None:
    assert {refusal(receipt[:length]) for length in range(len(receipt))} <= {
        "proof_malformed", "receipt_malformed", "note_malformed", "signature_unknown",
    }  # fmt: skip
    assert refusal(receipt + b"\n") == "note_malformed"
    assert refusal(b"\n" + receipt) == "proof_malformed"
    assert refusal(receipt.replace(b"\n", b"\r\n")) == "proof_malformed"
    proof = parse_proof(receipt)
    assert refusal(format_proof(replace(proof, extra=b""))) == "receipt_malformed"
    assert refusal(format_proof(proof).partition(b"\n\n")[0] + b"\n\n") == "proof_malformed"


def test_its_lines_have_one_order(receipt: bytes) -> None:
    header, _, checkpoint = receipt.partition(b"\n\n")
    lines = header.split(b"\n")
    for first in range(len(lines)):
        for second in range(first):
            swapped = [*lines]
            swapped[first], swapped[second] = swapped[second], swapped[first]
            assert refusal(b"\n".join(swapped) + b"\n\n" + checkpoint) in {"proof_malformed", "proof_false"}


def test_another_key_another_log_another_name(session: Session, entry_id: str, receipt: bytes) -> None:
    stranger = new_signer(ORIGIN, bytes(32))
    elsewhere = new_signer("example.org/log/huzhou-anji", bytes(range(32)))

    assert refusal(receipt, ORIGIN, stranger) == "signature_unknown"
    assert refusal(receipt, elsewhere.name, SIGNER) == "origin_foreign"
    proof = parse_proof(receipt)
    foreign = Checkpoint(elsewhere.name, 13, opened(receipt).root)
    text = format_proof(replace(proof, checkpoint=ledger.sign_checkpoint(foreign, [elsewhere])))
    assert refusal(text, ORIGIN, SIGNER, elsewhere) == "origin_foreign"
    # Its own key would sign for the leaf of another book: the leaf says which book it is of.
    assert refusal(text, elsewhere.name, elsewhere) == "receipt_false"
    other = Checkpoint(ORIGIN, 13, hash_leaf(b"another tree"))
    text = format_proof(replace(proof, checkpoint=ledger.sign_checkpoint(other, [SIGNER])))
    assert refusal(text) == "proof_false"


def test_parts_of_two_receipts_do_not_make_a_third(session: Session, scribe: Scribe, entry_id: str) -> None:
    others = [one.id for one in ledger.entries_on(session, BOOK, DAY) if one.id != entry_id]
    mine, theirs = (parse_proof(ledger.make_receipt(session, BOOK, one)) for one in (entry_id, others[0]))
    one, two = read_opening(mine.extra), read_opening(theirs.extra)

    def mixed(opening: Opening) -> str:
        return refusal(format_proof(replace(mine, extra=write_opening(opening))))

    assert mixed(replace(one, leaf=two.leaf)) == "proof_false"
    assert mixed(replace(one, body=two.body)) == "receipt_false"
    assert mixed(replace(one, row=two.row)) == "receipt_false"
    assert mixed(replace(one, body=b"", row=b"")) == "receipt_false"


def test_even_the_log_cannot_sign_what_is_no_entry() -> None:
    opened(committed(lambda parts: None))  # the control
    for at, value in NO_ENTRIES:
        assert refusal(committed(put(at, value))) == "receipt_malformed", (at, value)
    assert refusal(committed(lambda parts: parts.append(None))) == "receipt_malformed"
    assert refusal(committed(lambda parts: parts.__setitem__(11, bytes(32)))) == "receipt_false"


VALUES = st.recursive(
    st.none() | st.integers() | st.text() | st.binary() | st.floats(), lambda part: st.lists(part, max_size=6)
)


@settings(max_examples=300, deadline=None)
@given(st.binary(min_size=1, max_size=60) | VALUES.map(cbor2.dumps))
def test_junk_is_refused_with_a_code(junk: bytes) -> None:
    """As a whole receipt, as what it shows, and in place of the leaf, the body and the row."""
    for text in (junk, alone(junk, junk), signed_alone(junk, junk, junk)):
        assert refusal(text) in {"proof_malformed", "receipt_malformed", "receipt_false"}


def test_an_entry_waits_until_it_is_signed_for(session: Session, entry_id: str, scribe: Scribe) -> None:
    waiting = ledger.post(session, scribe.action(), now=NOW).entry_id
    with pytest.raises(ledger.NotInLogYet):
        ledger.make_receipt(session, BOOK, waiting)

    note = parse_proof(ledger.make_receipt(session, BOOK, entry_id)).checkpoint
    kept = ledger.open_checkpoint(note, origin=ORIGIN, verifiers=[SIGNER.verifier])
    ledger.extend_log(session, BOOK, kept=kept)
    assert ledger.find_place(session, BOOK, waiting) is None
    with pytest.raises(ledger.NotInLogYet):
        ledger.make_receipt(session, BOOK, waiting)

    sign(session, kept)
    assert opened(ledger.make_receipt(session, BOOK, waiting)).id == waiting
    with pytest.raises(ledger.EntryUnknown):
        ledger.make_receipt(session, BOOK, "ent_unknown")
    with pytest.raises(ledger.EntryUnknown):
        ledger.make_receipt(session, "huzhou-anji", waiting)


def verify(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The tool as an auditor runs it; whatever it asks of a network or a database fails loudly."""
    program = (
        "import runpy, socket, sys, sqlalchemy\n"
        "def refuse(*_, **__): raise SystemExit('it asks for more than the receipt')\n"
        "socket.socket = socket.create_connection = socket.getaddrinfo = sqlalchemy.create_engine = refuse\n"
        "sys.argv = ['verify', *sys.argv[1:]]\n"
        "runpy.run_module('ledger.verify', run_name='__main__')\n"
    )
    return subprocess.run(
        [sys.executable, "-c", program, str(path), *arguments], cwd=ROOT, env={}, capture_output=True, text=True,
        encoding="utf-8",
    )  # fmt: skip


def test_the_offline_tool(receipt: bytes, entry_id: str, tmp_path: Path) -> None:
    path, key = tmp_path / "receipt.txt", ledger.write_verifier(SIGNER.verifier)
    path.write_bytes(receipt)
    other = ledger.write_verifier(new_signer("example.org/other", bytes(32)).verifier)

    found = verify(path, "--key", key)
    assert (found.returncode, found.stderr) == (0, "")
    facts = dict(line.split("\t", 1) for line in found.stdout.splitlines())
    assert facts["id"] == entry_id and facts["local_day"] == "2026-06-05" and facts["size"] == "13"
    assert verify(path, "--key", other, "--key", key, "--origin", ORIGIN).returncode == 0

    for arguments, code in (
        (("--key", other), "signature_unknown"),
        (("--key", key, "--origin", "example.org/log/elsewhere"), "origin_foreign"),
        (("--key", "nonsense"), "key_malformed"),
    ):
        found = verify(path, *arguments)
        assert (found.returncode, found.stdout, found.stderr.split("\t")[0]) == (1, "", code)
    path.write_bytes(receipt.replace(b"index ", b"index 1"))
    assert verify(path, "--key", key).returncode == 1
    assert verify(tmp_path / "nowhere", "--key", key).stderr.startswith("file_unreadable")


def test_the_offline_tool_runs_by_its_name(receipt: bytes, tmp_path: Path) -> None:
    path = tmp_path / "receipt.txt"
    path.write_bytes(receipt)
    command = [sys.executable, "-m", "ledger.verify", str(path), "--key", ledger.write_verifier(SIGNER.verifier)]

    assert subprocess.run(command, cwd=ROOT, env={}, capture_output=True).returncode == 0
