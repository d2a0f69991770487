"""`greenlife ledger`: what it proves, what it finds, and what it needs for that."""

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

import ledger
from greenlife.cli.ledger import ledger_group
from greenlife.cli.maintenance import db
from greenlife.public_log import advance_log, keeper_of, origin_of, published_folder
from greenlife.runtime import Runtime
from ledger import Difference
from tests.greenlife.logs import fill, kept, make_log, opened
from tests.world import ANJI, DEQING, World, make_world


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


@pytest.fixture
def runtime(world: World, tmp_path: Path) -> Runtime:
    """A signed log of 300 entries."""
    runtime = make_log(world, tmp_path)
    fill(world, 299)
    advance_log(runtime)
    return runtime


def run(runtime: Runtime, *words: str | Path, settings: bool = True) -> Result:
    """The command in the installation's environment, or in none at all."""
    environment = {
        "GREENLIFE_VAR": str(runtime.settings.var),
        "GREENLIFE_DATABASE_URL": runtime.settings.database_url,
        "GREENLIFE_SECRET_KEY": "s" * 40,
        "GREENLIFE_BASE_URL": "http://localhost",
        "GREENLIFE_DEMO": "1",
    }
    names: dict[str, str | None] = dict.fromkeys(environment) | {"LANG": "C", "LC_ALL": None}
    return CliRunner(env=names | (environment if settings else {})).invoke(ledger_group, list(map(str, words)))


def change(runtime: Runtime, *statements: str) -> None:
    with runtime.database.writing() as session:
        for statement in (*ledger.drop_append_only_ddl("sqlite"), *statements):
            session.execute(text(statement))


def copy_checkpoint(runtime: Runtime, folder: Path, name: str) -> Path:
    return shutil.copy(published_folder(runtime.settings, DEQING) / "checkpoint", folder / name)


def verifier_key(runtime: Runtime) -> str:
    (verifier,) = keeper_of(runtime.settings).verifiers(origin_of(runtime.settings, DEQING))
    return ledger.write_verifier(verifier)


def test_sound_books_are_said_to_be_so(runtime: Runtime) -> None:
    answer = run(runtime, "verify")

    assert (answer.exit_code, answer.stderr) == (0, "")
    assert "All books are as their entries say" in answer.stdout


def test_the_first_difference_is_named_in_words(runtime: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    found = Difference("ledger_account", (DEQING, "fund:city", 0), "balance", 5, 7)
    monkeypatch.setattr(ledger, "check_book", lambda *_at, **_by: found)

    answer = run(runtime, "verify")

    assert answer.exit_code == 1
    assert "ledger_account huzhou-deqing fund:city 0, balance: should be 5, is 7" in answer.stderr


def test_the_books_are_held_against_the_checkpoint_beside_the_key(runtime: Runtime) -> None:
    origin = origin_of(runtime.settings, DEQING)
    note = ledger.sign_checkpoint(
        ledger.Checkpoint(origin, 300, b"r" * 32), keeper_of(runtime.settings).signers(origin)
    )
    keeper_of(runtime.settings).keep_checkpoint(DEQING, note)

    answer = run(runtime, "verify")

    assert answer.exit_code == 1
    assert "log_forked" in answer.stderr


def test_a_checkpoint_kept_elsewhere_proves_what_it_covers(runtime: Runtime, world: World, tmp_path: Path) -> None:
    old = copy_checkpoint(runtime, tmp_path, "old")
    fill(world, 5)
    advance_log(runtime)

    for words in (("--against", old), ("--against", old, "--key", verifier_key(runtime))):
        answer = run(runtime, "verify", *words)
        assert answer.exit_code == 0, answer.output
        assert "entries 1 to 300" in answer.stdout
    since = run(runtime, "verify", "--since", old)
    assert "entries 301 to 305" in since.stdout
    assert kept(runtime).root.hex() in since.stdout
    both = run(runtime, "verify", "--since", old, "--against", old)
    assert "none came after" in both.stdout


def test_a_changed_old_entry_is_found_against_it_and_not_since_it(runtime: Runtime, tmp_path: Path) -> None:
    old = copy_checkpoint(runtime, tmp_path, "old")
    change(runtime, "UPDATE ledger_entry SET kind = 'gift' WHERE id = (SELECT entry_id FROM ledger_leaf LIMIT 1)")

    answer = run(runtime, "verify", "--against", old)
    assert answer.exit_code == 1
    assert "ent_" in answer.stderr and "leaf_false" in answer.stderr
    assert run(runtime, "verify", "--since", old).exit_code == 0  # the control: it was told to trust what was before


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda note: note.replace(b"\n300\n", b"\n299\n"), "signature_false"),
        (lambda note: note.replace(b"deqing", b"nowhere"), "origin_foreign"),
        (lambda note: note[:60], "note_malformed"),
        (lambda note: b"", "origin_foreign"),
    ],
)
def test_a_checkpoint_that_is_not_the_logs_proves_nothing(runtime: Runtime, tmp_path: Path, edit, code: str) -> None:  # type: ignore[no-untyped-def]
    file = copy_checkpoint(runtime, tmp_path, "old")
    file.write_bytes(edit(file.read_bytes()))

    answer = run(runtime, "verify", "--against", file)

    assert answer.exit_code == 1
    assert code in answer.stderr


def test_the_logs_are_published_to_a_folder_and_only_what_is_new(
    runtime: Runtime, world: World, tmp_path: Path
) -> None:
    target = tmp_path / "web"
    assert run(runtime, "publish", target).exit_code == 0
    full = target / DEQING / "tile/0/000"
    written = full.stat().st_mtime_ns
    fill(world, 1)
    advance_log(runtime)

    assert run(runtime, "publish", target).exit_code == 0
    assert full.stat().st_mtime_ns == written
    assert opened(runtime, (target / DEQING / "checkpoint").read_bytes()).size == 301
    assert opened(runtime, (target / ANJI / "checkpoint").read_bytes(), ANJI).size == 0


def test_keys_are_shown_added_and_retired(runtime: Runtime) -> None:
    old = run(runtime, "keys", "show").stdout.splitlines()
    assert len(old) == 7
    assert verifier_key(runtime) in old
    assert run(runtime, "keys", "retire").exit_code != 0  # it is the only one

    added = run(runtime, "keys", "add")
    assert re.search(r"0002\.key", added.stdout)
    assert run(runtime, "keys", "retire").exit_code != 0  # nothing was signed with the new one yet
    advance_log(runtime)
    assert run(runtime, "keys", "retire").exit_code == 0

    shown = run(runtime, "keys", "show")
    assert set(old) < set(shown.stdout.splitlines())
    assert shown.stdout.splitlines()[0] in added.stdout
    assert shown.stdout.splitlines()[-1] == old[-1]
    assert advance_log(runtime) == 0


def test_openings_are_checked_without_a_database_and_without_settings(runtime: Runtime, tmp_path: Path) -> None:
    file, totals = tmp_path / "openings.jsonl", tmp_path / "totals.csv"
    log = shutil.copytree(published_folder(runtime.settings, DEQING), tmp_path / "copy")
    assert run(runtime, "openings", DEQING, file).exit_code == 0
    assert file.stat().st_mode & 0o077 == 0

    words = ("verify", "--openings", file, "--log", log, "--key", verifier_key(runtime))
    answer = run(runtime, *words, "--write-totals", totals, settings=False)
    assert answer.exit_code == 0, answer.output
    assert "Every leaf of the log is opened" in answer.stdout
    answer = run(runtime, *words, "--totals", totals, settings=False)
    assert answer.exit_code == 0
    assert "3 stated totals" in answer.stdout

    totals.write_text(totals.read_text(encoding="utf-8").replace("1000299", "1000298", 1), encoding="utf-8")
    answer = run(runtime, *words, "--totals", totals, settings=False)
    assert answer.exit_code == 1
    assert "1000298" in answer.stderr and "1000299" in answer.stderr


def test_false_openings_end_with_exit_code_one_and_their_place(runtime: Runtime, tmp_path: Path) -> None:
    file = tmp_path / "openings.jsonl"
    run(runtime, "openings", DEQING, file, "--from", "2026-11-02", "--until", "2026-11-02")
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    lines[5], lines[6] = lines[6], lines[5]
    file.write_text("".join(lines), encoding="utf-8")

    log = published_folder(runtime.settings, DEQING)
    answer = run(runtime, "verify", "--openings", file, "--log", log, "--key", verifier_key(runtime), settings=False)

    assert answer.exit_code == 1
    assert "opening_false index=4" in answer.stderr


def test_a_period_says_what_nobody_outside_can_know(runtime: Runtime, world: World, tmp_path: Path) -> None:
    world.later(days=1)
    fill(world, 2)
    advance_log(runtime)
    file = tmp_path / "openings.jsonl"
    run(runtime, "openings", DEQING, file, "--from", "2026-11-03")

    log = published_folder(runtime.settings, DEQING)
    answer = run(runtime, "verify", "--openings", file, "--log", log, "--key", verifier_key(runtime), settings=False)

    assert answer.exit_code == 0
    assert "300 leaves before the first, 0 between, 0 after the last" in answer.stdout
    assert re.search(r"2026-11-03\s+deposit\s+2\s+point\s+2", answer.stdout)


@pytest.mark.parametrize(
    "words",
    [
        ("--openings", "FILE"),
        ("--openings", "FILE", "--log", "FOLDER"),
        ("--openings", "FILE", "--log", "FOLDER", "--key", "K", "--against", "FILE"),
        ("--log", "FOLDER"),
        ("--totals", "FILE"),
    ],
)
def test_options_that_do_not_belong_together_are_a_usage_error(
    runtime: Runtime, tmp_path: Path, words: tuple[str, ...]
) -> None:
    file = tmp_path / "file"
    file.touch()
    meant = {"FILE": file, "FOLDER": tmp_path, "K": verifier_key(runtime)}

    assert run(runtime, "verify", *(meant.get(word, word) for word in words), settings=False).exit_code == 2


def test_a_malformed_key_is_said_to_be_one(runtime: Runtime) -> None:
    answer = run(runtime, "verify", "--key", "nonsense")
    assert answer.exit_code == 1
    assert "key_malformed" in answer.stderr


def test_the_upgrade_of_a_database_makes_the_key_once(tmp_path: Path) -> None:
    environment = {
        "GREENLIFE_VAR": str(tmp_path), "GREENLIFE_DATABASE_URL": f"sqlite:///{tmp_path / 'city.db'}",
        "GREENLIFE_SECRET_KEY": "s" * 40, "GREENLIFE_BASE_URL": "http://localhost", "GREENLIFE_DEMO": "0",
    }  # fmt: skip
    first, second = (CliRunner(env=environment).invoke(db, ["upgrade"]) for _ in range(2))

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "0001.key" in first.stdout
    assert second.stdout == ""
    assert [path.name for path in (tmp_path / "log" / "keys").iterdir()] == ["0001.key"]
