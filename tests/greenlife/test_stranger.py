"""What a stranger learns from a published log of the demo city: nothing, by reading and by guessing."""

import base64
import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import cbor2
import pytest
from click.testing import CliRunner

from greenlife.cli.ledger import ledger_group
from greenlife.db import open_database, upgrade
from greenlife.demo import Size, build_demo
from greenlife.programme import load_programme
from greenlife.public_log import advance_log, books_of, keeper_of, make_first_key, origin_of
from greenlife.runtime import Runtime, open_runtime
from greenlife.settings import Settings
from ledger.log import LEAF
from tests.greenlife.stranger import (
    City,
    Guess,
    Leaf,
    Salts,
    Stranger,
    derived,
    found_in,
    guessable,
    needles_of,
    read_city,
    read_leaves,
)

PROGRAMME = load_programme("huzhou")
NOW = datetime(2026, 11, 2, 7, 17, tzinfo=UTC)
SMALL = Size(residents=20, days=2, actions=60, redemptions=8)


@dataclass(frozen=True)
class Published:
    """What a stranger is given, ``folder`` and ``public``, and the truth."""

    folder: Path
    public: dict[str, bytes]
    leaves: list[Leaf]
    city: City
    database: Path

    @property
    def stranger(self) -> Stranger:
        return Stranger(self.city, self.leaves)


def publish(folder: Path) -> Published:
    """A small demo city, its log signed, and published as the command does it."""
    environment = {
        "GREENLIFE_VAR": str(folder), "GREENLIFE_DATABASE_URL": f"sqlite:///{folder / 'demo.db'}",
        "GREENLIFE_SECRET_KEY": "s" * 40, "GREENLIFE_BASE_URL": "http://localhost", "GREENLIFE_DEMO": "1",
        "LANG": "C",
    }  # fmt: skip
    database = open_database(environment["GREENLIFE_DATABASE_URL"])
    upgrade(database)
    build_demo(database, PROGRAMME, seed=2026, now=NOW, progress=lambda *_: None, size=SMALL)
    runtime = open_runtime(
        Settings(
            database_url=environment["GREENLIFE_DATABASE_URL"], secret_key="s" * 40, base_url="http://localhost",
            city="huzhou", var=folder, demo=True,
        )
    )  # fmt: skip
    make_first_key(runtime.settings, books_of(runtime), runtime.entropy)
    advance_log(runtime)
    done = CliRunner(env=environment | {"LC_ALL": None}).invoke(ledger_group, ["publish", str(folder / "www")])
    assert done.exit_code == 0, done.output
    books = books_of(runtime)
    leaves = [leaf for book in books for leaf in read_leaves(folder / "www", book)]
    found = Published(folder / "www", _public(runtime), leaves, read_city(database, books), folder / "demo.db")
    with database.engine.connect() as connection:
        connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    database.engine.dispose()
    runtime.database.engine.dispose()
    return found


def _public(runtime: Runtime) -> dict[str, bytes]:
    book = books_of(runtime)[0]
    (verifier,) = keeper_of(runtime.settings).verifiers(origin_of(runtime.settings, book))
    return {"key": verifier.public_key, "key id": verifier.key_id, "origin": verifier.name.encode(), "seed": b"2026"}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    return publish(tmp_path_factory.mktemp("published"))


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()


def attack(
    published: Published, salts: Callable[[int], Salts], evidence: Callable[[int], dict[str, bytes]], step: int = 1
) -> set[Guess]:
    """Entries attacked with the salts that are guessed for each, by its number."""
    stranger, found = published.stranger, set[Guess]()
    for number, one in list(enumerate(published.city.entries))[::step]:
        found.update(stranger.guess_body(one.entry, salts(number)))
        found.update(stranger.guess_evidence(one, evidence(number)))
    return found


def guesses(published: Published) -> tuple[Callable[[int], Salts], Callable[[int], dict[str, bytes]]]:
    """Salts from public values, and those that the stranger's own receipt told: of one entry, body and row."""
    entries = published.city.entries
    own = derived(entries[0].entry.salt)

    def names(number: int) -> dict[str, bytes]:
        index = {"number": str(number).encode(), "number in bytes": number.to_bytes(8, "big")}
        return guessable(entries[number].entry, published.public | index)

    def salts(number: int) -> Salts:
        told = names(number)
        first = {} if number == 0 else {"own receipt": own}
        return (
            {f"{name}, derived": derived(salt) for name, salt in told.items()}
            | {name: (salt, salt) for name, salt in told.items()}
            | first
        )

    return salts, names


def test_nothing_known_can_be_read_in_any_file(published: Published) -> None:
    needles, seen = needles_of(published.city), set[str]()
    for name, data in files(published.folder):
        seen |= found_in(name.encode() + b"\n" + data, needles)
    assert seen == set()
    assert len(published.leaves) == len(published.city.entries) > 40


def test_the_reading_finds_what_is_there_however_it_is_written(published: Published) -> None:
    """The control: all of it is in the database, and a phone number in a tile is found in each disguise."""
    needles = needles_of(published.city)
    assert found_in(published.database.read_bytes(), needles) >= set(needles.values()) - {"amount"}
    phone = published.city.residents[0].phone.removeprefix("+86").encode()
    (_, tile), *_ = [one for one in files(published.folder) if "/tile/0/" in one[0]]
    for start in range(4):
        padded = b"x" * start + phone
        for hidden in (padded, padded.hex().encode(), padded.hex().upper().encode(), base64.b64encode(padded)):
            # A run of digits may hold those of an amount too.
            assert found_in(tile[:40] + b"\n" + hidden + b"\n" + tile[40:], needles) - {"amount"} == {"phone"}
    amount = next(amount for amount in published.city.amounts if amount >= 100_000)
    assert found_in(tile + cbor2.dumps([amount, 1]), needles) == {"amount"}


def test_a_leaf_is_its_book_and_two_hashes_that_no_other_leaf_has(published: Published) -> None:
    for leaf in published.leaves:
        assert cbor2.dumps(leaf.fields) == leaf.data
        assert list(leaf.fields) == [0, 1, 2, 3, 4]
        assert (leaf.fields[0], leaf.fields[1], leaf.fields[2]) == (LEAF, 1, leaf.book)
        assert all(type(leaf.fields[at]) is bytes and len(leaf.fields[at]) == 32 for at in (3, 4))
    hashes = [leaf.fields[at] for leaf in published.leaves for at in (3, 4)]
    assert len(set(hashes)) == len(hashes)
    # So that not even their lengths differ.
    assert len({(leaf.book, len(leaf.data)) for leaf in published.leaves}) == len(
        {leaf.book for leaf in published.leaves}
    )


def test_nothing_can_be_guessed(published: Published) -> None:
    salts, evidence = guesses(published)
    assert attack(published, salts, evidence) == set()


def test_with_the_salts_the_same_attack_finds_all_of_it(published: Published) -> None:
    """The control: it is the salts that it fails for."""
    entries = published.city.entries

    def true_evidence(number: int) -> dict[str, bytes]:
        one = entries[number]
        if one.action:
            return {"true": one.action.c2_salt}
        return {"true": one.redeemed[0]} if one.redeemed else {}

    found = attack(published, lambda number: {"true": derived(entries[number].entry.salt)}, true_evidence)

    told = {(guess.what, guess.entry): guess.value for guess in found}
    assert len(told) == len(found)  # one answer a question, the right one
    for one in entries:
        entry = one.entry
        assert told["amount", entry.id] == str(abs(entry.lines[0][-1]))
        if entry.home.startswith("resident:"):
            assert told["account", entry.id] == entry.home.removeprefix("resident:")
        if one.action:
            assert told["person", entry.id] == one.action.resident_id
            assert told.get(("place", entry.id)) == one.action.site_id
        if one.redeemed:
            assert told["offer", entry.id] == one.redeemed[1]


FEW = 3
"""Every third entry, where all are alike."""


@pytest.mark.parametrize(
    ("salt", "by"),
    [(bytes(32), "zero"), (hashlib.sha256(b"nobody guesses that").digest(), "own receipt")],
    ids=["zero", "another"],
)
def test_a_salt_that_is_always_the_same_is_found_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, salt: bytes, by: str
) -> None:
    """The control of the guesses: a constant, and one that a receipt of the stranger's own tells."""
    honest = Random.randbytes
    monkeypatch.setattr(Random, "randbytes", lambda dice, count: salt if count == len(salt) else honest(dice, count))
    city = publish(tmp_path)
    monkeypatch.undo()

    found = attack(city, *guesses(city), step=FEW)

    attacked = city.city.entries[::FEW]
    there = {"person", "place"} | ({"offer"} if any(one.redeemed for one in attacked) else set())
    of_evidence = there if by == "zero" else set()  # a receipt tells nothing of C2
    assert {guess.what for guess in found} == {"account", "amount"} | of_evidence
    assert any(guess.salt.startswith(by) for guess in found)
    entries = {one.entry.id for one in attacked}
    assert {guess.entry for guess in found} == entries - (
        {city.city.entries[0].entry.id} if by == "own receipt" else set()
    )


def test_commitments_without_a_salt_are_found_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control again: salts that are drawn, and not used."""
    monkeypatch.setattr("ledger.log.derive_salt", lambda _salt, _label: b"")
    city = publish(tmp_path)

    found = attack(city, *guesses(city), step=FEW)

    assert {guess.what for guess in found} == {"account", "amount"}
    assert {guess.entry for guess in found} == {one.entry.id for one in city.city.entries[::FEW]}
