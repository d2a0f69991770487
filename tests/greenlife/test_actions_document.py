"""docs/actions.md is what the data says."""

from pathlib import Path

from greenlife.actions.document import write_document
from greenlife.programme import load_programme

DOCUMENT = Path(__file__).parents[2] / "docs" / "actions.md"


def test_the_document_is_what_the_data_says() -> None:
    written = write_document(load_programme("huzhou"))
    assert DOCUMENT.read_text("utf-8") == written, "run python -m greenlife.actions.document docs/actions.md"
