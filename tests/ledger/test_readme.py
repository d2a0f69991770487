"""The example in the README runs as it stands."""

import ast
from pathlib import Path
from re import DOTALL, findall

import pytest

import ledger

README = Path(ledger.__file__).parent / "README.md"


def test_the_ten_statements_of_the_readme_run(
    capsys: pytest.CaptureFixture[str],
) -> None:
    (example,) = findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), DOTALL)
    (printed,) = findall(r"```text\n(.*?)```", README.read_text(encoding="utf-8"), DOTALL)

    exec(compile(example, str(README), "exec"), {})

    assert capsys.readouterr().out == printed
    statements = [node for node in ast.walk(ast.parse(example)) if isinstance(node, ast.stmt)]
    assert len([node for node in statements if not isinstance(node, ast.Import | ast.ImportFrom)]) <= 10
