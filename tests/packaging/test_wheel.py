"""The wheel: it carries everything, and serves the demo from anywhere."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PATIENCE = 240


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.mark.parametrize(
    "path",
    [
        "greenlife/migrations/env.py",
        "greenlife/migrations/versions/0001_first.py",
        "greenlife/city/data/huzhou/towns.toml",
        "greenlife/demo/data/",
        "greenlife/lifestyle_index/data/framework.toml",
        "mobile_web/static/manifest.json",
        "mobile_web/static/licenses.txt",
        "mobile_web/static/zxing_reader",
        "mobile_web/templates/",
        "translations/zh_Hans_CN/LC_MESSAGES/messages.mo",
        "translations/zh_Hans_CN/js.json",
    ],
)
def test_the_wheel_carries(wheel: Path, path: str) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert any(name.startswith(path) for name in archive.namelist())


def test_the_wheel_leaves_sources_of_the_pages_and_packages_of_others_behind(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
    assert not [name for name in names if "node_modules" in name or name.startswith("mobile_web/assets/")]
    assert not [name for name in names if name.endswith((".po", ".stamp"))]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_installed_outside_the_clone_it_serves_the_demo(wheel: Path, tmp_path: Path) -> None:
    place, elsewhere, port = tmp_path / "installed", tmp_path / "elsewhere", free_port()
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", place, wheel]
    subprocess.run(install, check=True, capture_output=True)
    elsewhere.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GREENLIFE_")}
    environment |= {"PYTHONPATH": str(place), "GREENLIFE_VAR": str(tmp_path / "var")}
    where = [sys.executable, "-c", "import greenlife.app, ledger; print(greenlife.app.__file__)"]
    shown = subprocess.run(where, cwd=elsewhere, env=environment, check=True, capture_output=True, text=True)
    assert shown.stdout.startswith(str(place))
    command = [sys.executable, "-m", "greenlife", "demo", "--port", str(port)]
    log = (tmp_path / "log").open("w+")
    process = subprocess.Popen(command, cwd=elsewhere, env=environment, stdout=log, stderr=log, start_new_session=True)
    try:
        assert "绿色生活码" in page(port, process)
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(20)
    log.seek(0)
    said = log.read()
    assert f"http://localhost:{port}" in said
    assert "Traceback" not in said


def page(port: int, process: subprocess.Popen[bytes]) -> str:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2) as answer:
                return str(answer.read().decode())
        except OSError:
            time.sleep(0.3)
    raise AssertionError("the demo did not answer")
