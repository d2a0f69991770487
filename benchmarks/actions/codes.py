"""Verifying a changing code, all but the database's part, against one HMAC of the same bytes."""

import hmac
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from benchmarks.ledger.meter import ratio_of, take_turns
from benchmarks.ledger.report import Aim, Finding
from greenlife.codes import (
    STEP_SECONDS,
    CodeKey,
    KioskCode,
    ResidentCode,
    encode,
    kiosk_prefix,
    kiosk_step,
    kiosk_url,
    parse_code,
    prefix_of,
    resident_code,
    resident_step,
    step_at,
)

AIM = Aim(8)
CITY, HOST = "huzhou", "green.example"
HOSTS = frozenset({HOST})
NOW = datetime(2026, 6, 5, 4, 0, 11, tzinfo=UTC)
STEP = timedelta(seconds=STEP_SECONDS)
OF_THIS_STEP, OF_THE_NEXT = NOW, NOW + STEP
"""The code of a phone whose clock is ahead is tried last, after two proofs that do not fit."""


def verify_codes(*, rounds: int, codes: int) -> Iterator[Finding]:
    """A phone's code and a screen's, of this half minute and of the next."""
    dice = Random(1)
    key = CodeKey(city=CITY, code_id=encode(dice.randbytes(16), 26), alias="8F3K2M", secret=dice.randbytes(32))
    kiosk = encode(dice.randbytes(8), 10)
    for when, shown in (("this half minute", OF_THIS_STEP), ("the next", OF_THE_NEXT)):
        yield _compare(f"codes: a phone's, of {when}", _phone(key, shown), _bare(key, shown), rounds, codes)
        yield _compare(
            f"codes: a screen's, of {when}", _screen(key, kiosk, shown), _bare(key, shown, kiosk), rounds, codes
        )


def _phone(key: CodeKey, shown: datetime) -> Callable[[], object]:
    text = resident_code(key, now=shown).text

    def verify() -> int:
        code = parse_code(text, hosts=HOSTS, typed_as="resident")
        assert isinstance(code, ResidentCode)
        return resident_step(code.mac, key, now=NOW)

    assert verify() == step_at(shown)
    return verify


def _screen(key: CodeKey, kiosk: str, shown: datetime) -> Callable[[], object]:
    text = kiosk_url(f"https://{HOST}", kiosk, city=CITY, secret=key.secret, now=shown)

    def verify() -> int:
        code = parse_code(text, hosts=HOSTS, typed_as="poster")
        assert isinstance(code, KioskCode)
        return kiosk_step(code.mac, code.kiosk_id, city=CITY, secret=key.secret, now=NOW)

    assert verify() == step_at(shown)
    return verify


def _bare(key: CodeKey, shown: datetime, kiosk: str | None = None) -> Callable[[], object]:
    prefix = kiosk_prefix(CITY, kiosk) if kiosk else prefix_of("resident", key.subject)
    message, secret = prefix + step_at(shown).to_bytes(8), key.secret
    return lambda: hmac.digest(secret, message, "sha256")


def _compare(
    title: str, verify: Callable[[], object], digest: Callable[[], object], rounds: int, codes: int
) -> Finding:
    sides = {"verify": _times(codes, verify), "hmac.digest": _times(codes, digest)}
    costs = take_turns(sides, rounds=rounds, entries=codes, pids=list)
    ratio = ratio_of([cost.cpu for cost in costs["verify"]], [cost.cpu for cost in costs["hmac.digest"]])
    return Finding(title, costs, [("CPU, verify / digest", ratio, AIM)])


def _times(codes: int, act: Callable[[], object]) -> Callable[[int], None]:
    def work(_: int) -> None:
        for _code in range(codes):
            act()

    return work
