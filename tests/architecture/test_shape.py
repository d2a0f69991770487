"""Promises about the shape of the code: beauty is lost at the tail."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("greenlife", "ledger", "rewards", "api", "mobile_web", "translations")
LONGEST_MODULE, LONGEST_FUNCTION, LONGEST_TEMPLATE, LONGEST_TEST = 300, 45, 150, 400
VAGUE = {"utils", "helpers", "common", "manager", "handler", "service", "misc", "base_utils"}


def sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from (path for path in (ROOT / folder).rglob("*.py") if "node_modules" not in path.parts)


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_no_module_outgrows_its_purpose() -> None:
    assert [str(path) for path in sources(*PACKAGES) if lines(path) > LONGEST_MODULE] == []
    assert [str(path) for path in sources("tests") if lines(path) > LONGEST_TEST] == []


def test_no_function_is_longer_than_a_screen() -> None:
    long = []
    for path in sources(*PACKAGES):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION:
                long.append(f"{path}:{node.lineno} {node.name}")
    assert long == []


def test_no_template_outgrows_its_page() -> None:
    templates = (ROOT / "mobile_web" / "templates").rglob("*.html")
    assert [str(path) for path in templates if lines(path) > LONGEST_TEMPLATE] == []


def test_no_module_has_a_vague_name() -> None:
    assert [str(path) for path in sources(*PACKAGES) if path.stem in VAGUE] == []


def test_imports_stand_at_the_top() -> None:
    inside = []
    for path in sources(*PACKAGES):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
            if any(isinstance(node, ast.Import | ast.ImportFrom) for node in ast.walk(function)):
                inside.append(f"{path}:{function.lineno}")
    assert inside == []


def test_only_the_database_commits() -> None:
    committing = [
        str(path.relative_to(ROOT))
        for path in sources(*PACKAGES)
        if any(word in path.read_text(encoding="utf-8") for word in (".commit(", "session.begin("))
    ]
    # The advisory lock of an elected leader lives in a connection of its own and guards no data.
    assert sorted(committing) == ["greenlife/db/database.py", "greenlife/leader.py"]


def test_no_top_level_folder_is_unexpected() -> None:
    allowed = {*PACKAGES, "tests", "migrations", "docs", "benchmarks", "var", "build", "dist", "node_modules"}
    found = {path.name for path in ROOT.iterdir() if path.is_dir() and not path.name.startswith((".", "__"))}
    assert found <= allowed
